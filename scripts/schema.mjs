// node scripts/schema.mjs writes migrations/schema.sql; with --check it only compares and ends with 1 when they differ.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';
import { withMigratedDatabase } from './migrated-database.mjs';
import { schemaText } from './schema-text.mjs';

export const schemaFile = path.join(root, 'migrations/schema.sql');

/** The first line in which the committed file and the migrations differ, or null. */
export function schemaDifference(text) {
  const committed = fs.existsSync(schemaFile) ? fs.readFileSync(schemaFile, 'utf8').split('\n') : [];
  const actual = text.split('\n');
  const at = actual.findIndex((line, n) => line !== committed[n]);
  if (at < 0 && actual.length === committed.length) return null;
  const line = at < 0 ? actual.length : at;
  return `migrations/schema.sql:${line + 1} has "${committed[line] ?? ''}", the migrations make "${actual[line] ?? ''}"`;
}

if (process.argv[1] === import.meta.filename) {
  const text = await withMigratedDatabase(({ client }) => schemaText(client));
  if (process.argv.includes('--check')) {
    const difference = schemaDifference(text);
    if (difference) {
      console.error(`${difference}. Run: node scripts/schema.mjs`);
      process.exitCode = 1;
    }
  } else {
    fs.writeFileSync(schemaFile, text);
    console.log(`written: ${path.relative(root, schemaFile)}`);
  }
}
