import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres, startRedis } from '../../scripts/services.mjs';

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
  const redis = process.env.REDIS_URL ? { url: process.env.REDIS_URL } : await startRedis(home, { ephemeral: true });
  if (redis?.stop) services.stop.push(() => redis.stop());
  if (redis) process.env.TEST_REDIS_URL = redis.url;
}
