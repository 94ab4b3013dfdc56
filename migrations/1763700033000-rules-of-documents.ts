import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rules that were written before a step said what becomes of another document than it asks for, an agency could be asked for a written
 * answer, and the place of the Ministry's letter in the making of the plan was a rule: they say what the product did until then.
 */
const complete = `
update rule_versions r set content = r.content
  || jsonb_build_object(
    'annualPlan', coalesce(r.content->'annualPlan',
      '{"ministryLetter": {"value": "beforeIssue", "source": null}}'::jsonb),
    'opinions', (select coalesce(jsonb_agg('{"inWriting": false}'::jsonb || o.row order by o.at), '[]')
      from jsonb_array_elements(r.content->'opinions') with ordinality o(row, at)),
    'routes', (select coalesce(jsonb_agg(p.row || jsonb_build_object('steps',
        (select coalesce(jsonb_agg('{"whenNotRecorded": "warning"}'::jsonb || s.row order by s.at), '[]')
          from jsonb_array_elements(p.row->'steps') with ordinality s(row, at))) order by p.at), '[]')
      from jsonb_array_elements(r.content->'routes') with ordinality p(row, at)))
`;

export class RulesOfDocuments1763700033000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(complete);
    // Nothing enforced them until now. What a province wrote itself stays; what came with the product asked too much.
    await runner.query(`update rule_versions r set content = jsonb_set(r.content, '{opinions}',
      (select coalesce(jsonb_agg(o.row || '{"required": false}'::jsonb order by o.at), '[]')
        from jsonb_array_elements(r.content->'opinions') with ordinality o(row, at)))
      where r.created_by_id is null`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
