import { z } from 'zod';
import { calendarDay } from './calendar-day.js';

const text = z.object({ vi: z.string(), en: z.string() });
const person = z.object({ id: z.uuid(), fullName: z.string() });

/** 'ordinary': the day is what its weekday says; a holiday or swap that stood there is called off. */
export const changedDayKinds = ['publicHoliday', 'compensatory', 'swappedOff', 'swappedWorked', 'ordinary'] as const;
export type ChangedDayKind = (typeof changedDayKinds)[number];

/** country: every province of the installation; province: the one of whoever enters it. */
export const calendarScopes = ['country', 'province'] as const;
export type CalendarScope = (typeof calendarScopes)[number];

const dayName = z.strictObject({ vi: z.string().trim().min(2).max(120), en: z.string().trim().min(2).max(120) });
const document = z.strictObject({ number: z.string().trim().min(3).max(80), date: calendarDay });
const reason = z.string().trim().min(5).max(500);

const announcement = z.strictObject({
  kind: z.literal('announce'),
  scope: z.enum(calendarScopes).default('province'),
  /** The document that announces the days. */
  document,
  reason,
  days: z
    .array(z.strictObject({ day: calendarDay, kind: z.enum(changedDayKinds), name: dayName }))
    .min(1)
    .max(20),
});

const withdrawal = z.strictObject({
  kind: z.literal('withdraw'),
  /** The change that no longer holds. */
  version: z.int().min(1).max(1_000_000),
  document,
  reason,
});

/** What somebody wants to change in the calendar; a change once entered is never edited, only withdrawn by another. */
export const calendarDraft = z.discriminatedUnion('kind', [announcement, withdrawal]);
export type CalendarDraft = z.output<typeof calendarDraft>;
export type CalendarAnnouncement = z.output<typeof announcement>;

export const applyCalendar = z.strictObject({
  change: calendarDraft,
  /** Of the preview that was seen; another outcome by now is refused. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ApplyCalendar = z.output<typeof applyCalendar>;

export const calendarYearQuery = z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() });

const calendarRow = z.object({
  day: z.iso.date(),
  kind: z.enum(changedDayKinds),
  name: text,
  /** False: background knowledge that nobody has compared with the notice of that year. */
  verified: z.boolean(),
  source: z.string(),
  /** Known but not applied: a holiday that is no law yet. */
  applied: z.boolean(),
  worked: z.boolean(),
  /** The change of the calendar it comes from; null: it came with the product. */
  version: z.int().nullable(),
});
export type CalendarRow = z.output<typeof calendarRow>;

export const calendarChangeView = z.object({
  version: z.int(),
  kind: z.enum(['announce', 'withdraw']),
  scope: z.enum(calendarScopes),
  document: z.object({ number: z.string(), date: z.iso.date() }),
  reason: z.string(),
  days: z.array(z.object({ day: z.iso.date(), kind: z.enum(changedDayKinds), name: text })),
  /** Of a withdrawal: what it withdrew. */
  withdraws: z.int().nullable(),
  withdrawnBy: z.int().nullable(),
  /** Whether it may still be withdrawn: nobody has lived by it yet. */
  canWithdraw: z.boolean(),
  createdAt: z.iso.datetime(),
  /** Null: the operator. */
  createdBy: person.nullable(),
});
export type CalendarChangeView = z.output<typeof calendarChangeView>;

export const calendarYearView = z.object({
  year: z.int(),
  /** The newest change, for If-Match; 0 without any. */
  version: z.int(),
  /** As it stands in what was computed by it. */
  calendarVersion: z.string(),
  firstYear: z.int(),
  lastYear: z.int(),
  today: z.iso.date(),
  /** Changes for the whole country may be entered here: no other province lives by this installation. */
  mayChangeCountry: z.boolean(),
  days: z.array(calendarRow),
  changes: z.array(calendarChangeView),
});
export type CalendarYearView = z.output<typeof calendarYearView>;

const dayState = z.object({ worked: z.boolean(), name: text.nullable() });
const movedDeadline = z.object({
  name: z.string(),
  text,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  explanation: text,
  /** Who holds the work today and would be written to. */
  told: z.array(person),
});

export const calendarPreview = z.object({
  version: z.int(),
  digest: z.string(),
  problems: z.array(z.object({ path: z.string(), text })),
  days: z.array(z.object({ day: z.iso.date(), before: dayState, after: dayState })),
  counts: z.object({
    open: z.int(),
    cases: z.int(),
    deadlines: z.int(),
    /** Deadlines that stay on their day while reminders before it come on other days; nobody is told. */
    reminders: z.int(),
    people: z.int(),
  }),
  /** The first of them; `counts` has them all. */
  cases: z.array(
    z.object({ id: z.uuid(), caseCode: z.string(), delegationName: z.string(), deadlines: z.array(movedDeadline) }),
  ),
});
export type CalendarPreview = z.output<typeof calendarPreview>;

export const calendarApplied = z.object({ version: z.int(), cases: z.int(), deadlines: z.int(), reminders: z.int() });
export type CalendarApplied = z.output<typeof calendarApplied>;
