import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table second_factors (
  person_id uuid not null,
  sealed_secret bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step integer not null,
  constraint pk_second_factors primary key (person_id),
  constraint fk_second_factors_person foreign key (person_id) references people (id)
);

create table recovery_codes (
  code_hash bytea not null,
  person_id uuid not null,
  used_at timestamptz,
  constraint pk_recovery_codes primary key (person_id, code_hash),
  constraint fk_recovery_codes_person foreign key (person_id) references people (id)
);
`;

/** One-time codes of an authenticator application, and the codes for when it is lost. */
export class SecondFactor1763700012200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
