import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fates } from '#test/simulation/check.js';
import { createTestDatabase, type TestDatabase, testRedisUrl } from '#test/support/index.js';
import { isLongRun } from '#test/support/long-run.js';
import { type FaultHouse, type LedgerRow, openFaultHouse, type WorkerProcess } from './fault-house.js';
import { createPostgresProxy, type PostgresProxy, type Stop } from './postgres-proxy.js';
import { type SmtpPoint, smtpPoints } from './staged-smtp.js';

const redisUrl = testRedisUrl();
if (!redisUrl)
  console.info('Not run: kills of a worker on Redis, because neither REDIS_URL nor a redis-server is here.');

let database: TestDatabase;
let proxy: PostgresProxy;
let house: FaultHouse;
beforeAll(async () => {
  database = await createTestDatabase();
  proxy = await createPostgresProxy(database.url);
  house = await openFaultHouse(database.url);
});
afterAll(async () => {
  await house.close();
  await proxy.close();
  await database.drop();
});

/** A request to the database, or a point of the conversation with the mail server. */
type Place = { readonly kind: 'database'; readonly stop: Stop } | { readonly kind: 'smtp'; readonly point: SmtpPoint };

const nameOf = (place: Place) =>
  place.kind === 'smtp' ? `smtp ${place.point}` : `${place.stop.side} ${place.stop.label}`;

/** From the commit of the claim to the commit of the outcome nobody can know whether the mail went. */
const isAmbiguous = (place: Place): boolean => {
  if (place.kind === 'smtp') return true;
  const { label, side } = place.stop;
  if (label === 'COMMIT of mail_write_claims') return side === 'after';
  if (label === 'COMMIT of mail_record_outcomes') return side === 'before';
  return label === 'mail_record_outcomes';
};

/** On the way of a reminder from the timer to the mail server and back. The rest is what an idle beat asks. */
const onTheWay =
  /^(COMMIT of )?(runtime_move_ladders|mail_insert_planned|mail_mark_relayed|mail_take_due|mail_write_claims|mail_record_outcomes)$|^organisation_mailboxes$/;

/** An idle beat goes on beside the job that sends: when it is stopped, a mail may just be on its way. */
const isOnTheWay = (place: Place): boolean => place.kind === 'database' && onTheWay.test(place.stop.label);

const moreWork = async () => {
  await house.startCases(1);
  await house.moveToReminders();
};

interface Queue {
  readonly redisUrl?: string | undefined;
}
const onPostgres: Queue = {};
const onRedis: Queue = { redisUrl: redisUrl ?? undefined };

/** What a worker on that queue asks the database for while it takes a reminder from the timer to the mail server and back. */
async function discover(queue: Queue): Promise<string[]> {
  await moreWork();
  const before = proxy.requests.length;
  const worker = house.worker({ databaseUrl: proxy.url, concurrency: 1, ...queue });
  await worker.ready();
  await house.settled();
  await pause(300);
  await worker.stop();
  const asked = proxy.requests.slice(before);
  const first = asked.indexOf('runtime_take_reminders');
  return [...new Set(asked.slice(first))].filter((label) => !/^(begin|start transaction|set local)/i.test(label));
}

async function killAt(place: Place, queue: Queue): Promise<{ sending: number }> {
  await moreWork();
  const reached = place.kind === 'database' ? proxy.stopAt(place.stop) : stopSmtpAt(place.point);
  const victim = house.worker({ databaseUrl: proxy.url, concurrency: 1, ...queue });
  // What an idle beat asks depends on what the others left: a worker that has done everything need not come by there.
  const mustCome = place.kind === 'smtp' || isOnTheWay(place);
  const idle = () =>
    house.settled().then(
      () => pause(2_000),
      () => tooLate(place, victim),
    );
  await Promise.race([reached, mustCome ? tooLate(place, victim) : idle()]);
  await victim.kill();
  proxy.release();
  house.smtp.stage = async () => undefined;
  // Those of earlier victims are older.
  const [row] = await house.rows<{ sending: number }>(
    `select count(*)::int as sending from mails
     where status = 'sending' and claimed_at > clock_timestamp() - interval '10 minutes'`,
  );
  await house.ageSending();
  return row!;
}

function stopSmtpAt(wanted: SmtpPoint): Promise<void> {
  return new Promise((reached) => {
    house.smtp.stage = (point) => {
      if (point !== wanted) return Promise.resolve();
      reached();
      return new Promise(() => undefined);
    };
  });
}

async function tooLate(place: Place, victim: WorkerProcess): Promise<never> {
  await pause(60_000, undefined, { ref: false });
  throw new Error(`The worker never came to "${nameOf(place)}". It said: ${victim.said()}`);
}

describe('a worker killed at any await of the way from a timer to the record of the mail', () => {
  it(
    'loses nothing, doubles nothing, and leaves each ambiguous mail uncertain',
    async () => {
      const wrong: string[] = [];
      let ambiguous = 0;
      for (const { place, queue } of await killings()) {
        const { sending } = await killAt(place, queue);
        const expected = isAmbiguous(place) ? [1] : isOnTheWay(place) ? [0] : [0, 1];
        ambiguous += sending;
        if (!expected.includes(sending)) wrong.push(`${nameOf(place)}: ${sending} in sending, expected ${expected}`);
      }
      expect(wrong).toEqual([]);
      await expectNothingLost({ ambiguous });
    },
    isLongRun() ? 3_600_000 : 1_200_000,
  );
});

/** Every place on both queues; in the short form those on the way, and the two queues take turns. */
async function killings(): Promise<{ readonly place: Place; readonly queue: Queue }[]> {
  const placesOn = async (queue: Queue) => {
    const labels = await discover(queue);
    const chosen = isLongRun() ? labels : labels.filter((label) => onTheWay.test(label));
    expect(chosen).toEqual(expect.arrayContaining(['mail_write_claims', 'COMMIT of mail_write_claims']));
    return [
      ...chosen.flatMap((label) =>
        (['before', 'after'] as const).map((side): Place => ({ kind: 'database', stop: { label, side } })),
      ),
      ...smtpPoints.map((point): Place => ({ kind: 'smtp', point })),
    ];
  };
  const places = await placesOn(onPostgres);
  if (!isLongRun())
    return places.map((place, number) => ({
      place,
      queue: (number + Math.floor(number / 2)) % 2 === 0 ? onPostgres : onRedis,
    }));
  // The queue asks the database for things of its own when it is kept there.
  return [
    ...places.map((place) => ({ place, queue: onPostgres })),
    ...(redisUrl ? (await placesOn(onRedis)).map((place) => ({ place, queue: onRedis })) : []),
  ];
}

async function expectNothingLost({ ambiguous }: { ambiguous: number }): Promise<void> {
  const survivors = [house.worker(), ...(redisUrl ? [house.worker({ redisUrl })] : [])];
  await house.settled(120_000);
  await Promise.all(survivors.map((worker) => worker.stop()));
  const mails = await house.mails();
  expect(fates({ mails, accepted: house.smtp.accepted, resent: [] })).toEqual([]);
  const [cases] = await house.rows<{ count: number }>('select count(*)::int as count from instances');
  const uncertain = mails.filter(({ status }) => status === 'uncertain');
  // Each case: the mail about its task and one reminder.
  expect(mails.filter(({ template }) => template === 'taskOpened')).toHaveLength(cases!.count);
  expect(mails.filter(({ template }) => template === 'deadlineApproaching')).toHaveLength(cases!.count);
  expect(uncertain).toHaveLength(ambiguous);
  expect(mails.filter(({ status }) => status === 'sent')).toHaveLength(mails.length - ambiguous);
}

describe('a group of mails that could not be claimed', () => {
  /** Two groups of a worker with these connections, one for each of its lanes. */
  const mailConnections = 6;
  /** Answers with how the mails of the new cases stand: two a case. */
  const prepare = async () => {
    const before = new Set((await house.rows<{ id: string }>('select id from instances')).map(({ id }) => id));
    await house.startCases(5);
    await house.moveToReminders();
    const isNew = ({ instanceId, template }: LedgerRow) =>
      !before.has(instanceId) && ['taskOpened', 'deadlineApproaching'].includes(template);
    return async () => (await house.mails()).filter(isNew).map(({ status }) => status);
  };

  it('is sent as if nothing had been, when the claims stand and only the answer to their commit was lost', async () => {
    const statusesNow = await prepare();
    const stop: Stop = { label: 'COMMIT of mail_write_claims', side: 'after' };
    const cut = proxy.cutAt(stop).then(() => proxy.release());
    const worker = house.worker({ databaseUrl: proxy.url, concurrency: 1, mailConnections });
    await Promise.race([cut, tooLate({ kind: 'database', stop }, worker)]);
    await house.settled();
    await worker.stop();
    expect(worker.said()).toContain('going one by one');
    expect(await statusesNow()).toEqual(Array(10).fill('sent'));
    expect(fates({ mails: await house.mails(), accepted: house.smtp.accepted, resent: [] })).toEqual([]);
  });

  it('goes one by one: a worker that ends on the way leaves those in doubt that it was sending, one a lane', async () => {
    const statusesNow = await prepare();
    void proxy.cutAt({ label: 'mail_take_due', side: 'before' });
    let begun = 0;
    const third = new Promise<void>((reached) => {
      house.smtp.stage = async (point) => {
        if (point !== 'dataBegun') return;
        begun += 1;
        if (begun < 3) return;
        reached();
        await new Promise(() => undefined);
      };
    });
    const victim = house.worker({ databaseUrl: proxy.url, concurrency: 1, mailConnections });
    await Promise.race([third, tooLate({ kind: 'smtp', point: 'dataBegun' }, victim)]);
    await victim.kill();
    proxy.release();
    house.smtp.stage = async () => undefined;
    const inDoubt = (await statusesNow()).filter((status) => status === 'sending').length;
    expect(inDoubt).toBeGreaterThanOrEqual(1);
    expect(inDoubt).toBeLessThanOrEqual(2);
    await house.ageSending();
    const survivor = house.worker();
    await house.settled();
    await survivor.stop();
    const statuses = await statusesNow();
    expect(statuses.filter((status) => status === 'uncertain')).toHaveLength(inDoubt);
    expect(statuses.filter((status) => status === 'sent')).toHaveLength(10 - inDoubt);
    expect(fates({ mails: await house.mails(), accepted: house.smtp.accepted, resent: [] })).toEqual([]);
  });
});

const backends = [
  { backend: 'PostgreSQL', where: {} },
  ...(redisUrl ? [{ backend: 'Redis', where: { redisUrl } }] : []),
];
const crowds = backends.flatMap((one) => [2, 4].map((count) => ({ ...one, count })));

describe.each(crowds)('$count workers on $backend', ({ where, count }) => {
  it('send each mail once, also when one of them is killed in the middle and another takes its place', async () => {
    const before = new Set((await house.mails()).map(({ instanceId }) => instanceId));
    const receivedBefore = house.smtp.accepted.length;
    await house.startCases(60);
    await house.moveToReminders();
    const workers = Array.from({ length: count }, () => house.worker(where));
    await Promise.all(workers.map((worker) => worker.ready()));
    while (house.smtp.accepted.length < receivedBefore + 20) await pause(5);
    await workers[0]!.kill();
    const [{ sending }] = (await house.rows(`select count(*)::int as sending from mails where status = 'sending'`)) as [
      { sending: number },
    ];
    // Some of these are in the hands of workers that live; what they record later is taken, see mail-ledger.ts.
    await house.ageSending();
    const successor = house.worker(where);
    await house.settled(120_000);
    await Promise.all([...workers.slice(1), successor].map((worker) => worker.stop()));
    const mails = await house.mails();
    expect(fates({ mails, accepted: house.smtp.accepted, resent: [] })).toEqual([]);
    const added = mails.filter(({ instanceId }) => !before.has(instanceId));
    expect(added).toHaveLength(120);
    const uncertain = added.filter(({ status }) => status === 'uncertain').length;
    expect(uncertain).toBeLessThanOrEqual(sending);
    expect(added.filter(({ status }) => status === 'sent')).toHaveLength(120 - uncertain);
    expect(new Set(added.map(({ instanceId, template }) => `${instanceId} ${template}`)).size).toBe(120);
  }, 240_000);
});
