import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said about the annual plan and the duties of the year, and an occasion that messages without a case may share. */
export class PlanReminders1763700023100 implements MigrationInterface {
  name = 'PlanReminders1763700023100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}

const up = `
create table plan_reminders (
  province_id uuid not null,
  key text not null,
  said_at timestamptz not null,
  constraint pk_plan_reminders primary key (province_id, key),
  constraint fk_plan_reminders_province foreign key (province_id) references provinces (id)
);
alter table outbox_messages add column occasion text;
`;
