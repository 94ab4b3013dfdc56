import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProposalEntity } from './proposal.entity.js';
import { StoredFileEntity } from './stored-file.entity.js';

/** A document of the dossier. Only ever added: what an approver saw stays visible. */
@Entity('dossier_documents')
@Index('ix_dossier_documents_instance', ['instanceId', 'attachedAt'])
export class DossierDocumentEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_dossier_documents' })
  id!: string;

  @Column('uuid', { name: 'instance_id' })
  @ForeignKey(() => ProposalEntity, { name: 'fk_dossier_documents_proposal' })
  instanceId!: string;

  @Column('text')
  kind!: string;

  @Column('text', { nullable: true })
  number!: string | null;

  @Column('date', { nullable: true })
  date!: string | null;

  @Column('text', { nullable: true })
  title!: string | null;

  /** Null: a classified document, kept outside the system. */
  @Column('uuid', { name: 'file_id', nullable: true })
  @ForeignKey(() => StoredFileEntity, { name: 'fk_dossier_documents_file' })
  fileId!: string | null;

  @Column('timestamptz', { name: 'attached_at' })
  attachedAt!: Date;

  @Column('uuid', { name: 'attached_by_id' })
  attachedById!: string;
}
