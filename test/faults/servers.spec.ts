import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createAppDataSource } from '#migrations/data-source.js';
import { fates } from '#test/simulation/check.js';
import { testRedisUrl } from '#test/support/index.js';
import { isLongRun } from '#test/support/long-run.js';
import { type OwnServer, ownServers } from '#test/support/own-servers.js';
import { type FaultHouse, openFaultHouse, waitUntil } from './fault-house.js';

const hasRedis = testRedisUrl() !== null;
if (!hasRedis) console.info('Not run: Redis being killed and emptied, because no redis-server is here.');

let home: string;
let postgres: OwnServer;
let redis: OwnServer | null;
let house: FaultHouse;
/** Servers that keep what they were told: fsync on, append-only file on. */
beforeAll(async () => {
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-faults-'));
  // PostgreSQL may run as another user than the tests and must be able to enter.
  fs.chmodSync(home, 0o755);
  const { startPostgres, startRedis } = await ownServers();
  postgres = await startPostgres(home);
  redis = hasRedis ? await startRedis(home) : null;
  const dataSource = await createAppDataSource({ url: postgres.url, poolSize: 1 }).initialize();
  await dataSource.runMigrations();
  await dataSource.destroy();
  house = await openFaultHouse(postgres.url);
});
afterAll(async () => {
  await house.close();
  await redis?.stop();
  await postgres.stop();
  fs.rmSync(home, { recursive: true, force: true });
});

const backends = [
  { backend: 'PostgreSQL', isRedis: false },
  ...(hasRedis ? [{ backend: 'Redis', isRedis: true }] : []),
];
const where = (isRedis: boolean) => (isRedis ? { redisUrl: redis!.url } : {});

async function kill(server: OwnServer): Promise<void> {
  const { isAlive } = await ownServers();
  process.kill(server.pid, 'SIGKILL');
  await waitUntil(async () => !isAlive(server.pid), { limitMs: 10_000, what: async () => 'the server lives on' });
}

/** Sixty cases with two mails each; returns when twenty of them have arrived. */
async function inTheMiddle(isRedis: boolean) {
  const known = new Set((await house.mails()).map(({ id }) => id));
  const received = house.smtp.accepted.length;
  await house.startCases(60);
  await house.moveToReminders();
  const worker = house.worker(where(isRedis));
  const arrived = async () => house.smtp.accepted.length >= received + 20;
  await waitUntil(arrived, { limitMs: 60_000, what: async () => worker.said() });
  return { worker, added: async () => (await house.mails()).filter(({ id }) => !known.has(id)) };
}

async function expectEachOnce(added: Awaited<ReturnType<FaultHouse['mails']>>): Promise<void> {
  const all = await house.mails();
  expect(fates({ mails: all, accepted: house.smtp.accepted, resent: [] })).toEqual([]);
  for (const template of ['taskOpened', 'deadlineApproaching'])
    expect(added.filter((mail) => mail.template === template)).toHaveLength(60);
}

describe.each(backends)('PostgreSQL killed while mails go out, the queue being on $backend', ({ isRedis }) => {
  it('loses nothing and doubles nothing; what was being sent is recorded or uncertain', async () => {
    const { worker, added } = await inTheMiddle(isRedis);
    await kill(postgres);
    await pause(1500);
    postgres = await (await ownServers()).startPostgres(home);
    await house.settledExceptSending(120_000);
    await house.ageSending();
    await house.settled(120_000);
    const mails = await added();
    await expectEachOnce(mails);
    // One for each job in hand, at most.
    expect(mails.filter(({ status }) => status === 'uncertain').length).toBeLessThanOrEqual(4);
    await worker.stop();
  }, 240_000);
});

describe.each(hasRedis ? [{}] : [])('Redis', () => {
  it('killed while mails go out costs no mail and makes none uncertain', async () => {
    const { worker, added } = await inTheMiddle(true);
    await kill(redis!);
    await pause(3000);
    redis = await (await ownServers()).startRedis(home);
    await house.settled(120_000);
    const mails = await added();
    await expectEachOnce(mails);
    expect(mails.filter(({ status }) => status !== 'sent')).toEqual([]);
    await worker.stop();
  }, 240_000);

  it('emptied with 10,000 timers pending, and again while they go out, loses and doubles none', async () => {
    const client = new Redis(redis!.url);
    const before = new Set((await house.mails()).map(({ id }) => id));
    await house.startCases(1);
    await house.copyNewestCase(9_999);
    const workers = [house.worker(where(true)), house.worker(where(true))];
    await Promise.all(workers.map((worker) => worker.ready()));
    await house.settled();
    await client.flushall();
    const received = house.smtp.accepted.length;
    const moved = performance.now();
    await house.moveToReminders();
    const planned = async () => (await house.work()).dueTimers + (await house.work()).outboxMessages === 0;
    await waitUntil(planned, { limitMs: 60_000, what: async () => JSON.stringify(await house.work()) });
    const inLedgerMs = performance.now() - moved;
    await waitUntil(async () => house.smtp.accepted.length > received + 300, {
      limitMs: 60_000,
      what: async () => 'mails do not go out',
    });
    await client.flushall();
    await client.quit();
    const emptied = performance.now();
    // Everything that was in line at that moment: no other mail is older.
    const [{ line }] = (await house.rows(
      `select array_agg(id) as line from (select id from mails where status in ('planned', 'queued') order by not_before, id limit 500)`,
    )) as [{ line: string[] }];
    const isOut = async () => {
      const [row] = await house.rows<{ left: number }>(
        `select count(*)::int as left from mails where status in ('planned', 'queued') and id = any($1)`,
        [line],
      );
      return row!.left === 0;
    };
    await waitUntil(isOut, { limitMs: 60_000, what: async () => 'not everything that was in line was armed again' });
    const againMs = performance.now() - emptied;
    // In the short form what waits in the ledger stays there.
    if (isLongRun()) await house.settled(500_000);
    await Promise.all(workers.map((worker) => worker.stop()));
    console.info(
      `10,000 due at once: in the ledger after ${Math.round(inLedgerMs)} ms; the line of an emptied Redis out again after ${Math.round(againMs)} ms.`,
    );
    const isLeft = (mail: { status: string }) => !isLongRun() && ['planned', 'queued'].includes(mail.status);
    const mails = await house.mails();
    const gone = mails.filter((mail) => !isLeft(mail));
    expect(fates({ mails: gone, accepted: house.smtp.accepted, resent: [] })).toEqual([]);
    const added = mails.filter(({ id }) => !before.has(id));
    const reminders = added.filter(({ template }) => template === 'deadlineApproaching');
    expect(reminders).toHaveLength(10_000);
    expect(new Set(reminders.map(({ instanceId }) => instanceId)).size).toBe(10_000);
    expect(added.filter((mail) => mail.status !== 'sent' && !isLeft(mail))).toEqual([]);
  }, 600_000);
});
