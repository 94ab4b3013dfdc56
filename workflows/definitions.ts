import type { WorkflowDefinition } from '#libs/engine';
import { annualPlan } from './annual-plan/cycle-machine.js';
import { planItem } from './annual-plan/item-machine.js';
import { followUp } from './follow-up/follow-up.js';
import { outboundDelegation } from './outbound-delegation/definition.js';
import { reportRound } from './periodic-report/report-round.js';
import { unitReport } from './periodic-report/unit-report.js';

/** Every machine this product runs: each process knows them all, whichever of them it serves. */
export const workflowDefinitions: readonly WorkflowDefinition[] = [
  outboundDelegation,
  annualPlan,
  planItem,
  followUp,
  unitReport,
  reportRound,
];
