import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { ProposalEntity } from './proposal.entity.js';

/** What the trip costs and who pays. Reports sum `amount` by source, currency and payer. */
@Entity('proposal_funding')
export class ProposalFundingEntity {
  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'pk_proposal_funding' })
  @ForeignKey(() => ProposalEntity, { name: 'fk_proposal_funding_proposal' })
  instanceId!: string;

  @PrimaryColumn('integer', { primaryKeyConstraintName: 'pk_proposal_funding' })
  position!: number;

  @Column('text')
  source!: string;

  @Column('text')
  label!: string;

  /** A decimal as text: money never passes through a float on its way to a sum. */
  @Column('numeric', { precision: 18, scale: 2, nullable: true })
  amount!: string | null;

  @Column('text')
  currency!: string;

  @Column('text', { name: 'paid_by' })
  paidBy!: string;
}
