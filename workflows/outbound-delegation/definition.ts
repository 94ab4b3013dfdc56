import type { WorkflowDefinition } from '#libs/engine';
import type { DelegationContext } from './context.js';
import { deadlines } from './deadlines.js';
import { handOver } from './hand-over.js';
import { delegationMachine } from './machine.js';
import { rules } from './rules.js';

/** The case of one delegation, from draft to completion (DESIGN section 4). */
export const outboundDelegation: WorkflowDefinition = {
  id: 'outbound-delegation',
  version: 1,
  machine: delegationMachine,
  rules,
  deadlines,
  handOver,
  sharedContext: ['organisations', 'settings', 'steps', 'deadlines', 'ladders'] satisfies (keyof DelegationContext)[],
};
