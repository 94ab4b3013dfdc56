import { z } from 'zod';

/** Null: the person has no private calendar. Its address is told only when it is made. */
export const calendarFeedStatus = z
  .object({ createdAt: z.iso.datetime().nullable() })
  .meta({ id: 'CalendarFeedStatus' });
export type CalendarFeedStatus = z.output<typeof calendarFeedStatus>;

export const calendarFeedMade = z
  .object({ createdAt: z.iso.datetime(), url: z.url() })
  .meta({ id: 'CalendarFeedMade' });
export type CalendarFeedMade = z.output<typeof calendarFeedMade>;

/** What stands in the address: the secret, and the extension calendar programs look for. */
export const calendarFeedFile = z.string().regex(/^[A-Za-z0-9_-]{43}\.ics$/);
