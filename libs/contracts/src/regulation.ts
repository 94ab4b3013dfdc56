import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import { pageOf, pageQuery } from './page.js';
import { restrictionKinds } from './restriction-kinds.js';
import { ruleProfile } from './rule-profile.js';

const text = z.object({ vi: z.string(), en: z.string() });
const person = z.object({ id: z.uuid(), fullName: z.string() });

/** A version of the province's rules; `content` only where one is asked for. */
export const ruleVersionSummary = z.object({
  version: z.int(),
  name: text,
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  inForce: z.boolean(),
  /** Numbers and rules with a document behind them, and those that are assumptions. */
  sourced: z.int(),
  assumed: z.int(),
  note: z.string(),
  createdAt: z.iso.datetime(),
  /** Null: the profile the product brought along. */
  createdBy: person.nullable(),
});
export type RuleVersionSummary = z.output<typeof ruleVersionSummary>;
export const ruleVersionList = z.object({ items: z.array(ruleVersionSummary) });
export const ruleVersionView = ruleVersionSummary.extend({ profile: ruleProfile });
export type RuleVersionView = z.output<typeof ruleVersionView>;

/** A profile as somebody edits it: read and explained by the same code as a file, so its shape is not judged here. */
export const profileDraft = z.object({
  profile: z.unknown(),
  /** Running cases are judged from the one after this code on. */
  after: z
    .string()
    .regex(/^DR-\d{4}-\d{4,12}$/)
    .optional(),
  /** How many of them at once. */
  limit: z.int().min(1).max(300).default(300),
});
export type ProfileDraft = z.output<typeof profileDraft>;

/** `reach`: running cases too, only those opened later, the annual plan, or nothing but wording. */
export const profileChange = z.object({
  path: z.string(),
  name: text,
  before: z.string(),
  after: z.string(),
  reach: z.enum(['running', 'newCases', 'plan', 'wording']),
});
export type ProfileChange = z.output<typeof profileChange>;

/** A running case that the new rules would treat differently, and how. */
export const affectedCase = z.object({
  id: z.uuid(),
  caseCode: z.string(),
  delegationName: z.string(),
  differences: z.array(text),
});
export type AffectedCase = z.output<typeof affectedCase>;

export const profilePreview = z.object({
  problems: z.array(z.object({ path: z.string(), text })),
  changes: z.array(profileChange),
  /** Running cases judged by both; `notJudged`: how many follow, asked for by `next` as the code to go on after. */
  judged: z.int(),
  notJudged: z.int(),
  next: z.string().nullable(),
  affected: z.array(affectedCase),
});
export type ProfilePreview = z.output<typeof profilePreview>;

export const publishProfile = z.object({
  profile: z.unknown(),
  validFrom: calendarDay,
  validTo: calendarDay.nullable().default(null),
  /** Which document changes the rules, or why. */
  note: z.string().trim().min(5).max(1000),
});
export type PublishProfile = z.output<typeof publishProfile>;

export const restrictionView = z.object({
  id: z.uuid(),
  person,
  kind: z.enum(restrictionKinds),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
  recordedAt: z.iso.datetime(),
  recordedBy: person.nullable(),
  liftedBy: person.nullable(),
});
export type RestrictionView = z.output<typeof restrictionView>;
export const restrictionPage = pageOf(restrictionView);
export type RestrictionPage = z.output<typeof restrictionPage>;
export const restrictionQuery = pageQuery.extend({
  /** Only those that hold today. */
  holdingOnly: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional(),
});
export type RestrictionQuery = z.output<typeof restrictionQuery>;
export const newRestriction = z.object({
  personId: z.uuid(),
  kind: z.enum(restrictionKinds),
  validFrom: calendarDay.optional(),
  validTo: calendarDay.nullable().default(null),
});
export type NewRestriction = z.output<typeof newRestriction>;
