import type { Text } from '#contracts/text.js';
import type { CalendarDay } from '../types.js';

/**
 * publicHoliday: named by law. compensatory: the working day given back for a holiday that fell on a weekly rest day.
 * swappedOff / swappedWorked: the two ends of a swap decided for one year (a Friday off, a Saturday worked).
 */
export type HolidayKind = 'publicHoliday' | 'compensatory' | 'swappedOff' | 'swappedWorked';

export interface HolidayDay {
  readonly day: CalendarDay;
  readonly kind: HolidayKind;
  readonly name: Text;
  /** True only when the day was read in the source named beside it. Everything else is to be confirmed by the administrator. */
  readonly verified: boolean;
  readonly source: string;
  /** True: the row is known but not applied unless a calendar enables it (a holiday not yet made law). */
  readonly offByDefault?: boolean;
}

export interface HolidayTable {
  readonly country: string;
  /** Changes with every correction; stored with what was computed from the table. */
  readonly version: string;
  readonly firstYear: number;
  readonly lastYear: number;
  readonly days: readonly HolidayDay[];
}

/** The rows of one year in order of day, for the page that shows the calendar. Rows off by default are included. */
export function holidaysOfYear(table: HolidayTable, year: number): readonly HolidayDay[] {
  return table.days
    .filter((row) => row.day.startsWith(`${year}-`))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}
