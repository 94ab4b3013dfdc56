import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests for periodic reports, and what each unit handed in. Official documents may belong to such a request instead of a trip. */
export class ReportRounds1763700032000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table report_rounds (
        id uuid not null,
        province_id uuid not null,
        kind text not null,
        title text not null,
        period_from date not null,
        period_to date not null,
        due_on date not null,
        due_source text,
        state text not null,
        requested_at timestamptz not null,
        requested_by_id uuid not null,
        figures jsonb,
        consolidated_at timestamptz,
        constraint pk_report_rounds primary key (id),
        constraint fk_report_rounds_instance foreign key (id) references instances (id),
        constraint ck_report_rounds_kind check (kind in ('halfYear', 'year', 'adHoc')),
        constraint ck_report_rounds_state check (state in ('collecting', 'consolidated', 'issued', 'cancelled'))
      )`);
    await runner.query(`
      create unique index uq_report_rounds_period on report_rounds (province_id, kind, period_from, period_to)
        where state <> 'cancelled'`);
    await runner.query(`
      create table unit_reports (
        id uuid not null,
        round_id uuid not null,
        province_id uuid not null,
        organisation_id uuid not null,
        state text not null,
        remarks jsonb,
        figures jsonb,
        submitted_at timestamptz,
        submitted_by_id uuid,
        return_reason text,
        constraint pk_unit_reports primary key (id),
        constraint uq_unit_reports_organisation unique (round_id, organisation_id),
        constraint fk_unit_reports_instance foreign key (id) references instances (id),
        constraint fk_unit_reports_round foreign key (round_id) references report_rounds (id),
        constraint fk_unit_reports_organisation foreign key (organisation_id) references organisations (id),
        constraint ck_unit_reports_state check (state in
          ('requested', 'submitted', 'returned', 'accepted', 'consolidated', 'leftOut', 'cancelled'))
      )`);
    await runner.query('create index ix_unit_reports_organisation on unit_reports (organisation_id)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
