// npm run bench: how many decisions a second, measured beside the floor in the same run, on a PostgreSQL of its own with
// fsync on. The figures go to test/bench/results/, the reading of them is docs/performance.md.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { buildServer } from './build.mjs';
import { compileFolder } from './compile-folder.mjs';
import { root } from './install.mjs';
import { startPostgres } from './services.mjs';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
    cases: { type: 'string', default: '600' },
    /** Where the JSON goes; 'none' writes none. */
    output: { type: 'string' },
  },
});

await buildServer();
await compileFolder('test/bench');
await compileFolder('test/support');
const { createAppDataSource } = await import('#migrations/data-source.js');

const home = path.join(root, '.data', `bench-${process.pid}`);
fs.mkdirSync(home, { recursive: true });
const postgres = await startPostgres(home);
try {
  const url = await migratedDatabase(postgres.url);
  const flags = Object.entries({ ...values, output: undefined }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  const decisions = JSON.parse(await output('dist/test/bench/decisions.js', ['--url', url, ...flags]));
  report({ machine: await machine(url), decisions });
} finally {
  await postgres.stop();
  fs.rmSync(home, { recursive: true, force: true });
}

async function migratedDatabase(serverUrl) {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query('create database bench');
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = '/bench';
  const dataSource = await createAppDataSource({ url: url.toString(), poolSize: 1 }).initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
  return url.toString();
}

async function output(script, args) {
  const child = spawn(process.execPath, [path.join(root, script), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  if (child.exitCode === null) await new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode !== 0) throw new Error(`${script} ended with ${child.exitCode}.`);
  return text;
}

async function machine(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("select version(), current_setting('fsync') as fsync");
  await client.end();
  return {
    at: new Date().toISOString(),
    node: process.version,
    postgres: rows[0].version.split(' on ')[0],
    fsync: rows[0].fsync,
    cpus: os.cpus().length,
    cpu: os.cpus()[0].model,
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    loadAverage: os.loadavg().map((load) => Math.round(load * 10) / 10),
  };
}

function report(result) {
  const { handWritten, runtime, ratio, clients, rounds } = result.decisions;
  const row = (what, one) => ({
    what,
    'decisions/s': one.perSecond,
    'p50 ms': one.p50Ms,
    'p95 ms': one.p95Ms,
    'Node µs': one.nodeCpuMicros,
    'PostgreSQL µs': one.databaseCpuMicros,
  });
  console.log(`${clients} clients, medians of ${rounds} alternating rounds, fsync ${result.machine.fsync}`);
  console.table([row('hand-written, nine round trips and more', handWritten), row('through the runtime', runtime)]);
  console.log(`ratio ${ratio} (target ≥ 0.6); each round: ${result.decisions.ratios.join(' ')}`);
  if (values.output === 'none') return;
  const file = values.output ?? path.join(root, 'test/bench/results', 'latest.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`written to ${path.relative(root, file)}`);
}
