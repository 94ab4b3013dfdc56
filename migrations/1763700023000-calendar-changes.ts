import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Days announced after the table of holidays was shipped. */
export class CalendarChanges1763700023000 implements MigrationInterface {
  name = 'CalendarChanges1763700023000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}

const up = `
create table calendar_changes (
  id uuid not null,
  version integer not null,
  province_id uuid,
  kind text not null,
  withdraws integer,
  document_number text not null,
  document_date date not null,
  reason text not null,
  days jsonb not null,
  created_at timestamptz not null,
  created_by_id uuid,
  settle_after timestamptz not null,
  settled_at timestamptz,
  constraint pk_calendar_changes primary key (id),
  constraint uq_calendar_changes_version unique (version),
  constraint fk_calendar_changes_province foreign key (province_id) references provinces (id),
  constraint ck_calendar_changes_kind check (kind = 'announce' and withdraws is null and jsonb_array_length(days) > 0
    or kind = 'withdraw' and withdraws is not null and jsonb_array_length(days) = 0)
);
create unique index uq_calendar_changes_withdraws on calendar_changes (withdraws) where withdraws is not null;
`;
