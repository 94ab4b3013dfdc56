import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantAt } from '#libs/calendar';
import type { Answer } from './api-under-test.js';
import { DelegationHouse, document } from './delegation-house.js';

let house: DelegationHouse;
let planId: string;
const lines: Record<string, string> = {};

beforeAll(async () => {
  house = await DelegationHouse.open(instantAt('2022-08-15', '08:00'));
});
afterAll(() => house.close());

const line = {
  name: 'Đoàn xúc tiến đầu tư tại Nhật Bản',
  head: 'Giám đốc Sở Kế hoạch và Đầu tư',
  leaderRank: 'standingCommitteeManaged',
  countries: 'Nhật Bản (tỉnh Gunma), Hàn Quốc',
  content: 'Làm việc với chính quyền địa phương',
  peopleCount: 6,
  days: 7,
  includesTravel: true,
  period: 'Quý II',
  funding: 'Ngân sách tỉnh',
  noStateSecrets: true,
};
const dated = (day: string) => ({ number: '45/SNgV-VP', date: day });

const toPlan = (mailbox: string, body: object) => house.as(mailbox, `/plans/${planId}/events`, { body });
const toLine = (mailbox: string, name: string, body: object) =>
  house.as(mailbox, `/plan-items/${lines[name]}/events`, { body });
const cycle = async (mailbox = 'thamdinh.sngv') => (await house.as(mailbox, `/plans/${planId}/cycle`)).body;
const progress = async (name: string, mailbox = 'thamdinh.sngv') =>
  (await house.as(mailbox, `/plan-items/${lines[name]}/progress`)).body;
const allowed = (view: { availableEvents: { type: string; allowed: boolean }[] }) =>
  view.availableEvents.filter((event) => event.allowed).map(({ type }) => type);

async function register(name: string, fields: object): Promise<Answer> {
  const answer = await house.as('chuyenvien.skhdt', `/plans/${planId}/items`, { body: { ...line, ...fields } });
  if (answer.status === 201) lines[name] = answer.body.id;
  return answer;
}

async function must(answer: Promise<Answer>): Promise<Answer> {
  const got = await answer;
  if (got.status >= 300) throw new Error(`${got.status} ${JSON.stringify(got.body)}`);
  return got;
}

describe('the annual plan of a year', () => {
  it('is opened by the focal agency, once, and asks every unit to register', async () => {
    const body = { year: 2023 };
    expect((await house.as('chuyenvien.skhdt', '/plans', { body })).status).toBe(403);
    planId = (await must(house.as('thamdinh.sngv', '/plans', { body }))).body.id;
    expect((await must(house.as('giamdoc.sngv', '/plans', { body }))).body.id).toBe(planId);
    await must(toPlan('thamdinh.sngv', { type: 'OPEN_REGISTRATION' }));
    const view = await cycle();
    expect(view.states.map((state: { id: string }) => state.id)).toEqual(['open']);
    expect(view.units.length).toBeGreaterThan(3);
    const [task] = await house.query<{ due: string }>(
      `select distinct to_char(due_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') as due from tasks
       where kind = 'registerUnit' and closed_at is null`,
    );
    expect(task).toEqual({ due: '2022-09-30 17:00' });
  });

  it('stands in the inbox of the units, with its name and the day it is due', async () => {
    const inbox = await house.as('chuyenvien.skhdt', '/inbox?q=dang%20ky%20ke%20hoach');
    expect(inbox.body.items).toMatchObject([
      { kind: 'registerUnit', caseCode: 'KH-2023', caseId: planId, delegationName: 'Kế hoạch đoàn ra năm 2023' },
    ]);
    const mails = await house.query<{ n: number }>(
      `select count(*)::int as n from outbox_messages where instance_id = $1 and template = 'taskOpened'`,
      [planId],
    );
    expect(mails[0]!.n).toBeGreaterThan(3);
  });

  it('takes the lines of a unit as drafts that nobody else sees', async () => {
    expect((await register('japan', {})).status).toBe(201);
    expect((await register('laos', { name: 'Đoàn học tập tại Lào', countries: 'Lào', leaderRank: null })).status).toBe(
      201,
    );
    expect((await register('key', { name: 'Đoàn lãnh đạo tỉnh', leaderRank: 'centralManaged' })).status).toBe(201);
    expect((await register('bad', { period: 'lúc nào đó' })).body.errors[0].path).toBe('period');
    expect((await register('secret', { content: 'TUYỆT MẬT: nội dung làm việc' })).status).toBe(400);
    expect((await register('open', { noStateSecrets: undefined })).status).toBe(400);
    const own = await house.as('chuyenvien.skhdt', `/plans/${planId}/items?scope=all`);
    expect(own.body.items.map((item: { name: string }) => item.name)).toHaveLength(3);
    expect((await house.as('chuyenvien.stc', `/plans/${planId}/items?scope=all`)).body.items).toEqual([]);
    expect((await house.as('giamdoc.stc', `/plan-items/${lines.japan}/progress`)).status).toBe(404);
    expect(
      (await house.as('giamdoc.stc', `/plan-items/${lines.japan}/events`, { body: { type: 'SUBMIT' } })).status,
    ).toBe(404);
  });

  it('refuses a line that lacks what Mẫu 04 asks for, with the rule, and takes it once it is there', async () => {
    const refused = await toLine('chuyenvien.skhdt', 'laos', { type: 'SUBMIT' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'EVENT_REFUSED', rules: [{ name: 'lineComplete' }] } });
    const patch = { body: { leaderRank: 'chairmanManaged' }, method: 'PATCH' };
    const at = `/plan-items/${lines.laos}`;
    const stale = await house.as('chuyenvien.skhdt', at, { ...patch, headers: { 'if-match': '"7"' } });
    expect(stale.status).toBe(412);
    await must(house.as('chuyenvien.skhdt', at, { ...patch, headers: { 'if-match': '"1"' } }));
    for (const name of ['japan', 'laos', 'key']) await must(toLine('chuyenvien.skhdt', name, { type: 'SUBMIT' }));
    expect((await toLine('chuyenvien.skhdt', 'japan', { type: 'RECEIVE' })).status).toBe(403);
  });

  it('closes the registration at its deadline, and then takes no more lines', async () => {
    await must(
      toPlan('giamdoc.skhdt', { type: 'UNIT_REGISTERED', organisationId: await house.organisationId('SKHDT') }),
    );
    house.clock.set(instantAt('2022-09-30', '17:05'));
    await house.fireDueTimers();
    expect((await cycle()).states[0].id).toBe('locked');
    expect(await register('late', { name: 'Đoàn muộn' })).toMatchObject({ status: 409 });
    expect((await cycle('chuyenvien.skhdt')).mayRegister).toEqual([]);
  });

  it('cannot be submitted while a line is unsettled', async () => {
    await must(toPlan('thamdinh.sngv', { type: 'START_CONSOLIDATION' }));
    const early = await toPlan('giamdoc.sngv', { type: 'SUBMIT_PLAN', document: dated('2022-09-30') });
    expect(early.body.rules.map((rule: { name: string }) => rule.name)).toEqual(['linesSettled', 'hasLines']);
    for (const name of ['japan', 'laos', 'key']) await must(toLine('thamdinh.sngv', name, { type: 'RECEIVE' }));
    await must(toLine('thamdinh.sngv', 'laos', { type: 'REQUEST_SUPPLEMENT', items: ['Nêu rõ đối tác làm việc'] }));
    expect((await progress('laos', 'chuyenvien.skhdt')).log[0].words).toEqual(['Nêu rõ đối tác làm việc']);
    await must(toLine('chuyenvien.skhdt', 'laos', { type: 'RESUBMIT' }));
    for (const name of ['japan', 'laos', 'key']) await must(toLine('thamdinh.sngv', name, { type: 'INCLUDE' }));
    await must(
      toPlan('thamdinh.sngv', { type: 'REQUEST_OPINION', organisationIds: [await house.organisationId('STC')] }),
    );
    const asked = await toPlan('giamdoc.sngv', { type: 'SUBMIT_PLAN', document: dated('2022-09-30') });
    expect(asked.body.rules).toMatchObject([{ name: 'allOpinionsIn' }]);
    const answer = { type: 'OPINION_RECEIVED', organisationId: await house.organisationId('STC'), opinion: 'agree' };
    await must(toPlan('thamdinh.sngv', answer));
    await must(toPlan('giamdoc.sngv', { type: 'SUBMIT_PLAN', document: dated('2022-09-30') }));
  });

  it("goes through the People's Committee and comes back with its lines when it is returned", async () => {
    expect((await toPlan('thuongtruc.tinhuy', { type: 'RETURN_PLAN', reason: 'Chưa đến lượt' })).status).toBe(403);
    await must(toPlan('phochutich.ubnd', { type: 'RETURN_PLAN', reason: 'Rà soát lại kinh phí' }));
    // What the offices wrote to each other is read by those who review, decide or issue the plan.
    const readers = ['thamdinh.sngv', 'thuongtruc.tinhuy', 'vanthu.vpubnd', 'thanhtra.sngv', 'chuyenvien.skhdt'];
    const words = await Promise.all(readers.map(async (who) => (await cycle(who)).log[0].words));
    const reason = ['Rà soát lại kinh phí'];
    expect(words).toEqual([reason, reason, reason, reason, []]);
    expect((await progress('japan')).state.id).toBe('consolidating');
    for (const name of ['japan', 'laos', 'key']) await must(toLine('thamdinh.sngv', name, { type: 'INCLUDE' }));
    await must(toPlan('giamdoc.sngv', { type: 'SUBMIT_PLAN', document: dated('2022-09-30') }));
    await must(toPlan('phochutich.ubnd', { type: 'FORWARD_PLAN', document: dated('2022-09-30') }));
    expect((await progress('japan')).state.id).toBe('party');
  });

  it('is approved by the Party committee line by line: as it is, on a condition, or not; the key leader waits for the centre', async () => {
    const strange = {
      type: 'APPROVE_PLAN',
      document,
      conditions: [{ planItemId: planId, condition: 'Báo cáo trước' }],
    };
    house.clock.set(instantAt('2023-01-09', '08:00'));
    expect((await toPlan('thuongtruc.tinhuy', strange)).body.errors[0].path).toBe('conditions.0.planItemId');
    const conditions = [{ planItemId: lines.japan, condition: 'Báo cáo cụ thể đối tác, chương trình trước khi đi' }];
    const excluded = [{ planItemId: lines.laos, reason: 'Trùng nội dung với đoàn của Sở Tài chính' }];
    await must(toPlan('thuongtruc.tinhuy', { type: 'APPROVE_PLAN', document, conditions, excluded }));
    expect((await progress('japan')).state.id).toBe('approvedWithCondition');
    expect((await progress('laos', 'chuyenvien.skhdt')).state.id).toBe('notIncluded');
    expect((await progress('key')).state.id).toBe('central');
    const [notice] = await house.query<{ n: number }>(
      `select count(*)::int as n from outbox_messages where instance_id = $1 and template = 'planItemNotIncluded'`,
      [lines.laos],
    );
    expect(notice).toEqual({ n: 1 });
  });

  it('opens a trip on an approved line before the plan is issued, and no decision while its condition is open', async () => {
    const refused = await house.as('chuyenvien.skhdt', '/proposals', { body: { planItemId: lines.key } });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'planItemId' }] } });
    const opened = await house.as('chuyenvien.skhdt', '/proposals', {
      body: { planItemId: lines.japan, proposal: house.complete() },
    });
    expect(opened.status).toBe(201);
    const caseId = opened.body.id;
    for (const kind of ['proposalLetter', 'programme', 'memberList', 'costEstimate', 'partyOpinion'])
      await house.attach('chuyenvien.skhdt', caseId, { kind });
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    for (const type of ['RECEIVE', 'ACCEPT_DOSSIER', 'FORWARD']) await house.must('thamdinh.sngv', caseId, { type });
    for (const mailbox of ['giamdoc.sngv', 'phochutich.ubnd']) {
      const answer = await house.fire(mailbox, caseId, { type: 'APPROVE', document });
      expect(answer.status).toBe(200);
    }
    const { body: view } = await house.as('thamdinh.sngv', `/cases/${caseId}`);
    if (view.states.some((state: { id: string }) => state.id === 'approval.step'))
      await house.must('thuongtruc.tinhuy', caseId, { type: 'APPROVE', document });
    const signerId = await house.personId('phochutich.ubnd');
    const decision = { type: 'ISSUE_DECISION', document, signerId };
    const early = await house.fire('vanthu.vpubnd', caseId, decision);
    expect(early.body.rules.map((rule: { name: string }) => rule.name)).toEqual(['conditionCleared']);
    expect(allowed(await progress('japan'))).toEqual(['CONDITION_CLEARED']);
    await must(toLine('thamdinh.sngv', 'japan', { type: 'CONDITION_CLEARED', document }));
    await house.must('vanthu.vpubnd', caseId, decision);
  });

  it("is issued once the Ministry's letter is there, which carries the central answer to the lines", async () => {
    expect(await toPlan('vanthu.vpubnd', { type: 'ISSUE_PLAN', document })).toMatchObject({ status: 409 });
    await must(
      toPlan('thamdinh.sngv', { type: 'MINISTRY_NOTIFIED', document: { number: '341/BNG-CNV', date: '2023-01-09' } }),
    );
    expect((await progress('key')).state.id).toBe('approved');
    await must(toPlan('vanthu.vpubnd', { type: 'ISSUE_PLAN', document: { number: '02/KH-UBND', date: '2023-01-09' } }));
    const plans = (await house.as('chuyenvien.skhdt', '/plans')).body.items;
    expect(plans).toMatchObject([{ year: 2023, itemCount: 2, document: { number: '02/KH-UBND' } }]);
    const exported = await house.download('chuyenvien.skhdt', `/plans/${planId}/export?columns=form04Unit`);
    expect(exported.bytes.length).toBeGreaterThan(2000);
  });

  it('is adjusted in mid-year: a line changes and is decided on anew, one with a trip cannot be dropped', async () => {
    expect((await toLine('thamdinh.sngv', 'key', { type: 'DROP', reason: 'Không còn cần' })).body.rules).toMatchObject([
      { name: 'isAdjusting' },
    ]);
    await must(toPlan('thamdinh.sngv', { type: 'BEGIN_ADJUSTMENT' }));
    const withTrip = await toLine('thamdinh.sngv', 'japan', { type: 'DROP', reason: 'Không còn cần' });
    expect(withTrip.body.rules).toMatchObject([{ name: 'noTrip' }]);
    await must(toLine('thamdinh.sngv', 'key', { type: 'CHANGE', reason: 'Đổi thời gian' }));
    await must(toLine('thamdinh.sngv', 'key', { type: 'INCLUDE' }));
    await must(toPlan('giamdoc.sngv', { type: 'SUBMIT_PLAN', document }));
    await must(toPlan('phochutich.ubnd', { type: 'FORWARD_PLAN', document }));
    await must(toPlan('thuongtruc.tinhuy', { type: 'APPROVE_PLAN', document }));
    await must(toPlan('thamdinh.sngv', { type: 'MINISTRY_NOTIFIED', document }));
    await must(toPlan('vanthu.vpubnd', { type: 'ISSUE_PLAN', document }));
    expect((await cycle()).issues).toHaveLength(2);
  });

  it('is closed with its lines when the year is over, and its log replays', async () => {
    house.clock.set(instantAt('2024-01-02', '08:00'));
    await house.fireDueTimers();
    expect(allowed(await cycle())).toEqual(['CLOSE_YEAR']);
    await must(toPlan('thamdinh.sngv', { type: 'CLOSE_YEAR' }));
    expect((await cycle()).lines.map(({ state }: { state: { id: string } }) => state.id)).toEqual([
      'notIncluded',
      'closed',
    ]);
    const reports = await house.replayAll();
    expect(reports.filter((report) => !report.matches)).toEqual([]);
    expect(reports.length).toBeGreaterThan(3);
  });
});

describe('an imported plan', () => {
  it('works as before without the cycle, and may be put under it as already issued', async () => {
    house.clock.set(instantAt('2023-02-01', '08:00'));
    const csv =
      '\uFEFFSTT,Tên đoàn,Trưởng đoàn,Nước đến,Thời gian,Số ngày,Ghi chú\n1,Đoàn thử,Giám đốc Sở,Lào,Quý I,3,\n2,Đoàn hai,Giám đốc Sở,Lào,Quý II,3,Báo cáo cụ thể đối tác trước khi đi\n';
    const form = new FormData();
    form.set('year', '2025');
    form.set('direction', 'outbound');
    form.set('noStateSecrets', 'true');
    form.set('file', new Blob([csv]), 'ke-hoach.csv');
    const headers = { cookie: await house.cookieOf('thamdinh.sngv') };
    const preview = await fetch(`${house.api.url}/api/v1/plan-previews`, { method: 'POST', body: form, headers });
    const { id } = (await preview.json()) as { id: string };
    const { body } = await must(house.as('thamdinh.sngv', `/plan-previews/${id}/confirm`, { body: {} }));
    [planId] = body.planIds;
    const [first, second] = (await house.as('thamdinh.sngv', `/plans/${planId}/items`)).body.items;
    expect([first.state, second.state]).toEqual(['approved', 'approvedWithCondition']);
    lines.second = second.id;
    expect(await cycle()).toMatchObject({ managed: false, mayManage: true, availableEvents: [] });
    expect(allowed(await progress('second'))).toEqual(['CONDITION_CLEARED']);
    await must(toLine('thamdinh.sngv', 'second', { type: 'CONDITION_CLEARED', document }));
    expect((await progress('second')).state.id).toBe('approved');
    await must(house.as('thamdinh.sngv', '/plans', { body: { year: 2025 } }));
    const managed = await cycle();
    expect(managed.states.map((state: { id: string }) => state.id)).toEqual(['issued', 'issued.running']);
    expect(allowed(managed)).toEqual(['BEGIN_ADJUSTMENT']);
  });
});
