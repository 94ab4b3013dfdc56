import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { PeriodicReport } from '#contracts/periodic-report.js';
import type { ReportKind, RoundState, UnitRemarks, UnitReportState } from '#contracts/report-round.js';
import { OrganisationEntity } from '#libs/organisation';
import { InstanceEntity } from '#libs/runtime';

/** A request for the periodic reports of a period; it runs as a case under the same id. */
@Entity({ name: 'report_rounds' })
@Index('uq_report_rounds_period', ['provinceId', 'kind', 'periodFrom', 'periodTo'], {
  unique: true,
  where: `state <> 'cancelled'`,
})
@Check('ck_report_rounds_kind', `kind in ('halfYear', 'year', 'adHoc')`)
@Check('ck_report_rounds_state', `state in ('collecting', 'consolidated', 'issued', 'cancelled')`)
export class ReportRoundEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_report_rounds' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_report_rounds_instance' })
  id!: string;

  @Column({ name: 'province_id', type: 'uuid' })
  provinceId!: string;

  @Column({ type: 'text' })
  kind!: ReportKind;

  /** Shown in lists of work, Vietnamese. */
  @Column({ type: 'text' })
  title!: string;

  @Column({ name: 'period_from', type: 'date' })
  periodFrom!: string;

  @Column({ name: 'period_to', type: 'date' })
  periodTo!: string;

  @Column({ name: 'due_on', type: 'date' })
  dueOn!: string;

  /** Null: giả định, or chosen by the office. */
  @Column({ name: 'due_source', type: 'text', nullable: true })
  dueSource!: string | null;

  @Column({ type: 'text' })
  state!: RoundState;

  @Column({ name: 'requested_at', type: 'timestamptz' })
  requestedAt!: Date;

  @Column({ name: 'requested_by_id', type: 'uuid' })
  requestedById!: string;

  /** The figures of the province as they were consolidated. */
  @Column({ type: 'jsonb', nullable: true })
  figures!: PeriodicReport | null;

  @Column({ name: 'consolidated_at', type: 'timestamptz', nullable: true })
  consolidatedAt!: Date | null;
}

/** The report of one unit in a round; a case of its own under the same id. */
@Entity({ name: 'unit_reports' })
@Unique('uq_unit_reports_organisation', ['roundId', 'organisationId'])
@Index('ix_unit_reports_organisation', ['organisationId'])
@Check(
  'ck_unit_reports_state',
  `state in ('requested', 'submitted', 'returned', 'accepted', 'consolidated', 'leftOut', 'cancelled')`,
)
export class UnitReportEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_unit_reports' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_unit_reports_instance' })
  id!: string;

  @Column({ name: 'round_id', type: 'uuid' })
  @ForeignKey(() => ReportRoundEntity, { name: 'fk_unit_reports_round' })
  roundId!: string;

  @Column({ name: 'province_id', type: 'uuid' })
  provinceId!: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  @ForeignKey(() => OrganisationEntity, { name: 'fk_unit_reports_organisation' })
  organisationId!: string;

  @Column({ type: 'text' })
  state!: UnitReportState;

  @Column({ type: 'jsonb', nullable: true })
  remarks!: UnitRemarks | null;

  /** One more with each save, so that nobody writes over words they have not seen. */
  @Column({ name: 'remarks_revision', type: 'integer', default: 0 })
  remarksRevision!: number;

  @Column({ name: 'remarks_saved_at', type: 'timestamptz', nullable: true })
  remarksSavedAt!: Date | null;

  /** The unit's trips as it handed them in. */
  @Column({ type: 'jsonb', nullable: true })
  figures!: PeriodicReport | null;

  @Column({ name: 'submitted_at', type: 'timestamptz', nullable: true })
  submittedAt!: Date | null;

  @Column({ name: 'submitted_by_id', type: 'uuid', nullable: true })
  submittedById!: string | null;

  @Column({ name: 'return_reason', type: 'text', nullable: true })
  returnReason!: string | null;
}
