import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { TripReport } from '#contracts/trip-report.js';
import { InstanceEntity } from '#libs/runtime';

/** The report of a trip as it was last filed. */
@Entity({ name: 'trip_reports' })
@Index('ix_trip_reports_accepted', ['provinceId', 'acceptedAt', 'instanceId'], { where: 'accepted_at is not null' })
export class TripReportEntity {
  @PrimaryColumn({ name: 'instance_id', type: 'uuid', primaryKeyConstraintName: 'pk_trip_reports' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_trip_reports_instance' })
  instanceId!: string;

  @Column({ name: 'province_id', type: 'uuid' })
  provinceId!: string;

  /** Null: filed as a document with a summary alone. */
  @Column({ type: 'jsonb', nullable: true })
  content!: TripReport | null;

  @Column({ type: 'text' })
  summary!: string;

  @Column({ name: 'document_number', type: 'text', nullable: true })
  documentNumber!: string | null;

  @Column({ name: 'document_date', type: 'date', nullable: true })
  documentDate!: string | null;

  /** Lower case, no diacritics: everything somebody may look for. */
  @Column({ name: 'search_text', type: 'text' })
  searchText!: string;

  @Column({ name: 'submitted_at', type: 'timestamptz' })
  submittedAt!: Date;

  @Column({ name: 'submitted_by_id', type: 'uuid' })
  submittedById!: string;

  /** In the library from then on. */
  @Column({ name: 'accepted_at', type: 'timestamptz', nullable: true })
  acceptedAt!: Date | null;
}

/** What follows from a trip. Once the report is accepted it runs as a case of its own under the same id. */
@Entity({ name: 'trip_follow_ups' })
@Index('ix_trip_follow_ups_instance', ['instanceId', 'position'])
@Index('ix_trip_follow_ups_due', ['provinceId', 'dueDate'])
@Index('ix_trip_follow_ups_open', ['provinceId', 'dueDate'], { where: `state = 'open'` })
@Check('ck_trip_follow_ups_state', `state in ('planned', 'open', 'done', 'cancelled')`)
export class TripFollowUpEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_trip_follow_ups' })
  id!: string;

  @Column({ name: 'instance_id', type: 'uuid' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_trip_follow_ups_instance' })
  instanceId!: string;

  @Column({ name: 'province_id', type: 'uuid' })
  provinceId!: string;

  @Column({ type: 'integer' })
  position!: number;

  @Column({ type: 'text' })
  task!: string;

  @Column({ name: 'organisation_id', type: 'uuid' })
  organisationId!: string;

  @Column({ name: 'due_date', type: 'date' })
  dueDate!: string;

  @Column({ type: 'text' })
  state!: 'planned' | 'open' | 'done' | 'cancelled';

  @Column({ name: 'closed_at', type: 'timestamptz', nullable: true })
  closedAt!: Date | null;

  @Column({ name: 'closed_by_id', type: 'uuid', nullable: true })
  closedById!: string | null;

  @Column({ name: 'closing_note', type: 'text', nullable: true })
  closingNote!: string | null;
}
