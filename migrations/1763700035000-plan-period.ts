import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules that were written before there was this one: it is said and stops nobody, as in what ships. */
export class PlanPeriod1763700035000 implements MigrationInterface {
  name = 'PlanPeriod1763700035000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
update rule_versions
set content = content || '{"planPeriod": {"severity": "note", "whenJustified": "note", "source": null}}'::jsonb
where not content ? 'planPeriod'
`);
  }

  /** Forward only. */
  async down(): Promise<void> {
    throw new Error('Migrations of this product go forward only; restore a backup instead.');
  }
}
