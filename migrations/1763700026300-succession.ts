import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What holds from a day to a day holds once: the database itself refuses a second version, role or position for the same days. */
const exclusions = `
create extension if not exists btree_gist;
alter table organisation_versions add constraint ex_organisation_versions_period
  exclude using gist (organisation_id with =, daterange(valid_from, valid_to) with &&);
alter table role_assignments add constraint ex_role_assignments_period
  exclude using gist (person_id with =, organisation_id with =, role with =, daterange(valid_from, valid_to) with &&);
alter table positions add constraint ex_positions_period
  exclude using gist (person_id with =, organisation_id with =, title with =, daterange(valid_from, valid_to) with &&);
`;

const successions = `
create table organisation_successions (
  id uuid not null,
  province_id uuid not null,
  organisation_id uuid not null,
  successor_id uuid not null,
  valid_from date not null,
  plan jsonb not null,
  created_at timestamptz not null,
  created_by_id uuid not null,
  applied_at timestamptz,
  moved jsonb,
  constraint pk_organisation_successions primary key (id),
  constraint fk_organisation_successions_province foreign key (province_id) references provinces (id),
  constraint fk_organisation_successions_organisation foreign key (organisation_id) references organisations (id),
  constraint fk_organisation_successions_successor foreign key (successor_id) references organisations (id),
  constraint fk_organisation_successions_created_by foreign key (created_by_id) references people (id),
  constraint ck_organisation_successions_other check (organisation_id <> successor_id),
  constraint ck_organisation_successions_applied check ((applied_at is null) = (moved is null))
);
create index ix_organisation_successions_province on organisation_successions (province_id, valid_from);
`;

/** One organisation takes over from another on a day. */
export class Succession1763700026300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(exclusions);
    await runner.query(successions);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
