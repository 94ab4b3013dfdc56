export {
  type BusinessCalendar,
  type CalendarSettings,
  createBusinessCalendar,
  type DayStatus,
} from './business-calendar.js';
export { createManualClock, type ManualClock, systemClock } from './clock.js';
export {
  type CalendarChange,
  type ChangedDay,
  type ChangedDayKind,
  changedTable,
} from './holidays/calendar-changes.js';
export { type HolidayDay, type HolidayKind, type HolidayTable, holidaysOfYear } from './holidays/holiday-table.js';
export { vietnamHolidays } from './holidays/viet-nam.js';
export { type CalendarEntry, type CalendarFile, writeCalendar } from './icalendar.js';
export type { CalendarDay, Clock, DeadlineRule, Due } from './types.js';
export { addDays, dayOf, daysFrom, formatDay, formatInstant, instantAt, isWeekend } from './zone.js';
