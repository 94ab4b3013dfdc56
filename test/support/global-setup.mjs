import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from '../../scripts/services.mjs';

/**
 * One real PostgreSQL (and Redis, when one is here) for the whole run. The template database is migrated by the first
 * spec that asks for a database, see database.ts. Jest workers inherit what is put into process.env here.
 */
export default async function globalSetup() {
  // A server's own zone must never matter: run in one far from Viet Nam.
  process.env.TZ = 'America/St_Johns';
  const home = mkdtempSync(path.join(tmpdir(), 'thong-hanh-test-'));
  // PostgreSQL may run as another user than the tests and must be able to enter.
  chmodSync(home, 0o755);
  const services = { home, stop: [] };
  globalThis.thongHanhTestServices = services;
  const postgres = await startPostgres(home, { ephemeral: true });
  services.stop.push(() => postgres.stop());
  process.env.TEST_DATABASE_URL = postgres.url;
  const redis = process.env.REDIS_URL ? { url: process.env.REDIS_URL } : await startLocalRedis(home);
  if (redis?.stop) services.stop.push(redis.stop);
  if (redis) process.env.TEST_REDIS_URL = redis.url;
}

async function startLocalRedis(home) {
  let binary = '';
  try {
    binary = execFileSync('sh', ['-c', 'command -v redis-server || command -v valkey-server'], { encoding: 'utf8' });
  } catch {
    return null;
  }
  const port = await freePort();
  const settings = { port, bind: '127.0.0.1', dir: home, save: '', appendonly: 'no', 'maxmemory-policy': 'noeviction' };
  const flags = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(binary.trim(), flags, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (/Ready to accept/.test(output)) resolve();
    });
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}: ${output.slice(-500)}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { url: `redis://127.0.0.1:${port}`, stop };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
