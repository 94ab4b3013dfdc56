import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import { AppError } from '#contracts/errors.js';
import type { AttachDocument, DossierDocument, OutsideDocument } from '#contracts/proposal.js';
import type { SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { secrecyOfFile, secrecyOfWords } from '#libs/regulation';
import { downloadHeaders, type StoredBytes } from '#libs/storage';
import { requireCase, requirePart } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { contextOf } from './case-facts.js';
import { DossierDocumentEntity } from './dossier-document.entity.js';
import { findProposal } from './proposal.repository.js';
import { StoredFileEntity } from './stored-file.entity.js';

export interface Attachment {
  readonly caseId: string;
  readonly document: AttachDocument;
  readonly fileName: string;
  readonly source: AsyncIterable<Uint8Array>;
}

/**
 * Stores the bytes, then adds the document to the dossier. The bytes go first and outside the transaction: a file nobody refers
 * to does no harm, a row without its file would. Throws NOT_FOUND, FORBIDDEN, FILE_REJECTED, FILE_TOO_LARGE.
 */
export async function attachDocument(
  dependencies: CaseDependencies,
  input: Attachment & { principal: SessionPrincipal },
): Promise<DossierDocument> {
  const { principal, caseId } = input;
  await requireDossier(dependencies, { principal, caseId });
  const received = await receiveFile(dependencies, input);
  return dependencies.unitOfWork.run(async (tx) => {
    // Under the lock: a document cannot slip in between the facts of a decision and the decision.
    const locked = await dependencies.runtime.lock(tx, { instanceId: caseId });
    if (locked.status !== 'active') throw finished(locked.states);
    return addToDossier(tx, { ...received, dependencies, principal });
  });
}

/** A file whose bytes are stored and that no dossier refers to yet. */
export interface ReceivedDocument {
  readonly caseId: string;
  readonly document: AttachDocument;
  readonly name: string;
  readonly bytes: StoredBytes;
}

/** Refuses classified matter by its name and number and by the words inside it, and by content whatever is no office file. Throws FILE_REJECTED, FILE_TOO_LARGE. */
export async function receiveFile(dependencies: CaseDependencies, input: Attachment): Promise<ReceivedDocument> {
  const { caseId, document } = input;
  const { title = '', number = '' } = document;
  const secrecy = secrecyOfFile({ fileName: input.fileName, title, number });
  if (secrecy !== null) throw new AppError('FILE_REJECTED', { problem: 'classified', text: secrecy });
  const bytes = await dependencies.store.put(input.source, {
    fileName: input.fileName,
    refuseWords: secrecyOfWords,
  });
  return { caseId, document, name: safeName(input.fileName), bytes };
}

/** Whoever calls holds the lock of the case and has looked at the right. */
export async function addToDossier(
  tx: Tx,
  given: ReceivedDocument & { dependencies: CaseDependencies; principal: SessionPrincipal },
): Promise<DossierDocument> {
  const { caseId, document, name, bytes, principal, dependencies } = given;
  const at = dependencies.clock.now();
  const fileId = randomUUID();
  const row = {
    id: randomUUID(),
    instanceId: caseId,
    kind: document.kind,
    number: document.number ?? null,
    date: document.date ?? null,
    title: document.title ?? null,
    fileId,
    attachedAt: at,
    attachedById: principal.personId,
  };
  if ((await findProposal(tx, caseId))?.content.handledOutside) throw outsideFile();
  await keepReceived(tx, { ...given, fileId });
  await tx.insert(DossierDocumentEntity, row);
  return toDocument({ ...row, kind: document.kind, file: { id: fileId, name, ...bytes } });
}

/** The stored bytes get their name under `fileId`; whoever calls refers to it. */
export async function keepReceived(
  tx: Tx,
  given: Pick<ReceivedDocument, 'name' | 'bytes'> & {
    dependencies: CaseDependencies;
    principal: SessionPrincipal;
    fileId: string;
  },
): Promise<void> {
  const { name, bytes, principal, dependencies, fileId } = given;
  await tx.insert(StoredFileEntity, {
    id: fileId,
    provinceId: principal.provinceId,
    name,
    ...bytes,
    uploadedById: principal.personId,
    createdAt: dependencies.clock.now(),
  });
}

/** A classified document of the checklist: its kind and day, and that it is kept elsewhere. Throws NOT_FOUND, FORBIDDEN. */
export async function recordOutsideDocument(
  dependencies: CaseDependencies,
  input: { principal: SessionPrincipal; caseId: string; document: OutsideDocument },
): Promise<DossierDocument> {
  const { principal, caseId, document } = input;
  await requireDossier(dependencies, { principal, caseId });
  const at = dependencies.clock.now();
  const row = {
    id: randomUUID(),
    instanceId: caseId,
    kind: document.kind,
    number: null,
    date: document.date ?? null,
    title: null,
    fileId: null,
    attachedAt: at,
    attachedById: principal.personId,
  };
  await dependencies.unitOfWork.run(async (tx) => {
    const locked = await dependencies.runtime.lock(tx, { instanceId: caseId });
    if (locked.status !== 'active') throw finished(locked.states);
    await tx.insert(DossierDocumentEntity, row);
  });
  return toDocument({ ...row, file: null });
}

function toDocument(row: {
  id: string;
  kind: DossierDocument['kind'];
  number: string | null;
  date: string | null;
  title: string | null;
  attachedAt: Date;
  attachedById: string;
  file: ({ id: string; name: string } & StoredBytes) | null;
}): DossierDocument {
  const { id, kind, number, date, title, file } = row;
  return {
    id,
    kind,
    number,
    date,
    title,
    file,
    attachedAt: row.attachedAt.toISOString(),
    attachedBy: row.attachedById,
  };
}

/** Reads an uploaded file of a case the reader may see. Throws NOT_FOUND. */
export async function openFile(
  dependencies: CaseDependencies,
  { principal, fileId }: { principal: SessionPrincipal; fileId: string },
): Promise<{ stream: Readable; headers: Readonly<Record<string, string>> }> {
  const file = await dependencies.unitOfWork.run(async (tx) => {
    const found = await tx.findOneBy(StoredFileEntity, { id: fileId, provinceId: principal.provinceId });
    const document = found && (await tx.findOneBy(DossierDocumentEntity, { fileId }));
    if (!found || !document) throw new AppError('NOT_FOUND');
    await requireCase(tx, { dependencies, principal, caseId: document.instanceId });
    return found;
  });
  const { stream } = await dependencies.store.open(file.sha256);
  return { stream, headers: downloadHeaders(file) };
}

async function requireDossier(
  dependencies: CaseDependencies,
  given: { principal: SessionPrincipal; caseId: string },
): Promise<void> {
  const { principal, caseId } = given;
  await dependencies.unitOfWork.run(async (tx) => {
    const instance = await requireCase(tx, { dependencies, ...given });
    await requirePart(tx, principal, { id: caseId, context: contextOf(instance) });
  });
}

/** The last part of a path, without control characters; what the person sees, never a path of ours. */
function safeName(fileName: string): string {
  const last = fileName.normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/\p{Cc}/gu, '')
      .slice(0, 200)
      .trim() || 'tai-lieu'
  );
}

function finished(states: readonly string[]): AppError {
  return new AppError('EVENT_REFUSED', {
    states,
    rules: [],
    text: { vi: 'Hồ sơ đã kết thúc, không nhận thêm tài liệu.', en: 'The case has ended and takes no more documents.' },
  });
}

function outsideFile(): AppError {
  return new AppError('FILE_REJECTED', {
    problem: 'handledOutside',
    text: {
      vi: 'Hồ sơ này xử lý ngoài hệ thống: không nhận tệp, chỉ ghi nhận có văn bản.',
      en: 'This case is handled outside the system: it takes no files, only the note that a document exists.',
    },
  });
}
