import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plantTree, root } from './planted-tree.js';

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
  readonly message: unknown;
}

const long = `export function long(): number {\n${Array.from({ length: 80 }, (_, i) => `  console.info(${i});\n`).join('')}  return 1;\n}\n`;

/** file, source, what must be reported (a Biome rule, or a piece of the house rule's own sentence). */
const planted = [
  ['libs/engine/src/clock.ts', 'export const at = new Date();\n', 'Take the time as an argument'],
  ['libs/runtime/src/clock.ts', 'export const at = Date.now();\n', 'Take the time as an argument'],
  ['apps/worker/src/wait.ts', 'setTimeout(() => 1, 5);\n', 'A deadline is a row'],
  ['libs/plan/src/tick.ts', 'setInterval(() => 1, 5);\n', 'A deadline is a row'],
  ['workflows/outbound-delegation/random.ts', 'export const id = Math.random();\n', 'randomness'],
  ['workflows/outbound-delegation/literal.ts', "export const state = { after: { 5000: 'late' } };\n", 'Name the delay'],
  ['workflows/outbound-delegation/actor.ts', "export const state = { invoke: { src: 'x' } };\n", 'no actors'],
  ['libs/policy/src/io.ts', "export const page = fetch('/x');\n", 'no I/O'],
  [
    'apps/api/src/cycle.ts',
    'declare const forwardRef: (f: unknown) => unknown;\nexport const x = forwardRef(() => 1);\n',
    'Break the cycle',
  ],
  ['libs/persistence/src/sync.ts', 'export const options = { synchronize: true };\n', 'migration only'],
  ['libs/mail/src/env.ts', 'export const url = process.env.SMTP_URL;\n', 'noProcessEnv'],
  ['libs/mail/src/any.ts', 'export const x = (y: any) => y;\n', 'noExplicitAny'],
  ['libs/mail/src/default.ts', 'export default 1;\n', 'noDefaultExport'],
  ['libs/mail/src/star.ts', "export * from './any.js';\n", 'noReExportAll'],
  [
    'libs/mail/src/catch.ts',
    'export function f(g: () => void) {\n  try {\n    g();\n  } catch {}\n}\n',
    'noEmptyBlockStatements',
  ],
  ['libs/mail/src/long.ts', long, 'noExcessiveLinesPerFunction'],
] as const;

const clean = [
  ['libs/calendar/src/clock.ts', 'export const at = new Date();\n'],
  ['apps/worker/src/heartbeat.ts', 'setTimeout(() => 1, 5);\n'],
  ['libs/runtime/src/parsed.ts', "export const at = new Date('2026-01-12T00:00:00Z');\n"],
  ['workflows/outbound-delegation/named.ts', "export const state = { after: { reviewDeadline: 'late' } };\n"],
] as const;

describe('the lint rules', () => {
  let tree: ReturnType<typeof plantTree>;
  let found: Map<string, string>;
  beforeAll(() => {
    tree = plantTree(Object.fromEntries([...planted, ...clean].map(([file, source]) => [file, source])));
    const run = spawnSync(
      path.join(root, 'node_modules/.bin/biome'),
      ['lint', '--reporter=json', '--max-diagnostics=none', '.'],
      {
        cwd: tree.dir,
        encoding: 'utf8',
      },
    );
    found = new Map();
    for (const diagnostic of (JSON.parse(run.stdout) as { diagnostics: Diagnostic[] }).diagnostics) {
      const where =
        typeof diagnostic.location.path === 'string' ? diagnostic.location.path : diagnostic.location.path.file;
      const file = where.replace(/^\.\//, '');
      found.set(file, `${found.get(file) ?? ''}\n${diagnostic.category} ${JSON.stringify(diagnostic.message)}`);
    }
  });
  afterAll(() => tree.remove());

  it.each(planted)('%s goes red', (file, _source, expected) => {
    expect(found.get(file) ?? '').toContain(expected);
  });

  it.each(clean.map(([file]) => [file]))('%s stays green', (file) => {
    expect(found.get(file) ?? '').not.toMatch(/plugin/);
  });
});
