import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The case of a message is that of its timer, which a foreign key holds, or the one whose row the same transaction has locked, and no
 * case is ever deleted: looking it up once more was a tenth of what a reminder costs the database.
 */
export class CaseOfAMessage1763700046000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table outbox_messages drop constraint fk_outbox_messages_instance');
  }

  async down(): Promise<void> {
    throw new Error('Migrations are forward-only. To undo this one, write a new migration.');
  }
}
