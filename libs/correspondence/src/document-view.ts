import { officialDocumentTexts } from '#contracts/official-document-kinds.js';
import type { OfficialDocumentView } from '#contracts/official-documents.js';
import type { OrganisationView } from '#contracts/organisation.js';
import { numberText, type OfficialDocument } from '#libs/documents';
import type { StoredDocument } from './documents.repository.js';

export function stateOf(
  document: Pick<StoredDocument, 'voidedAt' | 'signedDocumentId' | 'signedPaperId' | 'numberedAt'>,
): OfficialDocumentView['state'] {
  if (document.voidedAt !== null) return 'void';
  if (document.signedDocumentId !== null || document.signedPaperId !== null) return 'signed';
  return document.numberedAt === null ? 'draft' : 'numbered';
}

/** "07/QĐ-UBND"; null while there is none. */
export function numberOf({ number, content }: Pick<StoredDocument, 'number' | 'content'>): string | null {
  const { form, reference } = content as OfficialDocument;
  return number === null || reference === null ? null : numberText({ ...reference, number }, form);
}

/** As the office would file it: kind, case, number. Characters no file system takes are replaced. */
export function fileNameOf(document: StoredDocument): string {
  const number = numberOf(document)?.replace(/[/\\]/g, '-');
  const kind = officialDocumentTexts[document.type].vi;
  return `${kind} ${document.caseCode} ${number === undefined ? '(dự thảo)' : `số ${number}`}.docx`;
}

export function viewOf(
  document: StoredDocument,
  given: { organisations: ReadonlyMap<string, OrganisationView>; mayNumber: boolean; printedAnew: boolean },
): OfficialDocumentView {
  const content = document.content as OfficialDocument;
  const state = stateOf(document);
  const outdated = state === 'draft' && (document.proposalDigest !== document.currentDigest || given.printedAnew);
  const { mayNumber } = given;
  return {
    id: document.id,
    caseId: document.instanceId,
    type: document.type,
    text: officialDocumentTexts[document.type],
    title: content.subject,
    state,
    number: numberOf(document),
    date: document.date,
    issuer: {
      id: document.organisationId,
      name: given.organisations.get(document.organisationId)?.name ?? content.letterhead.issuer,
    },
    signature: { lines: [...content.signature.lines], name: content.signature.name },
    fileName: fileNameOf(document),
    signedFile:
      document.signedFileId === null ? null : { id: document.signedFileId, name: document.signedFileName ?? '' },
    createdAt: document.createdAt.toISOString(),
    numberedAt: document.numberedAt?.toISOString() ?? null,
    voidReason: document.voidReason,
    outdated,
    may: {
      number: mayNumber && state === 'draft' && document.series !== null && !outdated,
      attachSigned: mayNumber && (state === 'numbered' || (state === 'draft' && document.series === null)),
      void: mayNumber && (state === 'numbered' || state === 'signed'),
    },
  };
}
