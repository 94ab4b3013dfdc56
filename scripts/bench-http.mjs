import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';
import { keptSecrets } from './secrets.mjs';
import { keptPort } from './services.mjs';

const password = 'mật khẩu của phép đo';

/**
 * Starts the api as the launcher does, on a migrated database with the demo province, drives it with the load generator in
 * a process of its own and gives what that measured, with the processor time and memory of the api.
 */
export async function benchHttp({ url, home, runScript, flags }) {
  await seed(url);
  const port = await keptPort(home, 'api');
  const api = await startApi({ url, home, port });
  try {
    const before = api.cpuMicros();
    const measured = JSON.parse(
      await runScript('dist/test/bench/http-load.js', [
        '--api',
        `http://127.0.0.1:${port}`,
        '--password',
        password,
        ...flags,
      ]),
    );
    return { ...measured, apiCpuSeconds: seconds(before, api.cpuMicros()), apiMemoryMb: api.memoryMb() };
  } finally {
    await api.stop();
  }
}

async function seed(url) {
  const { createAppDataSource } = await import('#migrations/data-source.js');
  const { seedDemoProvince } = await import('#libs/organisation');
  const { systemClock } = await import('#libs/calendar');
  const dataSource = await createAppDataSource({ url, poolSize: 1 }).initialize();
  await dataSource.transaction((tx) => seedDemoProvince(tx, { password }, systemClock));
  await dataSource.destroy();
}

async function startApi({ url, home, port }) {
  const log = fs.openSync(path.join(home, 'api.log'), 'a');
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: url,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: home,
    ...keptSecrets(home, process.env),
    LOG_LEVEL: 'warn',
    // Counted like in life, and never reached: one machine plays a whole province.
    RATE_LIMIT_ACCOUNT: '10000000',
    RATE_LIMIT_ADDRESS: '10000000',
  };
  const program = path.join(root, 'dist/apps/api/src/main.js');
  const child = spawn(process.execPath, ['--max-semi-space-size=8', '--enable-source-maps', program], {
    cwd: root,
    env,
    stdio: ['ignore', log, log],
  });
  const stopped = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await stopped;
    fs.closeSync(log);
  };
  try {
    await untilReady({ port, child, home });
  } catch (error) {
    await stop();
    throw error;
  }
  const stat = (name) => (fs.existsSync('/proc') ? fs.readFileSync(`/proc/${child.pid}/${name}`, 'utf8') : '');
  return {
    stop,
    cpuMicros: () => {
      const fields = stat('stat').split(') ')[1]?.split(' ');
      return fields ? (Number(fields[11]) + Number(fields[12])) * 10_000 : null;
    },
    memoryMb: () => {
      const kilobytes = /VmRSS:\s+(\d+)/.exec(stat('status'))?.[1];
      return kilobytes ? Math.round(Number(kilobytes) / 1024) : null;
    },
  };
}

async function untilReady({ port, child, home }) {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) break;
    const answer = await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`The api did not start: ${fs.readFileSync(path.join(home, 'api.log'), 'utf8').slice(-2000)}`);
}

const seconds = (before, after) => (before === null || after === null ? null : (after - before) / 1e6);
