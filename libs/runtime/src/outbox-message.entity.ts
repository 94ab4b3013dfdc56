import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { Assignee } from '#libs/engine';
import { TimerEntity } from './timer.entity.js';

/** A mail asked for by a decision or a reminder, not yet resolved to people. The relay sets `relayedAt`. */
@Entity('outbox_messages')
@Index('ix_outbox_messages_open', ['notBefore', 'id'], { where: 'relayed_at is null' })
@Index('ix_outbox_messages_instance', ['instanceId'])
@Check('ck_outbox_messages_place', 'instance_id is not null or province_id is not null')
export class OutboxMessageEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_outbox_messages' })
  id!: string;

  /** That of its timer, or the one the transaction that wrote it holds. Null: about no single case; then the province says whose it is. */
  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  @Column('uuid', { name: 'province_id', nullable: true })
  provinceId!: string | null;

  /** The decision this message came from. Whoever it reaches reads one mail about that decision. */
  @Column('integer', { name: 'event_seq', nullable: true })
  eventSeq!: number | null;

  /** Shared by messages about no case that tell the same; null: the case or the message itself says what the occasion is. */
  @Column('text', { nullable: true })
  occasion!: string | null;

  /** The reminder this message came from. */
  @Column('uuid', { name: 'timer_id', nullable: true })
  @ForeignKey(() => TimerEntity, { name: 'fk_outbox_messages_timer' })
  timerId!: string | null;

  @Column('text', { name: 'task_key', nullable: true })
  taskKey!: string | null;

  @Column('text')
  template!: string;

  @Column('jsonb')
  recipient!: Assignee;

  /** Ids and codes only, never personal data. */
  @Column('jsonb')
  data!: Record<string, unknown>;

  @Column('timestamptz', { name: 'not_before' })
  notBefore!: Date;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'relayed_at', nullable: true })
  relayedAt!: Date | null;
}
