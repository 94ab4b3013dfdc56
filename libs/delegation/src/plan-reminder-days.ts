import { addDays, type BusinessCalendar, type CalendarDay } from '#libs/calendar';

/** A day by which something is due, and the days on which it is said: -14 is two weeks before it. */
export interface RemindedDay {
  readonly on: CalendarDay;
  readonly remindDays: readonly number[];
}

/** After the last word about a duty that has passed, a worker that was away keeps silent. */
const lateWorkingDays = 5;

/**
 * What is to be said on `today`: the latest step whose day has come, and nothing any more once the matter is over. Before the day itself
 * a step on a rest day is said on the working day before it, afterwards on the one after, so that no word comes too late or on a holiday.
 */
export function stepToSay(
  { on, remindDays }: RemindedDay,
  { today, calendar }: { today: CalendarDay; calendar: BusinessCalendar },
): number | null {
  const passed = remindDays.filter((offset) => dayOfStep({ on, offset }, calendar) <= today);
  if (passed.length === 0) return null;
  const last = Math.max(...remindDays);
  const silentFrom =
    last > 0 ? calendar.addWorkingDays(dayOfStep({ on, offset: last }, calendar), lateWorkingDays) : addDays(on, 1);
  return today >= silentFrom ? null : Math.max(...passed);
}

export function dayOfStep(
  { on, offset }: { on: CalendarDay; offset: number },
  calendar: BusinessCalendar,
): CalendarDay {
  const raw = addDays(on, offset);
  return offset > 0 ? calendar.addWorkingDays(raw, 0) : calendar.addWorkingDays(addDays(raw, 1), -1);
}
