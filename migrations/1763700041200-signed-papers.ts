import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The signed copy of a paper of an office, and what a unit writes into its report before it hands it in. */
export class SignedPapers1763700041200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table official_documents add column signed_file_id uuid,
        add constraint fk_official_documents_signed_file foreign key (signed_file_id) references stored_files (id)`);
    await runner.query(`
      alter table unit_reports add column remarks_revision integer not null default 0, add column remarks_saved_at timestamptz`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
