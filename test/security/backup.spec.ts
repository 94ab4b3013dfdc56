import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { createApi } from '#apps/api/src/create-api.js';
import { createBackup, restoreBackup } from '#apps/cli/src/backup.js';
import { createBusinessCalendar, createManualClock, instantAt, vietnamHolidays } from '#libs/calendar';
import { loadConfig } from '#libs/config';
import { createUnitOfWork, dumpTables, loadTables } from '#libs/persistence';
import { copyCheckpoints, createSigner, Runtime, sealCheckpoint, verifyCheckpoints } from '#libs/runtime';
import { createDiskStore } from '#libs/storage';
import { createTestDatabase, type TestDatabase } from '#test/support/index.js';
import { workflowDefinitions } from '#workflows/definitions.js';
import { startApi } from '../integration/api-under-test.js';
import { DelegationHouse, document } from '../integration/delegation-house.js';
import { newKey } from './audit-house.js';

const signer = createSigner(newKey());

describe('a backup', () => {
  let folder: string;
  let house: DelegationHouse;
  let caseId: string;
  let fileId: string;
  let backup: string;
  const clock = createManualClock(instantAt('2023-01-09', '08:00'));
  const at = (name: string) => path.join(folder, name);

  const houseOf = (dataSource: DataSource, name: string) => ({
    unitOfWork: createUnitOfWork(dataSource),
    files: createDiskStore({ directory: at(`${name}-files`), maxBytes: 1_000_000 }),
    auditDir: at(`${name}-audit`),
    now: () => clock.now(),
    migrate: async () => (await dataSource.runMigrations()).map((migration) => migration.name),
    dumpTables,
    loadTables,
  });
  const runtime = () => {
    const calendar = createBusinessCalendar(vietnamHolidays);
    return new Runtime({ clock, definitions: workflowDefinitions, calendarFor: () => calendar });
  };
  const empty = async (work: (database: TestDatabase) => Promise<void>): Promise<void> => {
    const database = await createTestDatabase();
    try {
      await work(database);
    } finally {
      await database.drop();
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-backup-'));
    const api = await startApi({ clock, wallClock: clock, env: { STORAGE_DIR: at('first-files') } });
    house = DelegationHouse.on(api, clock);
    caseId = await house.openInApproval();
    const [file] = await house.query<{ id: string }>('select file_id as id from dossier_documents limit 1');
    fileId = file!.id;
    const first = houseOf(api.database.dataSource, 'first');
    await first.unitOfWork.run((tx) => sealCheckpoint(tx, { at: clock.now(), signer }));
    await first.unitOfWork.run((tx) => copyCheckpoints(tx, first.auditDir));
    backup = at('backup');
    await createBackup(first, backup);
  });
  afterAll(async () => {
    await house.close();
    rmSync(folder, { recursive: true });
  });

  it('brings an empty machine to where the first one was, with every chain whole, and the case goes on there', async () => {
    await empty(async (database) => {
      const second = houseOf(database.dataSource, 'second');
      const { tables } = await restoreBackup(second, backup);
      for (const { name, rows } of tables) {
        const [found] = await database.dataSource.query(`select count(*)::int as rows from ${name}`);
        expect({ name, rows: found.rows }).toEqual({ name, rows });
      }
      await second.unitOfWork.run(async (tx) => {
        expect(await runtime().verifyChains(tx)).toMatchObject({ faults: [] });
        expect(await verifyCheckpoints(tx, { directory: second.auditDir })).toMatchObject({
          checkpoints: 1,
          faults: [],
        });
        expect(await runtime().replay(tx, caseId)).toMatchObject({ matches: true });
      });
      const env = {
        DATABASE_URL: database.url,
        LOG_LEVEL: 'silent',
        NODE_ENV: 'test',
        STORAGE_DIR: at('second-files'),
      };
      const app = await createApi(loadConfig(env), { clock, wallClock: clock });
      await app.listen(0, '127.0.0.1');
      try {
        const { port } = app.getHttpServer().address() as { port: number };
        const restored = DelegationHouse.on({ ...house.api, app, database, url: `http://127.0.0.1:${port}` }, clock);
        expect((await restored.as('thamdinh.sngv', `/files/${fileId}`)).status).toBe(200);
        for (const mailbox of ['giamdoc.sngv', 'phochutich.ubnd', 'thuongtruc.tinhuy'])
          await restored.must(mailbox, caseId, { type: 'APPROVE', document });
        const states = await restored.query('select states from instances where id = $1', [caseId]);
        expect(JSON.stringify(states)).toContain('awaitingDecision');
      } finally {
        await app.close();
      }
      // And what the first machine's deadline promised fires on the second.
      const [timer] = await database.dataSource.query(
        `select id, due_at as "dueAt" from timers where instance_id = $1 and kind = 'deadline' and fired_at is null
          and cancelled_at is null order by due_at limit 1`,
        [caseId],
      );
      clock.set(timer.dueAt);
      expect(await second.unitOfWork.run((tx) => runtime().fireTimer(tx, timer.id))).toBe('fired');
      await second.unitOfWork.run(async (tx) => expect((await runtime().verifyChains(tx)).faults).toEqual([]));
    });
  });

  it('keeps every value as it was', async () => {
    await empty(async (database) => {
      await restoreBackup(houseOf(database.dataSource, 'third'), backup);
      const print = async (source: DataSource): Promise<unknown> =>
        source.query(
          `select (select coalesce(sum(hashtextextended(t::text, 0)), 0)::text from events t) as events,
            (select coalesce(sum(hashtextextended(t::text, 0)), 0)::text from timers t) as timers,
            (select coalesce(sum(hashtextextended(t::text, 0)), 0)::text from proposal_funding t) as funding,
            (select count(*)::int from pg_constraint where contype = 'f') as keys`,
        );
      expect(await print(database.dataSource)).toEqual(await print(house.api.database.dataSource));
    });
  });

  it('is refused by a database that has data, and by a folder that is none', async () => {
    const used = houseOf(house.api.database.dataSource, 'first');
    await expect(restoreBackup(used, backup)).rejects.toMatchObject({ code: 'DUPLICATE' });
    mkdirSync(at('nothing'));
    await expect(restoreBackup(used, at('nothing'))).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('that was tampered with leaves the empty database empty', async () => {
    await empty(async (database) => {
      const damaged = at('damaged');
      await createBackup(houseOf(house.api.database.dataSource, 'first'), damaged);
      expect(readdirSync(damaged).sort()).toEqual(['audit', 'files', 'manifest.json', 'tables']);
      appendFileSync(path.join(damaged, 'tables/timers.jsonl.gz'), 'x');
      await expect(restoreBackup(houseOf(database.dataSource, 'fourth'), damaged)).rejects.toThrow();
      expect(await database.dataSource.query('select count(*)::int as people from people')).toEqual([{ people: 0 }]);
    });
  });
});
