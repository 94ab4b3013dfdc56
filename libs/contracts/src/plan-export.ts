import { z } from 'zod';

/**
 * Column sets of plans (DOMAIN 8): the national forms 04 and 05, for the province and with the responsible unit, and those of provinces.
 * Đồng Nai 2024 uses form 04 itself.
 */
export const planColumnSets = [
  'form04',
  'form04Unit',
  'form05',
  'form05Unit',
  'thaiNguyen2019',
  'tuyenQuang2020',
  'tuyenQuang2023',
  'tuyenQuangInbound2023',
] as const;
export type PlanColumnSet = (typeof planColumnSets)[number];

export const exportPlan = z.object({
  /** Absent: form 04 or 05, by the direction of the plan. */
  columns: z.enum(planColumnSets).optional(),
  format: z.enum(['xlsx', 'docx']).default('xlsx'),
});
export type ExportPlan = z.output<typeof exportPlan>;
