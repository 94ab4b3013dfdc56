import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commands } from '#apps/cli/src/commands/index.js';
import { openHouse } from '#apps/cli/src/composition.js';
import { runCli } from '#apps/cli/src/run-cli.js';
import { formatInstant, systemClock, vietnamHolidays } from '#libs/calendar';
import { loadConfig } from '#libs/config';
import { settleCalendar } from '#libs/delegation';
import { createPreparedReader, createUnitOfWork } from '#libs/persistence';
import { CalendarBook } from '#libs/regulation';
import { Runtime } from '#libs/runtime';
import { outboundDelegation } from '#workflows/outbound-delegation/definition.js';
import { DelegationHouse, document } from './delegation-house.js';

/** Wednesday 11/01/2023 becomes a day off, and Saturday 14/01 is worked for it. The house opens on Monday the ninth. */
const swap = {
  kind: 'announce',
  scope: 'province',
  document: { number: '15/TB-UBND', date: '2023-01-09' },
  reason: 'Hoán đổi ngày làm việc theo thông báo',
  days: [
    { day: '2023-01-11', kind: 'swappedOff', name: { vi: 'Nghỉ hoán đổi', en: 'Swapped day off' } },
    { day: '2023-01-14', kind: 'swappedWorked', name: { vi: 'Làm bù', en: 'Worked for it' } },
  ],
};

interface Timer {
  due: Date;
  explanation: { vi: string };
}

describe('the calendar of the province', () => {
  let house: DelegationHouse;
  let appraised: string;
  let drafted: string;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    appraised = await house.openWithDossier();
    await house.must('chuyenvien.skhdt', appraised, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', appraised, { type: 'SIGN_SUBMIT', document });
    await house.must('thamdinh.sngv', appraised, { type: 'RECEIVE' });
    drafted = await house.openWithDossier();
  });
  afterAll(() => house.close());

  const preview = (change: object, by = 'quantri.sngv') => house.as(by, '/calendar/preview', { body: change });
  const apply = (change: object, seen: { version: number; digest: string }, by = 'quantri.sngv') =>
    house.as(by, '/calendar/changes', {
      body: { change, digest: seen.digest },
      headers: { 'if-match': `"${seen.version}"` },
    });
  const year = async () => (await house.as('chuyenvien.skhdt', '/calendar?year=2023')).body;
  const deadlines = (caseId: string) =>
    house.query<Timer>(
      `select due_at as due, explanation from timers where instance_id = $1 and kind = 'deadline'
         and coalesce(fired_at, cancelled_at) is null order by id`,
      [caseId],
    );
  const moved = () =>
    house.query<{ caseId: string; recipient: object }>(
      `select instance_id as "caseId", recipient from outbox_messages where template = 'deadlineMoved' order by created_at`,
    );
  const everything = async () => [
    await house.query('select * from timers order by id'),
    await house.query('select * from tasks order by id'),
    await house.query('select * from outbox_messages order by id'),
    await house.query('select * from calendar_changes order by id'),
    await house.query('select version, last_seq from instances order by id'),
  ];

  it('lists the days of a year with their source, and says which nobody has compared with the notice', async () => {
    const view = await year();
    expect(view).toMatchObject({ year: 2023, version: 0, changes: [], calendarVersion: vietnamHolidays.version });
    expect(view.days).toContainEqual(
      expect.objectContaining({ day: '2023-09-02', verified: true, source: expect.stringContaining('Điều 112') }),
    );
    expect(view.days.some((row: { verified: boolean }) => !row.verified)).toBe(true);
    const later = (await house.as('chuyenvien.skhdt', '/calendar?year=2026')).body;
    expect(later.days).toContainEqual(expect.objectContaining({ day: '2026-11-24', applied: false, worked: true }));
  });

  it('shows who a change would affect, and changes nothing by showing it', async () => {
    const before = await everything();
    const { status, body } = await preview(swap);
    expect(status).toBe(200);
    expect(body).toMatchObject({ version: 0, problems: [], counts: { cases: 1, deadlines: 1 } });
    expect(body.days).toMatchObject([
      { day: '2023-01-11', before: { worked: true }, after: { worked: false, name: { vi: 'Nghỉ hoán đổi' } } },
      { day: '2023-01-14', before: { worked: false }, after: { worked: true } },
    ]);
    expect(body.cases).toMatchObject([
      {
        id: appraised,
        deadlines: [{ name: 'appraisalDeadline' }],
      },
    ]);
    const [deadline] = body.cases[0].deadlines;
    expect(deadline.told).toHaveLength(body.counts.people);
    expect(deadline.told.map(({ fullName }: { fullName: string }) => fullName)).toContain('Trần Đức Bình (mẫu)');
    expect(formatInstant(new Date(deadline.from))).toBe('17:00 12/01/2023');
    expect(formatInstant(new Date(deadline.to))).toBe('17:00 13/01/2023');
    expect(deadline.explanation.vi).toContain('bỏ qua 11/01 (Nghỉ hoán đổi)');
    expect(await everything()).toEqual(before);
  });

  it('is changed by an administrator only, and looked at by those who supervise', async () => {
    expect((await preview(swap, 'chuyenvien.skhdt')).status).toBe(403);
    const { body } = await preview(swap);
    expect((await apply(swap, body, 'thamdinh.sngv')).status).toBe(403);
    expect((await year()).version).toBe(0);
  });

  it('refuses what is wrong, in words at the field', async () => {
    const wrong = {
      ...swap,
      days: [
        { day: '2023-01-06', kind: 'swappedOff', name: { vi: 'Đã qua', en: 'Gone' } },
        { day: '2023-01-12', kind: 'swappedWorked', name: { vi: 'Thứ Năm', en: 'Thursday' } },
        { day: '2023-01-13', kind: 'ordinary', name: { vi: 'Ngày thường', en: 'Ordinary' } },
        { day: '2023-01-13', kind: 'ordinary', name: { vi: 'Ngày thường', en: 'Ordinary' } },
      ],
    };
    const { body } = await preview(wrong);
    const problems = body.problems.map(({ path, text }: { path: string; text: { vi: string } }) => [path, text.vi]);
    expect(problems).toEqual([
      ['days.0.day', expect.stringContaining('đã qua')],
      ['days.1.day', expect.stringContaining('thứ Bảy')],
      ['days.2.day', expect.stringContaining('để bãi bỏ')],
      ['days.3.day', expect.stringContaining('dòng trên')],
      ['days.3.day', expect.stringContaining('để bãi bỏ')],
    ]);
    const refused = await apply(wrong, body);
    expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(refused.body.errors[0]).toMatchObject({ path: 'days.0.day' });
  });

  it('refuses a change whose preview is no longer what would happen', async () => {
    const { body: seen } = await preview(swap);
    await house.must('chuyenvien.skhdt', drafted, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', drafted, { type: 'SIGN_SUBMIT', document });
    await house.must('thamdinh.sngv', drafted, { type: 'RECEIVE' });
    const before = await everything();
    const refused = await apply(swap, seen);
    expect(refused).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    expect(refused.body.detail).toContain('Danh sách bị ảnh hưởng đã đổi');
    const { body: now } = await preview(swap);
    expect(now.counts).toMatchObject({ cases: 2, deadlines: 2 });
    expect((await apply(swap, { ...now, version: 7 })).status).toBe(412);
    expect((await apply({ ...swap, reason: 'Một lý do khác' }, now)).status).toBe(412);
    expect(await everything()).toEqual(before);
  });

  it('is applied in one audited step, and only whose due date changed is told', async () => {
    const untouched = await house.openWithDossier();
    const before = await deadlines(untouched);
    const { body: seen } = await preview(swap);
    expect(seen.counts).toMatchObject({ cases: 2, deadlines: 2, reminders: 1 });
    const answer = await apply(swap, seen);
    expect(answer).toMatchObject({ status: 201, body: { version: 1, cases: 2, deadlines: 2, reminders: 1 } });
    for (const caseId of [appraised, drafted]) {
      const [deadline] = await deadlines(caseId);
      expect(formatInstant(deadline!.due)).toBe('17:00 13/01/2023');
      expect(deadline!.explanation.vi).toContain('bỏ qua 11/01 (Nghỉ hoán đổi)');
    }
    expect((await moved()).map(({ caseId }) => caseId).toSorted()).toEqual([appraised, drafted].toSorted());
    expect((await moved()).map(({ caseId }) => caseId)).not.toContain(untouched);
    expect((await deadlines(untouched)).map(({ due }) => due)).toEqual(before.map(({ due }) => due));
    const audits = await house.query<{ action: string; details: object }>(
      "select action, details from audit_records where action like 'calendar.%'",
    );
    expect(audits).toEqual([
      {
        action: 'calendar.announced',
        details: { version: 1, days: ['2023-01-11', '2023-01-14'], cases: 2, deadlines: 2, reminders: 1 },
      },
    ]);
    const timeline = (await house.as('thamdinh.sngv', `/cases/${appraised}`)).body.timeline;
    expect(timeline.at(-1)).toMatchObject({
      type: 'DEADLINES_RECOMPUTED',
      payload: { calendarVersion: `${vietnamHolidays.version}+c1` },
    });
  });

  it('counts every new deadline by the changed days from then on', async () => {
    const caseId = await house.openWithDossier();
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    await house.must('thamdinh.sngv', caseId, { type: 'RECEIVE' });
    const [deadline] = await deadlines(caseId);
    expect(formatInstant(deadline!.due)).toBe('17:00 13/01/2023');
    const view = await year();
    expect(view).toMatchObject({ version: 1, calendarVersion: `${vietnamHolidays.version}+c1` });
    expect(view.days).toContainEqual(
      expect.objectContaining({ day: '2023-01-14', worked: true, verified: true, version: 1 }),
    );
    expect(view.changes).toMatchObject([
      { version: 1, canWithdraw: true, withdrawnBy: null, createdBy: { fullName: expect.stringMatching(/\S/) } },
    ]);
  });

  it('is heard of by every other process within a beat', async () => {
    const reader = createPreparedReader(house.api.database.dataSource);
    const other = new CalendarBook(vietnamHolidays);
    expect(other.calendarFor(house.api.provinceId).isWorkingDay('2023-01-11')).toBe(true);
    await other.refresh(reader);
    expect(other.calendarFor(house.api.provinceId).isWorkingDay('2023-01-11')).toBe(false);
    expect(other.calendarFor('00000000-0000-4000-8000-000000000000').isWorkingDay('2023-01-11')).toBe(true);
  });

  it('moves on a second look what was counted by the old calendar while it changed', async () => {
    const dataSource = house.api.database.dataSource;
    const unitOfWork = createUnitOfWork(dataSource);
    const reader = createPreparedReader(dataSource);
    const calendars = new CalendarBook(vietnamHolidays);
    const { clock } = house;
    const definitions = [outboundDelegation];
    const runtime = new Runtime({ clock, definitions, calendarFor: calendars.calendarFor });
    const settle = () => settleCalendar({ unitOfWork, reader, clock, runtime, calendars });
    // As a process that had not heard of the change would have stored it.
    await house.query(
      `update timers set due_at = '2023-01-12T10:00:00Z' where instance_id = $1 and kind = 'deadline'
         and coalesce(fired_at, cancelled_at) is null`,
      [appraised],
    );
    expect(await settle()).toBe(0);
    await house.query('update calendar_changes set settle_after = $1', [systemClock.now()]);
    expect(await settle()).toBe(1);
    expect(formatInstant((await deadlines(appraised))[0]!.due)).toBe('17:00 13/01/2023');
    expect(await settle()).toBe(0);
  });

  it('is put back by withdrawing the change, with a preview like any other', async () => {
    const back = {
      kind: 'withdraw',
      version: 1,
      document: { number: '18/TB-UBND', date: '2023-01-09' },
      reason: 'Thông báo cũ được thu hồi',
    };
    const { body: seen } = await preview(back);
    expect(seen).toMatchObject({ version: 1, problems: [], counts: { cases: 3, deadlines: 3 } });
    expect((await apply(back, seen)).status).toBe(201);
    expect(formatInstant((await deadlines(appraised))[0]!.due)).toBe('17:00 12/01/2023');
    const view = await year();
    expect(view).toMatchObject({ version: 2, calendarVersion: vietnamHolidays.version });
    expect(view.changes).toMatchObject([
      { version: 2, kind: 'withdraw', withdraws: 1, canWithdraw: false },
      { version: 1, withdrawnBy: 2, canWithdraw: false },
    ]);
    const again = await preview(back);
    expect(again.body.problems).toMatchObject([{ path: 'version' }]);
  });

  it('of two administrators at once lets one through', async () => {
    const { body: seen } = await preview(swap);
    const answers = await Promise.all([1, 2, 3].map(() => apply(swap, seen)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 412, 412]);
  });

  it('is not put back once people have lived by it', async () => {
    house.clock.set(new Date('2023-01-12T01:00:00Z'));
    const { body } = await preview({
      kind: 'withdraw',
      version: 3,
      document: { number: '19/TB-UBND', date: '2023-01-12' },
      reason: 'Thu hồi quá muộn',
    });
    expect(body.problems[0].text.vi).toContain('đã qua');
    expect((await year()).changes[0]).toMatchObject({ version: 3, canWithdraw: false });
  });

  it('is changed for the whole country only where no other province lives by it', async () => {
    const whole = { ...swap, scope: 'country', days: [{ ...swap.days[0], day: '2023-02-10' }] };
    expect((await preview(whole)).body.problems).toEqual([]);
    await house.query("insert into provinces (id, code, name) values (gen_random_uuid(), 'XX', 'Tỉnh khác')");
    expect((await preview(whole)).body.problems).toMatchObject([{ path: 'scope' }]);
    expect((await year()).mayChangeCountry).toBe(false);
  });

  describe('at the command line of the operator', () => {
    const call = async (...argv: string[]) => {
      const said = { out: '', err: '' };
      const status = await runCli(argv, {
        commands,
        openHouse: () =>
          openHouse(loadConfig({ DATABASE_URL: house.api.database.url, CLOCK: 'manual', NODE_ENV: 'test' })),
        output: { out: (text) => (said.out += text), err: (text) => (said.err += text) },
      });
      return { status, ...said };
    };
    const json = async (...argv: string[]) => JSON.parse((await call(...argv, '--json')).out);
    const tet = ['--holiday', '2023-01-13', '--name', 'Nghỉ thêm', '--document', '21/TB-UBND', '--date', '2023-01-12'];
    const add = ['calendar', 'add', ...tet, '--reason', 'Nghỉ thêm một ngày', '--province', 'TQ'];
    beforeAll(async () => {
      await house.query('delete from test_clock');
      await house.query('insert into test_clock (id, now, set_at) values (1, $1, now())', [house.clock.now()]);
    });

    it('shows what a new day would move, and enters it on --apply', async () => {
      const shown = await call(...add);
      expect(shown).toMatchObject({ status: 0, err: '' });
      expect(shown.out).toMatch(/thẩm định .*17:00 13\/01\/2023 .*17:00 14\/01\/2023 .*Trần Đức Bình/);
      expect(shown.out).toContain('Chưa ghi gì');
      expect((await year()).version).toBe(3);
      const applied = await json(...add, '--apply');
      expect(applied).toMatchObject({ version: 4, cases: 3, deadlines: 3 });
      expect(formatInstant((await deadlines(appraised))[0]!.due)).toBe('17:00 14/01/2023');
      const refused = await call(
        'calendar',
        'add',
        ...tet,
        '--cancel',
        '2023-03-03',
        '--reason',
        'Không có gì ở đó',
        '--province',
        'TQ',
      );
      expect(refused.status).toBe(1);
      expect(refused.err).toContain('để bãi bỏ');
    });

    it('lists the calendar with its changes', async () => {
      const { out, status } = await call('calendar', 'list', '--year', '2023', '--province', 'TQ');
      expect(status).toBe(0);
      expect(out).toMatch(/✓ +13\/01\/2023 +ngày lễ +Nghỉ thêm +21\/TB-UBND ngày 12\/01\/2023/);
      expect(out).toMatch(/\? +2[0-9]\/01\/2023 +ngày lễ +Tết Nguyên đán/);
    });

    it('names the deadlines that another calendar had counted, and moves them on --apply', async () => {
      await house.query(
        `update timers set due_at = '2023-01-13T10:00:00Z' where instance_id = $1 and kind = 'deadline'
           and coalesce(fired_at, cancelled_at) is null`,
        [drafted],
      );
      const shown = await json('calendar', 'affected');
      expect(shown).toEqual([expect.objectContaining({ name: 'appraisalDeadline', from: '2023-01-13T10:00:00.000Z' })]);
      expect(formatInstant((await deadlines(drafted))[0]!.due)).toBe('17:00 13/01/2023');
      expect((await call('calendar', 'affected', '--apply')).out).toContain('17:00 14/01/2023');
      expect(formatInstant((await deadlines(drafted))[0]!.due)).toBe('17:00 14/01/2023');
      expect((await call('calendar', 'affected')).out).toContain('Không thời hạn nào đổi');
    });

    it('withdraws a change for everybody, with the operator as the one who did it', async () => {
      const back = ['--document', '22/TB-UBND', '--date', '2023-01-12', '--reason', 'Thu hồi thông báo'];
      expect((await call('calendar', 'withdraw', '4', ...back, '--province', 'TQ', '--apply')).status).toBe(0);
      expect((await year()).changes[0]).toMatchObject({ version: 5, withdraws: 4, createdBy: null });
      expect(formatInstant((await deadlines(drafted))[0]!.due)).toBe('17:00 13/01/2023');
    });
  });

  it('leaves logs that replay, with unbroken chains', async () => {
    const reports = await house.replayAll();
    expect(reports.every(({ matches }) => matches)).toBe(true);
  });
});
