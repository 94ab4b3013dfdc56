// npm run soak: the simulation of test/simulation at length, on a PostgreSQL of its own. `--seed N` repeats one run and
// prints what happened in it; `--seeds`, `--from`, `--large` (every how many seeds one has hundreds of cases). One life waits
// for PostgreSQL most of its time, so the seeds are shared among as many processes as there are cores (`--lanes`).
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { buildServer } from './build.mjs';
import { compileFolder } from './compile-folder.mjs';
import { wholeNumber } from './flags.mjs';
import { root } from './install.mjs';
import { startPostgres } from './services.mjs';

const { values: asked } = parseArgs({
  options: {
    seed: { type: 'string' },
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    lanes: { type: 'string', default: String(os.availableParallelism()) },
    large: { type: 'string' },
    cases: { type: 'string' },
  },
});
const [seeds, from, lanes] = ['seeds', 'from', 'lanes'].map((name) => wholeNumber(`--${name}`, asked[name]));
// No large office at all is 0.
for (const [name, least] of Object.entries({ seed: 1, cases: 1, large: 0 }))
  if (asked[name] !== undefined) wholeNumber(`--${name}`, asked[name], { from: least });

await buildServer();
await compileFolder('test/simulation');
await compileFolder('test/support');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-soak-'));
// PostgreSQL may run as another user and must be able to enter.
fs.chmodSync(home, 0o755);
const postgres = await startPostgres(home, { ephemeral: true });
try {
  const shares = asked.seed ? [['--seed', asked.seed]] : sharesOf({ seeds, from, lanes });
  const codes = await Promise.all(shares.map((share) => runLane([...share, ...officeSize()])));
  process.exitCode = Math.max(...codes);
  // Then the kills at every request of the worker on both queues, unless one seed was asked for.
  if (!asked.seed) process.exitCode ||= runKills();
} finally {
  await postgres.stop();
  fs.rmSync(home, { recursive: true, force: true });
}

/** Neighbouring seeds, as evenly as they go. */
function sharesOf({ seeds, from, lanes }) {
  const size = Math.ceil(seeds / lanes);
  const starts = Array.from({ length: Math.ceil(seeds / size) }, (_, lane) => from + lane * size);
  return starts.map((start) => ['--from', String(start), '--seeds', String(Math.min(size, from + seeds - start))]);
}

function officeSize() {
  return ['large', 'cases'].flatMap((name) => (asked[name] === undefined ? [] : [`--${name}`, asked[name]]));
}

/** Ends with the exit code of its process: 1 when a promise was broken. */
async function runLane(flags) {
  const child = spawn(
    process.execPath,
    [path.join(root, 'dist/test/simulation/soak.js'), ...flags],
    // A zone far from Viet Nam: the server's own must never matter.
    { cwd: root, stdio: 'inherit', env: { ...process.env, TZ: 'America/St_Johns', TEST_DATABASE_URL: postgres.url } },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

function runKills() {
  const jest = path.join(root, 'node_modules/jest/bin/jest.js');
  const flags = [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    jest,
    '--selectProjects',
    'system',
  ];
  const env = { ...process.env, LONG_RUN: '1' };
  return spawnSync(process.execPath, [...flags, '--', 'test/faults'], { cwd: root, stdio: 'inherit', env }).status ?? 1;
}
