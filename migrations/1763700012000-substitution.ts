import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who stands in for whom. */
export class Substitution1763700012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(substitutions);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}

const substitutions = `
create table substitutions (
  id uuid not null,
  province_id uuid not null,
  person_id uuid not null,
  substitute_id uuid not null,
  role text,
  organisation_id uuid,
  first_day date not null,
  last_day date not null,
  instance_id uuid,
  created_at timestamptz not null,
  created_by_id uuid not null,
  revoked_at timestamptz,
  revoked_by_id uuid,
  constraint pk_substitutions primary key (id),
  constraint fk_substitutions_province foreign key (province_id) references provinces (id),
  constraint fk_substitutions_person foreign key (person_id) references people (id),
  constraint fk_substitutions_substitute foreign key (substitute_id) references people (id),
  constraint fk_substitutions_organisation foreign key (organisation_id) references organisations (id),
  constraint fk_substitutions_instance foreign key (instance_id) references instances (id),
  constraint fk_substitutions_created_by foreign key (created_by_id) references people (id),
  constraint fk_substitutions_revoked_by foreign key (revoked_by_id) references people (id),
  constraint ck_substitutions_people check (person_id <> substitute_id),
  constraint ck_substitutions_period check (last_day >= first_day),
  constraint ck_substitutions_role check (role in ('unitOfficer', 'unitHead', 'reviewer', 'leader', 'clerk')),
  constraint ck_substitutions_revoked check ((revoked_at is null) = (revoked_by_id is null))
);
create index ix_substitutions_substitute on substitutions (substitute_id, last_day) where revoked_at is null;
create index ix_substitutions_person on substitutions (person_id, last_day);
`;
