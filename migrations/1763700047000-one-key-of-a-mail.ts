import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What keeps a person from being told twice is the occasion, which a message has one of; message and person together were a second,
 * weaker key that every mail paid for. The occasion is a word for the machine: it is compared byte by byte.
 */
export class OneKeyOfAMail1763700047000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table mails drop constraint uq_mails_recipient');
    await queryRunner.query('alter table mails alter column occasion type text collate "C"');
  }

  async down(): Promise<void> {
    throw new Error('Migrations are forward-only. To undo this one, write a new migration.');
  }
}
