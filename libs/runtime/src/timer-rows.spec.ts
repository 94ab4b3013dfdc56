import { describe, expect, it } from '@jest/globals';
import { createBusinessCalendar, instantAt, vietnamHolidays } from '#libs/calendar';
import type { ReminderStep } from '#libs/engine';
import { timerRows } from './timer-rows.js';

const calendar = createBusinessCalendar(vietnamHolidays);
const to = [{ role: 'reviewer', organisationId: 'focal' }];
const steps: ReminderStep[] = [
  { key: 'half', at: { kind: 'fraction', of: 0.5 }, template: 'deadlineApproaching', to },
  { key: 'before1', at: { kind: 'workingDays', offset: -1 }, template: 'deadlineApproaching', to },
  { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to },
  { key: 'overdue1', at: { kind: 'workingDays', offset: 1 }, template: 'deadlineOverdue', to },
];

/** Two working days back from Thursday 12/03/2026: due on Tuesday 10/03 at 17:00. */
function remindersArmedAt(now: Date): [string, Date][] {
  const rule = { amount: 2, unit: 'workingDay', direction: 'before', source: null } as const;
  const spec = { rule, from: '2026-03-12', reminders: steps };
  const effect = { type: 'armTimer', name: 'notify', sendId: 'id', event: { type: 'late' }, spec } as const;
  const [deadline, ladder] = timerRows(effect, { calendar, now });
  expect(deadline.due_at).toEqual(instantAt('2026-03-10', '17:00'));
  return (ladder?.steps ?? []).map((step) => [step.key, new Date(step.dueAt)]);
}

describe('reminders of a deadline counted back from a day', () => {
  it('go from its half to the day after it', () => {
    const keys = remindersArmedAt(instantAt('2026-03-03', '09:00')).map(([key]) => key);
    expect(keys).toEqual(['half', 'before1', 'due', 'overdue1']);
  });

  it('that has passed already say only that it has passed', () => {
    const afterHours = remindersArmedAt(instantAt('2026-03-10', '18:00'));
    expect(afterHours).toEqual([['overdue1', instantAt('2026-03-11', '07:30')]]);
    expect(remindersArmedAt(instantAt('2026-03-11', '09:00'))).toEqual([]);
  });

  it('leave "near" out on the day on which "today" is said', () => {
    // From Monday noon to Tuesday 17:00 half of the working time is over on Tuesday morning.
    const keys = remindersArmedAt(instantAt('2026-03-09', '12:00')).map(([key]) => key);
    expect(keys).toEqual(['due', 'overdue1']);
  });

  it('begin at once, or at the next opening, where the ladder says so', () => {
    const first = { ...steps[0]!, key: 'start', at: { kind: 'start' } } as const;
    const rule = { amount: 5, unit: 'workingDay', direction: 'after', source: null } as const;
    const startOf = (now: Date) => {
      const spec = { rule, from: '2026-03-08', reminders: [first] };
      const effect = { type: 'armTimer', name: 'passports', sendId: 'id', event: { type: 'late' }, spec } as const;
      return timerRows(effect, { calendar, now })[1]?.due_at;
    };
    expect(startOf(instantAt('2026-03-09', '09:00'))).toEqual(instantAt('2026-03-09', '09:00'));
    expect(startOf(instantAt('2026-03-08', '20:00'))).toEqual(instantAt('2026-03-09', '07:30'));
    expect(startOf(instantAt('2026-03-16', '09:00'))).toBeUndefined();
  });
});
