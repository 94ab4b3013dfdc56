import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { PlanActivity, PlanCountry, PlanDirection } from '#contracts/plan.js';
import type { PlanItemState } from '#contracts/plan-states.js';
import type { MemberRank } from '#contracts/ranks.js';
import { PlanEntity } from './plan.entity.js';

@Entity({ name: 'plan_items' })
@Index('uq_plan_items_plan_digest', ['planId', 'rowDigest'], { unique: true })
@Index('ix_plan_items_province_year', ['provinceId', 'year'])
@Index('ix_plan_items_plan_state', ['planId', 'state'])
@Index('uq_plan_items_plan_position', ['planId', 'position'], { unique: true })
export class PlanItemEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_plan_items' })
  id!: string;

  @Column({ name: 'province_id', type: 'uuid' })
  provinceId!: string;

  @Column({ name: 'plan_id', type: 'uuid' })
  @ForeignKey(() => PlanEntity, { name: 'fk_plan_items_plan' })
  planId!: string;

  /** From 1 in the plan, in the order of import. */
  @Column({ type: 'integer' })
  position!: number;

  @Column({ type: 'integer' })
  year!: number;

  @Column({ type: 'text' })
  direction!: PlanDirection;

  @Column({ type: 'text' })
  state!: PlanItemState;

  @Column({ type: 'text', nullable: true })
  number!: string | null;

  @Column({ type: 'text', nullable: true })
  section!: string | null;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text', nullable: true })
  capacity!: string | null;

  @Column({ type: 'text', nullable: true })
  head!: string | null;

  @Column({ type: 'jsonb' })
  countries!: PlanCountry[];

  @Column({ name: 'countries_label', type: 'text', nullable: true })
  countriesLabel!: string | null;

  @Column({ type: 'text', nullable: true })
  partners!: string | null;

  @Column({ type: 'text', nullable: true })
  content!: string | null;

  @Column({ name: 'people_count', type: 'integer', nullable: true })
  peopleCount!: number | null;

  @Column({ name: 'delegation_count', type: 'integer', nullable: true })
  delegationCount!: number | null;

  @Column({ name: 'people_label', type: 'text', nullable: true })
  peopleLabel!: string | null;

  @Column({ type: 'integer', nullable: true })
  days!: number | null;

  @Column({ name: 'includes_travel', type: 'boolean', nullable: true })
  includesTravel!: boolean | null;

  @Column({ name: 'period_from', type: 'date', nullable: true })
  periodFrom!: string | null;

  @Column({ name: 'period_to', type: 'date', nullable: true })
  periodTo!: string | null;

  @Column({ name: 'period_label', type: 'text', nullable: true })
  periodLabel!: string | null;

  @Column({ name: 'further_activities', type: 'jsonb' })
  furtherActivities!: PlanActivity[];

  @Column({ type: 'text', nullable: true })
  funding!: string | null;

  @Column({ name: 'host_unit', type: 'text', nullable: true })
  hostUnit!: string | null;

  @Column({ type: 'text', nullable: true })
  note!: string | null;

  @Column({ name: 'document_title', type: 'text', nullable: true })
  documentTitle!: string | null;

  @Column({ name: 'document_number', type: 'text', nullable: true })
  documentNumber!: string | null;

  @Column({ name: 'document_date', type: 'date', nullable: true })
  documentDate!: string | null;

  @Column({ name: 'document_issuer', type: 'text', nullable: true })
  documentIssuer!: string | null;

  /** sha256 over the line's meaning (spacing and number ignored) and its count among equal lines of the file. */
  @Column({ name: 'row_digest', type: 'text' })
  rowDigest!: string;

  /** Lower case, no diacritics: name, leader, countries, partners, content. */
  @Column({ name: 'search_name', type: 'text' })
  searchName!: string;

  /** Null: registered here and not imported. */
  @Column({ name: 'preview_id', type: 'uuid', nullable: true })
  previewId!: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;

  /** The unit that proposed the line here; null for an imported one. */
  @Column({ name: 'organisation_id', type: 'uuid', nullable: true })
  organisationId!: string | null;

  @Column({ name: 'leader_rank', type: 'text', nullable: true })
  leaderRank!: MemberRank | null;

  /** What must be reported before a decision on the trip. */
  @Column({ type: 'text', nullable: true })
  condition!: string | null;

  @Column({ type: 'integer' })
  revision!: number;
}
