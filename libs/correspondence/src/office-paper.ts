import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AppError } from '#contracts/errors.js';
import type { OfficePaperType } from '#contracts/official-document-kinds.js';
import type { DraftOfficialDocument } from '#contracts/official-documents.js';
import type { CalendarDay } from '#libs/calendar';
import { type CaseDependencies, keepReceived, type ReceivedDocument } from '#libs/delegation';
import type { OfficialDocument } from '#libs/documents';
import { officeHoldersOn, organisationsOn, type SessionPrincipal } from '#libs/organisation';
import { type PreparedStatement, runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import type { FileStore } from '#libs/storage';
import { contentOf } from './compose.js';
import { numberOf } from './document-view.js';
import { provinceName, updateDocument } from './documents.repository.js';
import { unnumbered } from './draft-document.js';
import type { Form } from './forms/form.js';
import { officeIssuing } from './issuer.js';
import { keptFile } from './kept-file.js';
import { letterheadsOn } from './letterheads.js';
import { takeNumber } from './number-book.js';
import { OfficialDocumentEntity } from './official-document.entity.js';
import { chooseSigner } from './signer.js';

/** What an office writes in its own name about something that is no trip. */
export interface OfficePaper {
  readonly provinceId: string;
  /** Who issues it. */
  readonly organisationId: string;
  readonly form: Form;
  readonly today: CalendarDay;
  readonly asked: Pick<DraftOfficialDocument, 'signerId' | 'authority'>;
}

/** The paper as it would be printed today, without number and day. Throws VALIDATION_FAILED when nobody may sign it so. */
export async function composePaper(
  tx: Tx,
  paper: OfficePaper,
): Promise<{ content: OfficialDocument; series: string; signerId: string }> {
  const { provinceId, organisationId, form, today, asked } = paper;
  const organisations = new Map((await organisationsOn(tx, { provinceId, on: today })).map((row) => [row.id, row]));
  const organisation = organisations.get(organisationId);
  if (organisation === undefined) throw new AppError('NOT_FOUND');
  const province = { name: await provinceName(tx, provinceId) };
  const letterheads = await letterheadsOn(tx, { provinceId, on: today });
  const issuer = officeIssuing(organisation, { organisations, province, letterheads });
  const holders = await officeHoldersOn(tx, { provinceId, on: today });
  const { signerId, block } = chooseSigner({ issuer, holders, excluded: [], asked, forCollective: true });
  const { content, series } = contentOf(form, { issuer, today, signature: block });
  if (series === null) throw new Error('A paper of an office takes a number of its own.');
  return { content, series, signerId };
}

/**
 * Takes the next number of the office's book, dated today, and files the paper under it. The case `instanceId` is locked by the caller,
 * and has no paper of the type in force. Throws as `composePaper` and `takeNumber`.
 */
export async function issuePaper(
  tx: Tx,
  given: {
    paper: OfficePaper;
    type: OfficePaperType;
    instanceId: string;
    personId: string;
    at: Date;
    startAt?: number;
  },
): Promise<{ number: string; date: CalendarDay }> {
  const { paper, type, instanceId, personId, at, startAt } = given;
  const { provinceId, organisationId, today } = paper;
  const { content, series, signerId } = await composePaper(tx, paper);
  const { year, number } = await takeNumber(tx, {
    organisationId,
    series,
    day: today,
    ...(startAt !== undefined && { startAt }),
  });
  const numbered = { ...content, date: today, reference: content.reference && { ...content.reference, number } };
  await tx.insert(OfficialDocumentEntity, {
    ...unnumbered,
    id: randomUUID(),
    provinceId,
    instanceId,
    type,
    subject: '',
    organisationId,
    series,
    content: numbered,
    proposalDigest: '',
    signerId,
    createdAt: at,
    createdById: personId,
    year,
    number,
    date: today,
    numberedAt: at,
    numberedById: personId,
  });
  return { number: numberOf({ number, content: numbered }) ?? '', date: today };
}

interface StoredPaper {
  readonly id: string;
  readonly content: object;
  readonly number: number;
  readonly date: CalendarDay;
  readonly fileSha256: string | null;
  readonly fileSize: number | null;
  readonly voidReason: string | null;
  readonly signedPaperId: string | null;
  readonly signedName: string | null;
  readonly signedType: string | null;
  readonly signedSha256: string | null;
  readonly signedSize: number | null;
}

const papersStatement: PreparedStatement = {
  name: 'correspondence_issued_papers',
  text: `select d.id, d.content, d.number, d.date::text as date, d.file_sha256 as "fileSha256", d.file_size as "fileSize",
      d.void_reason as "voidReason", d.signed_file_id as "signedPaperId", f.name as "signedName", f.media_type as "signedType",
      f.sha256 as "signedSha256", f.size as "signedSize"
    from official_documents d left join stored_files f on f.id = d.signed_file_id
    where d.instance_id = $1 and d.type = $2 and d.number is not null order by d.numbered_at, d.number`,
};

interface OfPaper {
  readonly instanceId: string;
  readonly type: OfficePaperType;
}

export interface IssuedPaper {
  readonly number: string;
  readonly date: CalendarDay;
  /** The name of the file; null while none was uploaded. */
  readonly signedCopy: string | null;
}

/** The number in force, null while there is none; and those that were voided, with the reason. */
export async function issuedPapers(
  tx: Tx,
  of: OfPaper,
): Promise<{
  inForce: IssuedPaper | null;
  voided: readonly { readonly number: string; readonly date: CalendarDay; readonly reason: string }[];
}> {
  const rows = await papersOf(tx, of);
  const inForce = rows.find(({ voidReason }) => voidReason === null);
  return {
    inForce: inForce ? { number: numberOf(inForce) ?? '', date: inForce.date, signedCopy: inForce.signedName } : null,
    voided: rows.flatMap((row) =>
      row.voidReason === null ? [] : [{ number: numberOf(row) ?? '', date: row.date, reason: row.voidReason }],
    ),
  };
}

/** The scan that was signed and sealed, whose bytes are stored. The case is locked by the caller. Throws EVENT_REFUSED. */
export async function attachSignedPaper(
  tx: Tx,
  of: OfPaper & { dependencies: CaseDependencies; principal: SessionPrincipal; received: ReceivedDocument },
): Promise<void> {
  const paper = await paperInForce(tx, of);
  if (paper === undefined || paper.signedPaperId !== null) throw refusedPaper();
  const signedPaperId = randomUUID();
  await keepReceived(tx, { ...of.received, ...of, fileId: signedPaperId });
  await updateDocument(tx, paper.id, { signedPaperId });
}

/** Số hủy: the number stays taken, with the reason. The case is locked by the caller. Throws EVENT_REFUSED. */
export async function voidPaper(tx: Tx, of: OfPaper & { personId: string; at: Date; reason: string }): Promise<string> {
  const paper = await paperInForce(tx, of);
  if (paper === undefined) throw refusedPaper();
  const { at, personId, reason } = of;
  await updateDocument(tx, paper.id, { voidedAt: at, voidedById: personId, voidReason: reason });
  return paper.id;
}

/** The signed copy of the paper in force. Throws NOT_FOUND while there is none. */
export async function signedPaperFile(
  tx: Tx,
  of: OfPaper,
): Promise<{ name: string; mediaType: string; sha256: string; size: number }> {
  const { signedName, signedType, signedSha256, signedSize } = (await paperInForce(tx, of)) ?? {};
  if (!(signedName && signedType && signedSha256 && signedSize)) throw new AppError('NOT_FOUND');
  return { name: signedName, mediaType: signedType, sha256: signedSha256, size: signedSize };
}

function papersOf(tx: Tx, { instanceId, type }: OfPaper): Promise<StoredPaper[]> {
  return runPrepared(tx, papersStatement, [instanceId, type]);
}

async function paperInForce(tx: Tx, of: OfPaper): Promise<StoredPaper | undefined> {
  return (await papersOf(tx, of)).find(({ voidReason }) => voidReason === null);
}

function refusedPaper(): AppError {
  const text = {
    vi: 'Văn bản chưa có số đang dùng, hoặc đã có bản ký.',
    en: 'The document has no number in force, or has its signed copy already.',
  };
  return new AppError('EVENT_REFUSED', { text, rules: [], states: [] });
}

/** The file of an issued paper, as it was when it got its number. Throws NOT_FOUND while there is none. */
export async function issuedPaperFile(
  dependencies: { unitOfWork: UnitOfWork; store: FileStore },
  of: OfPaper,
): Promise<{ stream: Readable; size: number; sha256: string }> {
  const { sha256, size } = await keptFile(dependencies, async (tx) => {
    const row = await paperInForce(tx, of);
    if (row === undefined) throw new AppError('NOT_FOUND');
    return row;
  });
  return { stream: (await dependencies.store.open(sha256)).stream, size, sha256 };
}
