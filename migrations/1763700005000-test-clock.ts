import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
create table test_clock (
  id smallint not null,
  now timestamptz not null,
  constraint pk_test_clock primary key (id),
  constraint ck_test_clock_single check (id = 1)
);
`;

/** The clock set by hand that api and worker share in a walk-through. Empty in production. */
export class TestClock1763700005000 implements MigrationInterface {
  name = 'TestClock1763700005000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
