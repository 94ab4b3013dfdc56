import { z } from 'zod';

/** Where the hands stand; `local` in the words of the province's zone. */
export const clockHands = z
  .object({
    now: z.iso.datetime(),
    local: z.string(),
    /** Within 07:30–17:00 of a working day: mails leave. */
    isWorkingTime: z.boolean(),
    /** The next 07:30 of a working day. */
    nextMorning: z.iso.datetime(),
  })
  .meta({ id: 'ClockHands' });
export type ClockHands = z.output<typeof clockHands>;

export const setHands = z.object({ now: z.iso.datetime() }).meta({ id: 'SetClockHands' });
export type SetHands = z.output<typeof setHands>;

/** What the worker still has to do at this instant, and when something is due next. */
export const pendingWork = z
  .object({
    settled: z.boolean(),
    work: z.record(z.string(), z.int()),
    nextAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'PendingWork' });
export type PendingWork = z.output<typeof pendingWork>;
