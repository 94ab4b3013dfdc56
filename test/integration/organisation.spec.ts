import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createManualClock, instantAt } from '#libs/calendar';
import {
  changeOrganisation,
  createOrganisation,
  createPerson,
  namesOfPeople,
  OrganisationVersionEntity,
  organisationIdByCode,
  ProvinceEntity,
  RoleAssignmentEntity,
  recipientDirectory,
  seedDemoProvince,
  setPassword,
} from '#libs/organisation';
import { type ApiUnderTest, demoPassword, send, signIn, startApi } from './api-under-test.js';

const clock = createManualClock(instantAt('2023-03-01', '09:00'));
let api: ApiUnderTest;
let cookie: string;
const run = <T>(work: Parameters<typeof api.database.dataSource.transaction<T>>[1]) =>
  api.database.dataSource.transaction(work as never) as Promise<T>;

async function organisationId(code: string): Promise<string> {
  const id = await run((tx) => organisationIdByCode(tx, { provinceId: api.provinceId, code }));
  if (id === null) throw new Error(`No organisation ${code}.`);
  return id as string;
}

beforeAll(async () => {
  api = await startApi({ clock });
  cookie = await signIn(api, 'giamdoc.sngv');
});
afterAll(() => api.stop());

describe('organisations', () => {
  it('keep the old name before the day of a rename and have the new one from it on', async () => {
    const id = await organisationId('SVHTTDL');
    const parentId = await organisationId('UBND');
    const change = { provinceId: api.provinceId, organisationId: id, from: '2025-07-01', parentId };
    await run((tx) => changeOrganisation(tx, { ...change, name: 'Sở Văn hóa mới', shortName: 'Sở VH' }));
    const nameOn = async (query: string) => {
      const { body } = await send(api, `/api/v1/organisations/${id}${query}`, { cookie });
      return body.name;
    };
    expect(await nameOn('?on=2025-06-30')).toBe('Sở Văn hóa, Thể thao và Du lịch');
    expect(await nameOn('?on=2025-07-01')).toBe('Sở Văn hóa mới');
    expect(await nameOn('')).toBe('Sở Văn hóa, Thể thao và Du lịch');
    const { body } = await send(api, '/api/v1/organisations?on=2025-06-30', { cookie });
    expect(body.items.find((item: { id: string }) => item.id === id)).toMatchObject({ validTo: '2025-07-01' });
    expect(body.items).toHaveLength(9);
    const early = run((tx) => changeOrganisation(tx, { ...change, from: '2025-07-01', name: 'x', shortName: 'x' }));
    await expect(early).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('are none before any existed', async () => {
    const { body } = await send(api, '/api/v1/organisations?on=2018-12-31', { cookie });
    expect(body).toEqual({ on: '2018-12-31', items: [] });
  });

  it('cannot have two names at the same time', async () => {
    const version = { organisationId: await organisationId('STC'), name: 'a', shortName: 'a', parentId: null };
    const second = run((tx) =>
      tx.insert(OrganisationVersionEntity, { ...version, id: randomUUID(), validFrom: '2024-01-01', validTo: null }),
    );
    await expect(second).rejects.toThrow('uq_organisation_versions_open');
  });
});

describe('another province', () => {
  it('is neither seen nor found', async () => {
    const foreign = await run(async (tx) => {
      const provinceId = randomUUID();
      await tx.insert(ProvinceEntity, { id: provinceId, code: 'XX', name: 'Tỉnh khác' });
      const from = '2020-01-01';
      const shape = { provinceId, code: 'SNGV', kind: 'department' as const, parentId: null, from };
      const { organisationId: id } = await createOrganisation(tx, { ...shape, name: 'Sở lạ', shortName: 'Sở lạ' });
      const person = { provinceId, fullName: 'Người Tỉnh Khác', email: 'la@xx.example', password: null };
      const { personId } = await createPerson(tx, person, clock);
      return { id, personId };
    });
    const answer = await send(api, `/api/v1/organisations/${foreign.id}`, { cookie });
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
    const list = await send(api, '/api/v1/organisations', { cookie });
    expect(JSON.stringify(list.body)).not.toContain('Sở lạ');
    expect((await send(api, '/api/v1/people?search=tinh%20khac', { cookie })).body.items).toEqual([]);
    const names = await run((tx) => namesOfPeople(tx, { provinceId: api.provinceId, personIds: [foreign.personId] }));
    expect([...(names as Map<string, string>)]).toEqual([]);
    const change = { provinceId: api.provinceId, organisationId: foreign.id, from: '2025-01-01' };
    const refused = run((tx) => changeOrganisation(tx, { ...change, name: 'x', shortName: 'x', parentId: null }));
    await expect(refused).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('people', () => {
  const names = async (search: string) => {
    const { body } = await send(api, `/api/v1/people?search=${encodeURIComponent(search)}`, { cookie });
    return body.items.map((person: { fullName: string }) => person.fullName);
  };

  it.each(['do thu hang', 'ĐỖ THU', 'Đỗ  Thu', 'Đỗ Thu Hằng'.normalize('NFD'), 'thu hằng'])(
    'are found by "%s"',
    async (search) => expect(await names(search)).toEqual(['Đỗ Thu Hằng (mẫu)']),
  );

  it('are not found by a wildcard', async () => {
    expect(await names('%')).toEqual([]);
    expect(await names('d_')).toEqual([]);
  });

  it('show positions of today with the organisation, and no address', async () => {
    const stc = await organisationId('STC');
    const { body } = await send(api, `/api/v1/people?organisationId=${stc}`, { cookie });
    expect(body.items).toHaveLength(3);
    expect(body.items[0].positions[0]).toMatchObject({ organisationCode: 'STC', organisationName: 'Sở Tài chính' });
    expect(JSON.stringify(body)).not.toContain('@');
  });

  it('may not share an e-mail address, whatever its case', async () => {
    const person = { provinceId: api.provinceId, fullName: 'Trùng Thư', password: null };
    const again = run((tx) => createPerson(tx, { ...person, email: 'GiamDoc.SNGV@tuyenquang.example' }, clock));
    await expect(again).rejects.toMatchObject({ code: 'DUPLICATE' });
  });

  it('need an organisation that exists and a password of the right length', async () => {
    const person = {
      provinceId: api.provinceId,
      fullName: 'Lê Mẫu',
      email: 'le.mau@tuyenquang.example',
      password: null,
    };
    const roles = [{ organisationCode: 'KHONG', role: 'leader' as const }];
    const create = (more: object) => run((tx) => createPerson(tx, { ...person, ...more }, clock));
    await expect(create({ roles })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(create({ password: 'ngắn' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(create({ password: 'a'.repeat(257) })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    await expect(create({ email: 'không phải' })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
    // Nothing of the refused ones stayed behind.
    await create({});
  });

  it('lose every session when the operator sets their password', async () => {
    const theirs = await signIn(api, 'vanthu.sngv');
    const given = { provinceId: api.provinceId, email: 'vanthu.sngv@tuyenquang.example', password: 'mật khẩu mới đặt' };
    await run((tx) => setPassword(tx, given, clock));
    expect((await send(api, '/api/v1/me', { cookie: theirs })).status).toBe(401);
    await signIn(api, 'vanthu.sngv', given.password);
  });
});

describe('who holds a role', () => {
  const holders = async (code: string, day: string) => {
    const assignee = { role: 'reviewer', organisationId: await organisationId(code) };
    const found = await run((tx) => recipientDirectory.peopleFor(tx, assignee, instantAt(day, '09:00')));
    return found as { personId: string }[];
  };

  it('depends on the day', async () => {
    const [reviewer] = await holders('STC', '2023-03-01');
    expect(reviewer).toBeDefined();
    await run((tx) =>
      tx.update(RoleAssignmentEntity, { personId: reviewer?.personId, role: 'reviewer' }, { validTo: '2023-04-01' }),
    );
    expect(await holders('STC', '2023-03-31')).toEqual([reviewer]);
    expect(await holders('STC', '2023-04-01')).toEqual([]);
    expect(await holders('STC', '2018-12-31')).toEqual([]);
  });

  it('is nobody once the account is closed, also when named directly', async () => {
    const [reviewer] = await holders('CAT', '2023-03-01');
    const personId = reviewer?.personId ?? '';
    const direct = () => run((tx) => recipientDirectory.peopleFor(tx, { personId }, clock.now()));
    expect(await direct()).toEqual([{ personId }]);
    await api.database.dataSource.query('update people set active = false where id = $1', [personId]);
    expect(await holders('CAT', '2023-03-01')).toEqual([]);
    expect(await direct()).toEqual([]);
  });

  it('ends for a signed-in person with the next request after the last day', async () => {
    const theirs = await signIn(api, 'chuyenvien.skhdt');
    const rolesOf = async () => {
      const { body } = await send(api, '/api/v1/me', { cookie: theirs });
      return body.roles.map((held: { role: string }) => held.role);
    };
    expect(await rolesOf()).toEqual(['unitOfficer']);
    const { body } = await send(api, '/api/v1/me', { cookie: theirs });
    await run((tx) => tx.update(RoleAssignmentEntity, { personId: body.personId }, { validTo: '2023-03-02' }));
    expect(await rolesOf()).toEqual(['unitOfficer']);
    clock.set(instantAt('2023-03-02', '00:00'));
    expect(await rolesOf()).toEqual([]);
    clock.set(instantAt('2023-03-01', '09:00'));
  });
});

describe('the demo province', () => {
  it('is created once, however often and by however many at once', async () => {
    const seed = () =>
      run((tx) => seedDemoProvince(tx, { password: 'another password' }, clock)) as Promise<{
        created: boolean;
        provinceId: string;
      }>;
    const again = await Promise.all([seed(), seed()]);
    expect(again.map(({ created, provinceId }) => ({ created, provinceId }))).toEqual(
      Array.from({ length: 2 }, () => ({ created: false, provinceId: api.provinceId })),
    );
    await signIn(api, 'lanhdao.khong-co').then(
      () => expect(true).toBe(false),
      () => signIn(api, 'giamdoc.skhdt', demoPassword),
    );
  });
});

describe('the tables', () => {
  it('are what the entities say', async () => {
    const { upQueries } = await api.database.dataSource.driver.createSchemaBuilder().log();
    const mine = upQueries.filter(({ query }) => /province|organisation|people|positions|role_|sessions/.test(query));
    expect(mine).toEqual([]);
  });
});
