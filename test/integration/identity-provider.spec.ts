import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type TOTP, URI } from 'otpauth';
import { systemClock } from '#libs/calendar';
import {
  hearLogouts,
  type Jar,
  type LogoutsHeard,
  type LyingProvider,
  type ProviderUnderTest,
  signInThere,
  signOutThere,
  startLyingProvider,
  startProvider,
} from '../support/identity-provider.js';
import { type Answer, type ApiUnderTest, demoPassword, send, signIn, startApi } from './api-under-test.js';

const publicUrl = 'https://doan-ra.tuyenquang.example';
const clientSecret = 'only-for-this-trial';
const account = (mailbox: string, email_verified = true) => ({
  email: `${mailbox}@tuyenquang.example`,
  email_verified,
});
let provider: ProviderUnderTest;
let logouts: LogoutsHeard;
let api: ApiUnderTest;

beforeAll(async () => {
  logouts = await hearLogouts();
  provider = await startProvider({
    logoutUri: logouts.uri,
    redirectUri: `${publicUrl}/api/v1/sign-in/callback`,
    afterSignOutUri: `${publicUrl}/`,
    clientSecret,
    accounts: {
      'cb-001': { email: 'GiamDoc.SKHDT@tuyenquang.example', email_verified: true },
      'cb-002': account('giamdoc.skhdt'),
      'cb-003': account('giamdoc.stc', false),
      'cb-004': account('nguoi.la'),
      'cb-005': account('thamdinh.cat'),
    },
  });
  api = await startWith(provider, { OIDC_CLIENT_SECRET: clientSecret, LOCAL_SIGN_IN: 'off' });
});
afterAll(async () => {
  await api.stop();
  await provider.stop();
  await logouts.stop();
});

const startWith = ({ issuer }: ProviderUnderTest, env: Record<string, string> = {}) =>
  startApi({
    env: { PUBLIC_URL: publicUrl, OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'thong-hanh', OIDC_NAME: 'Một cửa', ...env },
  });
const cookieIn = (answer: Answer, name: string) =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(';', 1)[0] ?? '')
    .find((pair) => pair.startsWith(`${name}=`) && pair.length > name.length + 1);
const begin = async (to = '/', at = api) => {
  const answer = await send(at, '/api/v1/sign-in/provider', { body: { to } });
  return { url: String(answer.body.url), cookie: cookieIn(answer, '__Host-th_sign_in') ?? '', answer };
};
/** The browser comes back; fetch must not follow to the page itself. */
const comeBack = async (
  url: URL,
  cookie: string,
  at = api,
): Promise<{ to: string | null; session: string | undefined }> => {
  const answer = await fetch(`${at.url}${url.pathname}${url.search}`, { headers: { cookie }, redirect: 'manual' });
  expect(answer.status).toBe(303);
  return { to: answer.headers.get('location'), session: cookieIn(answer as never, '__Host-th_session') };
};
const enter = async (login: string, to = '/', { at, jar }: { at?: ApiUnderTest; jar?: Jar } = {}) => {
  const { url, cookie } = await begin(to, at);
  return comeBack(await signInThere(url, login, jar), cookie, at);
};
const refused = (code: string) => ({ to: `/?problem=${code}`, session: undefined });
const rows = (sql: string) => api.database.dataSource.query(sql);

describe('signing in with the account of the province', () => {
  it('is offered, and asks the provider by code with PKCE, state and nonce', async () => {
    const ways = await send(api, '/api/v1/sign-in/ways');
    expect(ways.body).toEqual({ local: false, provider: { name: 'Một cửa' } });
    const { url, answer } = await begin();
    const { searchParams, origin } = new URL(url);
    expect(origin).toBe(provider.issuer);
    expect(Object.fromEntries(searchParams)).toMatchObject({
      response_type: 'code',
      client_id: 'thong-hanh',
      redirect_uri: `${publicUrl}/api/v1/sign-in/callback`,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^__Host-th_sign_in=.*Path=\/; .*HttpOnly; Secure; SameSite=Lax/);
  });

  it('finds the person by a verified address, then by the account, and leads back to where they were going', async () => {
    const first = await enter('cb-001', '/cases/6f1c7a3e-0000-4000-8000-000000000001?tab=2');
    expect(first.to).toBe('/cases/6f1c7a3e-0000-4000-8000-000000000001?tab=2');
    const who = await send(api, '/api/v1/me', { cookie: first.session ?? '' });
    expect(who.body).toMatchObject({ email: 'giamdoc.skhdt@tuyenquang.example', byProvider: true });
    expect(who.body.roles).toContainEqual(expect.objectContaining({ role: 'unitHead', organisationCode: 'SKHDT' }));
    await rows(
      `update people set email = 'ten.moi@tuyenquang.example' where email = 'giamdoc.skhdt@tuyenquang.example'`,
    );
    const second = await enter('cb-001');
    expect((await send(api, '/api/v1/me', { cookie: second.session ?? '' })).body.email).toBe(
      'ten.moi@tuyenquang.example',
    );
    await rows(`update people set email = 'giamdoc.skhdt@tuyenquang.example' where email like 'ten.moi@%'`);
    const links = await rows(`select action from audit_records where action like 'providerAccount%'`);
    expect(links).toEqual([{ action: 'providerAccount.linked' }]);
  });

  it('opens nothing of a former owner for whoever has the address now, until an administrator unlinks', async () => {
    expect(await enter('cb-002')).toEqual(refused('PROVIDER_ACCOUNT_UNKNOWN'));
  });

  it('takes no address the provider has not verified, nobody unknown and no closed account', async () => {
    expect(await enter('cb-003')).toEqual(refused('PROVIDER_ACCOUNT_UNKNOWN'));
    expect(await enter('cb-004')).toEqual(refused('PROVIDER_ACCOUNT_UNKNOWN'));
    await rows(`update people set active = false where email like 'thamdinh.cat@%'`);
    expect(await enter('cb-005')).toEqual(refused('PROVIDER_ACCOUNT_UNKNOWN'));
  });

  it('leads to a page of this site only', async () => {
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', '/..//evil.example'])
      expect((await enter('cb-001', to)).to).toBe('/');
  });

  it('signs out here, and shows the way out at the provider', async () => {
    const { session = '' } = await enter('cb-001');
    expect((await send(api, '/api/v1/session', { method: 'DELETE', cookie: session })).status).toBe(204);
    expect((await send(api, '/api/v1/me', { cookie: session })).status).toBe(401);
    const out = await fetch(`${api.url}/api/v1/sign-in/sign-out`, { redirect: 'manual' });
    const to = new URL(out.headers.get('location') ?? '');
    expect([to.origin, to.searchParams.get('post_logout_redirect_uri')]).toEqual([provider.issuer, `${publicUrl}/`]);
    expect((await fetch(to, { redirect: 'manual' })).status).toBe(200);
  });
});

describe('signing out at the provider', () => {
  const tell = (form: string, at = api) =>
    fetch(`${at.url}/api/v1/sign-in/back-channel-logout`, {
      method: 'POST',
      body: form,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  const statusOf = async (cookie: string | undefined, at = api) =>
    (await send(at, '/api/v1/me', { cookie: cookie ?? '' })).status;

  it('ends the session that was opened by that browser there, and no other one, without a browser', async () => {
    const [here, elsewhere] = [new Map<string, string>(), new Map<string, string>()];
    const { session } = await enter('cb-001', '/', { jar: here });
    const { session: other } = await enter('cb-001', '/', { jar: elsewhere });
    const out = await fetch(`${api.url}/api/v1/sign-in/sign-out`, { redirect: 'manual' });
    await signOutThere(out.headers.get('location') ?? '', here);
    const form = await logouts.next();
    expect(await statusOf(session)).toBe(200);
    expect((await tell(form)).status).toBe(200);
    expect([await statusOf(session), await statusOf(other)]).toEqual([401, 200]);
    const [record] = await rows(`select details from audit_records where action = 'sessions.endedByProvider'`);
    expect(record.details).toEqual({ count: 1 });
  });

  it('is told by nobody else: a token that is not one, unsigned, or sent as another form ends nothing', async () => {
    const { session } = await enter('cb-001');
    const unsigned = [{ alg: 'none' }, { iss: provider.issuer, aud: 'thong-hanh', sub: 'cb-001' }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    for (const form of ['', 'logout_token=', 'logout_token=x.y.z', `logout_token=${unsigned}.`, 'x=1'])
      expect((await tell(form)).status).toBe(400);
    expect(await statusOf(session)).toBe(200);
  });
});

describe('our second factor after the provider', () => {
  let own: ApiUnderTest;
  beforeAll(async () => {
    const DATA_KEYS = `k1:${randomBytes(32).toString('base64')}`;
    const settings = { OIDC_CLIENT_SECRET: clientSecret, SECOND_FACTOR_FOR: 'unitHead', DATA_KEYS };
    own = await startWith(provider, { ...settings, PROVIDER_SECOND_FACTOR: 'own' });
  });
  afterAll(() => own.stop());

  it('is set up and then asked for when the configuration says so, and a fresh sign-in stands for the password', async () => {
    const first = (await enter('cb-001', '/', { at: own })).session ?? '';
    const ask = (cookie: string, path: string, body?: object) =>
      send(own, `/api/v1/${path}`, { cookie, ...(body && { body }) });
    expect((await ask(first, 'me')).body).toMatchObject({ awaits: 'secondFactorSetUp', byProvider: true });
    expect((await ask(first, 'inbox')).body.code).toBe('SECOND_FACTOR_SET_UP_REQUIRED');
    const begun = await ask(first, 'me/second-factor', {});
    const application = URI.parse(begun.body.uri) as TOTP;
    const { codes } = (await ask(first, 'me/second-factor/confirm', { code: application.generate() })).body;
    expect((await ask(first, 'inbox')).status).toBe(200);

    const second = (await enter('cb-001', '/', { at: own })).session ?? '';
    expect((await ask(second, 'me')).body).toMatchObject({ awaits: 'secondFactorCode' });
    expect((await ask(second, 'inbox')).body.code).toBe('SECOND_FACTOR_REQUIRED');
    expect((await ask(second, 'me/second-factor')).body.code).toBe('SECOND_FACTOR_REQUIRED');
    expect((await ask(second, 'session/second-factor', { code: '000000' })).body.code).toBe('SECOND_FACTOR_WRONG');
    expect((await ask(second, 'inbox')).status).toBe(401);
    expect((await ask(second, 'session/second-factor', { code: codes[0] })).status).toBe(204);
    expect((await ask(second, 'inbox')).status).toBe(200);

    const sessions = (await ask(second, 'session/list')).body.items as { id: string; current: boolean }[];
    const other = sessions.find(({ current }) => !current);
    await own.database.dataSource.query(`update sessions set created_at = created_at - interval '16 minutes'`);
    expect((await ask(second, `sessions/${other?.id}/end`, {})).body.code).toBe('SIGN_IN_AGAIN');
    await own.database.dataSource.query(`update sessions set created_at = created_at + interval '16 minutes'`);
    expect((await ask(second, `sessions/${other?.id}/end`, {})).status).toBe(204);
  });
});

describe('an answer that is not the one asked for', () => {
  it('is refused from another browser, with another state, a second time, and without a code', async () => {
    const { url, cookie } = await begin();
    const back = await signInThere(url, 'cb-001');
    expect(await comeBack(back, '')).toEqual(refused('PROVIDER_ANSWER_INVALID'));
    expect(await comeBack(back, (await begin()).cookie)).toEqual(refused('PROVIDER_ANSWER_INVALID'));
    expect((await comeBack(back, cookie)).session).toBeDefined();
    expect(await comeBack(back, cookie)).toEqual(refused('PROVIDER_ANSWER_INVALID'));
    const other = await begin();
    const stolen = await signInThere(other.url, 'cb-001');
    stolen.searchParams.set('state', 'a'.repeat(43));
    expect(await comeBack(stolen, other.cookie)).toEqual(refused('PROVIDER_ANSWER_INVALID'));
    const bare = new URL(`${publicUrl}/api/v1/sign-in/callback`);
    expect(await comeBack(bare, (await begin()).cookie)).toEqual(refused('PROVIDER_ANSWER_INVALID'));
  });

  it('is told apart when the person stopped at the provider', async () => {
    const { url, cookie } = await begin();
    const state = new URL(url).searchParams.get('state');
    const back = new URL(
      `${publicUrl}/api/v1/sign-in/callback?error=access_denied&state=${state}&iss=${provider.issuer}`,
    );
    expect(await comeBack(back, cookie)).toEqual(refused('PROVIDER_REFUSED'));
  });

  it('keeps the way there under a hash only, and forgets it after ten minutes', async () => {
    const { url, cookie } = await begin();
    const found = await rows('select token_hash from provider_sign_ins');
    expect(found.map((row: { token_hash: Buffer }) => row.token_hash.toString('base64url'))).not.toContain(
      cookie.split('=')[1],
    );
    await rows(`update provider_sign_ins set expires_at = expires_at - interval '11 minutes'`);
    expect(await comeBack(await signInThere(url, 'cb-001'), cookie)).toEqual(refused('PROVIDER_ANSWER_INVALID'));
  });
});

describe('without passwords of its own', () => {
  it('refuses every way a password could be used or set', async () => {
    const off = { status: 403, body: { code: 'LOCAL_SIGN_IN_OFF' } };
    await expect(signIn(api, 'giamdoc.stc')).rejects.toThrow('403 LOCAL_SIGN_IN_OFF');
    expect(
      await send(api, '/api/v1/password-reset', { body: { email: 'giamdoc.stc@tuyenquang.example' } }),
    ).toMatchObject(off);
    const link = { token: 'a'.repeat(43), newPassword: 'mật khẩu do chính tôi đặt' };
    expect(await send(api, '/api/v1/account-link', { body: link })).toMatchObject(off);
    const { session: cookie = '' } = await enter('cb-001');
    const change = { currentPassword: demoPassword, newPassword: 'mật khẩu do chính tôi đặt' };
    expect(await send(api, '/api/v1/session/password', { body: change, cookie })).toMatchObject(off);
  });
});

describe('a provider that lies', () => {
  let lying: LyingProvider;
  let house: ApiUnderTest;
  beforeAll(async () => {
    lying = await startLyingProvider();
    house = await startWith(lying);
  });
  beforeEach(() => {
    lying.lie = (honest) => honest;
    lying.signsWithOtherKey = false;
  });
  afterAll(async () => {
    await house.stop();
    await lying.stop();
  });

  const visit = async () => {
    const { url, cookie } = await begin('/', house);
    const asked = new URL(url).searchParams;
    lying.nonce = asked.get('nonce') ?? '';
    return comeBack(new URL(`${publicUrl}/api/v1/sign-in/callback?code=c&state=${asked.get('state')}`), cookie, house);
  };

  it('is believed when it does not: then only the person is unknown', async () => {
    expect(await visit()).toEqual(refused('PROVIDER_ACCOUNT_UNKNOWN'));
  });

  it.each<[string, Record<string, unknown>]>([
    ['another nonce', { nonce: 'x' }],
    ['no nonce', { nonce: undefined }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'somebody-else' }],
    ['a time that is over', { iat: 1_600_000_000, exp: 1_600_000_300 }],
    ['no end', { exp: undefined }],
  ])('is refused with %s', async (_, changed) => {
    lying.lie = (honest) => ({ ...honest, ...changed });
    expect(await visit()).toEqual(refused('PROVIDER_ANSWER_INVALID'));
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['nothing wrong', {}, 200],
    ['the session alone', { sub: undefined }, 200],
    ['nobody named', { sub: undefined, sid: undefined }, 400],
    ['a nonce, as an ID token has', { nonce: 'x' }, 400],
    ['no event', { events: undefined }, 400],
    ['another event', { events: { 'https://evil.example': {} } }, 400],
    ['another issuer', { iss: 'https://evil.example' }, 400],
    ['another audience', { aud: 'somebody-else' }, 400],
    ['no name of its own', { jti: undefined }, 400],
    ['an old date', { iat: 1_600_000_000 }, 400],
  ])('tells of a sign-out with %s', async (_, changed, status) => {
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const iat = Math.floor(systemClock.now().getTime() / 1000);
    const honest = { iss: lying.issuer, aud: 'thong-hanh', sub: 'cb-009', sid: 's', iat, jti: 'j', events };
    const post = () =>
      fetch(`${house.url}/api/v1/sign-in/back-channel-logout`, {
        method: 'POST',
        body: new URLSearchParams({ logout_token: lying.sign({ ...honest, ...changed }) }),
      });
    expect((await post()).status).toBe(status);
    lying.signsWithOtherKey = true;
    expect((await post()).status).toBe(400);
  });

  it('is refused with a signature of a key it does not publish', async () => {
    lying.signsWithOtherKey = true;
    expect(await visit()).toEqual(refused('PROVIDER_ANSWER_INVALID'));
  });

  it('that is gone stops nobody from using a password', async () => {
    const gone = await startWith({ issuer: 'http://127.0.0.1:9', stop: async () => undefined });
    expect(await send(gone, '/api/v1/sign-in/provider', { body: { to: '/' } })).toMatchObject({
      status: 503,
      body: { code: 'PROVIDER_UNREACHABLE' },
    });
    await signIn(gone, 'giamdoc.stc');
    await gone.stop();
  });
});
