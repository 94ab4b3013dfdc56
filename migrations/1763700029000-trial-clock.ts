import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A trial's clock goes on by itself, so the row says since when. */
export class TrialClock1763700029000 implements MigrationInterface {
  name = 'TrialClock1763700029000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
alter table test_clock add column set_at timestamptz not null default now();
alter table test_clock alter column set_at drop default;
`);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
