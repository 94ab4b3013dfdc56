import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { ChangedDay } from '#libs/calendar';
import { ProvinceEntity } from '#libs/organisation';

/** A change of the calendar announced by a document. Never changed once written; a later one withdraws it. */
@Entity('calendar_changes')
@Unique('uq_calendar_changes_version', ['version'])
@Index('uq_calendar_changes_withdraws', ['withdraws'], { unique: true, where: 'withdraws is not null' })
@Check(
  'ck_calendar_changes_kind',
  `kind = 'announce' and withdraws is null and jsonb_array_length(days) > 0
    or kind = 'withdraw' and withdraws is not null and jsonb_array_length(days) = 0`,
)
export class CalendarChangeEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_calendar_changes' })
  id!: string;

  /** One row of numbers for all provinces: what is newer has the higher one. */
  @Column('integer')
  version!: number;

  /** Null: the whole country. */
  @Column('uuid', { name: 'province_id', nullable: true })
  @ForeignKey(() => ProvinceEntity, { name: 'fk_calendar_changes_province' })
  provinceId!: string | null;

  @Column('text')
  kind!: 'announce' | 'withdraw';

  /** The version a withdrawal withdraws. */
  @Column('integer', { nullable: true })
  withdraws!: number | null;

  @Column('text', { name: 'document_number' })
  documentNumber!: string;

  @Column('date', { name: 'document_date' })
  documentDate!: string;

  @Column('text')
  reason!: string;

  @Column('jsonb')
  days!: ChangedDay[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  /** Null: the operator at the command line. */
  @Column('uuid', { name: 'created_by_id', nullable: true })
  createdById!: string | null;

  /** By the machine's own clock: then every process has heard of it, and no decision begun before it still runs. */
  @Column('timestamptz', { name: 'settle_after' })
  settleAfter!: Date;

  /** When the deadlines were looked through once more after that. */
  @Column('timestamptz', { name: 'settled_at', nullable: true })
  settledAt!: Date | null;
}
