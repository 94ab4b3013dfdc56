import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createManualClock, instantAt } from '#libs/calendar';
import { type ApiUnderTest, demoPassword, send, signIn, startApi } from './api-under-test.js';

const clock = createManualClock(instantAt('2023-03-01', '09:00'));
const today = '2023-03-01';
let api: ApiUnderTest;
let cookie: string;

beforeAll(async () => {
  api = await startApi({ clock });
  cookie = await signIn(api, 'quantri.sngv');
});
afterAll(() => api.stop());

const ask = (path: string, body?: unknown, method?: string) =>
  send(api, `/api/v1${path}`, { cookie, ...(body !== undefined && { body }), ...(method && { method }) });
const organisation = async (code: string): Promise<string> => {
  const { body } = await ask('/organisations');
  return body.items.find((one: { code: string }) => one.code === code).id;
};
const idOf = async (name: string): Promise<string> =>
  (await ask(`/people?search=${encodeURIComponent(name)}`)).body.items[0].id;

describe('an administrator keeps the organisations', () => {
  it('adds one, renames it from a day on, and ends it', async () => {
    const parentId = await organisation('UBND');
    const body = {
      code: 'SNNMT',
      kind: 'department',
      name: 'Sở Nông nghiệp',
      shortName: 'Sở NN',
      parentId,
      from: today,
    };
    const { status, body: made } = await ask('/organisations', body);
    expect(status).toBe(201);
    expect((await ask('/organisations', body)).body.code).toBe('DUPLICATE');
    const change = { name: 'Sở Nông nghiệp và Môi trường', shortName: 'Sở NNMT', parentId, from: '2023-07-01' };
    expect((await ask(`/organisations/${made.id}/changes`, change)).status).toBe(201);
    expect((await ask(`/organisations/${made.id}/end`, { from: '2024-01-01' })).status).toBe(204);
    const { body: history } = await ask(`/organisations/${made.id}/versions`);
    expect(history.items.map((one: object) => Object.values(one).slice(1))).toEqual([
      ['Sở Nông nghiệp', 'Sở NN', parentId, today, '2023-07-01'],
      ['Sở Nông nghiệp và Môi trường', 'Sở NNMT', parentId, '2023-07-01', '2024-01-01'],
    ]);
    const on = async (day: string) => (await ask(`/organisations?on=${day}`)).body.items.length;
    expect([await on('2023-12-31'), await on('2024-01-01')]).toEqual([10, 9]);
  });

  it('does not end one where people are left, nor makes it its own superior', async () => {
    const id = await organisation('UBND');
    const left = await ask(`/organisations/${id}/end`, { from: '2024-01-01' });
    expect([left.status, left.body.errors[0].detail]).toEqual([
      400,
      expect.stringMatching(/^Còn \d+ người, \d+ cơ quan/),
    ]);
    const below = await organisation('STC');
    const circle = { name: 'UBND', shortName: 'UBND', parentId: below, from: '2024-01-01' };
    expect((await ask(`/organisations/${id}/changes`, circle)).body.errors[0].path).toBe('parentId');
  });
});

describe('an administrator keeps the people', () => {
  it('adds somebody who then has a position and a role from a day on, and loses them on a day', async () => {
    const organisationId = await organisation('STC');
    const { body: made } = await ask('/people', { fullName: ' Trịnh  Văn Mới ', email: 'Moi.STC@tuyenquang.example' });
    const give = { organisationId, from: today };
    const position = await ask(`/people/${made.id}/positions`, { ...give, title: 'Chuyên viên', rank: 'unitManaged' });
    const role = await ask(`/people/${made.id}/roles`, { ...give, role: 'unitOfficer' });
    expect([position.status, role.status]).toEqual([201, 201]);
    expect((await ask(`/people/${made.id}/roles`, { ...give, role: 'unitOfficer' })).body.code).toBe('DUPLICATE');
    expect((await ask('/people?search=trinh van moi')).body.items[0].positions[0].title).toBe('Chuyên viên');
    expect((await ask(`/people/${made.id}`)).body).toMatchObject({
      fullName: 'Trịnh Văn Mới',
      email: 'moi.stc@tuyenquang.example',
      hasPassword: false,
      positions: [{ title: 'Chuyên viên', validFrom: today, validTo: null }],
      roles: [{ role: 'unitOfficer', organisation: { code: 'STC' } }],
    });
    const past = await ask(`/positions/${position.body.id}/end`, { from: '2023-02-01' });
    expect(past.body.errors[0].path).toBe('from');
    expect((await ask(`/positions/${position.body.id}/end`, { from: '2023-09-01' })).status).toBe(204);
    // What began today and is taken back today never held.
    expect((await ask(`/role-assignments/${role.body.id}/end`, { from: today })).status).toBe(204);
    const { body: after } = await ask(`/people/${made.id}`);
    expect([after.positions[0].validTo, after.roles]).toEqual(['2023-09-01', []]);
  });

  it('signs out whoever is switched off, and keeps an administrator', async () => {
    const other = await signIn(api, 'chuyenvien.stc');
    const id = await idOf('Hà Thị Nhung');
    expect((await ask(`/people/${id}`, { active: false }, 'PATCH')).status).toBe(204);
    expect((await send(api, '/api/v1/me', { cookie: other })).status).toBe(401);
    const again = { email: 'chuyenvien.stc@tuyenquang.example', password: demoPassword };
    expect((await send(api, '/api/v1/session', { body: again })).status).toBe(401);
    expect((await ask(`/people/${id}`, { active: true }, 'PATCH')).status).toBe(204);

    const own = (await ask('/me')).body.personId;
    expect((await ask(`/people/${own}`, { active: false }, 'PATCH')).status).toBe(403);
    const { roles } = (await ask(`/people/${own}`)).body;
    const held = roles.find((one: { role: string }) => one.role === 'administrator');
    const last = await ask(`/role-assignments/${held.id}/end`, { from: '2023-09-01' });
    expect([last.status, last.body.errors[0].path]).toEqual([400, 'role']);
  });

  it('is the only one who may, and every change is on record', async () => {
    const reviewer = await signIn(api, 'thamdinh.sngv');
    const refused = await send(api, '/api/v1/people', {
      cookie: reviewer,
      body: { fullName: 'Ai Đó', email: 'a@b.example' },
    });
    expect(refused.status).toBe(403);
    const rows = await api.database.dataSource.query(
      "select action, details::text as details from audit_records where kind = 'administration' order by at, id",
    );
    const actions = rows.map((row: { action: string }) => row.action);
    expect(actions).toEqual(expect.arrayContaining(['organisation.created', 'person.created', 'role.ended']));
    expect(JSON.stringify(rows)).not.toContain('Trịnh');
  });
});
