import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Named the rules of a province before they were versions in a table of their own; nothing has read it since. */
export class NoProfileOfAProvince1763700026400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table provinces drop column profile_id');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
