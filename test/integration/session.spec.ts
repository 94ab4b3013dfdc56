import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createManualClock } from '#libs/calendar';
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
      const times: number[] = [];
      let last = await send(api, '/api/v1/session', { body: { email: account, password: 'sai mật khẩu' } });
      for (let i = 0; i < 6; i += 1) {
        const before = process.hrtime.bigint();
        last = await send(api, '/api/v1/session', { body: { email: account, password: 'sai mật khẩu' } });
        times.push(Number(process.hrtime.bigint() - before) / 1e6);
      }
      const { requestId: _, ...body } = last.body;
      return { status: last.status, body, ms: times.sort((a, b) => a - b)[2] ?? 0 };
    };
    const known = await attempt('vanthu.vpubnd@tuyenquang.example');
    const unknown = await attempt('khong.co@tuyenquang.example');
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
    expect((await send(api, '/api/v1/me', { cookie })).body.code).toBe('UNAUTHENTICATED');
  });

  it('is listed, and can be ended from another one at once', async () => {
    const mine = await signIn(api, 'thamdinh.sngv');
    const lost = await signIn(api, 'thamdinh.sngv');
    const { body } = await send(api, '/api/v1/session/list', { cookie: mine });
    expect(body.items).toHaveLength(2);
    const other = body.items.find((session: { current: boolean }) => !session.current);
    expect((await send(api, `/api/v1/sessions/${other.id}`, { method: 'DELETE', cookie: mine })).status).toBe(204);
    expect((await send(api, '/api/v1/me', { cookie: lost })).status).toBe(401);
    expect((await send(api, '/api/v1/me', { cookie: mine })).status).toBe(200);
  });

  it('of somebody else is not found, and stays open', async () => {
    const theirs = await signIn(api, 'thamdinh2.sngv');
    const { body } = await send(api, '/api/v1/session/list', { cookie: theirs });
    const cookie = await signIn(api, 'giamdoc.sngv');
    const answer = await send(api, `/api/v1/sessions/${body.items[0].id}`, { method: 'DELETE', cookie });
    expect(answer.status).toBe(404);
    expect((await send(api, '/api/v1/me', { cookie: theirs })).status).toBe(200);
  });

  it('ends when its time is over', async () => {
    const now = wallClock.now();
    const cookie = await signIn(api, 'giamdoc.sngv');
    wallClock.set(new Date(now.getTime() + 12 * 3_600_000 - 1));
    expect((await send(api, '/api/v1/me', { cookie })).status).toBe(200);
    wallClock.set(new Date(now.getTime() + 12 * 3_600_000));
    expect((await send(api, '/api/v1/me', { cookie })).status).toBe(401);
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
