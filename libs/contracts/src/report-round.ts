import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import { signingAuthorityKinds } from './official-document-kinds.js';
import { periodicReport, withinTwoYears } from './periodic-report.js';
import type { Text } from './text.js';

const text = z.object({ vi: z.string(), en: z.string() });
const named = z.object({ id: z.uuid(), name: z.string() });
const words = (max: number) => z.string().trim().max(max);
const reason = z.string().trim().min(3).max(2000);

/** Báo cáo 6 tháng, năm, đột xuất. */
export const reportKinds = ['halfYear', 'year', 'adHoc'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** How far the request for a period is, and the report of one unit in it. */
export const roundStates = ['collecting', 'consolidated', 'issued', 'cancelled'] as const;
export type RoundState = (typeof roundStates)[number];
export const unitReportStates = [
  'requested',
  'submitted',
  'returned',
  'accepted',
  'consolidated',
  'leftOut',
  'cancelled',
] as const;
export type UnitReportState = (typeof unitReportStates)[number];

/** What a unit writes beside its figures. */
export const unitRemarks = z.object({
  achievements: words(8000).default(''),
  difficulties: words(8000).default(''),
  proposals: words(8000).default(''),
});
export type UnitRemarks = z.output<typeof unitRemarks>;

/** `revision`: the one these words were written over. */
export const saveRemarks = z.object({ remarks: unitRemarks, revision: z.int().min(0) });
export type SaveRemarks = z.output<typeof saveRemarks>;
export const savedRemarks = z.object({ revision: z.int(), savedAt: z.iso.datetime() });
export type SavedRemarks = z.output<typeof savedRemarks>;

/** `dueOn` absent: the day the rules of the province name for this kind. `organisationIds` absent: every unit that drafts trips. */
export const openReportRound = z
  .object({
    kind: z.enum(reportKinds),
    from: calendarDay,
    to: calendarDay,
    dueOn: calendarDay.optional(),
    organisationIds: z.array(z.uuid()).min(1).max(500).optional(),
  })
  .refine(withinTwoYears, { error: 'from ≤ to ≤ from + 2 năm / years', path: ['to'] });
export type OpenReportRound = z.output<typeof openReportRound>;

/** What an event carries besides its type; an event of no fields would forbid the type, too. */
type FieldsOf<Schema extends z.ZodType> = z.output<Schema> extends Record<string, never> ? unknown : z.output<Schema>;

export const unitReportEvents = {
  SUBMIT_UNIT_REPORT: z.object({ remarks: unitRemarks }),
  RETURN_UNIT_REPORT: z.object({ reason }),
  ACCEPT_UNIT_REPORT: z.object({}),
} as const;
export type UnitReportEventType = keyof typeof unitReportEvents;
export type UnitReportEventInput = {
  [T in UnitReportEventType]: { type: T } & FieldsOf<(typeof unitReportEvents)[T]>;
}[UnitReportEventType];
export const sendUnitReportEvent = z.discriminatedUnion('type', [
  unitReportEvents.SUBMIT_UNIT_REPORT.extend({ type: z.literal('SUBMIT_UNIT_REPORT') }),
  unitReportEvents.RETURN_UNIT_REPORT.extend({ type: z.literal('RETURN_UNIT_REPORT') }),
  unitReportEvents.ACCEPT_UNIT_REPORT.extend({ type: z.literal('ACCEPT_UNIT_REPORT') }),
]) as unknown as z.ZodType<UnitReportEventInput, UnitReportEventInput>;

export const roundEvents = {
  /** Units that have not reported are left out and named in the report. */
  CONSOLIDATE_REPORTS: z.object({}),
  CANCEL_ROUND: z.object({ reason }),
  /** The number is taken from the book of the focal agency. */
  ISSUE_REPORT: z.object({
    startAt: z.int().min(1).max(99_999).optional(),
    signerId: z.uuid().optional(),
    authority: z.enum(signingAuthorityKinds).optional(),
  }),
} as const;
/** Who signs, and the number a book is begun with. */
export type IssueReport = z.output<typeof roundEvents.ISSUE_REPORT>;
export type RoundEventType = keyof typeof roundEvents;
export type RoundEventInput = {
  [T in RoundEventType]: { type: T } & FieldsOf<(typeof roundEvents)[T]>;
}[RoundEventType];
export const sendRoundEvent = z.discriminatedUnion('type', [
  roundEvents.CONSOLIDATE_REPORTS.extend({ type: z.literal('CONSOLIDATE_REPORTS') }),
  roundEvents.CANCEL_ROUND.extend({ type: z.literal('CANCEL_ROUND') }),
  roundEvents.ISSUE_REPORT.extend({ type: z.literal('ISSUE_REPORT') }),
]) as unknown as z.ZodType<RoundEventInput, RoundEventInput>;

/** What the reader may do now; `rules` says why not. */
const offer = z.object({ type: z.string(), text, allowed: z.boolean(), rules: z.array(z.object({ text })) });

const summary = {
  id: z.uuid(),
  code: z.string(),
  kind: z.enum(reportKinds),
  title: text,
  from: calendarDay,
  to: calendarDay,
  /** By which the units report. */
  dueOn: calendarDay,
  /** Where the day stands; null: giả định, or a day of the office's own. */
  dueSource: z.string().nullable(),
  state: z.enum(roundStates),
  requestedAt: z.iso.datetime(),
  /** Units asked; of these, reports handed in, and accepted among them. */
  progress: z.object({ asked: z.int(), submitted: z.int(), accepted: z.int(), overdue: z.int() }),
};

/** `own`: the reports of the reader's own organisations; the whole round only for the focal agency and who supervises. */
export const roundSummary = z.object({
  ...summary,
  own: z.array(z.object({ id: z.uuid(), organisation: named, state: z.enum(unitReportStates), overdue: z.boolean() })),
  mayOpen: z.boolean(),
});
export type RoundSummary = z.output<typeof roundSummary>;
export const roundList = z.object({ items: z.array(roundSummary), mayRequest: z.boolean() });
export type RoundList = z.output<typeof roundList>;

export const roundRow = z.object({
  id: z.uuid(),
  organisation: named,
  state: z.enum(unitReportStates),
  overdue: z.boolean(),
  submittedAt: z.iso.datetime().nullable(),
  /** As the unit handed it in; null before. */
  trips: z.int().nullable(),
  people: z.int().nullable(),
  /** Trips of the unit counted now: differs from `trips` when something changed after it handed in. */
  tripsNow: z.int(),
  remarks: unitRemarks.nullable(),
});
export type RoundRow = z.output<typeof roundRow>;

export const roundView = z
  .object({
    ...summary,
    /** Until when the focal agency consolidates. */
    consolidateBy: z.iso.datetime().nullable(),
    units: z.array(roundRow),
    /** The figures of the province: of now while it is collected, as they were then once it is consolidated. */
    report: periodicReport,
    consolidatedAt: z.iso.datetime().nullable(),
    /** The number in force; `signedCopy`: the name of the file that was signed and sealed. */
    document: z.object({ number: z.string(), date: calendarDay, signedCopy: z.string().nullable() }).nullable(),
    voidedDocuments: z.array(z.object({ number: z.string(), date: calendarDay, reason: z.string() })),
    mayPaper: z.object({ attachSigned: z.boolean(), void: z.boolean(), number: z.boolean() }),
    offers: z.array(offer),
  })
  .meta({ id: 'ReportRound' });
export type RoundView = z.output<typeof roundView>;

export const unitReportView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    roundId: z.uuid(),
    title: text,
    from: calendarDay,
    to: calendarDay,
    dueOn: calendarDay,
    dueSource: z.string().nullable(),
    organisation: named,
    state: z.enum(unitReportStates),
    overdue: z.boolean(),
    remarks: unitRemarks,
    remarksRevision: z.int(),
    /** When they were last kept while the unit was writing. */
    remarksSavedAt: z.iso.datetime().nullable(),
    /** Why it was returned last; null when it never was. */
    returnReason: z.string().nullable(),
    submittedAt: z.iso.datetime().nullable(),
    /** The unit's own trips: of now while it is with the unit, as handed in afterwards. */
    report: periodicReport,
    mayOpenRound: z.boolean(),
    offers: z.array(offer),
  })
  .meta({ id: 'UnitReport' });
export type UnitReportView = z.output<typeof unitReportView>;

export const reportReceipt = z.object({ id: z.uuid(), version: z.int(), state: z.string(), text });
export type ReportReceipt = z.output<typeof reportReceipt>;

/** "6 tháng đầu năm 2026"; of an ad hoc report its days. */
export function roundTitle({ kind, from, to }: { kind: ReportKind; from: string; to: string }): Text {
  const year = to.slice(0, 4);
  if (kind === 'halfYear') return { vi: `6 tháng đầu năm ${year}`, en: `first half of ${year}` };
  if (kind === 'year') return { vi: `năm ${year}`, en: `year ${year}` };
  const shown = (day: string) => day.split('-').toReversed().join('/');
  const days = `${shown(from)} – ${shown(to)}`;
  return { vi: `đột xuất, ${days}`, en: `ad hoc, ${days}` };
}

/** "BC-2026-002", and of a unit in it "BC-2026-002-SKHDT". */
export const roundCode = (year: number, number: number) => `BC-${year}-${String(number).padStart(3, '0')}`;
export const unitReportCode = (code: string, organisationCode: string) => `${code}-${organisationCode}`;
