// The part of npm run bench about reminders: thousands due at the same instant, on both queues, each on a database of its own.
import pg from 'pg';
import { compileFolder } from './compile-folder.mjs';
import { startRedis } from './services.mjs';

/** `runScript` runs a compiled script and returns what it printed. */
export async function benchReminders({ server, home, runScript, count }) {
  for (const folder of ['test/faults', 'test/simulation']) await compileFolder(folder);
  const redis = await startRedis(home);
  const backends = [{ backend: 'postgres', flags: [] }];
  if (redis) backends.push({ backend: 'redis', flags: ['--redis', redis.url] });
  const result = {};
  try {
    for (const { backend, flags } of backends) {
      const url = await emptyDatabase(server, `reminders_${backend}`);
      result[backend] = JSON.parse(
        await runScript('dist/test/bench/reminders.js', ['--url', url, '--count', count, ...flags]),
      );
      console.log(backend);
      console.table([result[backend]]);
    }
  } finally {
    await redis?.stop();
  }
  return { reminders: result };
}

async function emptyDatabase(server, name) {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  const { createAppDataSource } = await import('#migrations/data-source.js');
  const dataSource = await createAppDataSource({ url: url.toString(), poolSize: 1 }).initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
  return url.toString();
}
