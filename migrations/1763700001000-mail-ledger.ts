import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table mails (
  id uuid not null,
  outbox_message_id uuid not null,
  person_id uuid,
  instance_id uuid not null,
  template text not null,
  language text not null,
  address text,
  subject text not null,
  message_id text not null,
  status text not null,
  suppressed_reason text,
  fence uuid,
  claimed_at timestamptz,
  attempts integer not null default 0,
  not_before timestamptz not null,
  last_response text,
  created_at timestamptz not null,
  sent_at timestamptz,
  constraint pk_mails primary key (id),
  constraint uq_mails_recipient unique (outbox_message_id, person_id),
  constraint uq_mails_message_id unique (message_id),
  constraint fk_mails_outbox_message foreign key (outbox_message_id) references outbox_messages (id),
  constraint fk_mails_instance foreign key (instance_id) references instances (id),
  constraint ck_mails_status check (status in ('planned', 'sending', 'sent', 'uncertain', 'failed', 'suppressed')),
  constraint ck_mails_suppressed check ((status = 'suppressed') = (suppressed_reason is not null)),
  constraint ck_mails_fence check (status <> 'sending' or (fence is not null and claimed_at is not null)),
  constraint ck_mails_recipient check (status = 'suppressed' or (person_id is not null and address is not null))
);
create index ix_mails_planned on mails (not_before, id) where status = 'planned';
create index ix_mails_sending on mails (claimed_at) where status = 'sending';
create index ix_mails_status on mails (status, created_at, id);
create index ix_mails_instance on mails (instance_id, created_at);
`;

/** The mail ledger: one row for each mail to each person, with its fate. */
export class MailLedger1763700001000 implements MigrationInterface {
  name = 'MailLedger1763700001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
