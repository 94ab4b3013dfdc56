import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AppError } from '#contracts/errors.js';
import type { OfficePaperType } from '#contracts/official-document-kinds.js';
import type { DraftOfficialDocument } from '#contracts/official-documents.js';
import type { CalendarDay } from '#libs/calendar';
import type { OfficialDocument } from '#libs/documents';
import { officeHoldersOn, organisationsOn } from '#libs/organisation';
import { type PreparedStatement, runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import type { FileStore } from '#libs/storage';
import { contentOf } from './compose.js';
import { numberOf } from './document-view.js';
import { provinceName } from './documents.repository.js';
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
 * and has no paper of the type yet. Throws as `composePaper` and `takeNumber`.
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

interface IssuedPaper {
  readonly id: string;
  readonly content: object;
  readonly number: number;
  readonly date: CalendarDay;
  readonly fileSha256: string | null;
  readonly fileSize: number | null;
}

const issuedStatement: PreparedStatement = {
  name: 'correspondence_issued_paper',
  text: `select id, content, number, date::text as date, file_sha256 as "fileSha256", file_size as "fileSize"
    from official_documents where instance_id = $1 and type = $2 and number is not null`,
};

/** The paper of a case that was issued; null: none yet. */
export async function issuedPaper(
  tx: Tx,
  { instanceId, type }: { instanceId: string; type: OfficePaperType },
): Promise<{ number: string; date: CalendarDay } | null> {
  const [row] = await runPrepared<IssuedPaper>(tx, issuedStatement, [instanceId, type]);
  return row === undefined ? null : { number: numberOf(row) ?? '', date: row.date };
}

/** The file of an issued paper, as it was when it got its number. Throws NOT_FOUND while there is none. */
export async function issuedPaperFile(
  dependencies: { unitOfWork: UnitOfWork; store: FileStore },
  { instanceId, type }: { instanceId: string; type: OfficePaperType },
): Promise<{ stream: Readable; size: number; sha256: string }> {
  const { sha256, size } = await keptFile(dependencies, async (tx) => {
    const [row] = await runPrepared<IssuedPaper>(tx, issuedStatement, [instanceId, type]);
    if (row === undefined) throw new AppError('NOT_FOUND');
    return row;
  });
  return { stream: (await dependencies.store.open(sha256)).stream, size, sha256 };
}
