import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProposalEntity } from './proposal.entity.js';

/** Who travels. The leader is the member whose role says so. */
@Entity('proposal_members')
@Index('ix_proposal_members_person', ['personId'], { where: 'person_id is not null' })
export class ProposalMemberEntity {
  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'pk_proposal_members' })
  @ForeignKey(() => ProposalEntity, { name: 'fk_proposal_members_proposal' })
  instanceId!: string;

  /** From 1, as listed. */
  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_proposal_members' })
  position!: number;

  @Column('uuid', { name: 'person_id', nullable: true })
  personId!: string | null;

  @Column('text', { name: 'full_name' })
  fullName!: string;

  @Column('text')
  title!: string;

  @Column('text')
  organisation!: string;

  @Column('text')
  role!: string;
}
