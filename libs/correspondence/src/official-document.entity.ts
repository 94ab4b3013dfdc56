import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { OfficePaperType, OfficialDocumentType } from '#contracts/official-document-kinds.js';
import { StoredFileEntity } from '#libs/delegation';
import { OrganisationEntity } from '#libs/organisation';

/**
 * A document drafted for a case, or issued by an office about something else. A draft is replaced by the next draft of the same kind and subject; once it has a number it stays,
 * signed or void, and the number is never used again.
 */
@Entity('official_documents')
@Index('ix_official_documents_instance', ['instanceId', 'createdAt'])
@Index('uq_official_documents_draft', ['instanceId', 'type', 'subject'], {
  unique: true,
  where: 'numbered_at is null and signed_document_id is null',
})
@Unique('uq_official_documents_number', ['organisationId', 'year', 'series', 'number'])
export class OfficialDocumentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_official_documents' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  provinceId!: string;

  /** The case, or what else of its own it is about: the request for periodic reports. */
  @Column('uuid', { name: 'instance_id' })
  instanceId!: string;

  @Column('text')
  type!: OfficialDocumentType | OfficePaperType;

  /** Whom one of several documents of the same type is about; '' when there is only one. */
  @Column('text')
  subject!: string;

  /** Who issues it. */
  @Column('uuid', { name: 'organisation_id' })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_official_documents_organisation' })
  organisationId!: string;

  /** The number book: 'CV', 'QĐ', 'TTr/ĐU'. Null: the document carries the number of another. */
  @Column('text', { nullable: true })
  series!: string | null;

  /** All that is printed, an `OfficialDocument` of the documents room; number and day are put in when the number is taken. */
  @Column('jsonb')
  content!: object;

  /** Digest of the proposal it was drafted from; '' when it is of no trip. */
  @Column('text', { name: 'proposal_digest' })
  proposalDigest!: string;

  @Column('uuid', { name: 'signer_id' })
  signerId!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('uuid', { name: 'created_by_id' })
  createdById!: string;

  @Column('integer', { nullable: true })
  year!: number | null;

  @Column('integer', { nullable: true })
  number!: number | null;

  @Column('date', { nullable: true })
  date!: string | null;

  @Column('timestamptz', { name: 'numbered_at', nullable: true })
  numberedAt!: Date | null;

  @Column('uuid', { name: 'numbered_by_id', nullable: true })
  numberedById!: string | null;

  /** The file as it was when the number was taken, hex sha256 and bytes in the store. */
  @Column('text', { name: 'file_sha256', nullable: true })
  fileSha256!: string | null;

  @Column('integer', { name: 'file_size', nullable: true })
  fileSize!: number | null;

  /** The dossier document that holds the signed copy. */
  @Column('uuid', { name: 'signed_document_id', nullable: true })
  signedDocumentId!: string | null;

  /** The signed copy of a paper of an office, which has no dossier. */
  @Column('uuid', { name: 'signed_file_id', nullable: true })
  @ForeignKey(() => StoredFileEntity, { name: 'fk_official_documents_signed_file' })
  signedPaperId!: string | null;

  @Column('timestamptz', { name: 'voided_at', nullable: true })
  voidedAt!: Date | null;

  @Column('uuid', { name: 'voided_by_id', nullable: true })
  voidedById!: string | null;

  @Column('text', { name: 'void_reason', nullable: true })
  voidReason!: string | null;
}
