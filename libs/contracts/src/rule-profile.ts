import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import { type DeadlineName, deadlineNames } from './deadline-names.js';
import { documentKinds, fundingSources, purposeKinds } from './proposal-kinds.js';
import { memberRanks } from './ranks.js';
import { type RestrictionKind, restrictionKinds } from './restriction-kinds.js';
import { roles } from './roles.js';
import {
  countedFroms,
  ladderRecipients,
  limitNames,
  ministryLetterOrders,
  planRecipients,
  reminderTemplates,
  severities,
  stepDocumentTypes,
} from './rule-profile-kinds.js';

/**
 * The rule set (quy chế) of a province as data. Every number carries `source` (document, article, date) or null, which is shown as
 * "giả định"; `reference` then says whose number was borrowed. DOMAIN 0.4–0.5: no number here is law for a given province.
 */
const text = z.strictObject({ vi: z.string().trim().min(1).max(500), en: z.string().trim().min(1).max(500) });
const source = z.string().trim().min(5).max(400).nullable();
const evidence = { source, reference: z.string().trim().min(5).max(400).optional() };
const code = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[A-Z0-9_-]+$/);
const key = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[A-Za-z][A-Za-z0-9]*$/);
const severity = z.enum(severities);
const hardness = { severity, whenJustified: severity };

/** Every field given must hold; a list holds when any of its values does. */
const condition = z
  .strictObject({
    highestRank: z.array(z.enum(memberRanks)).min(1),
    leaderRank: z.array(z.enum(memberRanks)).min(1),
    /** The title of the leader of the delegation begins with "Phó". */
    leaderIsDeputy: z.boolean(),
    anyMemberOf: z.array(z.enum(memberRanks)).min(1),
    planLine: z.enum(['inPlan', 'outOfPlan']),
    purposes: z.array(z.enum(purposeKinds)).min(1),
    funding: z.array(z.enum(fundingSources)).min(1),
    invited: z.boolean(),
  })
  .partial();

export const deadlineRule = z.strictObject({
  amount: z.int().min(0).max(400),
  unit: z.enum(['halfWorkingDay', 'workingDay', 'calendarDay']),
  direction: z.enum(['after', 'before']),
  source,
  /** What this one rule says otherwise than the province's clock. */
  afterClosing: z.enum(['nextWorkingDay', 'sameDay']).optional(),
  lastRestDay: z.enum(['moves', 'stays']).optional(),
});

const ladderStep = z.strictObject({
  key: z.string().min(1).max(40),
  at: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('start') }),
    z.strictObject({ kind: z.literal('fraction'), of: z.number().gt(0).lt(1) }),
    z.strictObject({ kind: z.literal('workingDays'), offset: z.int().min(-60).max(60) }),
    z.strictObject({ kind: z.literal('due') }),
  ]),
  template: z.enum(reminderTemplates),
  to: z.array(z.enum(ladderRecipients)).min(1),
});

const deadline = z.strictObject({
  rule: deadlineRule,
  countedFrom: z.enum(countedFroms),
  ladder: z.array(ladderStep).max(20),
  reference: evidence.reference,
});

const step = z.strictObject({
  id: key,
  name: text,
  organisationCode: code,
  role: z.enum(roles),
  rule: deadlineRule,
  /** Types of document of which the step must record one; number, date and who decided are recorded whatever it is. */
  records: z.array(z.enum(stepDocumentTypes)).min(1),
  /** What becomes of a decision with a document of another type, or of none: it is refused, or shown as lacking its document. */
  whenNotRecorded: z.enum(['warning', 'block']),
  ...evidence,
});

const route = z.strictObject({
  id: key,
  name: text,
  when: condition,
  steps: z.array(step).min(1).max(20),
  /** Whose clerk numbers and dates the decision of such a trip. */
  decision: z.strictObject({ organisationCode: code }),
  ...evidence,
});

const limitRow = z.strictObject({
  when: condition,
  value: z.int().min(0).max(1000),
  /** 'country': the value is multiplied by the number of countries. */
  per: z.enum(['trip', 'country']),
  ...hardness,
  /** Beyond this not even a reason helps; null: no such mark. */
  ceiling: z.strictObject({ value: z.int().min(0).max(1000), severity }).nullable(),
  ...evidence,
});

const leadTime = z.strictObject({ rule: deadlineRule, ...hardness, reference: evidence.reference });
const flatRule = z.strictObject({ ...hardness, ...evidence });

/** The first row whose condition holds is taken; no row: the province sets no such limit. */
const limits = z.strictObject({
  membersMax: z.array(limitRow).max(20),
  daysMax: z.array(limitRow).max(20),
  countriesMax: z.array(limitRow).max(20),
  tripsPerPersonPerYear: z.array(limitRow).max(20),
  twoKeyLeaders: z.array(limitRow).max(20),
  keyLeadersAbroadTogether: z.array(limitRow).max(20),
} satisfies Record<(typeof limitNames)[number], z.ZodType>);

const checklistRow = z.strictObject({
  kind: z.enum(documentKinds),
  name: text,
  when: condition,
  severity,
  ...evidence,
});

const opinionRow = z.strictObject({
  organisationCode: code,
  subject: text,
  when: condition,
  /** Asked by itself when the dossier is accepted as complete, and awaited before it is put forward; else offered to the reviewer. */
  required: z.boolean(),
  /** The answer must come in writing: number and date of the document. */
  inWriting: z.boolean(),
  ...evidence,
});

/** A pause of trips by directive; the cases excepted are named with the document that excepts them. */
const moratorium = z.strictObject({
  id: key,
  name: text,
  from: calendarDay,
  /** The last day of the pause; null: until further notice. */
  to: calendarDay.nullable(),
  when: condition,
  severity: z.enum(['warning', 'block']),
  exceptions: z
    .array(
      z.strictObject({
        caseCode: z.string().regex(/^DR-\d{4}-\d{4,}$/),
        number: z.string().min(1).max(60),
        date: calendarDay,
      }),
    )
    .max(500),
  ...evidence,
});

/** How the clock runs in this province; a rule of a deadline may say otherwise for itself. */
const clock = z.strictObject({
  /** After a supplement the appraisal begins anew, or goes on with what was left of it. */
  supplement: z.strictObject({ value: z.enum(['restart', 'pauseAndResume']), ...evidence }),
  /** What is submitted after 17:00 or on a rest day counts from the next working day, or from that day. */
  afterClosing: z.strictObject({ value: z.enum(['nextWorkingDay', 'sameDay']), ...evidence }),
  /** A period in calendar days whose last day is a rest day moves on to a working day, or stays. */
  lastRestDay: z.strictObject({ value: z.enum(['moves', 'stays']), ...evidence }),
  /** With so many working days left, or fewer, a step of the backward plan is shown as tight. */
  tightWithin: z.strictObject({ value: z.int().min(0).max(30), ...evidence }),
});

/** Null: this province has no such deadline. */
const optionalDeadline = deadline.nullable();
const deadlines = z.strictObject(
  Object.fromEntries(deadlineNames.map((name) => [name, optionalDeadline])) as Record<
    DeadlineName,
    typeof optionalDeadline
  >,
);

/** A day of the year by which something about the annual plan, or a periodic report, is due. */
const yearlyDuty = z.strictObject({
  id: key,
  name: text,
  /** Month and day, 'MM-DD'. */
  on: z.string().min(1).max(10),
  /** The plan it is about: that of the same year, or of the next. */
  about: z.enum(['thisYear', 'nextYear']),
  to: z.array(z.enum(planRecipients)).min(1),
  /** Days from the duty; -14 is two weeks before it. On a rest day the working day before is taken, after the duty the one after. */
  remindDays: z.array(z.int().min(-120).max(60)).min(1).max(10),
  ...evidence,
});

const planReminders = z.strictObject({
  /** A line of the annual plan whose period begins soon and for which no dossier exists. */
  itemWithoutDossier: z.strictObject({
    /** Days before the first day of the period, the largest first; at the last of them the focal agency hears of it too. */
    daysBefore: z.array(z.int().min(1).max(180)).min(1).max(10),
    ...evidence,
  }),
  yearly: z.array(yearlyDuty).max(30),
});

/** The order in which the plan of a year is decided. */
const annualPlan = z.strictObject({
  /** By when the Ministry must have sent back the plan. Whatever is said here, its letter may come earlier. */
  ministryLetter: z.strictObject({ value: z.enum(ministryLetterOrders), ...evidence }),
});

/** Time the periodic reports take once they are asked for; the day of the units is a duty of the year. */
const periodicReports = z.strictObject({
  /** From the day of the units until the focal agency has consolidated. */
  consolidation: deadlineRule,
  /** For a unit whose report was returned. */
  revision: deadlineRule,
});

/** A period of a procedure that is not (yet) handled here: computed and explained, no case waits on it. */
const otherPeriod = z.strictObject({ id: key, name: text, rule: deadlineRule, reference: evidence.reference });
const eligibility = z.strictObject(
  Object.fromEntries(restrictionKinds.map((kind) => [kind, flatRule])) as Record<RestrictionKind, typeof flatRule>,
);

export const ruleProfile = z.strictObject({
  $schema: z.string().max(300).optional(),
  id: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[a-z0-9-]+$/),
  version: z.int().min(1).max(100_000),
  provinceCode: code,
  name: text,
  validFrom: calendarDay,
  /** First day on which it no longer holds; null while it does. */
  validTo: calendarDay.nullable(),
  focalOrganisationCode: code,
  /** Whose clerk numbers and dates the decision. */
  decisionOfficeCode: code,
  /** Who decides amendments, extensions and a moratorium. */
  authorityOrganisationCode: code,
  clock,
  routes: z.array(route).min(1).max(30),
  deadlines,
  /** Whether a ladder may end at a leader of the province. */
  escalation: z.strictObject({ provincialLeaders: z.strictObject({ value: z.boolean(), ...evidence }) }),
  annualPlan,
  planReminders,
  periodicReports,
  otherPeriods: z.array(otherPeriod).max(40),
  limits,
  leadTimes: z.strictObject({
    dossierBeforeDeparture: leadTime,
    amendmentBeforeDeparture: leadTime,
    extensionBeforeReturn: leadTime,
  }),
  outOfPlan: flatRule,
  /** A departure outside the time the line of the plan names. */
  planPeriod: flatRule,
  enterprisePaid: flatRule,
  studyOnBudget: flatRule,
  unfinishedDuties: flatRule,
  overlap: flatRule,
  duplicates: z.strictObject({
    months: z.int().min(1).max(120),
    /** From how much of the wording in common, in per cent, two trips count as having the same content. */
    similarityPercent: z.int().min(1).max(100),
    ...hardness,
    ...evidence,
  }),
  eligibility,
  moratoria: z.array(moratorium).max(50),
  dossierChecklist: z.array(checklistRow).max(60),
  opinions: z.array(opinionRow).max(60),
  /** Silence of an asked agency counts as no objection; by default it does not. */
  silenceMeansConsent: z.boolean(),
  /** From this many changed items on, an amendment needs a new decision. */
  newDecisionFromChangedFields: z.strictObject({ value: z.int().min(2).max(20), ...evidence }),
});

type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

export type RuleProfile = DeepReadonly<z.output<typeof ruleProfile>>;
export type ReminderTemplate = (typeof reminderTemplates)[number];
