import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createApi } from '#apps/api/src/create-api.js';
import { createManualClock } from '#libs/calendar';
import { loadConfig } from '#libs/config';
import { purgeSignIn } from '#libs/organisation';
import { createUnitOfWork } from '#libs/persistence';
import { type ApiUnderTest, demoPassword, send, signIn, startApi } from './api-under-test.js';

const start = new Date('2026-01-12T02:00:00Z');
const wallClock = createManualClock(start);
const email = 'giamdoc.sngv@tuyenquang.example';
let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi({ wallClock });
});
afterAll(() => api.stop());

describe('signing in', () => {
  it('sets a cookie that scripts cannot read and answers who it is', async () => {
    const answer = await send(api, '/api/v1/session', {
      body: { email: ` ${email.toUpperCase()}`, password: demoPassword },
    });
    expect(answer.status).toBe(201);
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^th_session=[\w-]{43}; /);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    expect(cookie).toContain('Path=/');
    expect(cookie).not.toContain('Secure');
    expect(answer.body).toMatchObject({ email, province: { code: 'TQ' }, language: 'vi' });
    expect(answer.body.roles).toContainEqual(
      expect.objectContaining({ role: 'leader', organisationCode: 'SNGV', organisationName: 'Sở Ngoại vụ' }),
    );
    expect(JSON.stringify(answer.body)).not.toContain('argon2');
  });

  it('keeps only the hash of the token', async () => {
    const cookie = await signIn(api, 'giamdoc.sngv');
    const rows = await api.database.dataSource.query('select token_hash from sessions');
    const token = cookie.split('=')[1] ?? '';
    for (const { token_hash } of rows as { token_hash: Buffer }[]) {
      expect(token_hash).toHaveLength(32);
      expect(token_hash.toString('utf8')).not.toContain(token);
      expect(token_hash.toString('base64url')).not.toBe(token);
    }
  });

  it('answers a wrong password and an unknown account alike, in the same time', async () => {
    const attempt = async (account: string) => {
      const before = process.hrtime.bigint();
      const { status, body } = await send(api, '/api/v1/session', {
        body: { email: account, password: 'sai mật khẩu' },
      });
      const { requestId: _, ...said } = body;
      return { status, body: said, ms: Number(process.hrtime.bigint() - before) / 1e6 };
    };
    const rounds: Awaited<ReturnType<typeof attempt>>[][] = [];
    // In turn, so that both meet the same load.
    for (let round = 0; round < 6; round += 1)
      rounds.push([await attempt('vanthu.vpubnd@tuyenquang.example'), await attempt('khong.co@tuyenquang.example')]);
    const quickest = (which: 0 | 1) => ({
      ...rounds[0]![which]!,
      // What else the machine does only makes an answer later.
      ms: Math.min(...rounds.map((round) => round[which]!.ms)),
    });
    const [known, unknown] = [quickest(0), quickest(1)];
    expect(known.status).toBe(401);
    expect(known.body).toMatchObject({ code: 'SIGN_IN_FAILED' });
    expect(unknown.body).toEqual(known.body);
    // Argon2 takes tens of milliseconds; skipping it would make the unknown account at least five times faster.
    expect(unknown.ms).toBeGreaterThan(known.ms / 4);
    expect(unknown.ms).toBeLessThan(known.ms * 4);
  });

  it('does not let a closed account in', async () => {
    await api.database.dataSource.query(`update people set active = false where email like 'thamdinh.cat@%'`);
    await expect(signIn(api, 'thamdinh.cat')).rejects.toThrow('401 SIGN_IN_FAILED');
  });

  it('refuses a password longer than the limit instead of cutting it', async () => {
    const answer = await send(api, '/api/v1/session', { body: { email, password: 'a'.repeat(257) } });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]).toMatchObject({ path: 'password', detail: 'Nhiều nhất 256 ký tự.' });
  });

  it('stops guessing at one account without locking anybody else out', async () => {
    const guess = () =>
      send(api, '/api/v1/session', { body: { email: 'giamdoc.stc@tuyenquang.example', password: 'đoán' } });
    const answers = await Promise.all(Array.from({ length: 14 }, guess));
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10);
    const stopped = answers.find((answer) => answer.status === 429);
    expect(stopped?.body.code).toBe('TOO_MANY_ATTEMPTS');
    expect(stopped?.headers.get('retry-after')).not.toBeNull();
    await signIn(api, 'giamdoc.skhdt');
    wallClock.set(new Date(start.getTime() + 16 * 60_000));
    await signIn(api, 'giamdoc.stc');
  });
});

describe('the limit of attempts', () => {
  const at = (address: string) => ({ 'x-forwarded-for': address });
  const guess = (account: string, address: string) =>
    send(behindProxy, '/api/v1/session', {
      body: { email: `${account}@tuyenquang.example`, password: 'đoán' },
      headers: at(address),
    });
  const enter = (account: string, address: string, base = behindProxy) =>
    send(base, '/api/v1/session', {
      body: { email: `${account}@tuyenquang.example`, password: demoPassword },
      headers: at(address),
    });
  let behindProxy: ApiUnderTest;
  beforeAll(async () => {
    behindProxy = await startApi({ wallClock, env: { TRUSTED_PROXIES: '1' } });
  });
  afterAll(() => behindProxy.stop());

  it('is one for all replicas', async () => {
    const config = loadConfig({ DATABASE_URL: behindProxy.database.url, LOG_LEVEL: 'silent', TRUSTED_PROXIES: '1' });
    const { dataSource } = behindProxy.database;
    const replica = await createApi(config, { wallClock, dataSource, logger: pino({ level: 'silent' }) });
    await replica.listen(0, '127.0.0.1');
    const other = {
      ...behindProxy,
      url: `http://127.0.0.1:${(replica.getHttpServer().address() as AddressInfo).port}`,
    };
    for (let i = 0; i < 10; i += 1) expect((await guess('giamdoc.stc', '10.0.0.1')).status).toBe(401);
    expect((await enter('giamdoc.stc', '10.0.0.1', other)).status).toBe(429);
    expect((await enter('giamdoc.stc', '10.0.0.2', other)).status).toBe(201);
    await replica.close();
  });

  it('does not lock a person out of the places they use, however many addresses guess at the account', async () => {
    expect((await enter('giamdoc.skhdt', '10.1.0.1')).status).toBe(201);
    for (let i = 0; i < 60; i += 1) await guess('giamdoc.skhdt', `10.2.0.${i}`);
    expect((await guess('giamdoc.skhdt', '10.2.1.1')).status).toBe(429);
    expect((await enter('giamdoc.skhdt', '10.2.1.2')).status).toBe(429);
    expect((await enter('giamdoc.skhdt', '10.1.0.1')).status).toBe(201);
    wallClock.set(new Date(wallClock.now().getTime() + 16 * 60_000));
    expect((await enter('giamdoc.skhdt', '10.2.1.2')).status).toBe(201);
  });

  it('stops an address that tries many accounts, and nobody else', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 101; i += 1) answers.push((await guess(`người.thứ.${i}`, '10.3.0.1')).status);
    expect([answers.lastIndexOf(401), answers.at(-1)]).toEqual([99, 429]);
    expect((await enter('vanthu.sngv', '10.3.0.1')).status).toBe(429);
    expect((await enter('vanthu.sngv', '10.3.0.2')).status).toBe(201);
  });

  it('keeps neither accounts nor addresses in its table', async () => {
    const rows = await behindProxy.database.dataSource.query('select * from sign_in_attempts');
    expect(rows.length).toBeGreaterThan(3);
    for (const { key } of rows) expect(key).toHaveLength(32);
  });
});

describe('a session', () => {
  it('is needed for every route that is not public', async () => {
    for (const path of ['/api/v1/me', '/api/v1/session', '/api/v1/organisations', '/api/v1/people']) {
      const answer = await send(api, path);
      expect([path, answer.status, answer.body.code]).toEqual([path, 401, 'UNAUTHENTICATED']);
    }
    expect((await send(api, '/api/v1/me', { cookie: `th_session=${'A'.repeat(43)}` })).status).toBe(401);
  });

  it('ends at once when signed out, and the token opens nothing afterwards', async () => {
    const cookie = await signIn(api, 'giamdoc.sngv');
    expect((await send(api, '/api/v1/me', { cookie })).status).toBe(200);
    const out = await send(api, '/api/v1/session', { method: 'DELETE', cookie });
    expect(out.status).toBe(204);
    expect(out.headers.getSetCookie()[0]).toMatch(/^th_session=;.*Expires=Thu, 01 Jan 1970/);
    expect(out.headers.get('clear-site-data')).toBe('"cache"');
    expect((await send(api, '/api/v1/me', { cookie })).body.code).toBe('UNAUTHENTICATED');
  });

  it('is listed, and can be ended from another one at once, with the password again', async () => {
    const mine = await signIn(api, 'thamdinh.sngv');
    const lost = await signIn(api, 'thamdinh.sngv');
    const { body } = await send(api, '/api/v1/session/list', { cookie: mine });
    expect(body.items).toHaveLength(2);
    const other = body.items.find((session: { current: boolean }) => !session.current);
    const end = (body: object) => send(api, `/api/v1/sessions/${other.id}/end`, { cookie: mine, body });
    for (const body of [{}, { currentPassword: 'không phải' }])
      expect((await end(body)).body.code).toBe('SIGN_IN_FAILED');
    expect((await send(api, '/api/v1/me', { cookie: lost })).status).toBe(200);
    expect((await end({ currentPassword: demoPassword })).status).toBe(204);
    expect((await send(api, '/api/v1/me', { cookie: lost })).status).toBe(401);
    expect((await send(api, '/api/v1/me', { cookie: mine })).status).toBe(200);
  });

  it('of somebody else is not found, and stays open', async () => {
    const theirs = await signIn(api, 'thamdinh2.sngv');
    const { body } = await send(api, '/api/v1/session/list', { cookie: theirs });
    const cookie = await signIn(api, 'giamdoc.sngv');
    const proof = { currentPassword: demoPassword };
    const answer = await send(api, `/api/v1/sessions/${body.items[0].id}/end`, { cookie, body: proof });
    expect(answer.status).toBe(404);
    expect((await send(api, '/api/v1/me', { cookie: theirs })).status).toBe(200);
  });

  it('of anybody in the province can be ended by an administrator alone, all at once and on record', async () => {
    const lost = [await signIn(api, 'chuyenvien.stc'), await signIn(api, 'chuyenvien.stc')];
    const [{ id }] = await api.database.dataSource.query(`select id from people where email like 'chuyenvien.stc@%'`);
    const end = async (who: string) =>
      (await send(api, `/api/v1/people/${id}/sessions`, { method: 'DELETE', cookie: await signIn(api, who) })).status;
    expect(await end('giamdoc.sngv')).toBe(403);
    for (const cookie of lost) expect((await send(api, '/api/v1/me', { cookie })).status).toBe(200);
    expect(await end('quantri.sngv')).toBe(204);
    for (const cookie of lost) expect((await send(api, '/api/v1/me', { cookie })).status).toBe(401);
    const records = await api.database.dataSource.query(
      `select subject_id as id, details from audit_records where action = 'sessions.ended'`,
    );
    expect(records).toEqual([{ id, details: { count: 2 } }]);
  });

  it('ends when its time is over', async () => {
    const now = wallClock.now();
    const cookie = await signIn(api, 'giamdoc.sngv');
    const answerAfter = async (ms: number) => {
      wallClock.set(new Date(now.getTime() + ms));
      return (await send(api, '/api/v1/me', { cookie })).status;
    };
    for (let hour = 1; hour < 12; hour += 1) expect(await answerAfter(hour * 3_600_000)).toBe(200);
    expect(await answerAfter(12 * 3_600_000 - 1)).toBe(200);
    expect(await answerAfter(12 * 3_600_000)).toBe(401);
  });

  it('ends when nobody used it for two hours, and is not listed any more', async () => {
    const now = wallClock.now();
    const cookie = await signIn(api, 'thamdinh.stc');
    wallClock.set(new Date(now.getTime() + 119 * 60_000));
    expect((await send(api, '/api/v1/me', { cookie })).status).toBe(200);
    wallClock.set(new Date(now.getTime() + 239 * 60_000));
    expect((await send(api, '/api/v1/me', { cookie })).status).toBe(401);
    const again = await signIn(api, 'thamdinh.stc');
    const { items } = (await send(api, '/api/v1/session/list', { cookie: again })).body;
    expect(items).toMatchObject([{ current: true, userAgent: 'node' }]);
  });

  it('leaves the table when it is long over, with old attempts and addresses', async () => {
    const unitOfWork = createUnitOfWork(api.database.dataSource);
    const tables = ['sessions', 'sign_in_places', 'sign_in_attempts'];
    const left = () =>
      Promise.all(tables.map(async (table) => (await api.database.dataSource.query(`select 1 from ${table}`)).length));
    const days = (n: number) => new Date(wallClock.now().getTime() + n * 86_400_000);
    await signIn(api, 'vanthu.sngv');
    const before = await left();
    await unitOfWork.run((tx) => purgeSignIn(tx, wallClock.now()));
    expect((await left()).slice(0, 2)).toEqual(before.slice(0, 2));
    await unitOfWork.run((tx) => purgeSignIn(tx, days(32)));
    expect(await left()).toEqual([0, before[1], 0]);
    await unitOfWork.run((tx) => purgeSignIn(tx, days(181)));
    expect(await left()).toEqual([0, 0, 0]);
  });

  it('ends when the account is closed', async () => {
    const cookie = await signIn(api, 'thamdinh.btctu');
    await api.database.dataSource.query(`update people set active = false where email like 'thamdinh.btctu@%'`);
    expect((await send(api, '/api/v1/me', { cookie })).status).toBe(401);
  });
});

describe('changing the password', () => {
  const change = (cookie: string, body: object) => send(api, '/api/v1/session/password', { cookie, body });

  it('needs the current one and ends every other session', async () => {
    const mine = await signIn(api, 'quantri.sngv');
    const other = await signIn(api, 'quantri.sngv');
    const newPassword = 'một mật khẩu khác';
    expect((await change(mine, { currentPassword: 'không phải', newPassword })).body.code).toBe('SIGN_IN_FAILED');
    expect((await change(mine, { currentPassword: demoPassword, newPassword: 'ngắn' })).status).toBe(400);
    expect((await change(mine, { currentPassword: demoPassword, newPassword })).status).toBe(204);
    expect((await send(api, '/api/v1/me', { cookie: mine })).status).toBe(200);
    expect((await send(api, '/api/v1/me', { cookie: other })).status).toBe(401);
    await expect(signIn(api, 'quantri.sngv')).rejects.toThrow('401');
    await signIn(api, 'quantri.sngv', newPassword.normalize('NFD'));
  });
});

describe('a request that changes something', () => {
  const body = { email, password: demoPassword };
  const withHeaders = (headers: Record<string, string>) => send(api, '/api/v1/session', { body, headers });

  it.each([
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://other.localhost' }],
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
  ])('is refused when a browser says it comes from elsewhere: %j', async (headers) => {
    const answer = await withHeaders(headers);
    expect([answer.status, answer.body.code]).toEqual([403, 'CROSS_SITE_REFUSED']);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('is accepted from our own page', async () => {
    expect((await withHeaders({ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:5173' })).status).toBe(201);
    expect((await withHeaders({ origin: api.url })).status).toBe(201);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded'])('is refused as a plain form: %s', async (type) => {
    const answer = await withHeaders({ 'content-type': type });
    expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
  });
});

describe('behind https', () => {
  it('marks the cookie Secure', async () => {
    const secure = await startApi({ env: { PUBLIC_URL: 'https://doan-ra.tuyenquang.example' } });
    try {
      const answer = await send(secure, '/api/v1/session', { body: { email, password: demoPassword } });
      expect(answer.headers.getSetCookie()[0]).toContain('Secure');
      expect(answer.headers.get('strict-transport-security')).toContain('max-age');
    } finally {
      await secure.stop();
    }
  });
});
