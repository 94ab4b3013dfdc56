// Starts everything on one machine, keeps it running and stops it in order. Node built-ins only until installed.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { buildAll } from './build.mjs';
import { superviseProgram } from './children.mjs';
import { takeDataFolder } from './data-folder.mjs';
import { ensureInstalled, root } from './install.mjs';
import { folderFailure, LaunchError, reportFailure } from './launch-error.mjs';
import { keptSecrets } from './secrets.mjs';
import { isFree, keptPort, startPostgres, startRedis } from './services.mjs';

const say = (line) => process.stdout.write(`${line}\n`);

/** Runs until a signal or a failure; sets the exit status. */
export async function launch() {
  const running = { steps: [], stopping: undefined, onRestart: () => undefined };
  const stop = (status) => {
    running.stopping ??= stopInOrder(running, status);
    return running.stopping;
  };
  let interrupts = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      interrupts += 1;
      // A second Ctrl-C means "now": the guards stop what is left.
      if (interrupts > 2) process.exit(130);
      void stop(0);
    });
  const fail = (error) => stop(reportFailure(error));
  try {
    await startAll(running, fail);
  } catch (error) {
    if (running.stopping === undefined) await fail(error);
    else if (!(error instanceof Interrupted)) reportFailure(error);
  }
}

/** Stopping was asked for while starting. */
class Interrupted extends Error {}

async function startAll(running, fail) {
  const startedAt = performance.now();
  const settings = readSettings();
  const step = async (work) => {
    if (running.stopping) throw new Interrupted();
    const result = await work();
    if (running.stopping) throw new Interrupted();
    return result;
  };
  const folder = takeDataFolder(settings.dataDir);
  running.steps.push(() => folder.release());
  await checkPort(settings);
  await step(() => ensureInstalled());
  if (!settings.servicesOnly) await step(() => buildAll({ say: (line) => say(`· ${line}`) }));
  const services = await startServices({ settings, running, step, fail });
  if (settings.servicesOnly) {
    folder.publish(describeRun({ settings, services }));
    say('✓ Các dịch vụ nền đã sẵn sàng; địa chỉ nằm trong run.json. Ctrl-C để dừng. (services are ready)');
    // Nothing else here would keep this process.
    const stay = setInterval(() => undefined, 60_000);
    running.steps.push(() => clearInterval(stay));
    return;
  }
  const env = environmentOf(settings, services);
  const demo = await step(() => prepareDatabase(env));
  env.CLOCK = clockOf({ services, demo });
  const api = startProgram({ name: 'api', settings, env, running, fail });
  const worker = startProgram({ name: 'worker', settings, env, running, fail });
  await step(() => untilAnswering({ settings, api, running }));
  const summary = () => describeRun({ settings, services, api, worker, demo, clock: env.CLOCK });
  folder.publish(summary());
  // A restarted program has a new process id.
  running.onRestart = () => folder.publish(summary());
  announce(summary(), { settings, services, seconds: (performance.now() - startedAt) / 1000 });
}

function readSettings() {
  const port = process.env.PORT || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535)
    throw new LaunchError(
      `PORT=${port} không phải là số cổng (1–65535).`,
      `PORT=${port} is not a port number (1–65535).`,
    );
  return {
    host: process.env.HOST || '127.0.0.1',
    port: Number(port),
    dataDir: path.resolve(process.env.DATA_DIR || path.join(root, '.data')),
    // For people who run api and worker under a debugger, and for the tests of this launcher.
    servicesOnly: process.argv.includes('--services-only'),
  };
}

async function checkPort({ host, port }) {
  const problem = await isFree(port, host);
  if (problem === undefined) return;
  const sentences = {
    EADDRINUSE: [
      `Cổng ${port} đang được chương trình khác dùng. Dừng chương trình đó, hoặc chọn cổng khác: PORT=${port + 1} npm start`,
      `Port ${port} is in use by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
    ],
    EACCES: [
      `Không có quyền mở cổng ${port} (cổng dưới 1024 thường cần quyền quản trị). Chọn cổng khác: PORT=3000 npm start`,
      `This user may not open port ${port} (below 1024 that mostly takes an administrator). Choose another: PORT=3000 npm start`,
    ],
  };
  const [vi, en] = sentences[problem] ?? [
    `Không lắng nghe được ở địa chỉ ${host}, cổng ${port} (${problem}). Kiểm tra HOST và PORT.`,
    `Cannot listen on ${host}, port ${port} (${problem}). Check HOST and PORT.`,
  ];
  throw new LaunchError(vi, en);
}

/** What the environment already names is used; the rest is started here, and stopped in the opposite order. */
async function startServices({ settings, running, step, fail }) {
  const { dataDir } = settings;
  const own = async (name, start) => {
    const server = await step(start);
    if (server === null) return null;
    running.steps.push(() => server.stop());
    server.onUnexpectedExit((reason) =>
      fail(
        new LaunchError(
          `${name} dừng đột ngột (${reason}) nên hệ thống dừng theo. Nhật ký: ${path.join(dataDir, 'log')}. Chạy lại npm start; dữ liệu đã ghi vẫn còn.`,
          `${name} stopped unexpectedly (${reason}), so everything was stopped. Logs: ${path.join(dataDir, 'log')}. Run npm start again; nothing that was stored is lost.`,
        ),
      ),
    );
    return server;
  };
  const database = process.env.DATABASE_URL
    ? { url: process.env.DATABASE_URL, own: false }
    : { ...(await own('PostgreSQL', () => startPostgres(dataDir))), own: true };
  const wantsRedis = process.env.QUEUE_BACKEND !== 'postgres';
  const redis = !wantsRedis
    ? null
    : process.env.REDIS_URL
      ? { url: process.env.REDIS_URL }
      : await own('Redis', () => startRedis(dataDir));
  const mailbox = process.env.SMTP_URL ? null : await step(() => startMailbox(dataDir));
  if (mailbox !== null) running.steps.push(() => mailbox.close());
  return { database, redis, mailbox };
}

async function startMailbox(dataDir) {
  // After installation only: it parses mail with a package.
  const { startMailSink } = await import('./mailbox.mjs');
  return startMailSink({
    smtpPort: await keptPort(dataDir, 'smtp'),
    webPort: await keptPort(dataDir, 'mailbox'),
    dir: path.join(dataDir, 'mail'),
  });
}

function environmentOf({ host, port, dataDir }, { database, redis, mailbox }) {
  return {
    ...process.env,
    HOST: host,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    DEMO_PASSWORD: demoPassword(dataDir),
    ...keptSecrets(dataDir, process.env),
    QUEUE_BACKEND: redis === null ? 'postgres' : 'redis',
    ...(redis === null ? {} : { REDIS_URL: redis.url }),
    ...(mailbox === null ? {} : { SMTP_URL: `smtp://127.0.0.1:${mailbox.smtpPort}` }),
  };
}

/** Who tries the demo province on our own database may move its time on; anything else runs on the time of the machine. */
function clockOf({ services, demo }) {
  if (process.env.CLOCK) return process.env.CLOCK;
  const isTrial = services.database.own && demo.accounts.length > 0 && process.env.NODE_ENV !== 'production';
  return isTrial ? 'trial' : 'system';
}

/** Made once per data folder, as the demo accounts keep it. */
function demoPassword(dataDir) {
  if (process.env.DEMO_PASSWORD) return process.env.DEMO_PASSWORD;
  const file = path.join(dataDir, 'demo-password');
  try {
    if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim();
    // Fewer letters of its own are now and then refused as too easy to guess, and the system would not start.
    const password = `thong-hanh-${randomBytes(10).toString('hex')}`;
    fs.writeFileSync(file, `${password}\n`, { mode: 0o600 });
    return password;
  } catch (error) {
    throw folderFailure(dataDir, error);
  }
}

/** Migrations, then the demo province when the database is empty. Returns the demo accounts. */
async function prepareDatabase(env) {
  const { status, stdout, stderr } = await runProgram(['system', 'prepare', '--demo', '--json'], env);
  if (status !== 0)
    throw new LaunchError(
      `Không chuẩn bị được cơ sở dữ liệu:\n${stderr.trim()}`,
      'The database could not be prepared; the reason is above.',
    );
  return JSON.parse(stdout);
}

function runProgram(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', path.join(root, 'dist/apps/cli/src/main.js'), ...args],
      {
        cwd: root,
        env,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'])
      child[name].setEncoding('utf8').on('data', (text) => (output[name] += text));
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...output }));
  });
}

function startProgram({ name, settings, env, running, fail }) {
  const program = superviseProgram({
    name,
    program: `dist/apps/${name}/src/main.js`,
    // The api makes more garbage a second; measured idle: 145 MB and 136 MB, against 156 MB and 153 MB by default.
    youngHeapMb: name === 'api' ? 8 : 4,
    env,
    dataDir: settings.dataDir,
    say,
    onRestart: () => running.onRestart(),
    onGiveUp: fail,
  });
  running.steps.push(() => program.stop());
  return program;
}

/** Until the api says that it and its database are ready. */
async function untilAnswering({ settings, running }) {
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host;
  const address = `http://${host.includes(':') ? `[${host}]` : host}:${settings.port}/api/health/ready`;
  for (let waited = 0; waited < 1200 && !running.stopping; waited += 1) {
    const answered = await fetch(address, { signal: AbortSignal.timeout(2000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (answered) return;
    await pause(50);
  }
  if (running.stopping) throw new Interrupted();
  throw new LaunchError(
    `Máy chủ không trả lời ở ${address} sau một phút. Xem nhật ký: ${path.join(settings.dataDir, 'log/api.log')}`,
    `The server did not answer at ${address} within a minute. See its log: ${path.join(settings.dataDir, 'log/api.log')}`,
  );
}

const startedAt = new Date().toISOString();

function describeRun({ settings, services, api, worker, demo, clock }) {
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host;
  return {
    api: api === undefined ? null : `http://${host}:${settings.port}/api/v1`,
    web: api === undefined ? null : process.env.PUBLIC_URL || `http://${host}:${settings.port}`,
    mailbox: services.mailbox === null ? null : `http://127.0.0.1:${services.mailbox.webPort}`,
    smtp: services.mailbox === null ? null : `smtp://127.0.0.1:${services.mailbox.smtpPort}`,
    database: services.database.url,
    queue: services.redis === null ? { backend: 'postgres' } : { backend: 'redis', url: services.redis.url },
    clock: clock ?? process.env.CLOCK ?? 'system',
    processes: {
      launcher: process.pid,
      ...(api === undefined ? {} : { api: api.pid(), worker: worker.pid() }),
      ...(services.database.pid === undefined ? {} : { postgres: services.database.pid }),
      ...(services.redis?.pid === undefined ? {} : { redis: services.redis.pid }),
    },
    demoAccounts: demo?.accounts ?? [],
    startedAt,
  };
}

function announce(run, { settings, services, seconds }) {
  const accounts = run.demoAccounts.map(({ email, title }) => [email, title]);
  const width = Math.max(0, ...accounts.map(([email]) => email.length));
  const password = run.demoAccounts.find((account) => account.password)?.password;
  say(`
✓ Thông Hành đã sẵn sàng sau ${seconds.toFixed(1).replace('.', ',')} giây (ready)

  Trang làm việc (web)       ${run.web}
  API                        ${run.api}
  Hộp thư thử (mailbox)      ${run.mailbox ?? 'không mở: đã đặt SMTP_URL (SMTP_URL is set)'}
  Cơ sở dữ liệu (database)   ${services.database.own ? `PostgreSQL riêng trong ${services.database.folder}` : 'theo DATABASE_URL'}
  Hàng đợi (queue)           ${run.queue.backend === 'redis' ? `Redis${services.redis.pid ? ' riêng' : ' theo REDIS_URL'}` : 'PostgreSQL (không thấy redis-server hoặc REDIS_URL)'}
  Nhật ký (logs)             ${path.join(settings.dataDir, 'log')}
${accounts.length === 0 ? '' : `\n  Tài khoản dùng thử (demo accounts)${password ? `, mật khẩu chung (password): ${password}` : ''}\n${accounts.map(([email, title]) => `    ${email.padEnd(width)}  ${title}`).join('\n')}\n`}
  Ctrl-C để dừng; dữ liệu được giữ lại. (Ctrl-C stops; the data stays.)`);
}

async function stopInOrder(running, status) {
  if (status === 0 && running.steps.length > 1) say('\nĐang dừng… (stopping)');
  process.exitCode = status;
  for (const stop of running.steps.splice(0).reverse()) {
    try {
      await stop();
    } catch (error) {
      process.exitCode = reportFailure(error);
    }
  }
  if (status === 0) say('✓ Đã dừng; dữ liệu được giữ lại. (stopped)');
  process.exit();
}
