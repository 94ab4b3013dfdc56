import type { Text } from '#contracts/text.js';

/** `YYYY-MM-DD`, meaning a day in Asia/Ho_Chi_Minh. */
export type CalendarDay = string;

/** The only source of "now". */
export interface Clock {
  now(): Date;
}

/**
 * A period as a rule of a province states it. `halfWorkingDay`: amount counts half days (3 = one and a half working days).
 * `source`: document, article, date; null = assumption ("giả định").
 */
export interface DeadlineRule {
  readonly amount: number;
  readonly unit: 'halfWorkingDay' | 'workingDay' | 'calendarDay';
  /** 'after': counted forwards from the start, which is not counted itself. 'before': backwards from a day, e.g. a departure. */
  readonly direction: 'after' | 'before';
  readonly source: string | null;
  /**
   * What happens after 17:00 or on a rest day counts as happening on the next working day (default) or on that day itself. Only for
   * a period counted forwards from an instant; a calendar day (entry into the country) is taken as it is.
   */
  readonly afterClosing?: 'nextWorkingDay' | 'sameDay';
  /** Calendar days only: a last day that is a rest day moves to a working day (default; Bộ luật Dân sự 2015, Điều 148) or stays. */
  readonly lastRestDay?: 'moves' | 'stays';
}

/** An instant with the sentence that lets a person check it. */
export interface Due {
  readonly dueAt: Date;
  /** "3 ngày làm việc, tính từ 12/01; bỏ qua 17–18/01 (cuối tuần)" */
  readonly explanation: Text;
}
