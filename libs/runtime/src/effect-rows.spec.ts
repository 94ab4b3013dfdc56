import { describe, expect, it } from '@jest/globals';
import { createBusinessCalendar, vietnamHolidays } from '#libs/calendar';
import type { DeadlineSpec, Effect } from '#libs/engine';
import { type EffectRows, effectRows } from './effect-rows.js';
import type { OpenTask } from './types.js';

const calendar = createBusinessCalendar(vietnamHolidays);
/** A Friday, 16:00 in Viet Nam. */
const now = new Date('2026-03-06T09:00:00.000Z');
const officer = { role: 'officer', organisationId: '6b0f1a52-0000-4000-8000-000000000001' };
const openTask = (key: string, timerSendId: string | null = null): OpenTask => ({
  id: `id-${key}`,
  key,
  kind: 'review',
  assignee: officer,
  dueAt: null,
  timerId: timerSendId && `timer-${timerSendId}`,
  timerSendId,
});
const spec = (change: Partial<DeadlineSpec> = {}): DeadlineSpec => ({
  rule: { amount: 3, unit: 'workingDay', direction: 'after', source: null },
  from: 'now',
  taskKey: 'review',
  reminders: [],
  ...change,
});
const arm = (change: Partial<DeadlineSpec> = {}): Effect => ({
  type: 'armTimer',
  name: 'reviewDeadline',
  sendId: 's',
  event: { type: 's' },
  spec: spec(change),
});
const open: Effect = { type: 'openTask', key: 'review', kind: 'review', assignee: officer };
const rowsOf = (effects: readonly Effect[], more: Partial<Parameters<typeof effectRows>[0]> = {}): EffectRows =>
  effectRows({ effects, openTasks: [], status: 'active', calendar, now, ...more });

describe('the rows of a decision', () => {
  it('give a task opened before or after its deadline the same due date', () => {
    for (const effects of [
      [open, arm()],
      [arm(), open],
    ]) {
      const { tasks, timers } = rowsOf(effects);
      expect(tasks[0]).toMatchObject({ timer_id: timers[0]?.id, due_at: timers[0]?.due_at });
      expect(timers[0]?.due_at).toEqual(new Date('2026-03-11T10:00:00.000Z'));
    }
  });

  it('put the reminders of a deadline inside working time and name who is told', () => {
    const { timers } = rowsOf([
      arm({
        reminders: [
          { key: 'half', at: { kind: 'fraction', of: 0.5 }, template: 't', to: ['assignee'] },
          { key: 'due', at: { kind: 'due' }, template: 't', to: ['assignee'] },
          { key: 'overdue1', at: { kind: 'workingDays', offset: 1 }, template: 't', to: [officer] },
        ],
      }),
    ]);
    const [deadline, ladder] = timers;
    const steps = ladder?.steps ?? [];
    expect(steps.map((step) => step.key)).toEqual(['half', 'due', 'overdue1']);
    for (const step of steps) expect(calendar.isWorkingTime(new Date(step.dueAt))).toBe(true);
    expect(ladder).toMatchObject({
      deadline_id: deadline?.id,
      reminder_key: 'half',
      due_at: new Date(steps[0]!.dueAt),
    });
    expect(steps.slice(1).map((step) => step.dueAt)).toEqual(['2026-03-11T00:30:00.000Z', '2026-03-12T00:30:00.000Z']);
  });

  it('leave out a reminder whose moment has passed when the deadline is set', () => {
    const before = { key: 'b', at: { kind: 'workingDays', offset: -5 } as const, template: 't', to: [officer] };
    expect(rowsOf([arm({ reminders: [before] })]).timers).toHaveLength(1);
  });

  it('are none for what is opened and closed, or armed and cancelled, in one decision', () => {
    const rows = rowsOf([
      open,
      arm(),
      { type: 'cancelTimer', sendId: 's' },
      { type: 'closeTask', key: 'review', outcome: 'x' },
    ]);
    expect(rows).toMatchObject({ tasks: [], timers: [], messages: [], cancelledSendIds: ['s'] });
  });

  it('close what the machine left open when the case ends, and open nothing', () => {
    const rows = rowsOf([open, arm()], { status: 'done', openTasks: [openTask('other')] });
    expect(rows.taskChanges).toEqual([expect.objectContaining({ id: 'id-other', outcome: 'ended' })]);
    expect([rows.tasks, rows.timers]).toEqual([[], []]);
  });

  it('take the due date off a task whose deadline is cancelled, but not when it is the deadline that fired', () => {
    const cancel: Effect = { type: 'cancelTimer', sendId: 's' };
    const openTasks = [openTask('review', 's')];
    expect(rowsOf([cancel], { openTasks }).taskChanges).toEqual([
      expect.objectContaining({ outcome: null, redue: true, due_at: null }),
    ]);
    expect(rowsOf([cancel], { openTasks, firedTimerId: 'timer-s' }).taskChanges).toEqual([]);
  });

  it('move the due date of a task that stays open when its deadline is set anew', () => {
    const rows = rowsOf([{ type: 'cancelTimer', sendId: 's' }, arm()], { openTasks: [openTask('review', 's')] });
    expect(rows.taskChanges).toEqual([
      expect.objectContaining({ id: 'id-review', redue: true, timer_id: rows.timers[0]?.id }),
    ]);
  });

  it('tell each recipient of a notice by a message of its own', () => {
    const person = { personId: '6b0f1a52-0000-4000-8000-000000000002' };
    const { messages } = rowsOf([{ type: 'notify', template: 'approved', to: [officer, person], data: { n: 1 } }]);
    expect(messages.map(({ template, recipient, data }) => ({ template, recipient, data }))).toEqual([
      { template: 'approved', recipient: officer, data: { n: 1 } },
      { template: 'approved', recipient: person, data: { n: 1 } },
    ]);
  });

  describe('of a state that is left and entered again', () => {
    const close: Effect = { type: 'closeTask', key: 'review', outcome: 'CHANGED' };
    const cancel: Effect = { type: 'cancelTimer', sendId: 's' };
    const due = new Date('2026-03-11T10:00:00.000Z');
    const running: OpenTask = { ...openTask('review', 's'), dueAt: due };
    const again = [cancel, close, open, arm()];

    it('are none when the work and its due date are the same: nobody hears of it', () => {
      expect(rowsOf(again, { openTasks: [running] })).toEqual({
        taskChanges: [],
        tasks: [],
        timers: [],
        cancelledSendIds: [],
        messages: [],
        movedSendIds: [],
      });
    });

    it('keep the task and tell its holder when it is due at another time', () => {
      const rows = rowsOf(again, { openTasks: [{ ...running, dueAt: new Date('2026-03-20T10:00:00.000Z') }] });
      expect(rows.tasks).toEqual([]);
      expect(rows.cancelledSendIds).toEqual(['s']);
      expect(rows.taskChanges).toEqual([
        expect.objectContaining({
          id: running.id,
          outcome: null,
          redue: true,
          due_at: due,
          timer_id: rows.timers[0]?.id,
        }),
      ]);
      expect(rows.messages).toEqual([
        expect.objectContaining({
          template: 'deadlineMoved',
          task_key: 'review',
          recipient: officer,
          data: {
            deadline: 'reviewDeadline',
            dueAt: due.toISOString(),
            wasDueAt: '2026-03-20T10:00:00.000Z',
            because: 'decision',
          },
        }),
      ]);
    });

    describe('with an earlier move that nobody was told of yet', () => {
      const moved = { ...running, dueAt: new Date('2026-03-20T10:00:00.000Z') };
      const rowsAfter = (wasDueAt: string) => {
        const owed = { keys: new Set<string>(), untold: { wasDueAt, because: 'calendar' as const } };
        return rowsOf(again, { openTasks: [moved], owedSteps: new Map([['s', owed]]) });
      };

      it('tell the date that the holder knows', () => {
        const { messages } = rowsAfter('2026-03-30T10:00:00.000Z');
        expect(messages).toMatchObject([{ template: 'deadlineMoved', data: { wasDueAt: '2026-03-30T10:00:00.000Z' } }]);
      });

      it('tell nothing when the due date is back where it was', () => {
        expect(rowsAfter(due.toISOString()).messages).toEqual([]);
      });
    });

    it('let the reminder that goes to the holder as soon tell of the new date', () => {
      const first = { key: 'start', at: { kind: 'start' }, template: 'deadlineApproaching', to: ['assignee'] } as const;
      const rows = rowsOf([cancel, close, open, arm({ reminders: [first] })], {
        openTasks: [{ ...running, dueAt: new Date('2026-03-20T10:00:00.000Z') }],
      });
      expect(rows.messages).toEqual([]);
      expect(rows.timers[1]?.steps).toMatchObject([
        { key: 'start', moved: { wasDueAt: '2026-03-20T10:00:00.000Z', because: 'decision' } },
      ]);
    });

    it('open a new task when it is somebody else’s', () => {
      const other = { role: 'officer', organisationId: '6b0f1a52-0000-4000-8000-000000000002' };
      const rows = rowsOf([cancel, close, { ...open, assignee: other }, arm()], { openTasks: [running] });
      expect(rows.tasks).toHaveLength(1);
      expect(rows.taskChanges).toMatchObject([{ id: running.id, outcome: 'CHANGED' }]);
      expect(rows.messages).toMatchObject([{ template: 'taskOpened', recipient: other }]);
    });

    it('close the task when it is left once more', () => {
      const rows = rowsOf([...again, cancel, close], { openTasks: [running] });
      expect(rows).toMatchObject({ tasks: [], timers: [], cancelledSendIds: ['s'], messages: [] });
      expect(rows.taskChanges).toMatchObject([{ id: running.id, outcome: 'CHANGED' }]);
    });
  });
});
