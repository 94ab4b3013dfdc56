import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = `
update sessions set awaits = null where awaits = 'secondFactorSetUp';
alter table sessions drop constraint ck_sessions_awaits;
alter table sessions add constraint ck_sessions_awaits check (awaits = 'secondFactorCode');
`;

/** Whether somebody has to set a second factor up follows from their roles and the settings at each request, and is kept nowhere. */
export class SecondFactorAtEachRequest1763700043100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
