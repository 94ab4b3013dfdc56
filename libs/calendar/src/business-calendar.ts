import type { CountStart } from './count.js';
import { countPeriod } from './count.js';
import { explain } from './explanation.js';
import type { HolidayDay, HolidayTable } from './holidays/holiday-table.js';
import type { CalendarDay, DeadlineRule, Due } from './types.js';
import { createWorkingDays, type WorkingDays } from './working-days.js';
import { dayFromNumber, dayNumber, instantFromWall, msPerDay, wallMs } from './zone.js';

export interface CalendarSettings {
  /** Rows of the table that are off by default and switched on here, e.g. '2026-11-24'. */
  readonly enabledDays?: readonly CalendarDay[];
}

export interface DayStatus {
  readonly working: boolean;
  readonly holiday: HolidayDay | null;
  /** False: the year has no holiday data; only weekends are known. */
  readonly covered: boolean;
}

/** Working days of one province. Working hours 07:30–17:00 without a noon break; half a day ends at 12:00. */
export interface BusinessCalendar {
  /** Identifies the table and the settings; stored beside what was computed. */
  readonly version: string;
  isWorkingDay(day: CalendarDay): boolean;
  dayStatus(day: CalendarDay): DayStatus;
  /** 07:30 inclusive to 17:00 exclusive on a working day. */
  isWorkingTime(at: Date): boolean;
  /** `at` itself inside working hours, otherwise the next 07:30 of a working day. */
  nextWorkingInstant(at: Date): Date;
  /** n > 0: the n-th working day after `day` (not counted itself); n < 0: before it; 0: `day` or the first working day after it. */
  addWorkingDays(day: CalendarDay, n: number): CalendarDay;
  /** Working days in (a, b]; for b before a, minus those in [b, a). So that addWorkingDays(a, result) is b when b is worked. */
  workingDaysBetween(a: CalendarDay, b: CalendarDay): number;
  /** Outside the years of the table only weekends are taken out, and the explanation says so. */
  due(period: { rule: DeadlineRule; from: Date | CalendarDay }): Due;
  /**
   * What is left of a running period, for a clock that stops and goes on later. Working days are given in half days: a half that has
   * begun is used up, at least one is left, and never more than the period itself had (the day it began is not counted).
   */
  remaining(period: { rule: DeadlineRule; from: Date; due: Date }): Pick<DeadlineRule, 'amount' | 'unit'>;
  /** The instant at which `fraction` (0..1) of the working time between the two has passed; 1 is exactly `due`. */
  pointInTerm(term: { from: Date; due: Date; fraction: number }): Date;
  /**
   * 07:30 of the working day `offset` working days from the day of `from`. Offset 0: that day itself, or the working day
   * before it when it is a rest day, so that a reminder never comes after what it reminds of.
   */
  shiftWorkingDays(shift: { from: Date; offset: number }): Date;
}

const minute = 60_000;
const opensMs = (7 * 60 + 30) * minute;
const morningEndsMs = 12 * 60 * minute;
const closesMs = 17 * 60 * minute;

export function createBusinessCalendar(holidays: HolidayTable, settings: CalendarSettings = {}): BusinessCalendar {
  const enabledDays = settings.enabledDays ?? [];
  const days = createWorkingDays(holidays, enabledDays);
  const counted = rememberCounts(days);
  return {
    version: versionOf(holidays, enabledDays),
    isWorkingDay: (day) => days.isWorking(dayNumber(day)),
    dayStatus: (day) => {
      const number = dayNumber(day);
      return { working: days.isWorking(number), holiday: days.rowOf(number), covered: days.isCovered(number) };
    },
    isWorkingTime: (at) => isWorkingWall(days, wallMs(at)),
    nextWorkingInstant: (at) => {
      const wall = wallMs(at);
      return isWorkingWall(days, wall) ? at : instantFromWall(nextOpening(days, wall));
    },
    addWorkingDays: (day, n) => dayFromNumber(days.shift(dayNumber(day), n)),
    workingDaysBetween: (a, b) => between(days, { from: dayNumber(a), to: dayNumber(b) }),
    due: ({ rule, from }) => {
      const start = typeof from === 'string' ? startOfDay(dayNumber(from)) : startOf(days, { at: from, rule });
      const { dueMs, explanation } = counted({ rule, start });
      return { dueAt: new Date(dueMs), explanation };
    },
    remaining: ({ rule, from, due }) => remaining(days, { rule, from: wallMs(from), due: wallMs(due) }),
    pointInTerm: ({ from, due, fraction }) => pointInTerm(days, { from, due, fraction }),
    shiftWorkingDays: ({ from, offset }) => {
      const day = Math.floor(wallMs(from) / msPerDay);
      const target = offset === 0 ? days.nearest(day, 'backwards') : days.shift(day, offset);
      return instantFromWall(target * msPerDay + opensMs);
    },
  };
}

interface Counted {
  readonly dueMs: number;
  readonly explanation: Due['explanation'];
}

const rememberedMax = 2_000;

/**
 * A deadline is computed in every decision, and nearly all decisions of a day share a few rules: the sentence is made once for each
 * rule and day. What is remembered follows from the arguments and the table alone.
 */
function rememberCounts(days: WorkingDays): (period: { rule: DeadlineRule; start: CountStart }) => Counted {
  const remembered = new Map<string, Counted>();
  return ({ rule, start }) => {
    const { amount, unit, direction, lastRestDay } = rule;
    const key = [amount, unit, direction, lastRestDay, start.happenedOn, start.countsAs, start.lateBecause].join(' ');
    const known = remembered.get(key);
    if (known) return known;
    const count = countPeriod(days, { rule, start });
    const endsMs = count.half === 'morning' ? morningEndsMs : closesMs;
    const made = {
      dueMs: instantFromWall(count.dueDay * msPerDay + endsMs).getTime(),
      explanation: explain(days, { rule, count }),
    };
    if (remembered.size >= rememberedMax) remembered.clear();
    remembered.set(key, made);
    return made;
  };
}

function versionOf(holidays: HolidayTable, enabledDays: readonly CalendarDay[]): string {
  return [holidays.version, ...enabledDays.toSorted()].join('+');
}

function startOfDay(day: number): CountStart {
  return { happenedOn: day, countsAs: day, lateBecause: null };
}

function startOf(days: WorkingDays, { at, rule }: { at: Date; rule: DeadlineRule }): CountStart {
  const wall = wallMs(at);
  const day = Math.floor(wall / msPerDay);
  if (rule.afterClosing === 'sameDay' || rule.direction === 'before') return startOfDay(day);
  if (!days.isWorking(day)) return { happenedOn: day, countsAs: days.shift(day, 1), lateBecause: 'restDay' };
  // What arrives at 17:00 sharp is still in time.
  if (wall - day * msPerDay <= closesMs) return startOfDay(day);
  return { happenedOn: day, countsAs: days.shift(day, 1), lateBecause: 'afterHours' };
}

function isWorkingWall(days: WorkingDays, wall: number): boolean {
  const day = Math.floor(wall / msPerDay);
  const time = wall - day * msPerDay;
  return time >= opensMs && time < closesMs && days.isWorking(day);
}

function nextOpening(days: WorkingDays, wall: number): number {
  const day = Math.floor(wall / msPerDay);
  const first = wall - day * msPerDay < opensMs ? day : day + 1;
  return days.nearest(first, 'forwards') * msPerDay + opensMs;
}

function between(days: WorkingDays, { from, to }: { from: number; to: number }): number {
  let count = 0;
  for (let day = from + 1; day <= to; day += 1) if (days.isWorking(day)) count += 1;
  for (let day = to; day < from; day += 1) if (days.isWorking(day)) count -= 1;
  return count;
}

function remaining(
  days: WorkingDays,
  { rule, from, due }: { rule: DeadlineRule; from: number; due: number },
): Pick<DeadlineRule, 'amount' | 'unit'> {
  const [today, lastDay] = [Math.floor(from / msPerDay), Math.floor(due / msPerDay)];
  if (rule.unit === 'calendarDay') {
    return { unit: rule.unit, amount: Math.min(rule.amount, Math.max(1, lastDay - today)) };
  }
  let halves = 0;
  for (let day = today; day <= lastDay; day += 1) {
    if (!days.isWorking(day)) continue;
    const midnight = day * msPerDay;
    if (midnight + opensMs >= from && midnight + morningEndsMs <= due) halves += 1;
    if (midnight + morningEndsMs >= from && midnight + closesMs <= due) halves += 1;
  }
  const whole = rule.unit === 'workingDay' ? 2 * rule.amount : rule.amount;
  return { unit: 'halfWorkingDay', amount: Math.min(whole, Math.max(1, halves)) };
}

function pointInTerm(days: WorkingDays, { from, due, fraction }: { from: Date; due: Date; fraction: number }): Date {
  if (fraction >= 1 || due.getTime() <= from.getTime()) return due;
  const spans = workingSpans(days, { from: wallMs(from), to: wallMs(due) });
  const total = spans.reduce((sum, span) => sum + span.end - span.start, 0);
  let left = Math.max(0, fraction) * total;
  for (const { start, end } of spans) {
    if (left <= end - start) return instantFromWall(start + Math.round(left));
    left -= end - start;
  }
  return due;
}

function workingSpans(days: WorkingDays, { from, to }: { from: number; to: number }): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  for (let day = Math.floor(from / msPerDay); day * msPerDay < to; day += 1) {
    const start = Math.max(from, day * msPerDay + opensMs);
    const end = Math.min(to, day * msPerDay + closesMs);
    if (end > start && days.isWorking(day)) spans.push({ start, end });
  }
  return spans;
}
