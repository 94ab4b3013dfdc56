import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table account_links (
  token_hash bytea not null,
  person_id uuid not null,
  kind text not null,
  created_at timestamptz not null,
  created_by_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  constraint pk_account_links primary key (token_hash),
  constraint fk_account_links_person foreign key (person_id) references people (id),
  constraint fk_account_links_created_by foreign key (created_by_id) references people (id),
  constraint ck_account_links_kind check (kind in ('invitation', 'reset'))
);
create index ix_account_links_person on account_links (person_id);
`;

/** Links with which a person sets their own password, once. */
export class AccountLinks1763700012300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
