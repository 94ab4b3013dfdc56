import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table provider_sign_ins (
  token_hash bytea not null,
  state text not null,
  nonce text not null,
  code_verifier text not null,
  return_to text not null,
  expires_at timestamptz not null,
  constraint pk_provider_sign_ins primary key (token_hash)
);
create index ix_provider_sign_ins_expires_at on provider_sign_ins (expires_at);

create table provider_accounts (
  issuer text not null,
  subject text not null,
  person_id uuid not null,
  created_at timestamptz not null,
  constraint pk_provider_accounts primary key (issuer, subject),
  constraint uq_provider_accounts_person unique (issuer, person_id),
  constraint fk_provider_accounts_person foreign key (person_id) references people (id)
);

alter table sessions add column by_provider boolean not null default false;
`;

/** Signing in through the province's own identity provider. */
export class IdentityProvider1763700026100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
