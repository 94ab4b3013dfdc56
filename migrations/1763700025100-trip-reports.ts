import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports of trips as data, found again by words, and what follows from each. */
export class TripReports1763700025100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table trip_reports (
        instance_id uuid not null,
        province_id uuid not null,
        content jsonb,
        summary text not null,
        document_number text,
        document_date date,
        search_text text not null,
        submitted_at timestamptz not null,
        submitted_by_id uuid not null,
        accepted_at timestamptz,
        constraint pk_trip_reports primary key (instance_id),
        constraint fk_trip_reports_instance foreign key (instance_id) references instances (id)
      )`);
    await runner.query(
      'create index ix_trip_reports_accepted on trip_reports (province_id, accepted_at, instance_id) where accepted_at is not null',
    );
    await runner.query(`
      create table trip_follow_ups (
        id uuid not null,
        instance_id uuid not null,
        province_id uuid not null,
        position integer not null,
        task text not null,
        organisation_id uuid not null,
        due_date date not null,
        state text not null,
        closed_at timestamptz,
        closed_by_id uuid,
        closing_note text,
        constraint pk_trip_follow_ups primary key (id),
        constraint fk_trip_follow_ups_instance foreign key (instance_id) references instances (id),
        constraint ck_trip_follow_ups_state check (state in ('planned', 'open', 'done', 'cancelled'))
      )`);
    await runner.query('create index ix_trip_follow_ups_instance on trip_follow_ups (instance_id, position)');
    await runner.query('create index ix_trip_follow_ups_due on trip_follow_ups (province_id, due_date)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
