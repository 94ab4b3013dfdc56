// npm run fuzz [SEED]: 100,000 requests nobody should send, made from the OpenAPI document; 5,000 of them are part of npm test.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { wholeNumber } from './flags.mjs';
import { root } from './install.mjs';

const [seed] = process.argv.slice(2);
if (seed !== undefined) wholeNumber('SEED', seed, { from: 0 });
const requests = wholeNumber('FUZZ_REQUESTS', process.env.FUZZ_REQUESTS || '100000');
const run = spawnSync(
  process.execPath,
  [path.join(root, 'scripts/test.mjs'), '--selectProjects', 'system', '--', 'test/security/fuzz.spec.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, FUZZ_REQUESTS: String(requests), ...(seed && { FUZZ_SEED: seed }) },
  },
);
process.exitCode = run.status ?? 1;
