import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import { pageOf, pageQuery } from './page.js';
import { fundingSources } from './proposal-kinds.js';

/** Báo cáo kết quả chuyến đi as data (DOMAIN 6): actual against approved, meetings, agreements, and what follows, each with one owner. */
const words = (max: number) => z.string().trim().max(max);
const needed = (max: number) => z.string().trim().min(1).max(max);
const text = z.object({ vi: z.string(), en: z.string() });
const named = z.object({ id: z.uuid(), name: z.string() });

export const reportCost = z.object({
  source: z.enum(fundingSources),
  amount: z.number().min(0).max(1e13),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('VND'),
});
export const reportMeeting = z.object({
  date: calendarDay,
  place: words(300).default(''),
  /** The other side. */
  partner: needed(500),
  content: needed(4000),
});
export const reportAgreement = z.object({
  title: needed(500),
  partner: needed(500),
  signedOn: calendarDay.nullable().default(null),
  /** Until when it holds, as written. */
  term: words(200).default(''),
});
export const reportFollowUp = z.object({
  task: z.string().trim().min(3).max(1000),
  organisationId: z.uuid(),
  dueDate: calendarDay,
});

export const tripReport = z.object({
  actual: z.object({
    people: z.int().min(1).max(1000),
    days: z.int().min(1).max(400),
    costs: z.array(reportCost).max(20).default([]),
  }),
  /** Why it went otherwise than approved. */
  deviations: words(4000).default(''),
  meetings: z.array(reportMeeting).max(100).default([]),
  agreements: z.array(reportAgreement).max(50).default([]),
  followUps: z.array(reportFollowUp).max(50).default([]),
  /** What the next delegation should know. */
  lessons: words(4000).default(''),
});
export type TripReport = z.output<typeof tripReport>;

export const followUpStates = ['planned', 'open', 'overdue', 'done', 'cancelled'] as const;
export const followUpView = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  caseCode: z.string(),
  task: z.string(),
  organisation: named,
  dueDate: calendarDay,
  state: z.enum(followUpStates),
  closedAt: z.iso.datetime().nullable(),
  closingNote: z.string().nullable(),
  /** The reader may close it, or move its day. */
  may: z.object({ close: z.boolean(), manage: z.boolean() }),
});
export type FollowUpView = z.output<typeof followUpView>;

export const tripReportSummary = z.object({
  caseId: z.uuid(),
  caseCode: z.string(),
  delegationName: z.string(),
  unit: z.string(),
  countries: z.array(z.string()),
  departedOn: calendarDay.nullable(),
  returnedOn: calendarDay.nullable(),
  /** The first lines. */
  summary: z.string(),
  agreements: z.int(),
  followUps: z.int(),
  acceptedAt: z.iso.datetime().nullable(),
});
export type TripReportSummary = z.output<typeof tripReportSummary>;
export const tripReportPage = pageOf(tripReportSummary);

export const tripReportView = z
  .object({
    ...tripReportSummary.shape,
    report: tripReport.nullable(),
    document: z.object({ number: z.string(), date: calendarDay }).nullable(),
    submittedAt: z.iso.datetime(),
    approved: z.object({
      people: z.int(),
      days: z.int().nullable(),
      costs: z.array(z.object({ source: z.string(), amount: z.number().nullable(), currency: z.string() })),
    }),
    followUpList: z.array(followUpView),
    /** The reader may open the dossier itself, not only its report. */
    mayOpenCase: z.boolean(),
  })
  .meta({ id: 'TripReport' });
export type TripReportView = z.output<typeof tripReportView>;

export const tripReportQuery = pageQuery.extend({
  /** Words in any order, with or without diacritics: anywhere in the report, its delegation, countries and partners. */
  q: z.string().trim().max(200).optional(),
  country: z.string().trim().max(60).optional(),
});
export type TripReportQuery = z.output<typeof tripReportQuery>;

export const followUpQuery = z.object({
  /** `open`: what is still to be done; `all`: what is done or cancelled, too. */
  state: z.enum(['open', 'all']).default('open'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
export type FollowUpQuery = z.output<typeof followUpQuery>;
export const followUpList = z.object({ items: z.array(followUpView) });

const note = words(2000).optional();
export const followUpEvents = {
  CLOSE_FOLLOW_UP: z.object({ note: z.string().trim().min(3).max(2000) }),
  MOVE_FOLLOW_UP: z.object({ dueDate: calendarDay, reason: z.string().trim().min(3).max(2000) }),
  CANCEL_FOLLOW_UP: z.object({ reason: z.string().trim().min(3).max(2000), note }),
} as const;
export type FollowUpEventType = keyof typeof followUpEvents;
export type FollowUpEventInput = {
  [T in FollowUpEventType]: { type: T } & z.output<(typeof followUpEvents)[T]>;
}[FollowUpEventType];
export const sendFollowUpEvent = z.discriminatedUnion('type', [
  followUpEvents.CLOSE_FOLLOW_UP.extend({ type: z.literal('CLOSE_FOLLOW_UP') }),
  followUpEvents.MOVE_FOLLOW_UP.extend({ type: z.literal('MOVE_FOLLOW_UP') }),
  followUpEvents.CANCEL_FOLLOW_UP.extend({ type: z.literal('CANCEL_FOLLOW_UP') }),
]) as unknown as z.ZodType<FollowUpEventInput, FollowUpEventInput>;

export const followUpReceipt = z.object({ id: z.uuid(), version: z.int(), state: z.enum(followUpStates), text });
export type FollowUpReceipt = z.output<typeof followUpReceipt>;
