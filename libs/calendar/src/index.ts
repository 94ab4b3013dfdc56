export type { CalendarDay, Clock, DeadlineRule, Due } from './types.js';
