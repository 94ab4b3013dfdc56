import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lines that units propose, beside the imported ones: whose they are, what they are approved on, how often they were edited. */
export class PlanCycle1763700025000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table plan_items add column organisation_id uuid');
    await runner.query('alter table plan_items add column leader_rank text');
    await runner.query('alter table plan_items add column condition text');
    await runner.query('alter table plan_items add column revision integer not null default 1');
    await runner.query('alter table plan_items alter column revision drop default');
    await runner.query('alter table plan_items alter column preview_id drop not null');
    await runner.query('create index ix_plan_items_plan_state on plan_items (plan_id, state)');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
