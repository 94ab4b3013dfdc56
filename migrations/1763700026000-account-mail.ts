import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A link made for a mail, when it is sent, has nobody who made it. */
export class AccountMail1763700026000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table account_links alter column created_by_id drop not null');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
