import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from '@jest/globals';

test.each([
  ['fuzz.mjs', ['abc'], 'SEED'],
  ['fuzz.mjs', ['1.5'], 'SEED'],
  ['soak.mjs', ['--seed', 'x'], '--seed'],
  ['soak.mjs', ['--lanes', '0'], '--lanes'],
  ['bench.mjs', ['--clients', '8x'], '--clients'],
  ['bench.mjs', ['--part', 'all'], '--part'],
  ['mailbox.mjs', ['--web-port', '65536'], '--web-port'],
])('%s %j starts nothing and names what was wrong', (script, flags, name) => {
  const run = spawnSync(process.execPath, [path.join('scripts', script), ...flags], { encoding: 'utf8' });
  expect(run.status).toBe(2);
  expect(run.stdout).toBe('');
  expect(run.stderr).toContain(`${name} `);
});
