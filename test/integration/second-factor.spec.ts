import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TOTP, URI } from 'otpauth';
import { createManualClock } from '#libs/calendar';
import { type ApiUnderTest, demoPassword, send, signIn, startApi } from './api-under-test.js';

const wallClock = createManualClock(new Date('2026-01-12T02:00:00Z'));
const mailbox = 'giamdoc.sngv';
const email = `${mailbox}@tuyenquang.example`;
let api: ApiUnderTest;
let cookie: string;
let uri: string;
let codes: string[];

beforeAll(async () => {
  api = await startApi({ wallClock, env: { DATA_KEYS: `k1:${randomBytes(32).toString('base64')}` } });
  cookie = await signIn(api, mailbox);
});
afterAll(() => api.stop());

const later = (seconds: number) => wallClock.set(new Date(wallClock.now().getTime() + seconds * 1000));
/** What the application on the telephone shows, from nothing but the address it scanned. */
const shown = () => {
  const application = URI.parse(uri);
  if (!(application instanceof TOTP)) throw new Error('not a clock code');
  return application.generate({ timestamp: wallClock.now().getTime() });
};
const enter = (code?: string, address = '127.0.0.1') =>
  send(api, '/api/v1/session', {
    body: { email, password: demoPassword, ...(code !== undefined && { code }) },
    headers: { 'x-forwarded-for': address },
  });
const ask = (path: string, body?: object, method?: string) =>
  send(api, `/api/v1/${path}`, { cookie, ...(body && { body }), ...(method && { method }) });
const problem = (status: number, code: string) => ({ status, body: { code } });

describe('a second factor', () => {
  it('asks for nothing before its first code was shown', async () => {
    expect((await ask('me/second-factor', { currentPassword: 'không phải' })).body.code).toBe('SIGN_IN_FAILED');
    const begun = await ask('me/second-factor', { currentPassword: demoPassword });
    expect(begun).toMatchObject({ status: 201, body: { uri: expect.stringMatching(/^otpauth:\/\/totp\/.*SHA1/) } });
    uri = begun.body.uri;
    expect((await enter()).status).toBe(201);
    expect(await ask('me/second-factor/confirm', { code: '000000' })).toMatchObject(
      problem(401, 'SECOND_FACTOR_WRONG'),
    );
    expect((await enter()).status).toBe(201);
    const confirmed = await ask('me/second-factor/confirm', { code: shown() });
    expect(confirmed.status).toBe(200);
    codes = confirmed.body.codes;
    expect(new Set(codes).size).toBe(10);
    expect((await ask('me/second-factor')).body).toEqual({ enabled: true, codesLeft: 10 });
  });

  it('is asked for after the right password only, and opens once for each code', async () => {
    expect(await enter()).toMatchObject(problem(401, 'SECOND_FACTOR_REQUIRED'));
    const wrongPassword = await send(api, '/api/v1/session', { body: { email, password: 'sai', code: shown() } });
    expect(wrongPassword).toMatchObject(problem(401, 'SIGN_IN_FAILED'));
    // The code that confirmed it is used up.
    expect(await enter(shown())).toMatchObject(problem(401, 'SECOND_FACTOR_WRONG'));
    later(30);
    const code = shown();
    expect((await enter(code)).status).toBe(201);
    expect(await enter(code)).toMatchObject(problem(401, 'SECOND_FACTOR_WRONG'));
    later(60);
    expect((await enter(code)).status).toBe(401);
    const fresh = shown();
    const both = await Promise.all([enter(fresh), enter(fresh)]);
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 401]);
  });

  it('gives way to each recovery code once, however it is typed', async () => {
    const typed = ` ${codes[0]!.toUpperCase().replace('-', ' ')}`;
    expect((await enter(typed)).status).toBe(201);
    expect(await enter(codes[0])).toMatchObject(problem(401, 'SECOND_FACTOR_WRONG'));
    expect((await ask('me/second-factor')).body.codesLeft).toBe(9);
  });

  it('cannot be guessed for long', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1) statuses.push((await enter(String(i).padStart(6, '0'))).status);
    expect(statuses.at(-1)).toBe(429);
    later(16 * 60);
  });

  it('lies sealed in the database, and its codes as hashes', async () => {
    const [row] = await api.database.dataSource.query('select sealed_secret from second_factors');
    const secret = new URL(uri).searchParams.get('secret')!;
    expect(row.sealed_secret.toString('latin1')).not.toContain(secret);
    const kept = await api.database.dataSource.query('select code_hash from recovery_codes');
    for (const { code_hash } of kept)
      expect(codes.some((code) => code_hash.toString('latin1').includes(code))).toBe(false);
  });

  it('is taken away with password and code, or by an administrator, and each change is on record', async () => {
    cookie = (await enter(codes[1])).headers.getSetCookie()[0]!.split(';')[0]!;
    const remove = (code: string) => ask('me/second-factor/remove', { currentPassword: demoPassword, code });
    expect(await remove('123456')).toMatchObject(problem(401, 'SECOND_FACTOR_WRONG'));
    expect((await remove(codes[2]!)).status).toBe(204);
    expect((await enter()).status).toBe(201);
    const begun = await ask('me/second-factor', { currentPassword: demoPassword });
    uri = begun.body.uri;
    await ask('me/second-factor/confirm', { code: shown() });
    const [{ id }] = await api.database.dataSource.query('select id from people where email = $1', [email]);
    expect((await ask(`people/${id}/second-factor`, undefined, 'DELETE')).status).toBe(403);
    const administrator = await signIn(api, 'quantri.sngv');
    const path = `/api/v1/people/${id}/second-factor`;
    expect((await send(api, path, { method: 'DELETE', cookie: administrator })).status).toBe(204);
    expect((await send(api, path, { method: 'DELETE', cookie: administrator })).status).toBe(404);
    expect((await enter()).status).toBe(201);
    const rows = await api.database.dataSource.query(
      `select action from audit_records where subject_id = $1 and action like 'secondFactor.%' order by at, action`,
      [id],
    );
    const actions = rows.map((row: { action: string }) => row.action.split('.')[1]);
    expect(actions.sort()).toEqual(['enabled', 'enabled', 'removed', 'removed']);
  });
});
