import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table api_tokens (
  id uuid not null,
  province_id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_at timestamptz not null,
  created_by_id uuid,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint pk_api_tokens primary key (id),
  constraint uq_api_tokens_hash unique (token_hash),
  constraint fk_api_tokens_province foreign key (province_id) references provinces (id),
  constraint fk_api_tokens_created_by foreign key (created_by_id) references people (id),
  constraint ck_api_tokens_scopes check (cardinality(scopes) > 0),
  constraint ck_api_tokens_period check (expires_at > created_at)
);
create index ix_api_tokens_province on api_tokens (province_id, created_at);
`;

/** Other systems, let in for what they need and no longer than that. */
export class ApiTokens1763700026200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
