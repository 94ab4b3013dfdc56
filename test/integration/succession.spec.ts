import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBusinessCalendar, instantAt, vietnamHolidays } from '#libs/calendar';
import { carryOutDue } from '#libs/delegation';
import type { WorkflowDefinition } from '#libs/engine';
import { createUnitOfWork } from '#libs/persistence';
import { shippedProfiles } from '#libs/policy';
import { ProfileBook } from '#libs/regulation';
import { Runtime } from '#libs/runtime';
import { workflowDefinitions } from '#workflows/definitions.js';
import { DelegationHouse } from './delegation-house.js';

const basis = { number: '01/NQ-HĐND', date: '2023-01-05' };
let house: DelegationHouse;
let from: string;
let to: string;
let draft: string;
let decided: string;
let asked: readonly [string, string];
let over: string;

beforeAll(async () => {
  house = await DelegationHouse.open();
  from = await house.organisationId('SKHDT');
  to = await house.organisationId('STC');
  over = await house.open();
  await house.must('chuyenvien.skhdt', over, { type: 'WITHDRAW', reason: 'Đối tác hoãn' });
  draft = await house.openWithDossier();
  decided = await house.openDecided();
  asked = [await openAsked(), await openAsked()];
});
afterAll(() => house.close());

/** In review, with the police asked for its opinion. */
async function openAsked(): Promise<string> {
  const id = await house.openWithDossier();
  await house.must('chuyenvien.skhdt', id, { type: 'SUBMIT' });
  await house.must('giamdoc.skhdt', id, {
    type: 'SIGN_SUBMIT',
    document: { number: '14/TTr-SKHĐT', date: '2023-01-09' },
  });
  await house.must('thamdinh.sngv', id, { type: 'RECEIVE' });
  const organisationIds = [await house.organisationId('CAT')];
  await house.must('thamdinh.sngv', id, { type: 'REQUEST_OPINION', organisationIds });
  return id;
}

const runtimeOf = (definitions: readonly WorkflowDefinition[]) =>
  new Runtime({ clock: house.clock, definitions, calendarFor: () => createBusinessCalendar(vietnamHolidays) });
const plan = (given: object = {}) => ({ successorId: to, from: '2023-01-09', ends: true, basis, ...given });
const preview = (given: object = {}, who = 'quantri.sngv', organisationId = from) =>
  house.as(who, `/organisations/${organisationId}/succession/preview`, { body: plan(given) });
const enter = (given: object, digest: string, organisationId = from) =>
  house.as('quantri.sngv', `/organisations/${organisationId}/succession`, { body: { plan: plan(given), digest } });
const holders = (code: string, on: string) =>
  house.query(
    `select p.email, r.role from role_assignments r join people p on p.id = r.person_id join organisations o on o.id = r.organisation_id
     where o.code = $1 and r.valid_from <= $2 and (r.valid_to is null or r.valid_to > $2) order by 1, 2`,
    [code, on],
  );

describe('one organisation takes over from another', () => {
  it('is seen first, by who administers or inspects, and changes nothing by that', async () => {
    expect((await preview({}, 'giamdoc.sngv')).status).toBe(403);
    const before = await house.query('select sum(version)::int as n from instances');
    const { status, body } = await preview({}, 'thanhtra.sngv');
    expect([status, body.errors ?? body.detail]).toEqual([200, undefined]);
    expect(body.cases.map((row: { id: string; moves: boolean }) => [row.id, row.moves]).sort()).toEqual(
      [draft, decided, ...asked].map((id) => [id, true]).sort(),
    );
    expect(body.people.map((row: { fullName: string }) => row.fullName).sort()).toEqual([
      'Lê Hồng Phong (mẫu)',
      'Nguyễn Thị Thảo (mẫu)',
    ]);
    expect(await house.query('select sum(version)::int as n from instances')).toEqual(before);
  });

  it('is refused for an organisation the rules still name, for itself, and for one of nobody', async () => {
    const focal = await preview({}, 'quantri.sngv', await house.organisationId('SNGV'));
    expect([focal.status, focal.body.errors[0].path]).toEqual([400, 'plan.ends']);
    expect((await preview({ successorId: from })).status).toBe(400);
    expect((await preview({}, 'quantri.sngv', '0b7c9a52-4f0e-4c55-8c3a-2d1f5a8b9c0d')).status).toBe(404);
  });

  it('is refused when something else would move than was seen', async () => {
    const { body } = await preview();
    const later = await house.open();
    expect((await enter({}, body.digest)).status).toBe(412);
    await house.must('chuyenvien.skhdt', later, { type: 'WITHDRAW', reason: 'Nhầm' });
  });

  it('moves running cases, their tasks and the people in one step that is on record', async () => {
    const [document] = await house.query<{ text: string }>(
      'select to_jsonb(d)::text as text from official_documents d',
    );
    const { body } = await preview();
    const done = await enter({}, body.digest);
    expect(done.status).toBe(201);
    expect(done.body).toMatchObject({ moved: { cases: 4, people: 2 }, appliedAt: expect.any(String) });
    expect(await holders('SKHDT', '2023-01-09')).toEqual([]);
    expect(await holders('STC', '2023-01-09')).toEqual(
      expect.arrayContaining([
        { email: 'chuyenvien.skhdt@tuyenquang.example', role: 'unitOfficer' },
        { email: 'giamdoc.skhdt@tuyenquang.example', role: 'unitHead' },
      ]),
    );
    // What was before that day stays as it was.
    expect(await holders('SKHDT', '2023-01-08')).toHaveLength(2);
    expect(await house.query('select organisation_id as id from proposals where instance_id = $1', [over])).toEqual([
      { id: from },
    ]);
    expect(await house.query('select to_jsonb(d)::text as text from official_documents d')).toEqual(
      document ? [document] : [],
    );
    const open = await house.query<{ n: number }>(
      'select count(*)::int as n from tasks where organisation_id = $1 and closed_seq is null',
      [from],
    );
    expect(open).toEqual([{ n: 0 }]);
    const audit = await house.query(
      `select subject_id as id, details from audit_records where action = 'organisation.succeeded'`,
    );
    expect(audit).toMatchObject([{ id: from, details: { successorId: to, cases: 4, people: 2 } }]);
    const history = await house.as('quantri.sngv', `/cases/${draft}/events`);
    expect(JSON.stringify(history.body)).toContain('Chuyển sang cơ quan tiếp nhận');
  });

  it('leaves chains that hold and logs that replay to what is stored', async () => {
    const reports = await house.replayAll();
    expect(reports.filter((report) => !report.matches)).toEqual([]);
    const checked = await house.as('quantri.sngv', '/operations/audit/verify', { method: 'POST' });
    expect(checked.body.faults).toEqual([]);
    // It can go red: without the step of the successor the log leads elsewhere.
    const forgetful = runtimeOf(workflowDefinitions.map(({ handOver: _, ...definition }) => definition));
    const unitOfWork = createUnitOfWork(house.api.database.dataSource);
    expect((await unitOfWork.run((tx) => forgetful.replay(tx, draft))).matches).toBe(false);
  });

  it('shows the work in the inbox of the successor, whose people go on with the case', async () => {
    const inbox = await house.as('giamdoc.stc', '/inbox');
    expect(JSON.stringify(inbox.body)).not.toContain(draft);
    const officer = await house.as('chuyenvien.stc', '/inbox');
    expect(JSON.stringify(officer.body)).toContain(draft);
    const submitted = await house.fire('chuyenvien.stc', draft, { type: 'SUBMIT' });
    expect(submitted.status).toBe(200);
    const signed = await house.fire('giamdoc.stc', draft, {
      type: 'SIGN_SUBMIT',
      document: { number: '15/TTr-STC', date: '2023-01-09' },
    });
    expect(signed.status).toBe(200);
    expect((await house.fire('chuyenvien.stc', decided, { type: 'FUNDING_CONFIRMED' })).status).toBe(200);
    expect((await house.replayAll()).filter((report) => !report.matches)).toEqual([]);
  });

  it('tells everybody of both organisations once: what goes where, from when, by which document', async () => {
    const told = await house.query<{ email: string; data: object; occasion: string }>(
      `select p.email, o.data, o.occasion from outbox_messages o join people p on p.id = (o.recipient->>'personId')::uuid
       where o.template = 'organisationSucceeded' order by 1`,
    );
    const mailboxes = ['chuyenvien.skhdt', 'chuyenvien.stc', 'giamdoc.skhdt', 'giamdoc.stc', 'thamdinh.stc'];
    expect(told.map(({ email }) => email)).toEqual(mailboxes.map((name) => `${name}@tuyenquang.example`));
    expect(new Set(told.map(({ occasion }) => occasion)).size).toBe(1);
    expect(told[0]!.data).toEqual({
      ...{ organisation: 'Sở Kế hoạch và Đầu tư', successor: 'Sở Tài chính', from: '2023-01-09', ends: true },
      ...{ basis: '01/NQ-HĐND (05/01/2023)', cases: 4, tasks: expect.any(Number) },
    });
  });

  it('lets the successor read what was over before, under its old name, and change nothing of it', async () => {
    const listed = async (who: string) =>
      (await house.as(who, '/cases?limit=100')).body.items.filter((row: { id: string }) => row.id === over);
    const read = await house.as('giamdoc.stc', `/cases/${over}`);
    expect(read.status).toBe(200);
    expect(read.body.organisation).toMatchObject({ code: 'SKHDT', name: 'Sở Kế hoạch và Đầu tư' });
    expect(await listed('giamdoc.stc')).toMatchObject([{ organisation: { name: 'Sở Kế hoạch và Đầu tư' } }]);
    // Who came from the first organisation reads it by the same right; anybody else still does not know of it.
    expect((await house.as('chuyenvien.skhdt', `/cases/${over}`)).status).toBe(200);
    expect((await house.as('chuyenvien.svhttdl', `/cases/${over}`)).status).toBe(404);
    expect(await listed('chuyenvien.svhttdl')).toEqual([]);
    const patch = { method: 'PATCH', body: { content: 'Sửa sau khi sáp nhập' }, headers: { 'if-match': '"1"' } };
    expect((await house.as('chuyenvien.stc', `/cases/${over}`, patch)).status).toBeGreaterThanOrEqual(400);
    expect((await house.fire('chuyenvien.stc', over, { type: 'SUBMIT' })).status).toBeGreaterThanOrEqual(400);
  });

  it('ends the organisation from that day, and keeps its name for the days before', async () => {
    const codes = async (on: string) =>
      (await house.as('quantri.sngv', `/organisations?on=${on}`)).body.items.map((row: { code: string }) => row.code);
    expect(await codes('2023-01-08')).toContain('SKHDT');
    expect(await codes('2023-01-09')).not.toContain('SKHDT');
    expect((await preview()).status).toBe(404);
    const list = await house.as('thanhtra.sngv', '/organisation-successions');
    expect(list.body.items).toMatchObject([
      {
        organisation: { name: 'Sở Kế hoạch và Đầu tư' },
        successor: { name: 'Sở Tài chính' },
        from: '2023-01-09',
        basis,
      },
    ]);
  });
});

describe('a part of an organisation', () => {
  it('goes over alone: the case that is named, with the opinion it waits for', async () => {
    const [police, board] = [await house.organisationId('CAT'), await house.organisationId('BTCTU')];
    const [moving, staying] = asked;
    const part = { successorId: board, ends: false, caseIds: [moving] };
    const seen = await preview(part, 'quantri.sngv', police);
    const shown = Object.fromEntries(seen.body.cases.map((row: { id: string; moves: boolean }) => [row.id, row.moves]));
    expect(shown).toEqual({ [moving]: true, [staying]: false });
    expect((await enter(part, seen.body.digest, police)).body.moved).toEqual({ cases: 1, tasks: 1, people: 0 });
    const open = await house.query(
      `select instance_id as id, key, organisation_id as "organisationId" from tasks where kind = 'giveOpinion' and closed_seq is null`,
    );
    expect(open).toEqual(
      expect.arrayContaining([
        { id: moving, key: `giveOpinion:${board}`, organisationId: board },
        { id: staying, key: `giveOpinion:${police}`, organisationId: police },
      ]),
    );
    const answer = (id: string, mailbox: string, organisationId: string) =>
      house.fire(mailbox, id, { type: 'OPINION_RECEIVED', organisationId, opinion: 'agree' });
    expect((await answer(moving, 'thamdinh.cat', police)).status).not.toBe(200);
    expect((await answer(moving, 'thamdinh.btctu', board)).status).toBe(200);
    expect((await answer(staying, 'thamdinh.cat', police)).status).toBe(200);
    expect((await house.replayAll()).filter((report) => !report.matches)).toEqual([]);
  });
});

describe('a part of an organisation that stays', () => {
  it('keeps its closed cases to itself: only what ended leaves its files to the successor', async () => {
    const [other] = await house.query<{ id: string }>(
      `select distinct t.instance_id as id from tasks t join instances i on i.id = t.instance_id
       where t.organisation_id = $1 and not exists (select from tasks x where x.instance_id = t.instance_id and x.organisation_id = $2)`,
      [await house.organisationId('CAT'), await house.organisationId('BTCTU')],
    );
    expect((await house.as('thamdinh.btctu', `/cases/${other!.id}`)).status).toBe(404);
  });
});

describe('a succession of a later day', () => {
  it('waits for its day, can be taken back until then, and is carried out by the worker', async () => {
    const [culture, later] = [await house.organisationId('SVHTTDL'), '2023-02-01'];
    const seen = await preview({ from: later }, 'quantri.sngv', culture);
    expect(seen.body.isLater).toBe(true);
    const first = await enter({ from: later }, seen.body.digest, culture);
    expect(first.body).toMatchObject({ appliedAt: null, moved: null });
    const cancel = () => house.as('quantri.sngv', `/organisation-successions/${first.body.id}`, { method: 'DELETE' });
    expect([(await cancel()).status, (await cancel()).status]).toEqual([204, 404]);
    await enter({ from: later }, seen.body.digest, culture);
    const unitOfWork = createUnitOfWork(house.api.database.dataSource);
    const room = {
      clock: house.clock,
      runtime: runtimeOf(workflowDefinitions),
      profiles: new ProfileBook(shippedProfiles),
    };
    expect(await unitOfWork.run((tx) => carryOutDue(tx, room))).toBe(false);
    house.clock.set(instantAt(later, '08:00'));
    expect(await unitOfWork.run((tx) => carryOutDue(tx, room))).toBe(true);
    expect(await unitOfWork.run((tx) => carryOutDue(tx, room))).toBe(false);
    expect(await holders('SVHTTDL', later)).toEqual([]);
    expect(await holders('SVHTTDL', '2023-01-31')).toHaveLength(2);
  });
});

describe('what holds from a day to a day', () => {
  it('holds once: the database refuses a second version, role or position for the same days', async () => {
    const again = (table: string, columns: string) =>
      house.query(
        `insert into ${table} (id, ${columns}, valid_from, valid_to)
         select gen_random_uuid(), ${columns}, valid_from - 1, valid_from + 1 from ${table} where valid_to is null limit 1`,
      );
    const overlap = { driverError: { code: '23P01' } };
    await expect(again('organisation_versions', 'organisation_id, name, short_name')).rejects.toMatchObject(overlap);
    await expect(again('role_assignments', 'person_id, organisation_id, role')).rejects.toMatchObject(overlap);
    await expect(again('positions', 'person_id, organisation_id, title, rank')).rejects.toMatchObject(overlap);
  });
});
