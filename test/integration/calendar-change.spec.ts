import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBusinessCalendar, formatInstant, instantAt, vietnamHolidays } from '#libs/calendar';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { Runtime } from '#libs/runtime';
import { workflowDefinitions } from '#workflows/definitions.js';
import { DelegationHouse, document } from './delegation-house.js';

/** Wednesday 11/01/2023 becomes a day off, and Saturday 14/01 is worked for it. */
const swap = { vi: 'hoán đổi thử', en: 'trial swap' };
const changed = createBusinessCalendar({
  ...vietnamHolidays,
  version: 'trial',
  days: [
    ...vietnamHolidays.days,
    { day: '2023-01-11', kind: 'swappedOff', name: swap, verified: true, source: 'bản thử' },
    { day: '2023-01-14', kind: 'swappedWorked', name: swap, verified: true, source: 'bản thử' },
  ],
});

interface Timer {
  name: string;
  kind: string;
  due: Date;
  next: string | null;
  keys: string[] | null;
}

describe('a swap day announced while cases run', () => {
  let house: DelegationHouse;
  let runtime: Runtime;
  let unitOfWork: UnitOfWork;
  let caseId: string;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    unitOfWork = createUnitOfWork(house.api.database.dataSource);
    runtime = new Runtime({ clock: house.clock, definitions: workflowDefinitions, calendarFor: () => changed });
    caseId = await house.openWithDossier();
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    await house.must('thamdinh.sngv', caseId, { type: 'RECEIVE' });
  });
  afterAll(() => house.close());

  const timers = () =>
    house.query<Timer>(
      `select name, kind, due_at as due, reminder_key as next,
         (select array_agg(s->>'key') from jsonb_array_elements(steps) s) as keys
       from timers where instance_id = $1 and coalesce(fired_at, cancelled_at) is null order by kind`,
      [caseId],
    );
  const moved = () =>
    house.query<{ data: { dueAt: string }; task_key: string }>(
      "select data, task_key from outbox_messages where instance_id = $1 and template = 'deadlineMoved'",
      [caseId],
    );
  const recompute = () =>
    unitOfWork.run(async (tx) => {
      const locked = await runtime.lock(tx, { instanceId: caseId });
      return runtime.recomputeDeadlines(tx, locked, { principal: { personId: null } });
    });

  it('is shown before it is applied', async () => {
    const before = await timers();
    expect(before.map(({ due }) => formatInstant(due))).toEqual(['17:00 12/01/2023', '07:45 11/01/2023']);
    const preview = await unitOfWork.run(async (tx) => runtime.movedDeadlines(tx, await runtime.read(tx, caseId)));
    expect(preview).toMatchObject([{ name: 'appraisalDeadline', to: instantAt('2023-01-13', '17:00') }]);
    expect(preview[0]?.explanation.vi).toContain('bỏ qua 11/01 (hoán đổi thử)');
    expect(await timers()).toEqual(before);
    expect(await moved()).toEqual([]);
  });

  it('moves the deadline, its reminders and the task in one entry of the log, and tells who holds the task', async () => {
    await recompute();
    const [deadline, ladder] = await timers();
    expect(formatInstant(deadline!.due)).toBe('17:00 13/01/2023');
    expect(ladder).toMatchObject({ next: 'half', keys: ['half', 'due', 'overdue1', 'overdue5'] });
    // Half of 09, 10, 12 and 13/01: nothing of the new day off.
    expect(formatInstant(ladder!.due)).toBe('07:45 12/01/2023');
    const [task] = await house.query<{ due: Date }>(
      'select due_at as due from tasks where instance_id = $1 and closed_at is null',
      [caseId],
    );
    expect(formatInstant(task!.due)).toBe('17:00 13/01/2023');
    expect((await moved()).map((message) => message.task_key)).toEqual(['appraise']);
    const timeline = (await house.as('thamdinh.sngv', `/cases/${caseId}`)).body.timeline;
    expect(timeline.at(-1)).toMatchObject({
      type: 'DEADLINES_RECOMPUTED',
      text: { vi: 'Tính lại thời hạn theo lịch làm việc mới' },
      payload: { calendarVersion: 'trial' },
    });
  });

  it('applied twice changes nothing more', async () => {
    const before = [await timers(), await moved()];
    expect(await recompute()).toEqual([]);
    expect([await timers(), await moved()]).toEqual(before);
  });

  it('leaves a log that replays, with an unbroken chain, and a case that goes on', async () => {
    expect(await house.replayAll()).toEqual([expect.objectContaining({ instanceId: caseId, matches: true })]);
    const chains = await unitOfWork.run((tx) => runtime.verifyChains(tx));
    expect(chains.faults).toEqual([]);
    await house.must('thamdinh.sngv', caseId, { type: 'ACCEPT_DOSSIER' });
    await house.must('thamdinh.sngv', caseId, { type: 'FORWARD' });
  });
});
