// npm run walkthrough: one delegation from the plan line to completion, over HTTP, on a system of its own with a clock set by hand.
// `--url http://127.0.0.1:3000 --mailbox http://127.0.0.1:1080 --password …` plays on a running one with CLOCK=manual.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { buildServer } from './build.mjs';
import { ensureInstalled, root } from './install.mjs';

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    mailbox: { type: 'string' },
    password: { type: 'string' },
  },
});
const say = (line) => process.stdout.write(`${line}\n`);
const startedAt = performance.now();

await ensureInstalled();
await buildServer();
const { compileFolder } = await import('./compile-folder.mjs');
await compileFolder('test/e2e/journey');
const { playJourney } = await import('#test/e2e/journey/journey.js');
const { printingTeller } = await import('#test/e2e/journey/teller.js');

let own = null;
let hasReader = true;
// `npm run walkthrough | head`: whoever reads has gone, so the system it started must go too.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  hasReader = false;
  void Promise.resolve(own?.stop()).then(() => process.exit(0));
});
own = values.url === undefined ? await startOwnSystem() : null;
try {
  const address = own?.address ?? givenAddress();
  await playJourney(address, printingTeller(say, { colour: process.stdout.isTTY && !process.env.NO_COLOR }));
  say(`  (${((performance.now() - startedAt) / 1000).toFixed(1).replace('.', ',')} giây)`);
} catch (error) {
  process.exitCode = hasReader ? 1 : 0;
  if (hasReader)
    process.stderr.write(`\n✗ Chuyến đi thử dừng lại (the walk-through stopped):\n  ${error.stack ?? error}\n`);
} finally {
  await own?.stop();
}

function givenAddress() {
  const { url, mailbox, password = process.env.DEMO_PASSWORD } = values;
  if (!mailbox || !password) {
    process.stderr.write('Cùng với --url cần --mailbox và --password (with --url, give --mailbox and --password).\n');
    process.exit(2);
  }
  return { api: `${url.replace(/\/$/, '')}/api/v1`, mailbox: mailbox.replace(/\/$/, ''), password };
}

/** The launcher on a fresh folder and a free port, with CLOCK=manual; everything is gone afterwards. */
async function startOwnSystem() {
  const { keptPort } = await import('./services.mjs');
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-walkthrough-'));
  // The database server may run as a user of its own, who must be able to enter.
  fs.chmodSync(dataDir, 0o755);
  const { DATABASE_URL: _, SMTP_URL: __, PUBLIC_URL: ___, ...inherited } = process.env;
  const env = {
    ...inherited,
    DATA_DIR: dataDir,
    PORT: String(await keptPort(dataDir, 'api')),
    CLOCK: 'manual',
    LOG_LEVEL: 'warn',
  };
  const launcher = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [launcher.stdout, launcher.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  const ended = new Promise((resolve) => launcher.once('close', resolve));
  let stopping;
  const stop = () => {
    stopping ??= stopOnce();
    return stopping;
  };
  const stopOnce = async () => {
    if (launcher.exitCode === null) launcher.kill('SIGTERM');
    await ended;
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().then(() => process.exit(130)));
  own = { stop };
  say('Đang dựng một hệ thống riêng với đồng hồ chỉnh tay… (starting a system of its own)');
  const run = await untilPublished({ file: path.join(dataDir, 'run.json'), launcher });
  if (run === null) {
    await stop();
    throw new Error(`The system did not start:\n${output}`);
  }
  const password = run.demoAccounts.find((account) => account.password)?.password;
  return { address: { api: run.api, mailbox: run.mailbox, password }, stop };
}

/** Null when the launcher ended before it published where it runs. */
async function untilPublished({ file, launcher }) {
  for (let waited = 0; waited < 2400; waited += 1) {
    if (launcher.exitCode !== null) return null;
    if (fs.existsSync(file)) {
      const run = JSON.parse(fs.readFileSync(file, 'utf8'));
      if (run.api !== null) return run;
    }
    await pause(50);
  }
  return null;
}
