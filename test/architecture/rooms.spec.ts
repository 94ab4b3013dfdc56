import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plantTree, root } from './planted-tree.js';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

function cruise(cwd: string): readonly Violation[] {
  const rooms = ['apps', 'libs', 'workflows', 'migrations'].filter((room) => existsSync(path.join(cwd, room)));
  const bin = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const run = spawnSync(
    process.execPath,
    [bin, ...rooms, '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
    {
      cwd,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations;
}

const value = 'export const value = 1;\n';
/** Each row: the file with the planted import, what it imports, and the rule that must catch it. */
const planted = [
  ['libs/engine/src/planted.ts', '#libs/runtime', 'not-in-allowed'],
  ['libs/engine/src/planted-typeorm.ts', 'typeorm', 'not-in-allowed'],
  ['libs/engine/src/planted-core.ts', 'node:fs', 'not-in-allowed'],
  ['libs/calendar/src/planted.ts', '#libs/engine', 'not-in-allowed'],
  ['libs/runtime/src/planted.ts', '#workflows/outbound-delegation/machine.js', 'not-in-allowed'],
  ['libs/delegation/src/planted-queue.ts', '#libs/queue', 'not-in-allowed'],
  ['libs/delegation/src/planted-mail.ts', '#libs/mail', 'not-in-allowed'],
  ['libs/organisation/src/planted.ts', '#libs/plan', 'not-in-allowed'],
  ['libs/plan/src/planted.ts', '#libs/delegation', 'not-in-allowed'],
  ['apps/api/src/planted.controller.ts', '#libs/runtime', 'not-in-allowed'],
  ['apps/api/src/planted.service.ts', '#libs/persistence', 'not-in-allowed'],
  ['apps/web/src/planted.ts', '#libs/persistence', 'browser-safe'],
  ['apps/worker/src/planted.ts', '../../../libs/queue/src/inner.js', 'rooms-through-the-front-door'],
  ['libs/mail/src/planted.ts', './nowhere.js', 'not-to-unresolvable'],
] as const;

describe('the dependency rule', () => {
  it('holds in the house', () => {
    expect(cruise(root)).toEqual([]);
  });

  describe('goes red on planted violations', () => {
    let tree: ReturnType<typeof plantTree>;
    let violations: readonly Violation[];
    beforeAll(() => {
      const rooms = [
        'contracts',
        'calendar',
        'config',
        'persistence',
        'queue',
        'mail',
        'engine',
        'runtime',
        'organisation',
        'plan',
        'delegation',
      ];
      tree = plantTree({
        ...Object.fromEntries(rooms.map((room) => [`libs/${room}/src/index.ts`, value])),
        'libs/queue/src/inner.ts': value,
        'workflows/outbound-delegation/machine.ts': value,
        ...Object.fromEntries(
          planted.map(([file, target]) => [file, `import * as it from '${target}';\nexport const seen = it;\n`]),
        ),
        'libs/policy/src/one.ts': "import type { Two } from './two.js';\nexport interface One { readonly two: Two }\n",
        'libs/policy/src/two.ts': "import type { One } from './one.js';\nexport interface Two { readonly one: One }\n",
      });
      violations = cruise(tree.dir);
    });
    afterAll(() => tree.remove());

    it.each(planted)('%s may not import %s (%s)', (file, _target, rule) => {
      expect(
        violations.filter((violation) => violation.from === file).map((violation) => violation.rule.name),
      ).toContain(rule);
    });

    it('a cycle of types only is a cycle', () => {
      expect(violations.filter((violation) => violation.rule.name === 'no-circular').length).toBeGreaterThan(0);
    });

    it('finds nothing in the files where nothing is planted', () => {
      const guilty = new Set<string>([
        ...planted.map(([file]) => file),
        'libs/policy/src/one.ts',
        'libs/policy/src/two.ts',
      ]);
      expect(violations.filter((violation) => !guilty.has(violation.from))).toEqual([]);
    });
  });
});
