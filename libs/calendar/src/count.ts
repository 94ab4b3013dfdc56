import { AppError } from '#contracts/errors.js';
import type { DeadlineRule } from './types.js';
import type { WorkingDays } from './working-days.js';

/** Days are numbers counted from 1970-01-01. */
export interface CountStart {
  /** The day the thing happened. */
  readonly happenedOn: number;
  /** The day it counts as having happened: later than `happenedOn` after hours or on a rest day. */
  readonly countsAs: number;
  readonly lateBecause: 'afterHours' | 'restDay' | null;
}

export interface Count {
  readonly start: CountStart;
  /** First day that is counted; null when nothing is counted (amount 0). */
  readonly firstCounted: number | null;
  readonly dueDay: number;
  readonly half: 'morning' | 'wholeDay';
  /** Where a calendar-day period would have ended, had that not been a rest day. */
  readonly movedFrom: number | null;
}

const longest = 3660;

/**
 * Where a period ends. The day of the event is not counted (Bộ luật Dân sự 2015, Điều 147); a calendar-day period that would end on a
 * rest day ends on the next working day (Điều 148), or, counted backwards, on the last working day before it, unless the rule lets
 * it stay. Amount 0 is not a period: in calendar days it is the named day itself, in working days that day or the nearest worked one.
 */
export function countPeriod(days: WorkingDays, { rule, start }: { rule: DeadlineRule; start: CountStart }): Count {
  checkAmount(rule);
  const sign = rule.direction === 'after' ? 1 : -1;
  const direction = rule.direction === 'after' ? 'forwards' : 'backwards';
  const from = start.countsAs;
  if (rule.unit === 'calendarDay') {
    const raw = from + sign * rule.amount;
    const stays = rule.amount === 0 || rule.lastRestDay === 'stays';
    const dueDay = stays ? raw : days.nearest(raw, direction);
    return {
      start,
      firstCounted: rule.amount === 0 ? null : from + sign,
      dueDay,
      half: 'wholeDay',
      movedFrom: dueDay === raw ? null : raw,
    };
  }
  if (rule.amount === 0) {
    return { start, firstCounted: null, dueDay: days.nearest(from, direction), half: 'wholeDay', movedFrom: null };
  }
  const { wholeDays, half } = wholeDaysOf(rule);
  return {
    start,
    firstCounted: days.shift(from, sign),
    dueDay: days.shift(from, sign * wholeDays),
    half,
    movedFrom: null,
  };
}

/**
 * Two halves are a day. Forwards an odd number of halves ends at noon of the day it reaches into. Backwards the spare half is taken from
 * the morning side, so that half a day more is left before the event; a single half still needs the last working day before it.
 */
function wholeDaysOf(rule: DeadlineRule): { wholeDays: number; half: Count['half'] } {
  if (rule.unit === 'workingDay') return { wholeDays: rule.amount, half: 'wholeDay' };
  const odd = rule.amount % 2 === 1;
  if (rule.direction === 'after') {
    return { wholeDays: Math.ceil(rule.amount / 2), half: odd ? 'morning' : 'wholeDay' };
  }
  if (rule.amount === 1) return { wholeDays: 1, half: 'wholeDay' };
  return { wholeDays: Math.floor(rule.amount / 2), half: odd ? 'morning' : 'wholeDay' };
}

function checkAmount(rule: DeadlineRule): void {
  if (Number.isInteger(rule.amount) && rule.amount >= 0 && rule.amount <= longest) return;
  throw new AppError('VALIDATION_FAILED', {
    text: {
      vi: `Thời hạn phải là số nguyên từ 0 đến ${longest}, nhận được ${rule.amount}.`,
      en: `A period must be a whole number from 0 to ${longest}; found ${rule.amount}.`,
    },
  });
}
