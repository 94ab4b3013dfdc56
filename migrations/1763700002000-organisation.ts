import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Provinces, organisations and their versions, people, positions, roles and sessions. */
export class Organisation1763700002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(organisations);
    await runner.query(people);
    await runner.query(sessions);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}

const organisations = `
create table provinces (
  id uuid not null,
  code text not null,
  name text not null,
  profile_id text not null,
  constraint pk_provinces primary key (id),
  constraint uq_provinces_code unique (code)
);

create table organisations (
  id uuid not null,
  province_id uuid not null,
  code text not null,
  kind text not null,
  constraint pk_organisations primary key (id),
  constraint uq_organisations_code unique (province_id, code),
  constraint fk_organisations_province foreign key (province_id) references provinces (id),
  constraint ck_organisations_kind check (kind in ('peoplesCommittee', 'office', 'party', 'department', 'other'))
);

create table organisation_versions (
  id uuid not null,
  organisation_id uuid not null,
  name text not null,
  short_name text not null,
  parent_id uuid,
  valid_from date not null,
  valid_to date,
  constraint pk_organisation_versions primary key (id),
  constraint uq_organisation_versions_from unique (organisation_id, valid_from),
  constraint fk_organisation_versions_organisation foreign key (organisation_id) references organisations (id),
  constraint fk_organisation_versions_parent foreign key (parent_id) references organisations (id),
  constraint ck_organisation_versions_period check (valid_to is null or valid_to > valid_from)
);
create unique index uq_organisation_versions_open on organisation_versions (organisation_id) where valid_to is null;
`;

const people = `
create table people (
  id uuid not null,
  province_id uuid not null,
  full_name text not null,
  search_name text not null,
  email text not null,
  language text not null,
  password_hash text,
  active boolean not null,
  created_at timestamptz not null,
  constraint pk_people primary key (id),
  constraint uq_people_email unique (email),
  constraint fk_people_province foreign key (province_id) references provinces (id),
  constraint ck_people_email check (email = lower(email)),
  constraint ck_people_language check (language in ('vi', 'en'))
);
create index ix_people_search on people (province_id, search_name, id);

create table positions (
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  title text not null,
  rank text not null,
  valid_from date not null,
  valid_to date,
  constraint pk_positions primary key (id),
  constraint fk_positions_person foreign key (person_id) references people (id),
  constraint fk_positions_organisation foreign key (organisation_id) references organisations (id),
  constraint ck_positions_period check (valid_to is null or valid_to > valid_from)
);
create index ix_positions_person on positions (person_id);
create index ix_positions_organisation on positions (organisation_id);

create table role_assignments (
  id uuid not null,
  person_id uuid not null,
  organisation_id uuid not null,
  role text not null,
  valid_from date not null,
  valid_to date,
  constraint pk_role_assignments primary key (id),
  constraint uq_role_assignments_from unique (person_id, organisation_id, role, valid_from),
  constraint fk_role_assignments_person foreign key (person_id) references people (id),
  constraint fk_role_assignments_organisation foreign key (organisation_id) references organisations (id),
  constraint ck_role_assignments_period check (valid_to is null or valid_to > valid_from),
  constraint ck_role_assignments_role
    check (role in ('unitOfficer', 'unitHead', 'reviewer', 'leader', 'clerk', 'administrator', 'inspector'))
);
create index ix_role_assignments_holder on role_assignments (organisation_id, role);
`;

const sessions = `
create table sessions (
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  constraint pk_sessions primary key (id),
  constraint uq_sessions_token_hash unique (token_hash),
  constraint fk_sessions_person foreign key (person_id) references people (id)
);
create index ix_sessions_person on sessions (person_id);
create index ix_sessions_expires_at on sessions (expires_at);
`;
