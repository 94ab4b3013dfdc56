export { type BusinessCalendar, createBusinessCalendar } from './business-calendar.js';
export { createManualClock, type ManualClock, systemClock } from './clock.js';
export { onTheDay } from './deadline-rules.js';
export { type ChangedDay, type ChangedDayKind, changedTable } from './holidays/calendar-changes.js';
export { type HolidayTable, holidaysOfYear } from './holidays/holiday-table.js';
export { vietnamHolidays } from './holidays/viet-nam.js';
export { type CalendarEntry, writeCalendar } from './icalendar.js';
export type { CalendarDay, Clock, DeadlineRule, Due } from './types.js';
export { addDays, dayOf, daysFrom, formatDay, formatInstant, instantAt, isWeekend } from './zone.js';
