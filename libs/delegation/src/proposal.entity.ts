import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { InstanceEntity } from '#libs/runtime';

interface CountryColumn {
  code: string | null;
  name: string;
}

/** The current content of a case's proposal. One row an instance; earlier contents are in `proposal_revisions`. */
@Entity('proposals')
@Index('ix_proposals_organisation', ['provinceId', 'organisationId', 'createdAt', 'id'])
@Index('ix_proposals_province', ['provinceId', 'createdAt', 'id'])
@Index('ix_proposals_departure', ['provinceId', 'departureDate'])
@Index('ix_proposals_plan_item', ['planItemId'], { where: 'plan_item_id is not null' })
@Check('ck_proposals_dates', 'return_date is null or departure_date is null or return_date >= departure_date')
export class ProposalEntity {
  /** The instance of the case; the proposal has no life of its own. */
  @PrimaryColumn('uuid', { name: 'instance_id', primaryKeyConstraintName: 'pk_proposals' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_proposals_instance' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  provinceId!: string;

  /** The proposing unit. */
  @Column('uuid', { name: 'organisation_id' })
  organisationId!: string;

  /** The focal agency and the authority of the case, as its context has them: who may read it. */
  @Column('uuid', { name: 'focal_id' })
  focalId!: string;

  @Column('uuid', { name: 'authority_id' })
  authorityId!: string;

  @Column('uuid', { name: 'proposer_id' })
  proposerId!: string;

  @Column('text', { name: 'case_code' })
  caseCode!: string;

  @Column('uuid', { name: 'plan_item_id', nullable: true })
  planItemId!: string | null;

  /** Rises by one with every edit; the ETag of the proposal. */
  @Column('integer')
  revision!: number;

  /** sha256 of the canonical content, hex. */
  @Column('text')
  digest!: string;

  @Column('text', { name: 'delegation_name' })
  delegationName!: string;

  @Column('text')
  capacity!: string;

  @Column('text', { name: 'purpose_kind' })
  purposeKind!: string;

  @Column('text')
  purpose!: string;

  /** In itinerary order. */
  @Column('jsonb')
  countries!: CountryColumn[];

  @Column('date', { name: 'departure_date', nullable: true })
  departureDate!: string | null;

  @Column('date', { name: 'return_date', nullable: true })
  returnDate!: string | null;

  @Column('integer', { name: 'day_count', nullable: true })
  dayCount!: number | null;

  @Column('boolean', { name: 'includes_travel_days' })
  includesTravelDays!: boolean;

  @Column('text')
  partners!: string;

  @Column('text')
  content!: string;

  @Column('text', { name: 'out_of_plan_justification' })
  outOfPlanJustification!: string;

  @Column('text', { name: 'urgent_reason' })
  urgentReason!: string;

  @Column('jsonb')
  exceptions!: { rule: string; justification: string }[];

  @Column('boolean', { name: 'no_state_secrets' })
  noStateSecrets!: boolean;

  /** The content is classified and kept elsewhere. */
  @Column('boolean', { name: 'handled_outside' })
  handledOutside!: boolean;

  /** Lower case without diacritics: case code, delegation, leader, countries. */
  @Column('text', { name: 'search_name' })
  searchName!: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt!: Date;
}
