import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { InstanceEntity } from './instance.entity.js';
import { OutboxMessageEntity } from './outbox-message.entity.js';

export const mailStatuses = ['planned', 'sending', 'sent', 'uncertain', 'failed', 'suppressed'] as const;
export type MailStatus = (typeof mailStatuses)[number];

/** One mail to one person, from the plan to its fate. The record; the queue only wakes somebody up to look at it. */
@Entity('mails')
@Unique('uq_mails_recipient', ['outboxMessageId', 'personId'])
@Unique('uq_mails_message_id', ['messageId'])
@Index('ix_mails_planned', ['notBefore', 'id'], { where: `status = 'planned'` })
@Index('ix_mails_sending', ['claimedAt'], { where: `status = 'sending'` })
@Index('ix_mails_status', ['status', 'createdAt', 'id'])
@Index('ix_mails_instance', ['instanceId', 'createdAt'])
@Check('ck_mails_status', `status in (${mailStatuses.map((status) => `'${status}'`).join(', ')})`)
@Check('ck_mails_suppressed', `(status = 'suppressed') = (suppressed_reason is not null)`)
@Check('ck_mails_fence', `status <> 'sending' or (fence is not null and claimed_at is not null)`)
@Check('ck_mails_recipient', `status = 'suppressed' or (person_id is not null and address is not null)`)
export class MailEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_mails' })
  id!: string;

  @Column('uuid', { name: 'outbox_message_id' })
  @ForeignKey(() => OutboxMessageEntity, { name: 'fk_mails_outbox_message' })
  outboxMessageId!: string;

  /** Null: nobody held the role when the message was due; the row says so to the operator. */
  @Column('uuid', { name: 'person_id', nullable: true })
  personId!: string | null;

  @Column('uuid', { name: 'instance_id' })
  @ForeignKey(() => InstanceEntity, { name: 'fk_mails_instance' })
  instanceId!: string;

  @Column('text')
  template!: string;

  @Column('text')
  language!: 'vi' | 'en';

  @Column('text', { nullable: true })
  address!: string | null;

  @Column('text')
  subject!: string;

  /** `<id@domain>`: made from the row, so that a second sending could be recognised. */
  @Column('text', { name: 'message_id' })
  messageId!: string;

  @Column('text')
  status!: MailStatus;

  @Column('text', { name: 'suppressed_reason', nullable: true })
  suppressedReason!: string | null;

  /** Given at the claim; only who holds it may record the outcome. */
  @Column('uuid', { nullable: true })
  fence!: string | null;

  /** By the database's own clock: it measures a process, so a clock set by hand must not age it. */
  @Column('timestamptz', { name: 'claimed_at', nullable: true })
  claimedAt!: Date | null;

  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('timestamptz', { name: 'not_before' })
  notBefore!: Date;

  @Column('text', { name: 'last_response', nullable: true })
  lastResponse!: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;
}
