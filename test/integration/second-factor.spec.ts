import { createHash, randomBytes } from 'node:crypto';
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
    const letters = codes.map((code) => code.replace('-', ''));
    const quick = [...codes, ...letters].map((code) => createHash('sha256').update(code).digest('hex'));
    for (const { code_hash } of kept) {
      expect(codes.some((code) => code_hash.toString('latin1').includes(code))).toBe(false);
      // Nor as a hash anybody could try fifty bits on.
      expect(quick).not.toContain(code_hash.toString('hex'));
    }
  });

  it('has new recovery codes for who gives password and code, and those of before open nothing', async () => {
    const renew = (currentPassword: string, code: string) =>
      ask('me/second-factor/recovery-codes', { currentPassword, code });
    expect(await renew('không phải', shown())).toMatchObject(problem(401, 'SIGN_IN_FAILED'));
    expect(await renew(demoPassword, '000000')).toMatchObject(problem(401, 'SECOND_FACTOR_WRONG'));
    const old = codes;
    const renewed = await renew(demoPassword, shown());
    expect(renewed.status).toBe(200);
    codes = renewed.body.codes;
    expect((await ask('me/second-factor')).body.codesLeft).toBe(10);
    expect(await enter(old[5])).toMatchObject(problem(401, 'SECOND_FACTOR_WRONG'));
    expect((await enter(codes[0])).status).toBe(201);
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
    expect(actions.sort()).toEqual(['codesRenewed', 'enabled', 'enabled', 'removed', 'removed']);
  });
});

describe('a second factor that some have to have', () => {
  let strict: ApiUnderTest;
  beforeAll(async () => {
    const env = { DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`, SECOND_FACTOR_FOR: 'leader,administrator' };
    strict = await startApi({ wallClock, env });
  });
  afterAll(() => strict.stop());
  const get = (path: string, who: string) => send(strict, `/api/v1/${path}`, { cookie: who });
  const post = (path: string, who: string, body: object) => send(strict, `/api/v1/${path}`, { cookie: who, body });

  it('lets them in to set it up and to nothing else, and asks nobody whose roles do not need it', async () => {
    const officer = await signIn(strict, 'chuyenvien.skhdt');
    expect((await get('inbox', officer)).status).toBe(200);
    const leader = await signIn(strict, mailbox);
    expect((await get('me', leader)).body).toMatchObject({ awaits: 'secondFactorSetUp' });
    const needed = problem(403, 'SECOND_FACTOR_SET_UP_REQUIRED');
    for (const path of ['inbox', 'cases', 'session/list', 'people', 'me/data', 'inbox/stream'])
      expect(await get(path, leader)).toMatchObject(needed);
    expect(await post('session/password', leader, {})).toMatchObject(needed);
    const begun = await post('me/second-factor', leader, { currentPassword: demoPassword });
    uri = begun.body.uri;
    expect((await post('me/second-factor/confirm', leader, { code: shown() })).status).toBe(200);
    expect((await get('inbox', leader)).status).toBe(200);
    expect((await get('me', leader)).body).toMatchObject({ awaits: null });
  });

  it('is asked of who comes to need it while signed in, at the next request, and no longer than it is needed', async () => {
    const officer = await signIn(strict, 'chuyenvien.skhdt');
    const stranger = await signIn(strict, 'chuyenvien.stc');
    expect((await get('inbox', officer)).status).toBe(200);
    await strict.database.dataSource.query(
      `insert into role_assignments (id, person_id, organisation_id, role, valid_from)
       select gen_random_uuid(), r.person_id, r.organisation_id, 'leader', '2020-01-01' from role_assignments r
       join people p on p.id = r.person_id where p.email like 'chuyenvien.skhdt@%'`,
    );
    expect(await get('inbox', officer)).toMatchObject(problem(403, 'SECOND_FACTOR_SET_UP_REQUIRED'));
    expect((await get('me', officer)).body).toMatchObject({ awaits: 'secondFactorSetUp' });
    expect((await get('inbox', stranger)).status).toBe(200);
    await strict.database.dataSource.query(
      `delete from role_assignments r using people p where p.id = r.person_id and p.email like 'chuyenvien.skhdt@%' and r.role = 'leader'`,
    );
    expect((await get('inbox', officer)).status).toBe(200);
  });

  it('is asked again of who takes it away', async () => {
    const administrator = await signIn(strict, 'quantri.sngv');
    const begun = await post('me/second-factor', administrator, { currentPassword: demoPassword });
    uri = begun.body.uri;
    await post('me/second-factor/confirm', administrator, { code: shown() });
    expect((await get('people', administrator)).status).toBe(200);
    later(30);
    const removed = { currentPassword: demoPassword, code: shown() };
    expect((await post('me/second-factor/remove', administrator, removed)).status).toBe(204);
    expect(await get('people', administrator)).toMatchObject(problem(403, 'SECOND_FACTOR_SET_UP_REQUIRED'));
  });

  it('is asked of a substitute of such a person, on the days they stand in', async () => {
    const rows = await strict.database.dataSource.query(
      `select email, id from people where email like 'giamdoc.sngv@%' or email like 'thamdinh.sngv@%' order by email`,
    );
    const [absent, substitute] = rows.map(({ id }: { id: string }) => id);
    await strict.database.dataSource.query(
      `insert into substitutions (id, province_id, person_id, substitute_id, first_day, last_day, created_at, created_by_id)
       values (gen_random_uuid(), $3, $1, $2, current_date - 2, current_date + 2, now(), $1)`,
      [absent, substitute, strict.provinceId],
    );
    expect((await get('me', await signIn(strict, 'thamdinh.sngv'))).body).toMatchObject({
      awaits: 'secondFactorSetUp',
    });
  });
});
