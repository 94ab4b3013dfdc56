/** Where a line of the annual plan stands: the states of its machine (DOMAIN A.1), apart from the schemas so that rooms without zod can use them. */
export const planItemStates = [
  'draft',
  'awaitingReceipt',
  'consolidating',
  'supplementRequested',
  'committee',
  'party',
  'central',
  'approved',
  'approvedWithCondition',
  'notIncluded',
  'merged',
  'deferred',
  'withdrawn',
  'dropped',
  'closed',
] as const;
export type PlanItemState = (typeof planItemStates)[number];

/** Lines a trip may be opened on, or may have been: the plan as it was decided. */
export const standingPlanStates: readonly PlanItemState[] = ['approved', 'approvedWithCondition', 'closed'];
/** Lines that are, or are about to be, in the plan: what is put before the deciding levels. */
export const includedPlanStates: readonly PlanItemState[] = ['committee', 'party', 'central', ...standingPlanStates];
/** Lines the focal agency has still to settle before the plan can be submitted. */
export const unsettledPlanStates: readonly PlanItemState[] = [
  'awaitingReceipt',
  'consolidating',
  'supplementRequested',
];
/** Lines a level has still to decide on. */
export const undecidedPlanStates: readonly PlanItemState[] = ['committee', 'party', 'central'];
