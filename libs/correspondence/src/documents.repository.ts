import type { OfficialDocumentType } from '#contracts/official-document-kinds.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { OfficialDocumentEntity } from './official-document.entity.js';

/** A document of a trip with its case code, its signed copy and the digest its proposal has now. */
export interface StoredDocument extends OfficialDocumentEntity {
  readonly type: OfficialDocumentType;
  readonly caseCode: string;
  readonly currentDigest: string;
  readonly signedFileId: string | null;
  readonly signedFileName: string | null;
}

const columns = `d.id, d.province_id as "provinceId", d.instance_id as "instanceId", d.type, d.subject,
  d.organisation_id as "organisationId", d.series, d.content, d.proposal_digest as "proposalDigest",
  d.signer_id as "signerId", d.created_at as "createdAt", d.created_by_id as "createdById", d.year, d.number,
  d.date::text as date, d.numbered_at as "numberedAt", d.numbered_by_id as "numberedById",
  d.file_sha256 as "fileSha256", d.file_size as "fileSize", d.signed_document_id as "signedDocumentId",
  d.signed_file_id as "signedPaperId", d.voided_at as "voidedAt", d.voided_by_id as "voidedById", d.void_reason as "voidReason",
  p.case_code as "caseCode", p.digest as "currentDigest", f.id as "signedFileId", f.name as "signedFileName"`;
const sources = `official_documents d
  join proposals p on p.instance_id = d.instance_id
  left join dossier_documents s on s.id = d.signed_document_id
  left join stored_files f on f.id = s.file_id`;

const ofCase: PreparedStatement = {
  name: 'correspondence_documents_of_case',
  text: `select ${columns} from ${sources} where d.instance_id = $1 order by d.created_at desc, d.id`,
};
const byId: PreparedStatement = {
  name: 'correspondence_document',
  text: `select ${columns} from ${sources} where d.id = $1 and d.province_id = $2`,
};
/** What the register of an office shows, of a trip or not. */
export type RegisteredDocument = Pick<
  OfficialDocumentEntity,
  | 'id'
  | 'organisationId'
  | 'series'
  | 'content'
  | 'number'
  | 'date'
  | 'numberedAt'
  | 'voidedAt'
  | 'signedDocumentId'
  | 'signedPaperId'
> & { readonly caseCode: string };
const inRegister: PreparedStatement = {
  name: 'correspondence_register',
  text: `select d.id, d.organisation_id as "organisationId", d.series, d.content, d.number, d.date::text as date,
      d.numbered_at as "numberedAt", d.voided_at as "voidedAt", d.signed_document_id as "signedDocumentId",
      d.signed_file_id as "signedPaperId", i.case_code as "caseCode"
    from official_documents d join instances i on i.id = d.instance_id
    where d.organisation_id = any($1::uuid[]) and d.year = $2 and d.number is not null
    order by d.organisation_id, d.series, d.number`,
};

export function documentsOfCase(tx: Tx, caseId: string): Promise<StoredDocument[]> {
  return runPrepared(tx, ofCase, [caseId]);
}

/** Null also for another province's document. */
export async function findDocument(
  tx: Tx,
  { documentId, provinceId }: { documentId: string; provinceId: string },
): Promise<StoredDocument | null> {
  const [row] = await runPrepared<StoredDocument>(tx, byId, [documentId, provinceId]);
  return row ?? null;
}

export function documentsInRegister(
  tx: Tx,
  { organisationIds, year }: { organisationIds: readonly string[]; year: number },
): Promise<RegisteredDocument[]> {
  return runPrepared(tx, inRegister, [organisationIds, year]);
}

/** The draft of this kind and subject, in the place of the one before. */
export async function replaceDraft(tx: Tx, draft: OfficialDocumentEntity): Promise<void> {
  await tx
    .createQueryBuilder()
    .delete()
    .from(OfficialDocumentEntity)
    .where(
      'instance_id = :instanceId and type = :type and subject = :subject and numbered_at is null and signed_document_id is null',
      { instanceId: draft.instanceId, type: draft.type, subject: draft.subject },
    )
    .execute();
  await tx.insert(OfficialDocumentEntity, draft);
}

export async function updateDocument(tx: Tx, id: string, change: Partial<OfficialDocumentEntity>): Promise<void> {
  await tx.update(OfficialDocumentEntity, { id }, change);
}

export async function provinceName(tx: Tx, provinceId: string): Promise<string> {
  const [row]: { name: string }[] = await tx.query('select name from provinces where id = $1', [provinceId]);
  return row?.name ?? '';
}
