import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { tripOutcomes } from '#contracts/periodic-report.js';
import { ProposalEntity } from '#libs/delegation';

/**
 * What the reports count of one trip. Every proposal has its row from its first minute; `counted` says that the figures in it are those of
 * its sources. The database itself takes `counted` back when a source changes (docs/adr/0027).
 */
@Entity({ name: 'trip_figures' })
@Index('ix_trip_figures_departure', ['provinceId', 'departs'], { where: 'counted' })
@Index('ix_trip_figures_uncounted', ['provinceId'], { where: 'not counted' })
@Check('ck_trip_figures_outcome', `outcome in ('done', 'underway', 'cancelled')`)
export class TripFiguresEntity {
  @PrimaryColumn({ name: 'instance_id', type: 'uuid', primaryKeyConstraintName: 'pk_trip_figures' })
  @ForeignKey(() => ProposalEntity, { name: 'fk_trip_figures_proposal' })
  instanceId!: string;

  @Column({ name: 'province_id', type: 'uuid' })
  provinceId!: string;

  @Column({ name: 'organisation_id', type: 'uuid', nullable: true })
  organisationId!: string | null;

  @Column({ name: 'plan_item_id', type: 'uuid', nullable: true })
  planItemId!: string | null;

  @Column({ type: 'date', nullable: true })
  departs!: string | null;

  @Column({ type: 'integer', nullable: true })
  days!: number | null;

  @Column({ type: 'integer', nullable: true })
  people!: number | null;

  @Column({ name: 'report_on_time', type: 'integer', nullable: true })
  reportOnTime!: number | null;

  @Column({ name: 'report_late', type: 'integer', nullable: true })
  reportLate!: number | null;

  /** Of the one that is not done; null: none. */
  @Column({ name: 'report_due', type: 'timestamptz', nullable: true })
  reportDue!: Date | null;

  @Column({ name: 'passports_on_time', type: 'integer', nullable: true })
  passportsOnTime!: number | null;

  @Column({ name: 'passports_late', type: 'integer', nullable: true })
  passportsLate!: number | null;

  @Column({ name: 'passports_due', type: 'timestamptz', nullable: true })
  passportsDue!: Date | null;

  /** 1: its report is accepted; what follows is of that report. */
  @Column({ type: 'integer', nullable: true })
  reports!: number | null;

  @Column({ type: 'integer', nullable: true })
  meetings!: number | null;

  @Column({ type: 'integer', nullable: true })
  agreements!: number | null;

  @Column({ name: 'follow_ups', type: 'integer', nullable: true })
  followUps!: number | null;

  @Column({ name: 'follow_ups_done', type: 'integer', nullable: true })
  followUpsDone!: number | null;

  @Column({ type: 'boolean', default: false })
  counted!: boolean;

  /** Null: refused, withdrawn or never sent, so no report counts it. */
  @Column({ type: 'text', nullable: true })
  outcome!: (typeof tripOutcomes)[number] | null;

  @Column({ type: 'text', nullable: true })
  purpose!: string | null;

  @Column({ type: 'text', nullable: true })
  level!: string | null;

  /** People of the register who go; none of a cancelled trip. */
  @Column({ type: 'uuid', array: true, nullable: true })
  travellers!: string[] | null;

  @Column({ type: 'text', array: true, nullable: true })
  countries!: string[] | null;

  @Column({ name: 'country_names', type: 'text', array: true, nullable: true })
  countryNames!: (string | null)[] | null;

  /** The source and the currency with a blank between. */
  @Column({ type: 'text', array: true, nullable: true })
  funding!: string[] | null;

  @Column({ type: 'numeric', array: true, nullable: true })
  estimated!: (string | null)[] | null;

  @Column({ type: 'numeric', array: true, nullable: true })
  actual!: (string | null)[] | null;
}
