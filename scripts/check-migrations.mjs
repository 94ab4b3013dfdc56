// Part of npm run check: the migrations make exactly what the entities say, and migrations/schema.sql shows it.
import { withMigratedDatabase } from './migrated-database.mjs';
import { schemaDifference } from './schema.mjs';
import { schemaText } from './schema-text.mjs';

/** One sentence for each thing that does not fit; empty when all is well. */
export async function migrationProblems() {
  return withMigratedDatabase(async ({ dataSource, client }) => {
    const drift = await dataSource.driver.createSchemaBuilder().log();
    const problems = drift.upQueries.map(({ query }) => `The entities want, and no migration does: ${query}`);
    const difference = schemaDifference(await schemaText(client));
    if (difference) problems.push(`${difference}. Run: node scripts/schema.mjs`);
    return problems;
  });
}

if (process.argv[1] === import.meta.filename) {
  const problems = await migrationProblems();
  for (const problem of problems) console.error(problem);
  if (problems.length === 0) console.log('migrations: as the entities say, schema.sql is current');
  process.exitCode = problems.length === 0 ? 0 : 1;
}
