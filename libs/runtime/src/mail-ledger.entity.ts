import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { type MailStatusName, mailStatusNames } from '#contracts/mail-ledger.js';
import { OutboxMessageEntity } from './outbox-message.entity.js';

/** One mail to one person, from the plan to its fate. The record; the queue only wakes somebody up to look at it. */
@Entity('mails')
@Index('uq_mails_occasion', ['personId', 'occasion'], { unique: true, where: `status <> 'suppressed'` })
@Index('ix_mails_due', ['notBefore', 'id'], { where: `status in ('planned', 'queued') and not in_digest` })
@Index('ix_mails_waiting', ['personId'], { where: `status = 'planned' and in_digest` })
@Index('ix_mails_sending', ['claimedAt'], { where: `status = 'sending'` })
@Index('ix_mails_province', ['provinceId', 'createdAt', 'id'])
@Index('ix_mails_troubled', ['provinceId', 'createdAt', 'id'], { where: `status in ('uncertain', 'failed')` })
@Index('ix_mails_instance', ['instanceId', 'createdAt'])
@Index('ix_mails_digest', ['digestMailId'], { where: 'digest_mail_id is not null' })
@Check('ck_mails_status', `status in (${mailStatusNames.map((status) => `'${status}'`).join(', ')})`)
@Check('ck_mails_suppressed', `(status = 'suppressed') = (suppressed_reason is not null)`)
@Check('ck_mails_fence', `status <> 'sending' or (fence is not null and claimed_at is not null)`)
@Check('ck_mails_recipient', `status = 'suppressed' or (person_id is not null and address is not null)`)
export class MailEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_mails' })
  id!: string;

  @Column('uuid', { name: 'province_id' })
  provinceId!: string;

  /** Null: the digest of a morning, which comes from no message. */
  @Column('uuid', { name: 'outbox_message_id', nullable: true })
  @ForeignKey(() => OutboxMessageEntity, { name: 'fk_mails_outbox_message' })
  outboxMessageId!: string | null;

  /** Other messages of the same occasion that this mail tells the same person about. */
  @Column('uuid', { array: true, default: () => "'{}'" })
  also!: string[];

  /** What the mail is sent for: one decision, one step of a reminder, one morning. A person gets one mail an occasion. */
  @Column({ type: 'text', collation: 'C' })
  occasion!: string;

  /** Null: nobody held the role when the message was due; the row says so to the operator. */
  @Column('uuid', { name: 'person_id', nullable: true })
  personId!: string | null;

  /** That of the message; null: about no single case. */
  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

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
  status!: MailStatusName;

  @Column('text', { name: 'suppressed_reason', nullable: true })
  suppressedReason!: string | null;

  /** Waits for the digest of the person's next working morning instead of being sent by itself. */
  @Column('boolean', { name: 'in_digest', default: false })
  inDigest!: boolean;

  /** The digest that told the person instead. */
  @Column('uuid', { name: 'digest_mail_id', nullable: true })
  @ForeignKey(() => MailEntity, { name: 'fk_mails_digest_mail' })
  digestMailId!: string | null;

  /** When it was put into the queue, by the database's own clock; it is put there again after a while. */
  @Column('timestamptz', { name: 'queued_at', nullable: true })
  queuedAt!: Date | null;

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

  /** When a report said that an accepted mail was not delivered after all. */
  @Column('timestamptz', { name: 'bounced_at', nullable: true })
  bouncedAt!: Date | null;

  /** Of the last report that said so; it stays when the mail is sent again, so that the same report cannot fail it twice. */
  @Column('text', { name: 'bounce_digest', nullable: true })
  bounceDigest!: string | null;
}
