import type { HolidayDay, HolidayTable } from './holidays/holiday-table.js';
import type { CalendarDay } from './types.js';
import { dayNumber, weekdayOf } from './zone.js';

/** Which days are worked, on whole days counted from 1970-01-01. Nothing here knows hours. */
export interface WorkingDays {
  isWorking(day: number): boolean;
  /** The row of the table that is applied on that day, if any. */
  rowOf(day: number): HolidayDay | null;
  /** False before the first and after the last year of the table: there only Saturday and Sunday are known to be free. */
  isCovered(day: number): boolean;
  /** n > 0: the n-th working day after `day`; n < 0: the n-th before; 0: `day` itself or the first working day after it. */
  shift(day: number, n: number): number;
  /** `day` itself when worked, otherwise the nearest working day in that direction. */
  nearest(day: number, direction: 'forwards' | 'backwards'): number;
}

export function createWorkingDays(table: HolidayTable, enabledDays: readonly CalendarDay[]): WorkingDays {
  const enabled = new Set(enabledDays);
  const rows = new Map<number, HolidayDay>();
  for (const row of table.days) {
    if (!row.offByDefault || enabled.has(row.day)) rows.set(dayNumber(row.day), row);
  }
  const first = dayNumber(`${table.firstYear}-01-01`);
  const last = dayNumber(`${table.lastYear}-12-31`);

  const isWorking = (day: number): boolean => {
    const row = rows.get(day);
    if (row) return row.kind === 'swappedWorked';
    const weekday = weekdayOf(day);
    return weekday !== 0 && weekday !== 6;
  };
  const nearest = (day: number, direction: 'forwards' | 'backwards'): number => {
    let current = day;
    while (!isWorking(current)) current += direction === 'forwards' ? 1 : -1;
    return current;
  };
  const shift = (day: number, n: number): number => {
    if (n === 0) return nearest(day, 'forwards');
    const step = n > 0 ? 1 : -1;
    let current = day;
    for (let left = Math.abs(n); left > 0; ) {
      current += step;
      if (isWorking(current)) left -= 1;
    }
    return current;
  };
  return {
    isWorking,
    nearest,
    shift,
    rowOf: (day) => rows.get(day) ?? null,
    isCovered: (day) => day >= first && day <= last,
  };
}
