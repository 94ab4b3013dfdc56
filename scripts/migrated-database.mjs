import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { buildServer } from './build.mjs';
import { startPostgres } from './services.mjs';

/**
 * Builds the server, starts a throw-away PostgreSQL, applies every migration to an empty database and gives `work` the
 * connected data source and a plain client. Everything is gone afterwards.
 */
export async function withMigratedDatabase(work) {
  await buildServer();
  const { createAppDataSource } = await import('#migrations/data-source.js');
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-schema-'));
  // PostgreSQL may run as another user and must be able to enter.
  fs.chmodSync(home, 0o755);
  const postgres = await startPostgres(home, { ephemeral: true });
  try {
    const dataSource = await createAppDataSource({ url: postgres.url, poolSize: 1 }).initialize();
    await dataSource.runMigrations();
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return await work({ dataSource, client });
    } finally {
      await client.end();
      await dataSource.destroy();
    }
  } finally {
    await postgres.stop();
    fs.rmSync(home, { recursive: true, force: true });
  }
}
