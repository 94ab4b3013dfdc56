import { z } from 'zod';
import { pageOf, pageQuery } from './page.js';
import { planItemStates } from './plan-states.js';
import { memberRanks } from './ranks.js';

/** What people send and read about annual plans (kế hoạch đoàn ra, đoàn vào). Calendar days are `YYYY-MM-DD`. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const text = z.object({ vi: z.string(), en: z.string() });

export const planDirections = ['outbound', 'inbound'] as const;
export const planDirection = z.enum(planDirections);
export type PlanDirection = z.infer<typeof planDirection>;

/** A time as plans write it ("Quý II-III/2024"): the days it spans and the words it was written in. */
export const planPeriod = z.object({ from: day, to: day, label: z.string() });
export type Period = z.infer<typeof planPeriod>;

/** In itinerary order. `code`: ISO 3166-1 alpha-2, null when the name is not known. `detail`: "tỉnh Oita". */
export const planCountry = z.object({
  code: z.string().length(2).nullable(),
  name: z.string(),
  detail: z.string().nullable(),
});
export type PlanCountry = z.infer<typeof planCountry>;

/** A further activity of the same line, written in a row without number below it. */
export const planActivity = z.object({ content: z.string().nullable(), period: planPeriod.nullable() });
export type PlanActivity = z.infer<typeof planActivity>;

export const planValues = z.object({
  /** TT as printed. */
  number: z.string().nullable(),
  /** The section row above ("II. Đoàn sử dụng ngân sách nhà nước"). */
  section: z.string().nullable(),
  name: z.string().nullable(),
  /** Danh nghĩa đoàn. */
  capacity: z.string().nullable(),
  /** Trưởng đoàn: position, and name where the plan gives it. */
  head: z.string().nullable(),
  countries: z.array(planCountry),
  /** The countries cell as printed. */
  countriesLabel: z.string().nullable(),
  partners: z.string().nullable(),
  content: z.string().nullable(),
  /** People including the leader, all delegations of the line together. */
  peopleCount: z.number().int().nullable(),
  /** "04 đoàn = 20 người": 4. */
  delegationCount: z.number().int().nullable(),
  peopleLabel: z.string().nullable(),
  days: z.number().int().nullable(),
  /** Bao gồm thời gian đi về; null when the plan does not say. */
  includesTravel: z.boolean().nullable(),
  period: planPeriod.nullable(),
  furtherActivities: z.array(planActivity),
  funding: z.string().nullable(),
  /** Đơn vị chủ trì, đơn vị đón tiếp. */
  hostUnit: z.string().nullable(),
  note: z.string().nullable(),
});
export type PlanValues = z.infer<typeof planValues>;

export const planProblemView = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  /** Row of the sheet or table, from 1, as the person sees it. Null: about the whole file. */
  row: z.number().int().nullable(),
  /** Header of the column as the file writes it; null when the problem is about the whole row. */
  column: z.string().nullable(),
  text,
});
export type PlanProblem = z.infer<typeof planProblemView>;

export const planRowView = z.object({
  /** From 0 over the whole preview; `skipRows` names it. */
  index: z.number().int(),
  table: z.string(),
  row: z.number().int(),
  direction: planDirection,
  values: planValues,
  problems: z.array(planProblemView),
  /** The plan has this line already; confirming adds nothing for it. */
  known: z.boolean(),
});
export type PlanRow = z.infer<typeof planRowView>;

/** The document the plan was issued with, as its title rows say. */
export const planDocument = z.object({
  title: z.string().nullable(),
  number: z.string().nullable(),
  date: day.nullable(),
  issuer: z.string().nullable(),
});
export type PlanDocument = z.infer<typeof planDocument>;

export const planImportView = z
  .object({
    planIds: z.array(z.uuid()),
    added: z.number().int(),
    alreadyThere: z.number().int(),
    skipped: z.number().int(),
    text,
  })
  .meta({ id: 'PlanImport' });
export type PlanImport = z.infer<typeof planImportView>;

export const planPreviewView = z
  .object({
    id: z.uuid(),
    fileName: z.string(),
    fileSha256: z.string(),
    kind: z.enum(['xlsx', 'docx', 'csv']),
    year: z.number().int().nullable(),
    directions: z.array(planDirection),
    document: planDocument,
    rows: z.array(planRowView),
    problems: z.array(planProblemView),
    errorCount: z.number().int(),
    warningCount: z.number().int(),
    createdAt: z.iso.datetime(),
    /** This very file was imported before (another preview of it was confirmed). */
    importedBefore: z.boolean(),
    /** Set once confirmed. */
    imported: planImportView.nullable(),
  })
  .meta({ id: 'PlanPreview' });
export type PlanPreview = z.infer<typeof planPreviewView>;

/** Fields beside the uploaded file. Both may be left out when the file says them. */
export const previewPlan = z.object({
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  direction: planDirection.optional(),
});
export type PreviewPlan = z.infer<typeof previewPlan>;

export const confirmPlan = z.object({
  /** Row indexes of the preview that are left out on purpose. */
  skipRows: z.array(z.number().int().min(0)).max(5000).default([]),
});
export type ConfirmPlan = z.infer<typeof confirmPlan>;

export const planView = z
  .object({
    id: z.uuid(),
    year: z.number().int(),
    direction: planDirection,
    document: planDocument,
    itemCount: z.number().int(),
    importedAt: z.iso.datetime(),
  })
  .meta({ id: 'Plan' });
export type PlanView = z.infer<typeof planView>;

export const planListQuery = z.object({
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  direction: planDirection.optional(),
});
export type PlanListQuery = z.infer<typeof planListQuery>;

export const planItemView = z
  .object({
    ...planValues.shape,
    id: z.uuid(),
    planId: z.uuid(),
    year: z.number().int(),
    direction: planDirection,
    position: z.number().int(),
    /** An imported plan is an issued one: its lines are approved, on a condition where its note says so. */
    state: z.enum(planItemStates),
    /** The unit that proposed the line here; null for an imported one. */
    organisationId: z.uuid().nullable(),
    /** Under whose management the head of the delegation stands; null where nobody has said. */
    leaderRank: z.enum(memberRanks).nullable(),
    /** What must be reported before a decision on the trip. */
    condition: z.string().nullable(),
    revision: z.int(),
    document: planDocument,
  })
  .meta({ id: 'PlanItem' });
export type PlanItemView = z.infer<typeof planItemView>;

export const planItemQuery = pageQuery.extend({
  /** Words in any order, with or without diacritics. */
  search: z.string().trim().max(200).optional(),
  /** `standing`: the lines of the plan as decided; `all`: the proposed and the dropped ones, too, as far as the reader may see them. */
  scope: z.enum(['standing', 'all']).default('standing'),
});
export type PlanItemQuery = z.infer<typeof planItemQuery>;

export const planList = z.object({ items: z.array(planView) });
export const planItemPage = pageOf(planItemView);
