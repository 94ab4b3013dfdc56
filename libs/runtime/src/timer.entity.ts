import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Text } from '#contracts/text.js';
import type { Assignee, WorkflowEvent } from '#libs/engine';
import { InstanceEntity } from './instance.entity.js';

const open = 'fired_at is null and cancelled_at is null';

/** A deadline (asks the machine) or a reminder of one (only a mail). Open while neither fired nor cancelled. */
@Entity('timers')
@Index('ix_timers_due', ['dueAt'], { where: open })
@Index('ix_timers_open', ['instanceId'], { where: 'coalesce(fired_at, cancelled_at) is null' })
@Index('ix_timers_instance', ['instanceId', 'armedSeq'])
@Check(
  'ck_timers_kind',
  `(kind = 'deadline' and event is not null and deadline_id is null)
    or (kind = 'reminder' and deadline_id is not null and template is not null and recipients is not null)`,
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

  @Column('text', { name: 'reminder_key', nullable: true })
  reminderKey!: string | null;

  @Column('uuid', { name: 'deadline_id', nullable: true })
  @ForeignKey(() => TimerEntity, { name: 'fk_timers_deadline' })
  deadlineId!: string | null;

  @Column('text', { name: 'task_key', nullable: true })
  taskKey!: string | null;

  @Column('jsonb', { nullable: true })
  event!: WorkflowEvent | null;

  @Column('jsonb', { nullable: true })
  recipients!: (Assignee | 'assignee')[] | null;

  @Column('text', { nullable: true })
  template!: string | null;

  @Column('timestamptz', { name: 'due_at' })
  dueAt!: Date;

  @Column('jsonb')
  explanation!: Text;

  @Column('timestamptz', { name: 'armed_at' })
  armedAt!: Date;

  @Column('integer', { name: 'armed_seq' })
  armedSeq!: number;

  @Column('timestamptz', { name: 'fired_at', nullable: true })
  firedAt!: Date | null;

  @Column('timestamptz', { name: 'cancelled_at', nullable: true })
  cancelledAt!: Date | null;

  /** Why it was cancelled; on a fired deadline the machine refused: 'refused: …'. */
  @Column('text', { name: 'cancel_reason', nullable: true })
  cancelReason!: string | null;
}
