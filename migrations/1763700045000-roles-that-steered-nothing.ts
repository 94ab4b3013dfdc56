import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rules named a role beside the agency that is asked and beside the office that numbers the decision. Neither was ever read: the agency's
 * reviewer answers and the office's clerk numbers. A version that still says it would no longer be read.
 */
export class RolesThatSteeredNothing1763700045000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
update rule_versions set content = content || jsonb_build_object(
  'routes', (select coalesce(jsonb_agg(r.row #- '{decision,role}' order by r.at), '[]')
    from jsonb_array_elements(content->'routes') with ordinality r(row, at)),
  'opinions', (select coalesce(jsonb_agg(o.row - 'role' order by o.at), '[]')
    from jsonb_array_elements(content->'opinions') with ordinality o(row, at)))
`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
