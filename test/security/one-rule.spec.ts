import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Role, roles } from '#contracts/roles.js';
import { createManualClock, instantAt } from '#libs/calendar';
import { createOrganisation, createPerson } from '#libs/organisation';
import { shippedProfiles } from '#libs/policy';
import { send, startApi } from '../integration/api-under-test.js';
import { DelegationHouse, document } from '../integration/delegation-house.js';
import { createDice } from '../simulation/dice.js';
import { openSession } from './matrix-house.js';

/** Changed by hand when somebody wants other people; what a run finds is found again. */
const seed = 20_261_122;
const dice = createDice(seed);
const offices = ['SKHDT', 'SNGV', 'STC', 'SVHTTDL', 'UBND', 'TINHUY', 'VPUBND', 'BTCTU', 'CAT', 'PVT', 'SMOI'];

interface Reader {
  readonly name: string;
  readonly personId: string;
  readonly cookie: string;
}
interface Case {
  readonly id: string;
  readonly caseCode: string;
  readonly states: string[];
  readonly departs: string | null;
  readonly plan: boolean;
  readonly fileId: string | null;
}

let house: DelegationHouse;
let cases: readonly Case[];
const readers: Reader[] = [];
beforeAll(async () => {
  const clock = createManualClock(instantAt('2023-01-09', '08:00'));
  const env = { RATE_LIMIT_ACCOUNT: '0', RATE_LIMIT_ADDRESS: '0' };
  house = DelegationHouse.on(await startApi({ clock, wallClock: clock, env }), clock);
  await addOrganisations();
  await openCases();
  for (let number = 0; number < 26; number += 1) await addReader(`người ${number}`, someRoles());
  await addReader('văn thư giúp việc', [['clerk', 'PVT']]);
  await addReader('lãnh đạo tỉnh', [['leader', 'UBND']]);
  await addReader('lãnh đạo đầu mối', [['leader', 'SNGV']]);
  await addReader('lãnh đạo tài chính', [['leader', 'STC']]);
  await addReader('người không có vai', []);
  await addReader('lãnh đạo cơ quan mới', [['leader', 'SMOI']]);
  await scatter();
  cases = await readCases();
}, 180_000);
afterAll(() => house.close());

const someRoles = (): [Role, string][] =>
  [...new Set(Array.from({ length: dice.between(1, 2) }, () => dice.pick(offices)))].map((code) => [
    dice.chance(0.9)
      ? dice.pick(roles.filter((role) => role !== 'inspector' && role !== 'administrator'))
      : dice.pick(roles),
    code,
  ]);

async function addReader(name: string, held: readonly [Role, string][]): Promise<void> {
  const { provinceId, database } = house.api;
  const email = `doc-${readers.length}@mot-luat.example`;
  const given = { provinceId, fullName: `${name} (mẫu)`, email, password: null, from: '2019-01-01' } as const;
  const person = { ...given, roles: held.map(([role, organisationCode]) => ({ role, organisationCode })) };
  const { personId } = await database.dataSource.transaction((tx) => createPerson(tx, person, house.clock));
  const cookie = await openSession(house.api, personId, house.clock);
  readers.push({ name: `${name}: ${held.map((one) => one.join('@')).join(', ')}`, personId, cookie });
}

/** An office that serves the Party's organisation board, and one that took over from the police. */
async function addOrganisations(): Promise<void> {
  const { provinceId, database } = house.api;
  const parentId = await house.organisationId('BTCTU');
  await database.dataSource.transaction(async (tx) => {
    const one = { provinceId, from: '2019-01-01' };
    await createOrganisation(tx, {
      ...one,
      code: 'PVT',
      kind: 'office',
      name: 'Văn phòng Ban',
      shortName: 'VP Ban',
      parentId,
    });
    await createOrganisation(tx, {
      ...one,
      code: 'SMOI',
      kind: 'department',
      name: 'Cơ quan mới',
      shortName: 'Mới',
      parentId: null,
    });
  });
  const [police, heir, person] = [
    await house.organisationId('CAT'),
    await house.organisationId('SMOI'),
    await house.personId('quantri.sngv'),
  ];
  await house.query(
    `insert into organisation_successions (id, province_id, organisation_id, successor_id, valid_from, plan, created_at, created_by_id, applied_at, moved)
     values ($1, $2, $3, $4, '2022-01-01', '{"ends": true}', $5, $6, $5, '{"cases": 0, "tasks": 0, "people": 0}')`,
    [randomUUID(), provinceId, police, heir, house.clock.now(), person],
  );
}

async function openCases(): Promise<void> {
  await house.open();
  await house.openWithDossier();
  await house.openInApproval();
  const atCommittee = await house.openInApproval();
  await house.must('giamdoc.sngv', atCommittee, { type: 'APPROVE', document });
  await house.openDecided();
  const withdrawn = await house.open();
  await house.must('chuyenvien.skhdt', withdrawn, { type: 'WITHDRAW', reason: 'Đối tác hoãn' });
  for (const mailbox of ['chuyenvien.stc', 'chuyenvien.svhttdl', 'thamdinh2.sngv']) {
    const { body } = await house.as(mailbox, '/proposals', { body: { proposal: house.complete() } });
    for (const kind of ['proposalLetter', 'programme', 'memberList', 'costEstimate'])
      await house.attach(mailbox, body.id, { kind });
    if (mailbox !== 'chuyenvien.stc') await house.must(mailbox, body.id, { type: 'SUBMIT' });
  }
}

/** Work that others had, seats in delegations, an agency that appraised before, and people who stand in for others. */
async function scatter(): Promise<void> {
  const { provinceId } = house.api;
  const now = house.clock.now();
  const busy = readers.slice(0, -1);
  const ids = (await house.query<{ id: string }>('select instance_id as id from proposals order by case_code')).map(
    ({ id }) => id,
  );
  const sentIn = (
    await house.query<{
      id: string;
    }>(`select instance_id as id from proposals p where exists (select from tasks t where t.instance_id = p.instance_id
       and t.kind = 'receive') order by case_code`)
  ).map(({ id }) => id);
  for (let number = 0; number < 10; number += 1) {
    const isPersons = dice.chance(0.4);
    await house.query(
      `insert into tasks (id, instance_id, province_id, key, kind, role, organisation_id, person_id, data, opened_at, opened_seq, closed_at, closed_seq, outcome)
       values ($1::uuid, $2, $3, $1::text, 'giveOpinion', $4, $5, $6, '{}', $7, 1, $8, $9, $10)`,
      [
        ...[randomUUID(), dice.pick(sentIn), provinceId, isPersons ? null : 'reviewer'],
        isPersons ? null : await house.organisationId(dice.pick(['CAT', 'BTCTU', 'TINHUY', 'SVHTTDL'])),
        ...[isPersons ? dice.pick(busy).personId : null, now],
        ...(dice.chance(0.5) ? [now, 1, 'DONE'] : [null, null, null]),
      ],
    );
  }
  for (const id of ids.filter(() => dice.chance(0.5)))
    await house.query('update proposal_members set person_id = $2 where instance_id = $1 and position = 1', [
      id,
      dice.pick(busy).personId,
    ]);
  // As rules that once named another agency leave them: the finance department appraised this one.
  const focalId = await house.organisationId('STC');
  const old = ids[2]!;
  await house.query('update proposals set focal_id = $2 where instance_id = $1', [old, focalId]);
  await house.query(
    `with c as (
       select s.content || jsonb_build_object('organisations', s.content->'organisations' || jsonb_build_object('focalId', $2::text)) as content
       from instances i join shared_contexts s on s.digest = i.shared_digest where i.id = $1
     ), n as (insert into shared_contexts (digest, content) select sha256(content::text::bytea), content from c returning digest)
     update instances set shared_digest = n.digest from n where id = $1`,
    [old, focalId],
  );
  for (let number = 0; number < 6; number += 1) {
    const [absent, substitute] = [dice.pick(busy), dice.pick(busy)];
    if (absent === substitute) continue;
    await house.query(
      `insert into substitutions (id, province_id, person_id, substitute_id, first_day, last_day, created_at, created_by_id)
       values ($1, $2, $3, $4, '2023-01-02', '2023-01-31', $5, $3)`,
      [randomUUID(), provinceId, absent.personId, substitute.personId, now],
    );
  }
}

const readCases = () =>
  house.query<Case>(
    `select p.instance_id as id, p.case_code as "caseCode", i.states, p.departure_date::text as departs, p.plan_item_id is not null as plan,
       (select file_id from dossier_documents d where d.instance_id = p.instance_id and file_id is not null limit 1) as "fileId"
     from proposals p join instances i on i.id = p.instance_id order by p.case_code`,
  );

const get = async ({ cookie }: Reader, path: string) => {
  const answer = await send(house.api, `/api/v1${path}`, { cookie });
  if (![200, 404].includes(answer.status)) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
};
const idsIn = (rows: readonly { id?: string; caseId?: string }[]) =>
  rows.map((row) => row.caseId ?? row.id ?? '').sort();
const alive = ({ states }: Case) =>
  !states.some((state) => ['proposal.draft', 'rejected', 'withdrawn', 'cancelled'].includes(state));

/** What one reader is told of each case, over every way there is to it; the list says which ones they are. */
async function everywhere(reader: Reader): Promise<void> {
  const { items } = (await get(reader, '/cases?limit=100')).body;
  const listed: string[] = idsIn(items);
  const known = cases.filter(({ id }) => listed.includes(id));
  const said = async (path: string) => (await get(reader, path)).status === 200;
  const pages = [
    '',
    '/events',
    '/timers',
    '/story',
    '/revisions',
    '/judging',
    '/backward-plan',
    '/official-documents',
    '/identity-papers',
  ];
  for (const [at, one] of cases.entries()) {
    const isKnown = listed.includes(one.id);
    const page = `/cases/${one.id}${pages[(at + readers.indexOf(reader)) % pages.length]}`;
    expect({ reader: reader.name, page, states: one.states, opens: await said(page) }).toMatchObject({
      opens: isKnown,
    });
    if (one.fileId !== null) expect(await said(`/files/${one.fileId}`)).toBe(isKnown);
    // Whoever may freeze a case may read it; the version stops them.
    const body = { type: 'FREEZE', document, reason: 'Theo chỉ đạo của tỉnh' };
    const headers = { 'if-match': '"9999"' };
    const tried = await send(house.api, `/api/v1/cases/${one.id}/events`, { cookie: reader.cookie, body, headers });
    const event = { reader: reader.name, states: one.states, knows: tried.status !== 404 };
    expect(event).toMatchObject({ knows: isKnown });
  }
  const found = (await get(reader, `/cases?limit=100&q=${encodeURIComponent('đoàn nhật bản')}`)).body.items;
  expect(idsIn(found)).toEqual(listed);
  const shown = known.filter((one) => alive(one) && one.departs !== null);
  const abroad = (await get(reader, '/abroad?from=2023-01-01&to=2023-12-31')).body.items;
  expect(idsIn(abroad)).toEqual(idsIn(shown));
  const statistics = (await get(reader, '/statistics?year=2023')).body;
  expect(statistics.trips).toBe(shown.length);
  const travels = (await get(reader, '/travellers?year=2023')).body.items as { trips: { caseId: string }[] }[];
  const outside = [
    ...statistics.overdue,
    ...travels.flatMap(({ trips }) => trips),
    ...(await get(reader, '/inbox')).body.items.filter(({ caseId }: { caseId: string }) =>
      cases.some(({ id }) => id === caseId),
    ),
  ];
  expect(idsIn(outside).filter((id) => !listed.includes(id))).toEqual([]);
  const counted = await send(house.api, '/api/v1/reports/periodic/trips?from=2023-01-01&to=2023-12-31', {
    cookie: reader.cookie,
  });
  expect(idsIn(counted.body.items ?? []).filter((id) => !listed.includes(id))).toEqual([]);
  const { planId } = plan;
  expect((await get(reader, `/plans/${planId}/actuals`)).body.outOfPlan).toBe(known.filter((one) => alive(one)).length);
}

const plan = { planId: '' };
beforeAll(async () => {
  plan.planId = (await house.as('thamdinh.sngv', '/plans', { body: { year: 2023 } })).body.id;
});

describe('the one rule of who may read a case', () => {
  const who = (part: string) => readers.find(({ name }) => name.startsWith(part))!;
  const listOf = async (part: string) => idsIn((await get(who(part), '/cases?limit=100')).body.items);

  it('tells everybody the same of a case in lists, pages, files, events, searches, overviews and figures', async () => {
    for (const reader of readers) await everywhere(reader);
    const seen = await Promise.all(readers.map(({ name }) => listOf(name)));
    // Neither everything nor nothing, or the comparison would say little.
    expect(seen.filter((ids) => ids.length > 0 && ids.length < cases.length).length).toBeGreaterThan(8);
    expect(seen.some((ids) => ids.length === 0)).toBe(true);
  }, 180_000);

  it('knows nothing of what is no case', async () => {
    const body = { kind: 'adHoc', from: '2022-01-01', to: '2022-03-31', dueOn: '2023-02-09' };
    const { id } = (await house.as('thamdinh.sngv', '/report-rounds', { body })).body;
    for (const path of [id, plan.planId].flatMap((one) => [
      `/cases/${one}`,
      `/cases/${one}/timers`,
      `/cases/${one}/judging`,
    ]))
      for (const mailbox of ['thamdinh.sngv', 'thanhtra.sngv', 'chuyenvien.skhdt'])
        expect({ path, mailbox, ...(await house.as(mailbox, path)) }).toMatchObject({ status: 404 });
  });

  it('shows the authority what is sent in and no draft, wherever the case is', async () => {
    const ids = await listOf('lãnh đạo tỉnh');
    const sentIn = await house.query<{ id: string }>(
      `select distinct instance_id as id from tasks where kind not in ('completeDraft', 'signSubmission')`,
    );
    const withUnit = cases.filter((one) => !sentIn.some(({ id }) => id === one.id));
    expect(withUnit.length).toBeGreaterThan(1);
    for (const { id } of cases.filter(({ states }) => states.some((state) => state.startsWith('approval'))))
      expect(ids).toContain(id);
    for (const { id } of withUnit) expect(ids).not.toContain(id);
  });

  it('shows an office what the organisation it serves has to do with, and an heir what the other one had', async () => {
    const of = async (code: string) =>
      (
        await house.query<{ id: string }>(
          'select distinct instance_id as id from tasks where organisation_id = $1 and instance_id in (select instance_id from proposals)',
          [await house.organisationId(code)],
        )
      ).map(({ id }) => id);
    expect((await of('BTCTU')).length).toBeGreaterThan(0);
    expect(await listOf('văn thư')).toEqual(expect.arrayContaining(await of('BTCTU')));
    expect((await of('CAT')).length).toBeGreaterThan(0);
    expect(await listOf('lãnh đạo cơ quan mới')).toEqual(expect.arrayContaining(await of('CAT')));
  });

  it('leaves an agency that is no longer the focal one its own cases, and gives the province to the one of today', async () => {
    await house.publish({ ...shippedProfiles[0]!, focalOrganisationCode: 'STC' });
    for (const reader of readers) await everywhere(reader);
    const [today, then] = [await readersAt('STC'), await readersAt('SNGV')];
    expect(today.length * then.length).toBeGreaterThan(0);
    for (const reader of today) expect((await get(reader, '/cases?limit=100')).body.items).toHaveLength(cases.length);
    const own = await house.query<{ id: string }>('select instance_id as id from proposals where focal_id = $1', [
      await house.organisationId('SNGV'),
    ]);
    for (const reader of then)
      expect(idsIn((await get(reader, '/cases?limit=100')).body.items)).toEqual(
        expect.arrayContaining(own.map(({ id }) => id)),
      );
  }, 180_000);

  const readersAt = async (code: string) => readers.filter(({ name }) => name.includes(`@${code}`));
});
