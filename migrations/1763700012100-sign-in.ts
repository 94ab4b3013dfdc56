import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table sign_in_attempts (
  key bytea not null,
  count integer not null,
  until timestamptz not null,
  constraint pk_sign_in_attempts primary key (key)
);
create index ix_sign_in_attempts_until on sign_in_attempts (until);

create table sign_in_places (
  key bytea not null,
  person_id uuid not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  constraint pk_sign_in_places primary key (key),
  constraint fk_sign_in_places_person foreign key (person_id) references people (id)
);
create index ix_sign_in_places_person on sign_in_places (person_id);
create index ix_sign_in_places_last_at on sign_in_places (last_at);

alter table sessions add column user_agent text;
`;

/** Limits of attempts that every replica sees, where a person has signed in from before, and by what a session is recognised. */
export class SignIn1763700012100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
