import type { Text } from '#contracts/text.js';
import type { CalendarDay } from '../types.js';
import type { HolidayDay, HolidayKind, HolidayTable } from './holiday-table.js';

/** 'ordinary': the day is what its weekday says; a holiday or a swap that stood there is called off. */
export type ChangedDayKind = HolidayKind | 'ordinary';

export interface ChangedDay {
  readonly day: CalendarDay;
  readonly kind: ChangedDayKind;
  readonly name: Text;
}

/** Days announced after the table was shipped, with the document that announces them. */
export interface CalendarChange {
  /** Rises with each change; of two that name a day the later one counts. */
  readonly version: number;
  readonly days: readonly ChangedDay[];
  /** Document and date. */
  readonly source: string;
}

/**
 * The table with the changes laid over it, in the order of their versions. Every row of a change is verified, because somebody entered
 * it from the document named. The version says which changes are in it, so two tables of one version are the same.
 */
export function changedTable(table: HolidayTable, changes: readonly CalendarChange[]): HolidayTable {
  if (changes.length === 0) return table;
  const ordered = changes.toSorted((one, other) => one.version - other.version);
  const rows = new Map<CalendarDay, HolidayDay>(table.days.map((row) => [row.day, row]));
  for (const { days, source } of ordered) {
    for (const { day, kind, name } of days) {
      if (kind === 'ordinary') rows.delete(day);
      else rows.set(day, { day, kind, name, verified: true, source });
    }
  }
  const version = `${table.version}+${ordered.map((change) => `c${change.version}`).join('+')}`;
  return { ...table, version, days: [...rows.values()] };
}
