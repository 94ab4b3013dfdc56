import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantAt } from '#libs/calendar';
import { DelegationHouse, document } from './delegation-house.js';

let house: DelegationHouse;
let caseId: string;
let followUpId: string;

beforeAll(async () => {
  house = await DelegationHouse.open();
  caseId = await house.openAbroad();
  house.clock.set(instantAt('2023-03-10', '16:00'));
  await house.must('chuyenvien.skhdt', caseId, { type: 'RETURN_HOME', returnedOn: '2023-03-10' });
});
afterAll(() => house.close());

const report = async () => ({
  actual: { people: 1, days: 5, costs: [{ source: 'socialised', amount: 412_500_000, currency: 'VND' }] },
  deviations: 'Rút ngắn một buổi làm việc do đối tác bận',
  meetings: [
    { date: '2023-03-07', place: 'Maebashi', partner: 'Chính quyền tỉnh Gunma', content: 'Trao đổi hợp tác lao động' },
  ],
  agreements: [{ title: 'Bản ghi nhớ hợp tác', partner: 'Tỉnh Gunma', signedOn: '2023-03-08', term: '03 năm' }],
  followUps: [
    {
      task: 'Xây dựng đề án hợp tác lao động',
      organisationId: await house.organisationId('SVHTTDL'),
      dueDate: '2023-04-14',
    },
    { task: 'Bố trí kinh phí', organisationId: await house.organisationId('STC'), dueDate: '2023-05-15' },
  ],
  lessons: 'Nên đặt lịch làm việc trước hai tháng',
});
const bare = () =>
  house.fire('chuyenvien.skhdt', caseId, { type: 'SUBMIT_REPORT', document, summary: 'Đoàn đã về nước.' });
const submit = async (change: object = {}) =>
  house.fire('chuyenvien.skhdt', caseId, {
    type: 'SUBMIT_REPORT',
    document,
    summary: 'Đoàn đã làm việc với chính quyền tỉnh Gunma.',
    report: { ...(await report()), ...change },
  });
const library = async (mailbox: string, search = '') =>
  (await house.as(mailbox, `/trip-reports${search}`)).body.items as { caseId: string }[];
const followUps = async (mailbox: string) =>
  (await house.as(mailbox, '/follow-ups')).body.items as {
    id: string;
    task: string;
    state: string;
    dueDate: string;
    may: { close: boolean; manage: boolean };
  }[];
const toFollowUp = (mailbox: string, body: object) => house.as(mailbox, `/follow-ups/${followUpId}/events`, { body });

describe('the report of a trip', () => {
  it('is refused when it gives something to do to nobody of the province, or for a day that has passed', async () => {
    const followUps = [{ task: 'Việc gì đó', organisationId: caseId, dueDate: '2023-03-01' }];
    const refused = await submit({ followUps });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'report.followUps.0.organisationId',
      'report.followUps.0.dueDate',
    ]);
    expect((await submit({ lessons: 'TỐI MẬT: nội dung làm việc' })).status).toBe(400);
  });

  it('is refused without its content, or when it went otherwise than decided and gives no reason', async () => {
    expect(await bare()).toMatchObject({ status: 400, body: { errors: [{ path: 'report' }] } });
    const more = await submit({ actual: { people: 2, days: 5 }, deviations: '' });
    expect(more).toMatchObject({ status: 400, body: { errors: [{ path: 'report.deviations' }] } });
    const [stored] = await house.query('select count(*)::int as n from trip_reports where instance_id = $1', [caseId]);
    expect(stored).toEqual({ n: 0 });
  });

  it('keeps what happened beside what was approved, outside the log that cannot be erased', async () => {
    expect((await submit()).status).toBe(200);
    const view = (await house.as('thamdinh.sngv', `/trip-reports/${caseId}`)).body;
    expect(view).toMatchObject({
      approved: { people: 1, costs: [{ source: 'socialised', amount: 450_000_000 }] },
      report: { actual: { people: 1, days: 5 }, agreements: [{ title: 'Bản ghi nhớ hợp tác' }] },
      acceptedAt: null,
    });
    expect(view.followUpList.map(({ state }: { state: string }) => state)).toEqual(['planned', 'planned']);
    const [event] = await house.query<{ payload: object }>(
      `select payload from events where instance_id = $1 and type = 'SUBMIT_REPORT'`,
      [caseId],
    );
    expect(JSON.stringify(event!.payload)).not.toContain('Gunma');
  });

  it('is in no library and asks nobody anything until it is accepted; what was returned is filed anew', async () => {
    expect(await library('thamdinh.sngv')).toEqual([]);
    expect((await house.as('giamdoc.stc', `/trip-reports/${caseId}`)).status).toBe(404);
    await house.must('thamdinh.sngv', caseId, { type: 'RETURN_REPORT', reason: 'Nêu rõ hơn kết quả' });
    expect((await submit()).status).toBe(200);
    const [tasks] = await house.query<{ n: number }>(`select count(*)::int as n from tasks where kind = 'followUp'`);
    expect(tasks).toEqual({ n: 0 });
  });

  it('is read by the whole province once accepted, found without diacritics by any of its words', async () => {
    await house.must('thamdinh.sngv', caseId, { type: 'ACCEPT_REPORT' });
    for (const search of ['', '?q=dat%20lich%20hai%20thang', '?q=GUNMA%20lao%20dong', '?country=JP'])
      expect((await library('giamdoc.stc', search)).map((one) => one.caseId)).toEqual([caseId]);
    for (const search of ['?q=singapore', '?country=LA']) expect(await library('giamdoc.stc', search)).toEqual([]);
    const view = (await house.as('giamdoc.stc', `/trip-reports/${caseId}`)).body;
    expect(view).toMatchObject({ mayOpenCase: false, report: { lessons: 'Nên đặt lịch làm việc trước hai tháng' } });
  });
});

describe('what follows from a trip', () => {
  it('is a task of the one organisation it was given to, in its inbox and by mail', async () => {
    const own = await followUps('giamdoc.stc');
    expect(own.map(({ task, state }) => [task, state])).toEqual([['Bố trí kinh phí', 'open']]);
    const all = await followUps('thamdinh.sngv');
    expect(all).toHaveLength(2);
    followUpId = all[0]!.id;
    const [task] = await house.query<{ due: string }>(
      `select to_char(due_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') as due from tasks
       where instance_id = $1 and closed_at is null`,
      [followUpId],
    );
    expect(task).toEqual({ due: '2023-04-14 17:00' });
  });

  it('is reminded before its day, on it, and again and again after it, until it is closed', async () => {
    const templates = async () =>
      (
        await house.query<{ template: string }>(
          `select template from outbox_messages where instance_id = $1 and template <> 'taskOpened' order by created_at, id`,
          [followUpId],
        )
      ).map(({ template }) => template);
    for (const day of ['2023-04-07', '2023-04-13', '2023-04-14', '2023-04-17', '2023-04-21']) {
      house.clock.set(instantAt(day, '10:00'));
      await house.fireDueTimers();
    }
    // The second time after its day the focal agency hears of it, too.
    expect(await templates()).toEqual([
      'deadlineApproaching',
      'deadlineApproaching',
      'deadlineToday',
      'deadlineOverdue',
      'deadlineOverdue',
      'deadlineOverdue',
    ]);
    expect((await followUps('thamdinh.sngv'))[0]).toMatchObject({ id: followUpId, state: 'overdue' });
  });

  it('is moved by the focal agency alone, and only to a later day', async () => {
    const move = { type: 'MOVE_FOLLOW_UP', dueDate: '2023-06-15', reason: 'Chờ ý kiến đối tác' };
    expect((await toFollowUp('giamdoc.stc', move)).status).toBe(404);
    expect((await toFollowUp('thamdinh.sngv', { ...move, dueDate: '2023-04-01' })).body.rules).toMatchObject([
      { name: 'isLater' },
    ]);
    expect((await toFollowUp('thamdinh.sngv', move)).body).toMatchObject({ state: 'open' });
    expect((await followUps('thamdinh.sngv'))[1]).toMatchObject({
      id: followUpId,
      dueDate: '2023-06-15',
      state: 'open',
    });
  });

  it('is closed with what came of it, and then nobody is reminded any more', async () => {
    const closed = await toFollowUp('thamdinh.sngv', { type: 'CLOSE_FOLLOW_UP', note: 'Đề án đã trình UBND tỉnh' });
    expect(closed.body).toMatchObject({ state: 'done' });
    expect((await followUps('thamdinh.sngv')).map(({ id }) => id)).not.toContain(followUpId);
    expect((await toFollowUp('thamdinh.sngv', { type: 'CLOSE_FOLLOW_UP', note: 'Lần nữa' })).status).toBe(409);
    const [open] = await house.query<{ n: number }>(
      `select count(*)::int as n from timers where instance_id = $1 and coalesce(fired_at, cancelled_at) is null`,
      [followUpId],
    );
    expect(open).toEqual({ n: 0 });
  });

  it('stands in the statistics of the period with the agreements and what was really spent', async () => {
    house.clock.set(instantAt('2023-06-20', '08:00'));
    const period = '/reports/periodic?from=2023-01-01&to=2023-12-31';
    const { body } = await house.as('thamdinh.sngv', period);
    expect(body.results).toEqual({
      reports: 1,
      meetings: 1,
      agreements: 1,
      followUps: 2,
      followUpsDone: 1,
      followUpsOverdue: 1,
    });
    expect(body.byFunding).toEqual([
      { key: 'socialised', currency: 'VND', trips: 1, estimated: '450000000.00', actual: '412500000' },
    ]);
    const file = await house.download('thamdinh.sngv', period.replace('periodic?', 'periodic/file.docx?'));
    expect(file.bytes.length).toBeGreaterThan(2000);
    expect((await house.replayAll()).filter((one) => !one.matches)).toEqual([]);
  });
});
