import type { DeadlineRule } from './types.js';

/** Due on the day it is counted from: nothing is counted, and a rest day stays what it is. */
export const onTheDay: DeadlineRule = {
  amount: 0,
  unit: 'calendarDay',
  direction: 'after',
  source: null,
  lastRestDay: 'stays',
};
