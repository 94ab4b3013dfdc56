import type { MigrationInterface, QueryRunner } from 'typeorm';

const papers = `
create table identity_papers (
  instance_id uuid not null,
  member_key text not null,
  province_id uuid not null,
  sealed_passport_number bytea,
  passport_index bytea,
  sealed_birth_date bytea,
  passport_expires_on date,
  updated_by_id uuid not null,
  updated_at timestamptz not null,
  constraint pk_identity_papers primary key (instance_id, member_key),
  constraint fk_identity_papers_proposal foreign key (instance_id) references proposals (instance_id)
);
create index ix_identity_papers_passport on identity_papers (passport_index) where passport_index is not null;
`;

const retention = `
create table retention_rules (
  province_id uuid not null,
  data_class text not null,
  keep_days integer not null,
  changed_at timestamptz not null,
  changed_by_id uuid not null,
  constraint pk_retention_rules primary key (province_id, data_class),
  constraint fk_retention_rules_province foreign key (province_id) references provinces (id),
  constraint ck_retention_rules_days check (keep_days between 0 and 10950)
);
create table retention_runs (
  id uuid not null,
  province_id uuid not null,
  at timestamptz not null,
  person_id uuid,
  erased jsonb not null,
  constraint pk_retention_runs primary key (id),
  constraint fk_retention_runs_province foreign key (province_id) references provinces (id)
);
create index ix_retention_runs_province on retention_runs (province_id, at);
`;

/** Passport numbers and birth dates, sealed; how long what is kept, and what was erased when. */
export class Privacy1763700027000 implements MigrationInterface {
  name = 'Privacy1763700027000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(papers);
    await runner.query(retention);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
