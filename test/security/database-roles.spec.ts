import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createApi } from '#apps/api/src/create-api.js';
import { openHouse } from '#apps/cli/src/composition.js';
import { loadConfig } from '#libs/config';
import { seedDemoProvince } from '#libs/organisation';
import { createTestDatabase, type TestDatabase } from '#test/support/index.js';
import { demoPassword, send, signIn } from '../integration/api-under-test.js';
import { newKey } from './audit-house.js';

/** The service's own role in a database it does not own, as docs/security.md tells the operator to make it. */
const role = `service_${randomBytes(6).toString('hex')}`;
const password = randomBytes(12).toString('hex');

describe('a service whose role does not own the schema', () => {
  let database: TestDatabase;
  let service: pg.Client;
  let env: Record<string, string>;
  let folder: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-roles-'));
    await database.dataSource.query(`create role ${role} login password '${password}'`);
    const url = new URL(database.url);
    url.username = role;
    url.password = password;
    env = { DATABASE_URL: url.href, MIGRATION_DATABASE_URL: database.url, LOG_LEVEL: 'silent', NODE_ENV: 'test' };
    service = new pg.Client({ connectionString: url.href });
    await service.connect();
  });
  afterAll(async () => {
    await service.end();
    await database.dataSource.query(`drop owned by ${role}`);
    await database.dataSource.query(`drop role ${role}`);
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  it('may do nothing before the migration gave it anything', async () => {
    await expect(service.query('select 1 from people')).rejects.toMatchObject({ code: '42501' });
  });

  it('works with what the migration gives it: the demo province, signing in, a case, a checkpoint', async () => {
    const AUDIT_SIGNING_KEY = newKey().export({ format: 'der', type: 'pkcs8' }).toString('base64');
    const config = loadConfig({ ...env, AUDIT_SIGNING_KEY, AUDIT_DIR: folder });
    const house = await openHouse(config);
    try {
      expect(await house.migrate()).toEqual([]);
      await house.unitOfWork.run((tx) => seedDemoProvince(tx, { password: demoPassword }, house.clock));
    } finally {
      await house.close();
    }
    const app = await createApi(config);
    try {
      await app.listen(0, '127.0.0.1');
      const api = { url: await app.getUrl() };
      const cookie = await signIn(api, 'chuyenvien.skhdt');
      const body = { proposal: { delegationName: 'Đoàn thử' } };
      const opened = await send(api, '/api/v1/proposals', { cookie, body });
      expect(opened.status).toBe(201);
      const withdrawn = await send(api, `/api/v1/cases/${opened.body.id}/events`, {
        cookie,
        body: { type: 'WITHDRAW', reason: 'Thử quyền của cơ sở dữ liệu' },
      });
      expect(withdrawn.status).toBe(200);
      expect((await send(api, '/api/health/ready')).status).toBe(200);
    } finally {
      await app.close();
    }
    const again = await openHouse(config);
    try {
      expect((await again.sealAudit()).leaves).toBeGreaterThan(0);
      const { chains, checkpoints } = await again.verifyAudit({ directory: folder });
      expect([chains.faults, checkpoints.faults]).toEqual([[], []]);
    } finally {
      await again.close();
    }
  });

  it.each([
    ['drop a table', 'drop table refusals'],
    ['make one', 'create table mine (x int)'],
    ['empty one', 'truncate mails'],
    ['switch a trigger off', 'alter table events disable trigger all'],
    ['play a replica, for whom triggers do not fire', 'set session_replication_role = replica'],
    ['change what happened', `update events set type = 'APPROVE'`],
    ['take an event out', 'delete from events'],
    ['change a record of the audit', `update audit_records set action = 'x'`],
    ['take a refusal out', 'delete from refusals'],
    ['say that a migration was made', `insert into schema_migrations ("timestamp", name) values (1, 'x')`],
  ])('may not %s', async (_, statement) => {
    await expect(service.query(statement)).rejects.toMatchObject({ code: '42501' });
  });
});
