import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
alter table sessions
  add column awaits text,
  add column provider_session text,
  add constraint ck_sessions_awaits check (awaits in ('secondFactorCode', 'secondFactorSetUp'));

alter table second_factors add column recovery_salt bytea;

delete from recovery_codes;
`;

/**
 * A session that may do nothing until its second factor is given or set up, and the provider's own name of it. Recovery codes are kept as
 * Argon2id under a salt: those kept before as a plain hash open nothing any more, and their owner makes new ones.
 */
export class SignInAgain1763700034000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
