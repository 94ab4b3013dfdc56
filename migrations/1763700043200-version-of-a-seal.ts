import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
update second_factors set sealed_secret = '\\x01'::bytea || sealed_secret;
update identity_papers set
  sealed_passport_number = '\\x01'::bytea || sealed_passport_number,
  sealed_birth_date = '\\x01'::bytea || sealed_birth_date;
`;

/** What is sealed says by which version of the algorithm; so far there is one. */
export class VersionOfASeal1763700043200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
