import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiScope, apiScopes } from '#contracts/api-token.js';
import { createManualClock } from '#libs/calendar';
import { type Answer, type ApiUnderTest, send, signIn, startApi } from '../integration/api-under-test.js';
import { DelegationHouse } from '../integration/delegation-house.js';
import { routesOf } from './matrix-house.js';

const clock = createManualClock(new Date('2023-01-09T01:00:00Z'));
const some = '0b7c9a52-4f0e-4c55-8c3a-2d1f5a8b9c0d';
/** By hand and not out of the decorators: a route that opens to systems without a line here makes the test go red. */
const opened: Readonly<Record<string, ApiScope>> = {
  'GET /api/v1/cases': 'cases:read',
  'GET /api/v1/cases/:id': 'cases:read',
  'GET /api/v1/cases/:id/events': 'cases:read',
  'GET /api/v1/cases/:id/timers': 'cases:read',
  'GET /api/v1/cases/:id/story': 'cases:read',
  'GET /api/v1/abroad': 'cases:read',
  'GET /api/v1/plans': 'plans:read',
  'GET /api/v1/plans/:id/items': 'plans:read',
  'GET /api/v1/plan-items/:id': 'plans:read',
  'GET /api/v1/statistics': 'reports:read',
  'GET /api/v1/plans/:id/actuals': 'reports:read',
  'GET /api/v1/reports/periodic': 'reports:read',
  'GET /api/v1/reports/periodic/trips': 'reports:read',
  'GET /api/v1/reports/periodic/file.:format': 'reports:read',
  'GET /api/v1/organisations': 'organisations:read',
  'GET /api/v1/organisations/:id': 'organisations:read',
  'GET /api/v1/people': 'organisations:read',
  'GET /api/v1/operations/audit/records': 'audit:read',
};
let api: ApiUnderTest;
let administrator: string;
let caseId: string;

beforeAll(async () => {
  api = await startApi({
    clock,
    wallClock: clock,
    env: { METRICS_TOKEN: 'a token of the settings', RATE_LIMIT_ACCOUNT: '0', RATE_LIMIT_ADDRESS: '0' },
  });
  administrator = await signIn(api, 'quantri.sngv');
  caseId = await DelegationHouse.on(api, clock).open();
});
afterAll(() => api.stop());

const create = async (scopes: readonly ApiScope[], days = 30): Promise<{ id: string; token: string }> => {
  const body = { name: 'Trục liên thông', scopes, days };
  const answer = await send(api, '/api/v1/api-tokens', { cookie: administrator, body });
  expect(answer.status).toBe(201);
  return answer.body;
};
const ask = (token: string, path: string, method = 'GET'): Promise<Answer> =>
  send(api, path, { method, headers: { authorization: `Bearer ${token}` } });
const pathOf = (route: string) =>
  (route.split(' ')[1] ?? '')
    .replace('/cases/:id', `/cases/${caseId}`)
    .replace(':format', 'xlsx')
    .replaceAll(/:\w+/g, some);

describe('a token of a system', () => {
  it('opens exactly the routes of its scopes, and every other one is closed to it', async () => {
    const all = await create(apiScopes);
    const routes = routesOf(api).filter((route) => route.includes('/api/v1/'));
    const open_: string[] = [];
    const lookAt = async (route: string) => {
      const method = route.split(' ', 1)[0];
      const isPublic = (await send(api, pathOf(route), { method })).status !== 401;
      const answer = await ask(all.token, pathOf(route), method);
      if (!isPublic && (answer.status !== 403 || answer.body.code !== 'FORBIDDEN')) open_.push(route);
    };
    for (let from = 0; from < routes.length; from += 10) await Promise.all(routes.slice(from, from + 10).map(lookAt));
    expect(open_.sort()).toEqual(Object.keys(opened).sort());
    expect(routes.length).toBeGreaterThan(100);
  });

  it.each(apiScopes)('with %s alone opens no route of another scope', async (scope) => {
    const { token } = await create([scope]);
    for (const [route, needed] of Object.entries(opened)) {
      const { status } = await ask(token, pathOf(route));
      expect([route, status === 403]).toEqual([route, needed !== scope]);
    }
    expect((await ask(token, '/metrics')).status).toBe(scope === 'metrics:read' ? 200 : 404);
  });

  it('reads what an inspector reads, and nothing of another province', async () => {
    const { token } = await create(['cases:read']);
    const seen = await ask(token, `/api/v1/cases/${caseId}`);
    expect(seen.status).toBe(200);
    expect(seen.body.availableEvents).toEqual([]);
    expect((await ask(token, '/api/v1/cases')).body.items.map((one: { id: string }) => one.id)).toEqual([caseId]);
    await api.database.dataSource.query(`insert into provinces (id, code, name) values ($1, 'XX', 'Khác')`, [some]);
    await api.database.dataSource.query(`update api_tokens set province_id = $1 where token_hash = sha256($2)`, [
      some,
      Buffer.from(token),
    ]);
    expect((await ask(token, `/api/v1/cases/${caseId}`)).status).toBe(404);
    expect((await ask(token, '/api/v1/cases')).body.items).toEqual([]);
  });

  it('is shown once, kept as a hash, listed without itself, and ends when revoked or over', async () => {
    const { id, token } = await create(['plans:read'], 2);
    expect(token).toMatch(/^tht_[\w-]{43}$/);
    const [row] = await api.database.dataSource.query('select t::text as text from api_tokens t where id = $1', [id]);
    expect(row.text).not.toContain(token);
    const plans = () => ask(token, '/api/v1/plans').then(({ status }) => status);
    expect(await plans()).toBe(200);
    const list = await send(api, '/api/v1/api-tokens', { cookie: await signIn(api, 'thanhtra.sngv') });
    expect(list.body.items.find((one: { id: string }) => one.id === id)).toMatchObject({
      scopes: ['plans:read'],
      lastUsedAt: expect.any(String),
      revokedAt: null,
    });
    expect(JSON.stringify(list.body)).not.toContain('tht_');
    clock.set(new Date(clock.now().getTime() + 2 * 86_400_000));
    expect(await plans()).toBe(401);
    administrator = await signIn(api, 'quantri.sngv');
    const other = await create(['plans:read']);
    expect(
      (await send(api, `/api/v1/api-tokens/${other.id}`, { cookie: administrator, method: 'DELETE' })).status,
    ).toBe(204);
    expect((await ask(other.token, '/api/v1/plans')).status).toBe(401);
    const actions = await api.database.dataSource.query(
      `select action, principal_id is not null as named from audit_records where subject_id = $1 order by at, action`,
      [other.id],
    );
    expect(actions).toEqual([
      { action: 'apiToken.created', named: true },
      { action: 'apiToken.revoked', named: true },
    ]);
  });

  it('is not longer than a year, and never made by who does not administer', async () => {
    const body = { name: 'Mãi mãi', scopes: ['cases:read'], days: 367 };
    expect((await send(api, '/api/v1/api-tokens', { cookie: administrator, body })).status).toBe(400);
    const cookie = await signIn(api, 'giamdoc.sngv');
    expect((await send(api, '/api/v1/api-tokens', { cookie, body: { ...body, days: 3 } })).status).toBe(403);
    expect((await send(api, '/api/v1/api-tokens', { cookie })).status).toBe(403);
  });
});
