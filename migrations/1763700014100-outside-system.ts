import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Classified matter stays outside: a case that says so, and a dossier row that stands for a document nobody uploads. */
export class OutsideSystem1763700014100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table proposals add column handled_outside boolean not null default false');
    await runner.query('alter table proposals alter column handled_outside drop default');
    await runner.query('alter table dossier_documents alter column file_id drop not null');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
