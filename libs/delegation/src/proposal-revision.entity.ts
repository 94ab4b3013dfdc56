import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProposalEntity } from './proposal.entity.js';

/** A content as it was after one edit, so that versions can be compared and an approval shown with what it approved. */
@Entity('proposal_revisions')
export class ProposalRevisionEntity {
  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'pk_proposal_revisions' })
  @ForeignKey(() => ProposalEntity, { name: 'fk_proposal_revisions_proposal' })
  instanceId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_proposal_revisions' })
  revision!: number;

  @Column('text')
  digest!: string;

  @Column('jsonb')
  content!: Record<string, unknown>;

  @Column('uuid', { name: 'edited_by_id' })
  editedById!: string;

  @Column('timestamptz', { name: 'edited_at' })
  editedAt!: Date;
}
