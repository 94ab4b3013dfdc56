import { Readable } from 'node:stream';
import { AppError } from '#contracts/errors.js';
import type { OfficialDocumentType } from '#contracts/official-document-kinds.js';
import { officialDocumentTexts, officialDocumentTypes } from '#contracts/official-document-kinds.js';
import type {
  AmendmentView,
  DraftOfficialDocument,
  NumberOfficialDocument,
  NumberRegister,
  NumberRegisterQuery,
  OfficialDocumentList,
  OfficialDocumentView,
} from '#contracts/official-documents.js';
import type { DossierDocument } from '#contracts/proposal.js';
import { addToDossier, type CaseDependencies, receiveFile } from '#libs/delegation';
import { type OfficialDocument, writeOfficialDocument } from '#libs/documents';
import type { SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { requireUnmarkedContent } from '#libs/regulation';
import { recordAudit } from '#libs/runtime';
import { downloadHeaders } from '#libs/storage';
import { fileNameOf, numberOf, stateOf, viewOf } from './document-view.js';
import { findDocument, type StoredDocument, updateDocument } from './documents.repository.js';
import { type Desk, draftDocument, mayHandle, openDesk, reasonOf, subjectsOf } from './draft-document.js';
import { issuerOf, referenceOf } from './issuer.js';
import { keptFile } from './kept-file.js';
import { takeNumber } from './number-book.js';
import { reasonAgainstDraft, reasonAgainstNumber } from './readiness.js';
import { readRegister } from './register.js';

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

interface OfDocument {
  readonly principal: SessionPrincipal;
  readonly documentId: string;
}

/** The official documents of cases. Each use case is one transaction; the case is locked before a document and a number book. */
export class CorrespondenceService {
  constructor(private readonly dependencies: CaseDependencies) {}

  /** Documents of the case, newest first, and what the reader may draft. Throws NOT_FOUND. */
  list(principal: SessionPrincipal, caseId: string): Promise<OfficialDocumentList> {
    const { dependencies } = this;
    return dependencies.unitOfWork.run(async (tx) => {
      const desk = await openDesk(tx, { dependencies, principal, caseId });
      const items = desk.documents.map((document) => this.view(desk, document));
      return { items, offers: offersOf(desk) };
    });
  }

  /** See `draftDocument`. */
  async draft(
    principal: SessionPrincipal,
    { caseId, draft }: { caseId: string; draft: DraftOfficialDocument },
  ): Promise<OfficialDocumentView> {
    const { dependencies } = this;
    requireUnmarkedContent({ reason: draft.reason });
    return dependencies.unitOfWork.run(async (tx) => {
      await dependencies.runtime.lock(tx, { instanceId: caseId });
      const documentId = await draftDocument(tx, { dependencies, principal, caseId, draft });
      return this.read(tx, { principal, documentId });
    });
  }

  /**
   * Takes the next number of the book, dated today, and fixes the file. Asked again, it answers with the number it has. Throws NOT_FOUND,
   * FORBIDDEN, EVENT_REFUSED (not to be numbered now, or the proposal was edited since), VALIDATION_FAILED.
   */
  async number(given: OfDocument & NumberOfficialDocument): Promise<OfficialDocumentView> {
    const { dependencies } = this;
    const view = await dependencies.unitOfWork.run(async (tx) => {
      const { desk, document } = await this.lockForNumber(tx, given);
      if (document.numberedAt === null) await this.giveNumber(tx, { ...given, desk, document });
      return this.read(tx, given);
    });
    await this.storedFile(given);
    return view;
  }

  /** The scan that was signed and sealed, in the dossier under its number. Throws as `number` and FILE_REJECTED. */
  async attachSigned(
    given: OfDocument & { fileName: string; source: AsyncIterable<Uint8Array> },
  ): Promise<OfficialDocumentView> {
    const { dependencies } = this;
    const { principal, documentId, fileName, source } = given;
    const known = await dependencies.unitOfWork.run((tx) => this.lockForNumber(tx, { principal, documentId }));
    requireMay(this.view(known.desk, known.document).may.attachSigned, known.document);
    const received = await receiveFile(dependencies, {
      caseId: known.document.instanceId,
      document: dossierEntry(known.document),
      fileName,
      source,
    });
    return dependencies.unitOfWork.run(async (tx) => {
      const { desk, document } = await this.lockForNumber(tx, { principal, documentId });
      requireMay(this.view(desk, document).may.attachSigned, document);
      const added = await addToDossier(tx, { ...received, dependencies, principal });
      await updateDocument(tx, documentId, { signedDocumentId: added.id });
      return this.read(tx, given);
    });
  }

  /** Số hủy: the number stays taken, with the reason. Throws as `number`. */
  async voidDocument({ reason, ...given }: OfDocument & { reason: string }): Promise<OfficialDocumentView> {
    const { dependencies } = this;
    requireUnmarkedContent({ reason });
    return dependencies.unitOfWork.run(async (tx) => {
      const { desk, document } = await this.lockForNumber(tx, given);
      requireMay(this.view(desk, document).may.void, document);
      const { personId } = given.principal;
      await updateDocument(tx, document.id, {
        voidedAt: dependencies.clock.now(),
        voidedById: personId,
        voidReason: reason,
      });
      await this.note(tx, { ...given, document, action: 'officialDocument.voided' });
      return this.read(tx, given);
    });
  }

  /** The DOCX: of a numbered document the file as it was then, of a draft as it is now. Throws NOT_FOUND. */
  async file(given: OfDocument): Promise<{ stream: Readable; headers: Readonly<Record<string, string>> }> {
    const { dependencies } = this;
    const document = await dependencies.unitOfWork.run(async (tx) => (await this.find(tx, given)).document);
    const name = fileNameOf(document);
    if (document.numberedAt === null) {
      const bytes = await writeOfficialDocument(document.content as OfficialDocument);
      const headers = downloadHeaders({ name, mediaType: docx, size: bytes.length, sha256: document.id });
      return { stream: Readable.from([bytes]), headers };
    }
    const { sha256, size } = await this.storedFile(given);
    const { stream } = await dependencies.store.open(sha256);
    return { stream, headers: downloadHeaders({ name, mediaType: docx, size, sha256 }) };
  }

  /** What differs from the decision in force, and which way it goes. Throws NOT_FOUND. */
  amendment(principal: SessionPrincipal, caseId: string): Promise<AmendmentView> {
    const { dependencies } = this;
    return dependencies.unitOfWork.run(
      async (tx) => (await openDesk(tx, { dependencies, principal, caseId })).amendment,
    );
  }

  /** Sổ đăng ký văn bản đi of the offices whose clerk the reader is. Throws FORBIDDEN. */
  register(principal: SessionPrincipal, query: NumberRegisterQuery): Promise<NumberRegister> {
    const { clock, unitOfWork } = this.dependencies;
    return unitOfWork.run((tx) => readRegister(tx, { principal, query, now: clock.now() }));
  }

  private async giveNumber(
    tx: Tx,
    given: OfDocument & NumberOfficialDocument & { desk: Desk; document: StoredDocument },
  ): Promise<void> {
    const { desk, document, principal, startAt } = given;
    const { record, amendment, today } = desk;
    const content = document.content as OfficialDocument;
    // The reason of a refusal or a cancellation is in the draft by now.
    const against = reasonAgainstNumber(document.type, { record, amendment, reason: '' });
    if (against !== null) throw refused(desk, against);
    const view = this.view(desk, document);
    if (view.outdated) throw refused(desk, editedSince);
    if (document.series === null || content.reference === null) throw refused(desk, withoutNumber);
    const { organisationId, series } = document;
    const { year, number } = await takeNumber(tx, {
      organisationId,
      series,
      day: today,
      ...(startAt !== undefined && { startAt }),
    });
    await updateDocument(tx, document.id, {
      content: { ...content, date: today, reference: { ...content.reference, number } },
      year,
      number,
      date: today,
      numberedAt: this.dependencies.clock.now(),
      numberedById: principal.personId,
    });
    await this.note(tx, { ...given, action: 'officialDocument.numbered' });
  }

  private storedFile(given: OfDocument): Promise<{ sha256: string; size: number }> {
    return keptFile(this.dependencies, async (tx) => (await this.find(tx, given)).document);
  }

  /** The document, its case locked, for somebody who may number it. Throws NOT_FOUND, FORBIDDEN. */
  private async lockForNumber(tx: Tx, given: OfDocument): Promise<{ desk: Desk; document: StoredDocument }> {
    const { principal, documentId } = given;
    const { provinceId } = principal;
    const found = await findDocument(tx, { documentId, provinceId });
    if (found === null) throw new AppError('NOT_FOUND');
    await this.dependencies.runtime.lock(tx, { instanceId: found.instanceId });
    const { desk, document } = await this.find(tx, given);
    if (!mayHandle(desk, document.type, 'number')) throw new AppError('FORBIDDEN');
    return { desk, document };
  }

  private async find(tx: Tx, { principal, documentId }: OfDocument): Promise<{ desk: Desk; document: StoredDocument }> {
    const { dependencies } = this;
    const { provinceId } = principal;
    const document = await findDocument(tx, { documentId, provinceId });
    if (document === null) throw new AppError('NOT_FOUND');
    return { desk: await openDesk(tx, { dependencies, principal, caseId: document.instanceId }), document };
  }

  private async read(tx: Tx, given: OfDocument): Promise<OfficialDocumentView> {
    const { desk, document } = await this.find(tx, given);
    return this.view(desk, document);
  }

  private view(desk: Desk, document: StoredDocument): OfficialDocumentView {
    const mayNumber = mayHandle(desk, document.type, 'number');
    return viewOf(document, {
      organisations: desk.organisations,
      mayNumber,
      printedAnew: isPrintedAnew(desk, document),
    });
  }

  private async note(
    tx: Tx,
    { principal, document, action }: OfDocument & { document: StoredDocument; action: string },
  ): Promise<void> {
    await recordAudit(tx, {
      kind: 'administration',
      action,
      at: this.dependencies.clock.now(),
      provinceId: principal.provinceId,
      subjectId: document.id,
      instanceId: document.instanceId,
      principalId: principal.personId,
      details: { type: document.type },
    });
  }
}

/** Since it was drafted its office has another name, letterhead or symbol: a number of today goes on what the office prints today. */
function isPrintedAnew(desk: Desk, { type, content, series }: StoredDocument): boolean {
  const issuer = issuerOf(type, { ...desk, context: desk.record.context });
  if (issuer === null) return false;
  const { letterhead, reference } = content as OfficialDocument;
  const code = series?.split('/')[0];
  const { symbol } = referenceOf(issuer, code === undefined || code === 'CV' ? null : code);
  const names = ['superior', 'issuer', 'place'] as const;
  return names.some((name) => letterhead[name] !== issuer.letterhead[name]) || (reference?.symbol ?? symbol) !== symbol;
}

function offersOf(desk: Desk): OfficialDocumentList['offers'] {
  const { record, amendment } = desk;
  return officialDocumentTypes
    .filter((type) => mayHandle(desk, type, 'draft'))
    .map((type) => {
      const reason = reasonAgainstDraft(type, { record, amendment, reason: reasonOf(desk, type) });
      // A refusal and a cancellation may be given their reason while drafting.
      const asks = type === 'refusal' || type === 'cancellationDecision';
      const against = asks && reason !== null ? reasonAgainstDraft(type, { record, amendment, reason: '' }) : reason;
      const text = officialDocumentTexts[type];
      return { type, text, allowed: against === null, reason: against, subjects: subjectsOf(desk, type) };
    });
}

/** Under which kind the signed copy stands in the dossier. */
function dossierEntry(document: StoredDocument) {
  const kinds: Partial<Record<OfficialDocumentType, DossierDocument['kind']>> = {
    proposalLetter: 'proposalLetter',
    decision: 'decision',
    amendmentDecision: 'decision',
    amendmentConfirmation: 'decision',
    cancellationDecision: 'decision',
    tripReport: 'report',
  };
  const number = numberOf(document);
  return {
    kind: kinds[document.type] ?? 'other',
    title: officialDocumentTexts[document.type].vi,
    ...(number !== null && { number }),
    ...(document.date !== null && { date: document.date }),
  };
}

const editedSince = {
  vi: 'Hồ sơ hoặc mẫu tiêu đề của cơ quan đã đổi sau khi soạn văn bản: soạn lại rồi mới cấp số.',
  en: 'The proposal or the letterhead changed after this was drafted: draft it again before it gets a number.',
};
const withoutNumber = {
  vi: 'Văn bản này mang số của quyết định, không cấp số riêng.',
  en: 'This document carries the number of the decision and gets none of its own.',
};

function refused(desk: Desk, text: { vi: string; en: string }): AppError {
  return new AppError('EVENT_REFUSED', { text, rules: [], states: desk.record.instance.states });
}

function requireMay(may: boolean, document: StoredDocument): void {
  if (may) return;
  const text = {
    vi: 'Văn bản chưa có số, đã có bản ký, hoặc đã hủy.',
    en: 'The document has no number yet, has its signed copy already, or is void.',
  };
  throw new AppError('EVENT_REFUSED', { text, rules: [], states: [stateOf(document)] });
}
