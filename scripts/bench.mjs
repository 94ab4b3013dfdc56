// npm run bench: how many decisions a second, measured beside the floor in the same run, on a PostgreSQL of its own with
// fsync on. The figures go to test/bench/results/, the reading of them is docs/performance.md.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { benchHttp } from './bench-http.mjs';
import { benchReminders } from './bench-reminders.mjs';
import { buildServer } from './build.mjs';
import { compileFolder } from './compile-folder.mjs';
import { oneOf, wholeNumber } from './flags.mjs';
import { root } from './install.mjs';
import { startPostgres } from './services.mjs';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
    cases: { type: 'string', default: '600' },
    'http-clients': { type: 'string', default: '16' },
    'http-cases': { type: 'string', default: '250' },
    reminders: { type: 'string', default: '20000' },
    /** 'runtime', 'http', both of them, 'reminders' or 'rooms'. */
    part: { type: 'string', default: 'both' },
    /** Where the JSON goes; 'none' writes none. */
    output: { type: 'string' },
  },
});

for (const name of ['clients', 'rounds', 'cases', 'http-clients', 'http-cases', 'reminders'])
  wholeNumber(`--${name}`, values[name]);
oneOf('--part', values.part, ['runtime', 'http', 'both', 'reminders', 'rooms']);

await buildServer();
await compileFolder('test/bench');
await compileFolder('test/support');
const { createAppDataSource } = await import('#migrations/data-source.js');

const home = path.join(root, '.data', `bench-${process.pid}`);
fs.mkdirSync(home, { recursive: true });
const postgres = await startPostgres(home);
try {
  if (values.part === 'reminders') await reminders();
  else if (values.part === 'rooms') await rooms();
  else await decisions();
} finally {
  await postgres.stop();
  fs.rmSync(home, { recursive: true, force: true });
}

async function reminders() {
  const result = await benchReminders({ server: postgres.url, home, runScript, count: values.reminders });
  const file = values.output ?? path.join(root, 'test/bench/results', 'reminders.json');
  if (values.output === 'none') return;
  fs.writeFileSync(file, `${JSON.stringify({ machine: await machine(postgres.url), ...result }, null, 2)}\n`);
  console.log(`written to ${path.relative(root, file)}`);
}

/** What people wait for that is no decision: a plan read, a document written, a report counted. */
async function rooms() {
  const url = await migratedDatabase(postgres.url);
  const result = JSON.parse(await runScript('dist/test/bench/rooms.js', ['--url', url]));
  console.table(result);
  console.log('targets: 1,000 lines ≤ 3000 ms, a document ≤ 300 ms, a report over 100,000 trips ≤ 500 ms');
  const file = values.output ?? path.join(root, 'test/bench/results', 'rooms.json');
  if (values.output === 'none') return;
  fs.writeFileSync(file, `${JSON.stringify({ machine: await machine(url), ...result }, null, 2)}\n`);
  console.log(`written to ${path.relative(root, file)}`);
}

async function decisions() {
  const url = await migratedDatabase(postgres.url);
  const result = { machine: await machine(url) };
  const { clients, rounds, cases } = values;
  if (values.part !== 'http') {
    const flags = ['--url', url, '--clients', clients, '--rounds', rounds, '--cases', cases];
    result.decisions = JSON.parse(await runScript('dist/test/bench/decisions.js', flags));
  }
  if (values.part !== 'runtime') {
    const flags = ['--clients', values['http-clients'], '--rounds', '3', '--cases', values['http-cases']];
    result.http = await benchHttp({ url, home, runScript, flags });
  }
  report(result);
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

/** What the script printed. */
async function runScript(script, args) {
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
  console.log(
    `fsync ${result.machine.fsync}, ${result.machine.cpus} cores, load before: ${result.machine.loadAverage[0]}`,
  );
  if (result.decisions) reportDecisions(result.decisions);
  if (result.http) reportHttp(result.http);
  if (values.output === 'none') return;
  const file = values.output ?? path.join(root, 'test/bench/results', 'latest.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(`written to ${path.relative(root, file)}`);
}

function reportDecisions({ handWritten, runtime, ratio, ratios, clients, rounds }) {
  const row = (what, one) => ({
    what,
    'decisions/s': one.perSecond,
    'p50 ms': one.p50Ms,
    'p95 ms': one.p95Ms,
    'Node µs': one.nodeCpuMicros,
    'PostgreSQL µs': one.databaseCpuMicros,
  });
  console.log(`\nwithout HTTP: ${clients} clients, medians of ${rounds} alternating rounds`);
  console.table([row('hand-written, nine round trips and more', handWritten), row('through the runtime', runtime)]);
  console.log(`ratio ${ratio} (target ≥ 0.6); each round: ${ratios.join(' ')}`);
}

function reportHttp({ clients, each, median, steps, apiCpuSeconds, apiMemoryMb }) {
  console.log(
    `\nover HTTP: ${clients} clients, the road of a delegation from draft to decision (target ≥ 500/s, p95 ≤ 60 ms)`,
  );
  console.table(each.map((one) => ({ 'decisions/s': one.perSecond, 'p50 ms': one.p50Ms, 'p95 ms': one.p95Ms })));
  console.log(
    `median ${median.perSecond}/s, p95 ${median.p95Ms} ms; api: ${apiMemoryMb} MB, ${apiCpuSeconds} s of processor`,
  );
  console.log(`p50 of each: ${steps.map((step) => `${step.type} ${step.p50Ms}`).join(' · ')}`);
}
