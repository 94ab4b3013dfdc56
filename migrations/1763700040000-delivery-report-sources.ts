import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table delivery_report_sources (
  kind text not null constraint pk_delivery_report_sources primary key,
  next_look_at timestamptz not null,
  looked_at timestamptz,
  fault text,
  fault_since timestamptz,
  faults integer not null default 0,
  set_aside integer not null default 0,
  constraint ck_delivery_report_sources_kind check (kind in ('folder', 'mailbox')),
  constraint ck_delivery_report_sources_fault check ((fault is null) = (fault_since is null))
);
alter table mails add column bounce_digest text;
`;

/** Where delivery reports are read from and how that goes, for the operator; and which report failed a mail, so that none does so twice. */
export class DeliveryReportSources1763700040000 implements MigrationInterface {
  name = 'DeliveryReportSources1763700040000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
