import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { ProposalEntity } from './proposal.entity.js';

/** Where a proposal goes and when, so that delegations to the same country near it in time are found from the index. */
@Entity('proposal_countries')
@Index('ix_proposal_countries_date', ['provinceId', 'country', 'departureDate'])
export class ProposalCountryEntity {
  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'pk_proposal_countries' })
  @ForeignKey(() => ProposalEntity, { name: 'fk_proposal_countries_proposal' })
  instanceId!: string;

  /** The code, or the name in small letters where there is none. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_proposal_countries' })
  country!: string;

  @Column('uuid', { name: 'province_id' })
  provinceId!: string;

  @Column('date', { name: 'departure_date' })
  departureDate!: string;
}
