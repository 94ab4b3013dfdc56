// npm run soak: the simulation of test/simulation at length, on a PostgreSQL of its own. `--seed N` repeats one run and
// prints what happened in it; `--seeds`, `--from`, `--large` (every how many seeds one has hundreds of cases).
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildServer } from './build.mjs';
import { compileFolder } from './compile-folder.mjs';
import { root } from './install.mjs';
import { startPostgres } from './services.mjs';

await buildServer();
await compileFolder('test/simulation');
await compileFolder('test/support');
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-soak-'));
// PostgreSQL may run as another user and must be able to enter.
fs.chmodSync(home, 0o755);
const postgres = await startPostgres(home, { ephemeral: true });
try {
  const child = spawn(
    process.execPath,
    [path.join(root, 'dist/test/simulation/soak.js'), ...process.argv.slice(2)],
    // A zone far from Viet Nam: the server's own must never matter.
    { cwd: root, stdio: 'inherit', env: { ...process.env, TZ: 'America/St_Johns', TEST_DATABASE_URL: postgres.url } },
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  // Then the kills at every request of the worker on both queues, unless one seed was asked for.
  if (!process.argv.includes('--seed')) process.exitCode ||= runKills();
} finally {
  await postgres.stop();
  fs.rmSync(home, { recursive: true, force: true });
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
