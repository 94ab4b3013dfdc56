import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createAppDataSource } from '#migrations/data-source.js';

export interface TestDatabase {
  readonly url: string;
  readonly dataSource: DataSource;
  /** Closes `dataSource` and removes the database. Call it in afterAll. */
  drop(): Promise<void>;
}

const templateName = 'thong_hanh_template';
/** Any number: serialises the making of the template between Jest workers. */
const templateLock = 763_700_001;

/** A fresh, migrated database of its own: a clone of the template. One per spec file. */
export async function createTestDatabase({ poolSize = 10 }: { poolSize?: number } = {}): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withAdmin(async (admin) => {
    await admin.query('select pg_advisory_lock($1)', [templateLock]);
    await ensureTemplate(admin);
    await admin.query(`create database ${name} template ${templateName}`);
  });
  const url = databaseUrl(name);
  const dataSource = await createAppDataSource({ url, poolSize }).initialize();
  return { url, dataSource, drop: () => dropDatabase(name, dataSource) };
}

/** Null when neither REDIS_URL nor a redis-server is here: the Redis suites say so and stand aside. */
export function testRedisUrl(): string | null {
  return process.env.TEST_REDIS_URL ?? null;
}

async function ensureTemplate(admin: pg.Client): Promise<void> {
  const found = await admin.query('select 1 from pg_database where datname = $1', [templateName]);
  if (found.rowCount) return;
  const draft = `${templateName}_draft`;
  await admin.query(`drop database if exists ${draft} with (force)`);
  await admin.query(`create database ${draft}`);
  const dataSource = await createAppDataSource({ url: databaseUrl(draft), poolSize: 1 }).initialize();
  try {
    await dataSource.runMigrations();
  } finally {
    await dataSource.destroy();
  }
  await admin.query(`alter database ${draft} rename to ${templateName}`);
}

async function dropDatabase(name: string, dataSource: DataSource): Promise<void> {
  if (dataSource.isInitialized) await dataSource.destroy();
  await withAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`));
}

async function withAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: serverUrl() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

function databaseUrl(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.toString();
}

function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is missing: database specs run in the Jest project "system".');
  return url;
}
