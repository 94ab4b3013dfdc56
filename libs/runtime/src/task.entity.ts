import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Text } from '#contracts/text.js';
import { InstanceEntity } from './instance.entity.js';
import { TimerEntity } from './timer.entity.js';

/** Work waiting for a person, or for whoever holds a role in an organisation. Open while `closedAt` is null. */
@Entity('tasks')
@Index('uq_tasks_open', ['instanceId', 'key'], { unique: true, where: 'closed_seq is null' })
@Index('ix_tasks_inbox_role', ['role', 'organisationId', 'dueAt', 'id'], { where: 'closed_at is null' })
@Index('ix_tasks_inbox_person', ['personId', 'dueAt', 'id'], { where: 'closed_at is null and person_id is not null' })
@Index('ix_tasks_instance', ['instanceId', 'openedSeq'])
@Check(
  'ck_tasks_assignee',
  `(person_id is not null and role is null and organisation_id is null)
    or (person_id is null and role is not null and organisation_id is not null)`,
)
@Check('ck_tasks_closed', '(closed_at is null) = (closed_seq is null) and (closed_at is null) = (outcome is null)')
export class TaskEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_tasks' })
  id!: string;

  @Column('uuid', { name: 'instance_id' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_tasks_instance' })
  instanceId!: string;

  @Column('uuid', { name: 'province_id' })
  provinceId!: string;

  @Column('text')
  key!: string;

  @Column('text')
  kind!: string;

  @Column('text', { nullable: true })
  role!: string | null;

  @Column('uuid', { name: 'organisation_id', nullable: true })
  organisationId!: string | null;

  @Column('uuid', { name: 'person_id', nullable: true })
  personId!: string | null;

  @Column('jsonb')
  data!: Record<string, unknown>;

  /** The deadline this task is due by; null when none waits on it. */
  @Column('uuid', { name: 'timer_id', nullable: true })
  @ForeignKey(() => TimerEntity, { name: 'fk_tasks_timer' })
  timerId!: string | null;

  @Column('timestamptz', { name: 'due_at', nullable: true })
  dueAt!: Date | null;

  @Column('jsonb', { name: 'due_explanation', nullable: true })
  dueExplanation!: Text | null;

  @Column('timestamptz', { name: 'opened_at' })
  openedAt!: Date;

  @Column('integer', { name: 'opened_seq' })
  openedSeq!: number;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt!: Date | null;

  @Column('integer', { name: 'closed_seq', nullable: true })
  closedSeq!: number | null;

  @Column('text', { nullable: true })
  outcome!: string | null;

  /** Who decided; null when the system closed it. */
  @Column('uuid', { name: 'decided_by_id', nullable: true })
  decidedById!: string | null;
}
