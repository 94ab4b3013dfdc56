import { Readable } from 'node:stream';
import { AppError } from '#contracts/errors.js';
import type { IssueReport } from '#contracts/report-round.js';
import {
  attachSignedPaper,
  composePaper,
  issuedPaperFile,
  issuedPapers,
  issuePaper,
  signedPaperFile,
  voidPaper,
} from '#libs/correspondence';
import { type CaseDependencies, receiveFile } from '#libs/delegation';
import { writeOfficialDocument } from '#libs/documents';
import type { Tx } from '#libs/persistence';
import { requireUnmarkedContent } from '#libs/regulation';
import { recordAudit } from '#libs/runtime';
import { downloadHeaders } from '#libs/storage';
import type { StoredRound, StoredUnitReport } from './report-rounds.repository.js';
import { holdingFor } from './report-setup.js';
import { findWhole, focalOf, type OfRound, paperOf, paperType, requireWhole } from './round-paper.js';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

interface Download {
  readonly stream: Readable;
  readonly headers: Readonly<Record<string, string>>;
}

/** The province's periodic report as an official document: its file, its signed copy, and a number that was taken wrongly. */
export class RoundPaperService {
  constructor(private readonly dependencies: CaseDependencies) {}

  /** Of an issued report the file as it was, before that as it would be today. Throws NOT_FOUND. */
  async document(given: OfRound): Promise<Download> {
    const { dependencies } = this;
    await requireWhole(dependencies, given);
    const { round, issued, draft } = await dependencies.unitOfWork.run(async (tx) => {
      const { round, units } = await findWhole(tx, dependencies, given);
      const { inForce } = await issuedPapers(tx, { instanceId: given.roundId, type: paperType });
      const paper = inForce === null ? await paperOf(tx, dependencies, { round, units, asked: {} }) : null;
      return { round, issued: inForce, draft: paper && (await composePaper(tx, paper)).content };
    });
    const name = `${round.title} ${issued === null ? '(dự thảo)' : `số ${issued.number}`}.docx`;
    const file = { name: name.replace(/[/\\]/g, '-'), mediaType: docx };
    if (draft === null) {
      const { stream, size, sha256 } = await issuedPaperFile(dependencies, { instanceId: round.id, type: paperType });
      return { stream, headers: downloadHeaders({ ...file, size, sha256 }) };
    }
    const bytes = await writeOfficialDocument(draft);
    const headers = downloadHeaders({ ...file, size: bytes.length, sha256: round.id });
    return { stream: Readable.from([bytes]), headers };
  }

  /** The scan that was signed and sealed. Throws NOT_FOUND, FORBIDDEN, EVENT_REFUSED (no number, or signed already), FILE_REJECTED. */
  async attachSigned(given: OfRound & { fileName: string; source: AsyncIterable<Uint8Array> }): Promise<void> {
    const { dependencies } = this;
    const { principal, roundId, fileName, source } = given;
    const paper = { instanceId: roundId, type: paperType } as const;
    const number = await this.change(given, async (tx) => (await issuedPapers(tx, paper)).inForce?.number);
    const document = { kind: 'other', title: 'Báo cáo định kỳ', ...(number !== undefined && { number }) } as const;
    const received = await receiveFile(dependencies, { caseId: roundId, document, fileName, source });
    await this.change(given, (tx) => attachSignedPaper(tx, { ...paper, dependencies, principal, received }));
  }

  /** Throws NOT_FOUND, also while there is no signed copy. */
  async signedCopy(given: OfRound): Promise<Download> {
    const { dependencies } = this;
    await requireWhole(dependencies, given);
    const file = await dependencies.unitOfWork.run(async (tx) => {
      await findWhole(tx, dependencies, given);
      return signedPaperFile(tx, { instanceId: given.roundId, type: paperType });
    });
    return { stream: (await dependencies.store.open(file.sha256)).stream, headers: downloadHeaders(file) };
  }

  /** Số hủy: the number stays taken, with the reason; the report may get another. Throws NOT_FOUND, FORBIDDEN, EVENT_REFUSED. */
  async voidNumber({ reason, ...given }: OfRound & { reason: string }): Promise<void> {
    requireUnmarkedContent({ reason });
    const { personId } = given.principal;
    await this.change(given, async (tx) => {
      const of = { instanceId: given.roundId, type: paperType, personId, at: this.dependencies.clock.now() } as const;
      const subjectId = await voidPaper(tx, { ...of, reason });
      await this.note(tx, given, { subjectId, action: 'officialDocument.voided' });
    });
  }

  /** Another number for an issued report whose number was voided, with the figures of the consolidation. Throws as `voidNumber`, and VALIDATION_FAILED. */
  async numberAgain({ startAt, signerId, authority, ...given }: OfRound & IssueReport): Promise<void> {
    const { dependencies } = this;
    const asked = { ...(signerId !== undefined && { signerId }), ...(authority !== undefined && { authority }) };
    await this.change(given, async (tx, { round, units }) => {
      const { inForce } = await issuedPapers(tx, { instanceId: round.id, type: paperType });
      if (round.state !== 'issued' || inForce !== null) throw numbered(round);
      await issuePaper(tx, {
        paper: await paperOf(tx, dependencies, { round, units, asked }),
        type: paperType,
        instanceId: round.id,
        personId: given.principal.personId,
        at: dependencies.clock.now(),
        ...(startAt !== undefined && { startAt }),
      });
      await this.note(tx, given, { subjectId: round.id, action: 'officialDocument.numbered' });
    });
  }

  /** Under the lock of the request, by who may issue its report. Throws NOT_FOUND, FORBIDDEN. */
  private async change<T>(
    given: OfRound,
    work: (tx: Tx, found: { round: StoredRound; units: readonly StoredUnitReport[] }) => Promise<T>,
  ): Promise<T> {
    const { dependencies } = this;
    const { principal, roundId } = given;
    await requireWhole(dependencies, given);
    return dependencies.unitOfWork.run(async (tx) => {
      const locked = await dependencies.runtime.lock(tx, { instanceId: roundId });
      const found = await findWhole(tx, dependencies, given);
      if (holdingFor('ISSUE_REPORT', principal, { unitId: null, focalId: focalOf(locked) }) === undefined)
        throw new AppError('FORBIDDEN');
      return work(tx, found);
    });
  }

  private note(tx: Tx, { principal, roundId }: OfRound, what: { subjectId: string; action: string }): Promise<void> {
    return recordAudit(tx, {
      kind: 'administration',
      ...what,
      at: this.dependencies.clock.now(),
      provinceId: principal.provinceId,
      instanceId: roundId,
      principalId: principal.personId,
      details: { type: paperType },
    });
  }
}

function numbered({ state }: StoredRound): AppError {
  const text = {
    vi: 'Báo cáo chưa ban hành, hoặc đang có số dùng được.',
    en: 'The report is not issued yet, or has a number in force.',
  };
  return new AppError('EVENT_REFUSED', { text, rules: [], states: [state] });
}
