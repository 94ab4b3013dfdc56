import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { openQueues, type QueueOptions, type Queues } from '#libs/queue';
import { createTestDatabase, type TestDatabase, testRedisUrl } from '#test/support/index.js';
import { createTcpProxy } from '#test/support/tcp-proxy.js';
import { until } from '#test/support/until.js';

const redisUrl = testRedisUrl();
const lines: string[] = [];
const errors: string[] = [];
const log = {
  info: (_: unknown, message: string) => void lines.push(message),
  warn: ({ error }: Readonly<Record<string, unknown>>, message: string) => {
    lines.push(message);
    errors.push(String(error));
  },
};
const opened: Queues[] = [];
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((queues) => queues.close()));
  lines.length = 0;
  errors.length = 0;
});
afterAll(() => database.drop());

async function open(where: Partial<QueueOptions>, names: string[] = ['timers']): Promise<Queues> {
  const queues = await openQueues({ names, prefix: 'test', log, backoffMs: 20, ...where });
  opened.push(queues);
  return queues;
}

const backends = [
  { backend: 'postgres', url: () => ({ databaseUrl: database.url }) },
  ...(redisUrl ? [{ backend: 'redis', url: () => ({ redisUrl }) }] : []),
];
if (!redisUrl) console.info('Not run: the queue on Redis, because neither REDIS_URL nor a redis-server is here.');

describe.each(backends)('the queue on $backend', ({ backend, url }) => {
  let where: Partial<QueueOptions>;
  beforeAll(() => {
    where = url();
  });
  const fresh = () => ({ ...where, prefix: `t-${randomUUID()}` });

  it('says what it runs on', async () => {
    expect((await open(fresh())).backend).toBe(backend);
  });

  it('hands each id to the handler once, also with two processes', async () => {
    const settings = fresh();
    const seen: string[] = [];
    for (const _ of [1, 2]) {
      const queues = await open(settings);
      queues.consume('timers', async (id) => void seen.push(id), { concurrency: 4 });
      await queues.start();
    }
    const ids = Array.from({ length: 100 }, () => randomUUID());
    await opened.at(-1)!.add('timers', ids);
    await until(() => seen.length >= 100);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  it('adds an id once while it is in line, and takes it again after it was handled', async () => {
    const queues = await open(fresh());
    const seen: string[] = [];
    queues.consume('timers', async (id) => void seen.push(id), { concurrency: 1 });
    await queues.add('timers', ['a', 'a']);
    await queues.add('timers', ['a', 'b']);
    expect((await queues.counts()).timers).toEqual({ waiting: 2, active: 0, failed: 0 });
    await queues.start();
    await until(async () => seen.length === 2 && (await queues.counts()).timers?.active === 0);
    await queues.add('timers', ['a']);
    await until(() => seen.length === 3);
    expect(seen).toEqual(['a', 'b', 'a']);
  });

  it('stops trying after three attempts and refuses the id until the failure is forgotten', async () => {
    const queues = await open(fresh());
    let attempts = 0;
    queues.consume(
      'timers',
      async () => {
        attempts += 1;
        throw new Error('planned failure');
      },
      { concurrency: 1 },
    );
    await queues.start();
    await queues.add('timers', ['poison']);
    await until(async () => (await queues.counts()).timers?.failed === 1);
    expect(attempts).toBe(3);
    await queues.add('timers', ['poison']);
    expect((await queues.counts()).timers).toEqual({ waiting: 0, active: 0, failed: 1 });
    expect(await queues.forgetFailures(60_000)).toBe(0);
    expect(await queues.forgetFailures(0)).toBe(1);
    await queues.add('timers', ['poison']);
    await until(() => attempts === 6);
  });

  it('keeps two names and two installations apart', async () => {
    const settings = fresh();
    const one = await open(settings, ['timers', 'mails']);
    const other = await open({ ...settings, prefix: `${settings.prefix}-other` }, ['timers', 'mails']);
    await one.add('timers', ['x']);
    expect((await one.counts()).mails?.waiting).toBe(0);
    expect((await other.counts()).timers?.waiting).toBe(0);
  });

  it('finishes the jobs in hand before it closes', async () => {
    const queues = await open(fresh());
    let finished = false;
    let started = false;
    queues.consume(
      'timers',
      async () => {
        started = true;
        await new Promise((resolve) => setTimeout(resolve, 300));
        finished = true;
      },
      { concurrency: 1 },
    );
    await queues.start();
    await queues.add('timers', ['slow']);
    await until(() => started);
    await queues.close();
    expect(finished).toBe(true);
  });

  it('gives the job of a process that lost its connection to another, and outlives the late answer', async () => {
    const settings = { ...fresh(), lockMs: 500 };
    const proxy = await createTcpProxy(settings.redisUrl ?? settings.databaseUrl ?? '');
    const first = await open({
      ...settings,
      ...(backend === 'redis' ? { redisUrl: proxy.url } : { databaseUrl: proxy.url }),
    });
    let release: () => void = () => undefined;
    let taken = 0;
    first.consume(
      'timers',
      () => {
        taken += 1;
        return new Promise((resolve) => {
          release = resolve;
        });
      },
      { concurrency: 1 },
    );
    await first.start();
    await first.add('timers', ['orphan']);
    await until(() => taken === 1);
    await proxy.cut();
    const second = await open(settings);
    const seen: string[] = [];
    second.consume('timers', async (id) => void seen.push(id), { concurrency: 1 });
    await second.start();
    await until(() => seen.length === 1);
    expect(seen).toEqual(['orphan']);
    await second.close();
    await proxy.restore();
    release();
    // The first process comes back by itself and works on.
    await until(async () => {
      await first.add('timers', ['again']).catch(() => undefined);
      return taken === 2;
    });
    release();
    await first.close();
    await proxy.close();
  });

  it('refuses to start with a name that has no handler or two', async () => {
    const queues = await open(fresh(), ['timers', 'mails']);
    queues.consume('timers', async () => undefined, { concurrency: 1 });
    expect(() => queues.consume('timers', async () => undefined, { concurrency: 1 })).toThrow(/two handlers/);
    expect(() => queues.consume('digests', async () => undefined, { concurrency: 1 })).toThrow(/no declared job/);
    await expect(queues.start()).rejects.toThrow(/No handler for the job mails/);
  });

  it('refuses a job id that could be read as a key', async () => {
    const queues = await open(fresh());
    await expect(queues.add('timers', ['a:b'])).rejects.toThrow(/no job id/);
  });
});

describe('a queue that does not answer', () => {
  let silent: Server;
  let port: number;
  beforeAll(async () => {
    silent = createServer((socket) => void socket.resume()).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    port = (silent.address() as { port: number }).port;
  });
  afterAll(() => void silent.close());

  it('is reported at boot within the time limit, without the password, and does not keep the process from ending', async () => {
    const queues = await open({ timeoutMs: 300, redisUrl: `redis://u:secret@127.0.0.1:${port}` });
    expect(errors.at(-1)).toMatch(/did not answer within 300 ms. Start Redis, correct REDIS_URL, or unset it/);
    expect(errors.join(' ')).not.toContain('secret');
    queues.consume('timers', async () => undefined, { concurrency: 1 });
    await queues.start();
    await expect(queues.add('timers', ['a'])).rejects.toThrow(/not there yet/);
    await queues.close();
  });

  it('is reported at boot when nobody listens', async () => {
    await open({ timeoutMs: 500, redisUrl: 'redis://127.0.0.1:1' });
    expect(errors.at(-1)).toMatch(/Start Redis/);
    await open({ timeoutMs: 500, databaseUrl: 'postgres://127.0.0.1:1/x' });
    expect(errors.at(-1)).toMatch(/Start PostgreSQL/);
  });

  it('refuses to start with a name that has no handler or two all the same', async () => {
    const queues = await open({ timeoutMs: 300, redisUrl: 'redis://127.0.0.1:1' }, ['timers', 'mails']);
    queues.consume('timers', async () => undefined, { concurrency: 1 });
    expect(() => queues.consume('timers', async () => undefined, { concurrency: 1 })).toThrow(/two handlers/);
    expect(() => queues.consume('digests', async () => undefined, { concurrency: 1 })).toThrow(/no declared job/);
    await expect(queues.start()).rejects.toThrow(/No handler for the job mails/);
  });

  it.each(backends)('takes over as soon as $backend is there', async ({ backend, url }) => {
    const real = url() as { redisUrl?: string; databaseUrl?: string };
    const proxy = await createTcpProxy((real.redisUrl ?? real.databaseUrl)!);
    await proxy.cut();
    const where = backend === 'redis' ? { redisUrl: proxy.url } : { databaseUrl: proxy.url };
    const queues = await open({ ...where, prefix: `t-${randomUUID()}`, timeoutMs: 500 });
    const seen: string[] = [];
    queues.consume('timers', async (id) => void seen.push(id), { concurrency: 1 });
    await queues.start();
    await expect(queues.add('timers', ['a'])).rejects.toThrow(/not there yet/);
    expect(queues.isAway).toBe(true);
    await proxy.restore();
    const isTaken = () =>
      queues.add('timers', ['b']).then(
        () => true,
        () => false,
      );
    await until(isTaken);
    await until(() => seen.includes('b'));
    expect(queues.isAway).toBe(false);
    await queues.close();
    await proxy.close();
  });
});

describe.each(redisUrl ? [{ url: redisUrl }] : [])('Redis going away and coming back', ({ url: realUrl }) => {
  it('makes add fail fast, logs one line, and works again afterwards', async () => {
    const proxy = await createTcpProxy(realUrl);
    const queues = await open({ redisUrl: proxy.url, prefix: `t-${randomUUID()}`, timeoutMs: 1000 });
    const seen: string[] = [];
    queues.consume('timers', async (id) => void seen.push(id), { concurrency: 1 });
    await queues.start();
    expect(queues.isAway).toBe(false);
    await proxy.cut();
    for (const id of ['a', 'b', 'c']) await expect(queues.add('timers', [id])).rejects.toThrow();
    expect(queues.isAway).toBe(true);
    expect(lines.filter((line) => line.startsWith('The queue does not answer'))).toHaveLength(1);
    await proxy.restore();
    await until(() =>
      queues.add('timers', ['d']).then(
        () => true,
        () => false,
      ),
    );
    await until(() => seen.includes('d'));
    // A connection that had been cut may still say so after another has found its way back.
    await until(async () => Object.keys(await queues.counts()).length > 0 && !queues.isAway);
    await queues.close();
    await proxy.close();
  });

  it('closes while Redis is away, although it answers no more', async () => {
    const proxy = await createTcpProxy(realUrl);
    const queues = await open({ redisUrl: proxy.url, prefix: `t-${randomUUID()}`, timeoutMs: 500 });
    queues.consume('timers', async () => undefined, { concurrency: 1 });
    await queues.start();
    await proxy.cut();
    await queues.close();
  });
});
