import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Text } from '#contracts/text.js';
import type { WorkflowEvent } from '#libs/engine';
import { InstanceEntity } from './instance.entity.js';
import type { LadderStep } from './ladder.js';

const open = 'fired_at is null and cancelled_at is null';

/**
 * A deadline (asks the machine) or the ladder of its reminders (only mails). Open while neither fired nor cancelled: a ladder's
 * `due_at` moves from step to step, and it has fired when its last step has.
 */
@Entity('timers')
@Index('ix_timers_due', ['dueAt', 'id'], { where: open })
@Index('ix_timers_open', ['instanceId'], { where: 'coalesce(fired_at, cancelled_at) is null' })
@Index('ix_timers_instance', ['instanceId', 'armedSeq'])
@Check(
  'ck_timers_kind',
  `(kind = 'deadline' and event is not null and explanation is not null and deadline_id is null)
    or (kind = 'reminder' and deadline_id is not null and reminder_key is not null and steps is not null)`,
)
@Check('ck_timers_end', 'fired_at is null or cancelled_at is null')
export class TimerEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_timers' })
  id!: string;

  @Column('uuid', { name: 'instance_id' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_timers_instance' })
  instanceId!: string;

  @Column('text')
  kind!: 'deadline' | 'reminder';

  /** Name of the machine's delay. */
  @Column('text')
  name!: string;

  /** XState's id of the delayed event. It repeats when the state is entered again; the row id does not. */
  @Column('text', { name: 'send_id' })
  sendId!: string;

  /** The step of the ladder that comes next, or came last. */
  @Column('text', { name: 'reminder_key', nullable: true })
  reminderKey!: string | null;

  @Column('uuid', { name: 'deadline_id', nullable: true })
  @ForeignKey(() => TimerEntity, { name: 'fk_timers_deadline' })
  deadlineId!: string | null;

  @Column('text', { name: 'task_key', nullable: true })
  taskKey!: string | null;

  @Column('jsonb', { nullable: true })
  event!: WorkflowEvent | null;

  /** The whole ladder, in order of time. */
  @Column('jsonb', { nullable: true })
  steps!: LadderStep[] | null;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  /** Of a deadline; that of a step follows from it (`explainStep`). */
  @Column('jsonb', { nullable: true })
  explanation!: Text | null;

  @Column('timestamptz', { name: 'armed_at' })
  armedAt!: Date;

  @Column('integer', { name: 'armed_seq' })
  armedSeq!: number;

  @Column('timestamptz', { name: 'fired_at', nullable: true })
  firedAt!: Date | null;

  @Column('timestamptz', { name: 'cancelled_at', nullable: true })
  cancelledAt!: Date | null;

  /**
   * Why it was cancelled: `left` (the case went on), `moved` (the same thing is due at another time), `recomputed` (the calendar left no
   * reminder), `ended` (so did the case); on a fired deadline the machine refused: 'refused: …'.
   */
  @Column('text', { name: 'cancel_reason', nullable: true })
  cancelReason!: string | null;
}
