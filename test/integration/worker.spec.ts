import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import {
  claimMails,
  isSettled,
  listMails,
  type MailReport,
  mailTrouble,
  markStaleMails,
  maxMailAttempts,
  pendingWork,
  recordMailOutcomes,
  relayOutbox,
  resendMail,
} from '#libs/runtime';
import { testRedisUrl } from '#test/support/index.js';
import { leader, type MailHouse, mondayMorning, officer, openMailHouse, provinceId } from '#test/support/mail-house.js';
import { createTcpProxy } from '#test/support/tcp-proxy.js';
import { until } from '#test/support/until.js';

const minute = 60_000;
const hour = 60 * minute;
const redisUrl = testRedisUrl();

let house: MailHouse;
beforeAll(async () => {
  house = await openMailHouse();
});
afterEach(() => house.reset());
afterAll(() => house.close());

const later = (ms: number) => house.clock.set(new Date(house.clock.now().getTime() + ms));
const relay = () => house.unitOfWork.run((tx) => relayOutbox(tx, house.ledger, { limit: 500 }));
const work = () => house.unitOfWork.run((tx) => pendingWork(tx, house.ledger));
const settled = () => until(async () => isSettled(await work()), 'the work settled');
const mails = () =>
  house.rows<{
    id: string;
    instance_id: string;
    status: string;
    suppressed_reason: string | null;
    template: string;
    attempts: number;
    not_before: Date;
    message_id: string;
    subject: string;
  }>('select * from mails order by created_at, id');
const statuses = async () => (await mails()).map(({ status, suppressed_reason: reason }) => reason ?? status);

describe('due reminders in a batch', () => {
  const fire = (limit = 100) => house.unitOfWork.run((tx) => house.runtime.fireReminders(tx, { limit }));
  const toHalfTerm = async () => {
    const [half] = await house.rows<{ due_at: Date }>(`select due_at from timers where reminder_key = 'half' limit 1`);
    house.clock.set(half!.due_at);
  };
  const reminders = () =>
    house.rows<{ instance_id: string; recipient: unknown; task_key: string; data: unknown }>(
      `select * from outbox_messages where template = 'deadlineApproaching'`,
    );

  it('fall to the shares of those who take them side by side, each to one', async () => {
    await Promise.all(Array.from({ length: 30 }, () => house.startPermit()));
    await toHalfTerm();
    const taken = await Promise.all(
      [0, 1, 2].map((index) =>
        house.unitOfWork.run((tx) => house.runtime.fireReminders(tx, { limit: 100, share: { index, of: 3 } })),
      ),
    );
    // That a share gets none of 30 cases happens once in 60,000 runs.
    expect(taken.every((count) => count > 0 && count < 30)).toBe(true);
    expect(new Set((await reminders()).map((row) => row.instance_id)).size).toBe(30);
    expect(await fire()).toBe(0);
  });

  it('go into the outbox once, also when two workers take them at the same time', async () => {
    await Promise.all(Array.from({ length: 30 }, () => house.startPermit()));
    await toHalfTerm();
    const taken = await Promise.all([fire(20), fire(20), fire(20)]);
    expect(taken.reduce((sum, count) => sum + count)).toBe(30);
    const messages = await reminders();
    expect(messages).toHaveLength(30);
    expect(new Set(messages.map(({ instance_id: id }) => id)).size).toBe(30);
    expect(messages[0]).toMatchObject({
      recipient: { personId: officer.personId },
      task_key: 'draft',
      data: { deadline: 'draftDeadline', reminderKey: 'half', dueAt: expect.any(String) },
    });
    expect(await fire()).toBe(0);
  });

  it('leave a case alone that is being decided, and do not wait for it', async () => {
    const [held, free] = [await house.startPermit(), await house.startPermit()];
    await toHalfTerm();
    await house.unitOfWork.run(async (tx) => {
      await house.runtime.lock(tx, { instanceId: held });
      expect(await fire()).toBe(1);
    });
    expect((await reminders()).map(({ instance_id: id }) => id)).toEqual([free]);
    expect(await fire()).toBe(1);
  });

  it('wait for the opening of the office without being used up', async () => {
    await house.startPermit();
    await toHalfTerm();
    later(12 * hour);
    expect(await fire()).toBe(1);
    expect(await reminders()).toEqual([]);
    const [timer] = await house.rows<{ due_at: Date; fired_at: Date | null }>(
      `select due_at, fired_at from timers where reminder_key = 'half'`,
    );
    expect(timer).toEqual({ due_at: house.calendar.nextWorkingInstant(house.clock.now()), fired_at: null });
  });

  it('of a state that was left stay cancelled', async () => {
    const id = await house.startPermit();
    await toHalfTerm();
    await house.apply(id, 'SUBMIT');
    expect(await fire()).toBe(0);
  });
});

describe('the outbox relay', () => {
  it('plans one mail for each person, with an id made from the row, and relays a message once', async () => {
    await house.startPermit();
    expect(await Promise.all([relay(), relay()])).toEqual(expect.arrayContaining([1, 0]));
    const [mail] = await mails();
    expect(mail).toMatchObject({
      template: 'taskOpened',
      status: 'planned',
      message_id: `<${mail?.id}@tuyenquang.example>`,
      not_before: mondayMorning,
    });
    expect(mail?.subject).toMatch(/^\[DR-.{8}\] Việc mới/);
    expect(await relay()).toBe(0);
  });

  it('shows the operator a role that nobody holds', async () => {
    await house.startPermit({ officer: { role: 'officer', organisationId: randomUUID() } });
    await relay();
    expect(await statuses()).toEqual(['noRecipient']);
  });

  it('does not write to people about what they have just decided themselves', async () => {
    const [, told] = [await house.startPermit({}, officer), await house.startPermit({}, leader)];
    await relay();
    expect((await mails()).map((row) => [row.instance_id === told, row.suppressed_reason]).toSorted()).toEqual([
      [false, 'ownDecision'],
      [true, null],
    ]);
  });

  it('plans nothing for a person who left', async () => {
    await house.rows('update people set active = false where id = $1', [officer.personId]);
    await house.startPermit();
    await relay();
    expect(await statuses()).toEqual(['noRecipient']);
  });

  it('keeps a template nobody wrote as a row and goes on', async () => {
    const id = await house.startPermit();
    for (const type of ['SUBMIT', 'FORWARD', 'APPROVE']) await house.apply(id, type);
    await relay();
    const approved = (await mails()).filter(({ template }) => template === 'approved');
    expect(approved).toEqual([expect.objectContaining({ status: 'suppressed', suppressed_reason: 'unknownTemplate' })]);
  });

  it('tells one person once about one reminder, also when two roles lead to the same person', async () => {
    const id = await house.startPermit();
    const [timer] = await house.rows<{ id: string }>(
      `select id from timers where kind = 'reminder' and instance_id = $1`,
      [id],
    );
    for (const _ of [1, 2]) {
      await house.rows(
        `insert into outbox_messages (id, instance_id, timer_id, task_key, template, recipient, data, not_before, created_at)
         values ($1, $2, $3, 'draft', 'deadlineApproaching', $4, '{}', $5, $5)`,
        [randomUUID(), id, timer?.id, { personId: officer.personId }, mondayMorning],
      );
    }
    await relay();
    expect((await statuses()).toSorted()).toEqual(['duplicate', 'planned', 'planned']);
  });

  it('puts a night message off to the next opening, and over a weekend to Monday', async () => {
    house.clock.set(new Date('2026-03-06T13:00:00Z')); // Friday 20:00
    await house.startPermit();
    await relay();
    expect((await mails())[0]?.not_before).toEqual(new Date('2026-03-09T00:30:00Z'));
  });
});

/** Another worker has it, it is not due, or its fate is known already. */
const notMine = { kind: 'notMine' } as const;

describe('the claim of a mail', () => {
  const claim = async (id: string) =>
    (await house.unitOfWork.run((tx) => claimMails(tx, house.ledger, { limit: 1, ids: [id] })))[0] ?? notMine;
  const planOne = async () => {
    const instanceId = await house.startPermit();
    await relay();
    const [mail] = await mails();
    return { id: mail?.id ?? '', instanceId };
  };

  it('succeeds for one of many at once', async () => {
    const { id } = await planOne();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => claim(id)));
    expect(outcomes.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'notMine')).toHaveLength(9);
  });

  it('gives up a mail about a task that was closed in the meantime', async () => {
    const { id, instanceId } = await planOne();
    await house.apply(instanceId, 'SUBMIT');
    expect(await claim(id)).toMatchObject({ kind: 'suppressed', reason: 'taskClosed' });
  });

  it('sends the mail about a task of a state that was left and entered again: it is the same work', async () => {
    const instanceId = await house.startPermit();
    await house.apply(instanceId, 'SUBMIT');
    await relay();
    await house.apply(instanceId, 'RESTART');
    const review = (await mails()).filter(({ template, status }) => template === 'taskOpened' && status === 'planned');
    const kinds = await Promise.all(review.map(({ id }) => claim(id)));
    // The draft's task is closed.
    expect(kinds.map((one) => (one.kind === 'suppressed' ? one.reason : one.kind)).toSorted()).toEqual([
      'claimed',
      'taskClosed',
    ]);
  });

  it('gives up a reminder whose deadline was cancelled', async () => {
    const instanceId = await house.startPermit();
    const [timer] = await house.rows<{ id: string }>(
      `select id from timers where kind = 'reminder' and instance_id = $1`,
      [instanceId],
    );
    await house.rows(
      `insert into outbox_messages (id, instance_id, timer_id, template, recipient, data, not_before, created_at)
       values ($1, $2, $3, 'deadlineApproaching', $4, '{}', $5, $5)`,
      [randomUUID(), instanceId, timer?.id, { personId: leader.personId }, mondayMorning],
    );
    await relay();
    await house.apply(instanceId, 'SUBMIT');
    const reminder = (await mails()).find(({ template }) => template === 'deadlineApproaching');
    expect(await claim(reminder?.id ?? '')).toMatchObject({ kind: 'suppressed', reason: 'timerCancelled' });
  });

  it('gives up a mail to a person who left in the meantime', async () => {
    const { id } = await planOne();
    await house.rows('update people set active = false where id = $1', [officer.personId]);
    expect(await claim(id)).toMatchObject({ kind: 'suppressed', reason: 'personLeft' });
  });

  it('waits for the next opening when the office has closed in the meantime', async () => {
    const { id } = await planOne();
    house.clock.set(new Date('2026-03-02T10:00:00Z')); // 17:00 exactly: closed
    expect(await claim(id)).toMatchObject({ kind: 'waits', notBefore: new Date('2026-03-03T00:30:00Z') });
    house.clock.set(new Date('2026-03-03T00:30:00Z'));
    expect((await claim(id)).kind).toBe('claimed');
  });

  it('carries what the mail is written from', async () => {
    const { id, instanceId } = await planOne();
    const outcome = await claim(id);
    expect(outcome).toMatchObject({
      kind: 'claimed',
      mail: {
        address: officer.address,
        threadId: `<case-${instanceId}@tuyenquang.example>`,
        task: { kind: 'write', explanation: { vi: expect.stringContaining('ngày làm việc') } },
      },
    });
  });

  const claimed = async () => {
    const outcome = await claim((await planOne()).id);
    if (outcome.kind !== 'claimed') throw new Error(`The mail was ${outcome.kind}.`);
    return outcome.mail;
  };
  const record = (report: MailReport) =>
    house.unitOfWork.run(async (tx) => (await recordMailOutcomes(tx, house.ledger, [report])).get(report.id) ?? null);

  it('lets only the holder of the fence record what happened', async () => {
    const { id, fence } = await claimed();
    expect(await record({ id, fence: randomUUID(), outcome: 'accepted', response: '250' })).toBeNull();
    expect(await statuses()).toEqual(['sending']);
    expect(await record({ id, fence, outcome: 'accepted', response: '250' })).toBe('sent');
    expect(await record({ id, fence, outcome: 'permanent', response: '550' })).toBeNull();
    expect(await statuses()).toEqual(['sent']);
  });

  it('doubles the wait after each temporary refusal, and ends as failed', async () => {
    let mail = await claimed();
    const waits: number[] = [];
    for (let attempt = 1; attempt < maxMailAttempts; attempt += 1) {
      expect(await record({ ...mail, outcome: 'temporary', response: '451' })).toBe('planned');
      const [row] = await mails();
      waits.push((row!.not_before.getTime() - house.clock.now().getTime()) / minute);
      await house.rows('update mails set not_before = $1', [house.clock.now()]);
      const next = await claim(mail.id);
      if (next.kind !== 'claimed') throw new Error(`The mail was ${next.kind}.`);
      mail = next.mail;
    }
    expect(await record({ ...mail, outcome: 'temporary', response: '451' })).toBe('failed');
    expect(waits.slice(0, 8)).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
  });

  it('becomes uncertain when its worker vanished, takes the late truth, and goes again only when an operator says so', async () => {
    const { id, fence } = await claimed();
    const sweep = () => house.unitOfWork.run((tx) => markStaleMails(tx));
    later(24 * hour);
    expect(await sweep()).toEqual([]); // a clock set by hand does not age a sending
    await house.rows(`update mails set claimed_at = claimed_at - interval '11 minutes'`);
    expect(await sweep()).toEqual([id]);
    expect(await statuses()).toEqual(['uncertain']);
    expect((await claim(id)).kind).toBe('notMine');
    expect(await record({ id, fence, outcome: 'accepted', response: '250' })).toBe('sent');
    await house.rows(`update mails set status = 'uncertain'`);
    const again = { id, provinceId, now: house.clock.now() };
    expect(await house.unitOfWork.run((tx) => resendMail(tx, { ...again, provinceId: randomUUID() }))).toBeNull();
    expect(await house.unitOfWork.run((tx) => resendMail(tx, again))).toMatchObject({
      ...{ status: 'uncertain', isPlanned: true },
    });
    expect(await house.unitOfWork.run((tx) => resendMail(tx, again))).toMatchObject({
      ...{ status: 'planned', isPlanned: false },
    });
    expect(await statuses()).toEqual(['planned']);
  });

  it('is not called uncertain, nor waited for, while its answer is being recorded late', async () => {
    const { id, fence } = await claimed();
    await house.rows(`update mails set claimed_at = claimed_at - interval '11 minutes'`);
    const answer = { id, fence, outcome: 'accepted', response: '250' } as const;
    await house.unitOfWork.run(async (recording) => {
      expect((await recordMailOutcomes(recording, house.ledger, [answer])).get(id)).toBe('sent');
      const swept = house.unitOfWork.run(async (tx) => {
        await tx.query(`set local lock_timeout = '5s'`);
        return markStaleMails(tx);
      });
      expect(await swept).toEqual([]);
    });
    expect(await statuses()).toEqual(['sent']);
  });

  it('is listed and counted for the operator of its province only', async () => {
    const { id } = await planOne();
    const list = (province: string) => house.unitOfWork.run((tx) => listMails(tx, { provinceId: province, limit: 10 }));
    expect(await list(provinceId)).toEqual([expect.objectContaining({ id, status: 'planned' })]);
    expect(await list(randomUUID())).toEqual([]);
    expect(await house.unitOfWork.run((tx) => mailTrouble(tx, { provinceId, since: house.clock.now() }))).toMatchObject(
      {
        planned: 1,
        failed: 0,
      },
    );
  });
});

const backends = [
  { backend: 'postgres', where: () => ({ databaseUrl: house.database.url }) },
  ...(redisUrl ? [{ backend: 'redis', where: () => ({ redisUrl }) }] : []),
];
if (!redisUrl) console.info('Not run: the worker on Redis, because neither REDIS_URL nor a redis-server is here.');

describe.each(backends)('workers on a queue in $backend', ({ backend, where }) => {
  const sameQueue = () => ({ ...where(), prefix: `t-${randomUUID()}` });

  it('mail each due reminder exactly once, also when there are two', async () => {
    const cases = await Promise.all(Array.from({ length: 20 }, () => house.startPermit()));
    const queue = sameQueue();
    await house.startWorker(queue);
    await house.startWorker(queue);
    await settled();
    expect(house.sink.mails).toHaveLength(20);
    const [half] = await house.rows<{ due_at: Date }>(`select due_at from timers where reminder_key = 'half' limit 1`);
    house.clock.set(half!.due_at);
    expect((await work()).dueTimers).toBe(20);
    await settled();
    expect(house.sink.mails).toHaveLength(40);
    expect(new Set(house.sink.mails.map(({ messageId }) => messageId)).size).toBe(40);
    const reminders = (await mails()).filter(({ template }) => template === 'deadlineApproaching');
    expect(reminders).toHaveLength(cases.length);
    expect(reminders.every(({ status }) => status === 'sent')).toBe(true);
    expect(await mails()).toHaveLength(40);
  });

  it('fire a deadline into the machine', async () => {
    const id = await house.startPermit();
    for (const type of ['SUBMIT', 'FORWARD']) await house.apply(id, type);
    await house.startWorker(sameQueue());
    const [deadline] = await house.rows<{ due_at: Date }>(
      `select due_at from timers where kind = 'deadline' and cancelled_at is null and instance_id = $1`,
      [id],
    );
    house.clock.set(deadline!.due_at);
    await settled();
    const [row] = await house.rows<{ states: string[]; status: string }>(
      'select states, status from instances where id = $1',
      [id],
    );
    expect(row).toEqual({ states: ['lapsed'], status: 'done' });
  });

  it('lose nothing when the queue is emptied', async () => {
    await Promise.all(Array.from({ length: 60 }, () => house.startPermit()));
    const queue = sameQueue();
    const real = house.transport();
    // One mail after the other is held up, so that the rest is in line when the queue is emptied.
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const held: typeof real = { ...real, send: (mail) => gate.then(() => real.send(mail)) };
    const { queues } = await house.startWorker(queue, held);
    await until(async () => ((await queues.counts()).mails?.waiting ?? 0) >= 4, 'mails were in line');
    await emptyQueue(backend);
    open();
    await settled();
    expect(house.sink.mails).toHaveLength(60);
    expect(await statuses()).toEqual(Array(60).fill('sent'));
  });

  it('go on by the sweep when the queue is away', async () => {
    const proxy = await createTcpProxy(redisUrl && backend === 'redis' ? redisUrl : house.database.url);
    const url = backend === 'redis' ? { redisUrl: proxy.url } : { databaseUrl: proxy.url };
    // A job whose hand-over was cut off stays locked until the lock ends: 15 s as delivered, 1 s here.
    await house.startWorker({ ...url, timeoutMs: 300, lockMs: 1000 });
    await proxy.cut();
    await house.startPermit();
    await settled();
    expect(house.sink.mails).toHaveLength(1);
    await proxy.restore();
    await house.startPermit();
    await settled();
    expect(house.sink.mails).toHaveLength(2);
    await proxy.close();
  });

  it('start while the queue is away, work by the sweep, and take the queue when it is there', async () => {
    const proxy = await createTcpProxy(redisUrl && backend === 'redis' ? redisUrl : house.database.url);
    const url = backend === 'redis' ? { redisUrl: proxy.url } : { databaseUrl: proxy.url };
    await proxy.cut();
    const { queues } = await house.startWorker({ ...url, timeoutMs: 300, lockMs: 1000 });
    await house.startPermit();
    await settled();
    expect(house.sink.mails).toHaveLength(1);
    await proxy.restore();
    const answers = () =>
      queues.counts().then(
        () => true,
        () => false,
      );
    await until(answers, 'the queue answered');
    await house.startPermit();
    await settled();
    expect(house.sink.mails).toHaveLength(2);
    await proxy.close();
  });

  it('go on planning when the queue is away and the mail server hangs as well', async () => {
    const proxy = await createTcpProxy(redisUrl && backend === 'redis' ? redisUrl : house.database.url);
    const real = house.transport();
    let letGo: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const held: typeof real = { ...real, send: (mail) => hanging.then(() => real.send(mail)) };
    const url = backend === 'redis' ? { redisUrl: proxy.url } : { databaseUrl: proxy.url };
    await house.startWorker({ ...url, timeoutMs: 300, lockMs: 1000 }, held);
    await proxy.cut();
    try {
      await house.startPermit();
      await until(async () => (await statuses()).includes('sending'), 'a mail hung');
      await house.startPermit();
      await until(async () => (await statuses()).length === 2, 'the second was planned meanwhile');
      expect(house.sink.mails).toEqual([]);
    } finally {
      letGo();
      await proxy.restore();
    }
    await settled();
    expect(house.sink.mails).toHaveLength(2);
    await proxy.close();
  });

  it('try again after a temporary refusal, and once it is taken, once', async () => {
    house.sink.answer = 451;
    await house.startPermit();
    await house.startWorker(sameQueue());
    await until(async () => (await mails())[0]?.attempts === 1 && (await statuses())[0] === 'planned');
    house.sink.answer = null;
    later(minute - 1);
    expect(await statuses()).toEqual(['planned']);
    later(1);
    await settled();
    expect(await statuses()).toEqual(['sent']);
    expect(house.sink.refused.count).toBe(1);
    expect(house.sink.mails).toHaveLength(1);
  });

  it('give up after a permanent refusal', async () => {
    house.sink.answer = 550;
    await house.startPermit();
    await house.startWorker(sameQueue());
    await settled();
    expect(await statuses()).toEqual(['failed']);
    expect(house.sink.refused.count).toBe(1);
  });

  it('show a mail as uncertain, and do not send it again, when one ended between the 250 and the record', async () => {
    await house.startPermit();
    const real = house.transport();
    // The server takes the mail, and then this worker does not get any further.
    let release: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    const dying: typeof real = {
      ...real,
      send: async (mail) => {
        const result = await real.send(mail);
        await stuck;
        return result;
      },
    };
    const queue = sameQueue();
    await house.startWorker(queue, dying);
    await until(() => house.sink.mails.length === 1, 'the mail arrived');
    expect(await statuses()).toEqual(['sending']);
    await house.rows(`update mails set claimed_at = claimed_at - interval '11 minutes'`);
    await house.startWorker(queue);
    await until(async () => (await statuses())[0] === 'uncertain', 'the mail was uncertain');
    later(hour);
    await settled();
    expect(house.sink.mails).toHaveLength(1);
    expect(await statuses()).toEqual(['uncertain']);
    release();
  });

  it('send nothing at night and everything in the morning', async () => {
    house.clock.set(new Date('2026-03-02T13:00:00Z')); // 20:00
    const id = await house.startPermit();
    await house.startWorker(sameQueue());
    await settled();
    expect(await work()).toMatchObject({ nextAt: new Date('2026-03-03T00:30:00Z') });
    expect(house.sink.mails).toHaveLength(0);
    // The draft is submitted at night: in the morning only the mail about the review goes.
    await house.apply(id, 'SUBMIT');
    await settled();
    house.clock.set(new Date('2026-03-03T00:30:00Z'));
    await settled();
    expect((await statuses()).toSorted()).toEqual(['sent', 'taskClosed']);
    expect(house.sink.mails).toHaveLength(1);
    expect(house.sink.mails[0]?.raw).toContain('Auto-Submitted: auto-generated');
  });
});

async function emptyQueue(backend: string): Promise<void> {
  if (backend === 'redis') {
    const redis = new Redis(redisUrl ?? '');
    await redis.flushall();
    await redis.quit();
    return;
  }
  const tables = await house.rows<{ name: string }>(
    `select format('bullmq.%I', tablename) as name from pg_tables
     where schemaname = 'bullmq' and tablename !~ 'migration'`,
  );
  const truncate = () => house.rows(`truncate ${tables.map(({ name }) => name).join(', ')} cascade`);
  // The queue is at work on these tables at this moment; PostgreSQL may choose the truncation as the victim of a deadlock.
  await truncate().catch(truncate).catch(truncate);
}
