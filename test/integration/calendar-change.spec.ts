import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBusinessCalendar, dayOf, formatInstant, instantAt, vietnamHolidays } from '#libs/calendar';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { Runtime } from '#libs/runtime';
import { workflowDefinitions } from '#workflows/definitions.js';
import { DelegationHouse, document } from './delegation-house.js';

/** The day becomes a day off, and Saturday 14/01/2023 is worked for it. */
const swapping = (dayOff: string) => {
  const name = { vi: 'hoán đổi thử', en: 'trial swap' };
  const swap = { name, verified: true, source: 'bản thử' };
  const days = [
    ...vietnamHolidays.days,
    { ...swap, day: dayOff, kind: 'swappedOff' as const },
    { ...swap, day: '2023-01-14', kind: 'swappedWorked' as const },
  ];
  return createBusinessCalendar({ ...vietnamHolidays, version: 'trial', days });
};
/** A Wednesday. */
const changed = swapping('2023-01-11');

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
    const preview = await unitOfWork.run(async (tx) => runtime.recountedDeadlines(tx, await runtime.read(tx, caseId)));
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

  it('recounts the reminders of a deadline that stays on its day, in the log, and tells nobody', async () => {
    caseId = await house.openWithDossier();
    const [deadline, ladder] = await timers();
    const recounts = await recompute();
    expect(recounts).toMatchObject([{ name: deadline!.name, from: deadline!.due, to: deadline!.due }]);
    const [stays, recounted] = await timers();
    expect(stays).toEqual(deadline);
    expect(recounted!.keys).toEqual(ladder!.keys);
    // Half of the working time of the term: the day off is worked on the Saturday.
    expect([ladder!.due, recounted!.due].map(dayOf)).toEqual(['2023-01-13', '2023-01-14']);
    expect(await moved()).toEqual([]);
    const timeline = (await house.as('chuyenvien.skhdt', `/cases/${caseId}`)).body.timeline;
    expect(timeline.at(-1)).toMatchObject({
      type: 'DEADLINES_RECOMPUTED',
      payload: { changes: [], reminders: [deadline!.name] },
    });
    expect(await recompute()).toEqual([]);
    expect(await house.replayAll()).toContainEqual(expect.objectContaining({ instanceId: caseId, matches: true }));
  });

  it('still says a reminder that was due while nobody was at work', async () => {
    caseId = await house.openWithDossier();
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    await house.must('thamdinh.sngv', caseId, { type: 'RECEIVE' });
    const [, ladder] = await timers();
    expect(formatInstant(ladder!.due)).toBe('07:45 11/01/2023');
    house.clock.set(instantAt('2023-01-11', '08:00'));
    // Thursday off: the due date moves, the half of the term does not come before now again.
    const thursdayOff = swapping('2023-01-12');
    const other = new Runtime({ clock: house.clock, definitions: workflowDefinitions, calendarFor: () => thursdayOff });
    await unitOfWork.run(async (tx) => {
      const locked = await other.lock(tx, { instanceId: caseId });
      await other.recomputeDeadlines(tx, locked, { principal: { personId: null } });
    });
    const [deadline, owed] = await timers();
    expect(formatInstant(deadline!.due)).toBe('17:00 13/01/2023');
    expect(owed).toMatchObject({ next: 'half', keys: ['half', 'due', 'overdue1', 'overdue5'] });
    expect(owed!.due.getTime()).toBeLessThanOrEqual(house.clock.now().getTime());
    await unitOfWork.run((tx) => other.fireReminders(tx, { limit: 100 }));
    const said = await house.query<{ key: string }>(
      `select data->>'reminderKey' as key from outbox_messages where instance_id = $1 and timer_id is not null`,
      [caseId],
    );
    expect(said.map(({ key }) => key)).toContain('half');
  });
});
