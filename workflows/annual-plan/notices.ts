/** Mails of the annual plan that are not about a task. */
export const planNoticeTemplates = [
  'planReturned',
  'planApproved',
  'planIssued',
  'planAdjustmentOpened',
  'planItemReturned',
  'planItemNotIncluded',
  'planItemMerged',
  'planItemDeferred',
  'planItemDropped',
] as const;
export type PlanNoticeTemplate = (typeof planNoticeTemplates)[number];
