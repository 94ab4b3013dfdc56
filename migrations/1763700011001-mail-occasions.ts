import type { MigrationInterface, QueryRunner } from 'typeorm';

const outbox = `
alter table outbox_messages add column event_seq integer;
alter table outbox_messages add column province_id uuid;
alter table outbox_messages alter column instance_id drop not null;
alter table outbox_messages add constraint ck_outbox_messages_place
  check (instance_id is not null or province_id is not null);
`;

/** A mail used to belong to a message and a case; a digest has neither, so it says itself whose it is and what for. */
const ledger = `
alter table mails add column province_id uuid;
alter table mails add column occasion text;
update mails m set province_id = i.province_id, occasion = 'message:' || m.outbox_message_id
  from instances i where i.id = m.instance_id;
alter table mails alter column province_id set not null;
alter table mails alter column occasion set not null;
alter table mails alter column outbox_message_id drop not null;
alter table mails alter column instance_id drop not null;
alter table mails add column also uuid[] not null default '{}';
alter table mails add column in_digest boolean not null default false;
alter table mails add column digest_mail_id uuid;
alter table mails add column queued_at timestamptz;
alter table mails add column bounced_at timestamptz;
alter table mails add constraint fk_mails_digest_mail foreign key (digest_mail_id) references mails (id);
alter table mails drop constraint ck_mails_status;
alter table mails add constraint ck_mails_status
  check (status in ('planned', 'queued', 'sending', 'sent', 'uncertain', 'failed', 'suppressed'));
alter table mails drop constraint uq_mails_message_id;
create unique index uq_mails_occasion on mails (person_id, occasion) where status <> 'suppressed';
`;

const indexes = `
drop index ix_mails_planned;
drop index ix_mails_status;
create index ix_mails_planned on mails (not_before, id) where status = 'planned' and not in_digest;
create index ix_mails_queued on mails (not_before, id) where status = 'queued';
create index ix_mails_waiting on mails (person_id) where status = 'planned' and in_digest;
create index ix_mails_province on mails (province_id, created_at, id);
create index ix_mails_troubled on mails (province_id, created_at, id) where status in ('uncertain', 'failed');
create index ix_mails_digest on mails (digest_mail_id) where digest_mail_id is not null;
`;

const digests = `
create table digest_days (
  province_id uuid not null,
  day date not null,
  planned_at timestamptz not null,
  constraint pk_digest_days primary key (province_id, day)
);
`;

/** One mail a person and occasion, the digest of a morning, and what an operator has to know about a mail. */
export class MailOccasions1763700011001 implements MigrationInterface {
  name = 'MailOccasions1763700011001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outbox);
    await runner.query(ledger);
    await runner.query(indexes);
    await runner.query(digests);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
