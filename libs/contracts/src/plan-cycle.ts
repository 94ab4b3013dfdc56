import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import { planItemView } from './plan.js';
import { memberRanks } from './ranks.js';

/** The annual plan as something that is worked on: registration, consolidation, decision, issue, adjustment (DOMAIN 2 and A.1). */
const text = z.object({ vi: z.string(), en: z.string() });
const named = z.object({ id: z.uuid(), name: z.string() });
const state = z.object({ id: z.string(), text });
const document = z.object({ number: z.string(), date: calendarDay, fileId: z.uuid().optional() });
const line = (max: number) => z.string().trim().min(1).max(max);

/** Opens the plan of a year; of a year whose plan was imported: puts that plan under the cycle, as already issued. */
export const openPlan = z.object({ year: z.int().min(2000).max(2100) });
export type OpenPlan = z.output<typeof openPlan>;

/** Fields of a line as Mẫu 04 asks for them. Countries and period are written as in the form ("Nhật Bản (tỉnh Oita), Lào"; "Quý II"). */
const lineFields = z.object({
  name: line(500),
  capacity: line(500).nullable(),
  head: line(500).nullable(),
  leaderRank: z.enum(memberRanks).nullable(),
  countries: line(1000).nullable(),
  partners: line(2000).nullable(),
  content: line(4000).nullable(),
  peopleCount: z.int().min(1).max(1000).nullable(),
  days: z.int().min(1).max(366).nullable(),
  includesTravel: z.boolean().nullable(),
  period: line(200).nullable(),
  funding: line(1000).nullable(),
  note: line(2000).nullable(),
});
export const registerPlanItem = lineFields
  .partial()
  .extend({ name: line(500), organisationId: z.uuid().optional(), noStateSecrets: z.literal(true) });
export type RegisterPlanItem = z.output<typeof registerPlanItem>;
export const planItemPatch = lineFields.partial();
export type PlanItemPatch = z.output<typeof planItemPatch>;

export const planReceipt = z.object({
  id: z.uuid(),
  version: z.int(),
  seq: z.int(),
  states: z.array(z.string()),
  status: z.enum(['active', 'done']),
});
export type PlanReceipt = z.output<typeof planReceipt>;

const availableEvent = z.object({
  type: z.string(),
  text,
  allowed: z.boolean(),
  rules: z.array(z.object({ name: z.string(), text, source: z.string().nullable() })),
  /** The unit, or the agency asked, the event is of. */
  subject: named.nullable(),
});
export type PlanAvailableEvent = z.output<typeof availableEvent>;

const task = z.object({
  id: z.uuid(),
  key: z.string(),
  kind: z.string(),
  text,
  organisation: z.string(),
  mine: z.boolean(),
  dueAt: z.iso.datetime().nullable(),
  dueExplanation: text.nullable(),
});
export type PlanTask = z.output<typeof task>;

const act = z.object({ at: z.iso.datetime(), document: document.nullable() });
const logged = z.object({
  seq: z.int(),
  type: z.string(),
  text,
  at: z.iso.datetime(),
  by: z.string().nullable(),
  document: document.nullable(),
  /** What was written beside it. */
  words: z.array(z.string()),
});
export type PlanLogEntry = z.output<typeof logged>;

const running = {
  /** False: an imported plan, or line, on which nothing has been done here yet. */
  managed: z.boolean(),
  version: z.int(),
  status: z.enum(['active', 'done']),
  states: z.array(state),
  availableEvents: z.array(availableEvent),
  tasks: z.array(task),
  log: z.array(logged),
};

export const planCycleView = z
  .object({
    planId: z.uuid(),
    year: z.int(),
    ...running,
    /** The reader may put this imported plan under the cycle. */
    mayManage: z.boolean(),
    /** Units of the reader that may register lines now. */
    mayRegister: z.array(named),
    units: z.array(named.extend({ registered: z.boolean() })),
    opinions: z.array(z.object({ organisation: named, answer: z.string().nullable() })),
    approvals: z.array(act.extend({ level: z.enum(['focal', 'authority', 'party']) })),
    ministryLetter: act.nullable(),
    issues: z.array(act),
    lines: z.array(z.object({ state, count: z.int() })),
  })
  .meta({ id: 'PlanCycle' });
export type PlanCycleView = z.output<typeof planCycleView>;

export const planItemProgress = z
  .object({
    item: planItemView,
    unit: named.nullable(),
    state,
    ...running,
    editable: z.boolean(),
    /** Fields of Mẫu 04 the line lacks. */
    missingFields: z.array(z.object({ field: z.string(), text })),
    mergedInto: z.uuid().nullable(),
  })
  .meta({ id: 'PlanItemProgress' });
export type PlanItemProgress = z.output<typeof planItemProgress>;
