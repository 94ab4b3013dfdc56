import { planCycleDeadlineNames, planItemDeadlineNames } from '#contracts/plan-deadline-names.js';
import {
  type PlanCycleEventType,
  type PlanItemEventType,
  planCycleEventTypes,
  planItemEventTypes,
} from '#contracts/plan-events.js';
import type { WorkflowEvent } from '#libs/engine';
import type { PlanCycleFacts, PlanCycleInput } from './cycle-context.js';
import type { PlanItemFacts, PlanItemInput } from './item-context.js';
import type { PlanDeadline } from './waits.js';

/** An invented plan for specs: every deadline set, nothing in the way. */
const deadline: PlanDeadline = {
  rule: { amount: 3, unit: 'workingDay', direction: 'after', source: null },
  reminders: [{ key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: ['assignee'] }],
};

export function sampleCycleInput(change: Partial<PlanCycleInput> = {}): PlanCycleInput {
  return {
    year: 2027,
    entry: 'notOpened',
    organisations: { focalId: 'focal', decisionOfficeId: 'office', authorityId: 'committee', partyId: 'party' },
    settings: { ministryLetter: 'beforeIssue' },
    deadlines: Object.fromEntries(planCycleDeadlineNames.map((name) => [name, deadline])),
    ...change,
  };
}

export function sampleItemInput(change: Partial<PlanItemInput> = {}): PlanItemInput {
  return {
    entry: 'draft',
    organisations: { unitId: 'unit', focalId: 'focal', authorityId: 'committee', partyId: 'party' },
    deadlines: Object.fromEntries(planItemDeadlineNames.map((name) => [name, { ...deadline, on: '2027-04-01' }])),
    ...change,
  };
}

const document = { number: '12/SNgV-VP', date: '2026-11-10' };
const cyclePayloads: Partial<Record<PlanCycleEventType, Readonly<Record<string, unknown>>>> = {
  UNIT_REGISTERED: { organisationId: 'unit' },
  REQUEST_OPINION: { organisationIds: ['finance'] },
  OPINION_RECEIVED: { organisationId: 'finance', opinion: 'agree' },
};

export function sampleCycleEvent(
  type: PlanCycleEventType,
  payload: Readonly<Record<string, unknown>> = {},
  facts: Partial<PlanCycleFacts> = {},
): WorkflowEvent {
  const known: PlanCycleFacts = {
    principalId: 'officer',
    onBehalfOfId: null,
    unitIds: ['unit', 'other'],
    unsettledLines: 0,
    includedLines: 3,
    undecidedLines: 0,
    ...facts,
  };
  return { type, document, ...cyclePayloads[type], ...payload, facts: known };
}

export function sampleItemEvent(
  type: PlanItemEventType,
  payload: Readonly<Record<string, unknown>> = {},
  facts: Partial<PlanItemFacts> = {},
): WorkflowEvent {
  const known: PlanItemFacts = {
    principalId: 'officer',
    onBehalfOfId: null,
    stage: 'focal',
    takesLines: true,
    isAdjusting: true,
    missingFields: [],
    hasClassifiedContent: false,
    needsCentral: false,
    periodFrom: '2027-04-01',
    mergeTargetStands: true,
    hasTrip: false,
    ...facts,
  };
  return { type, document, ...(type === 'MERGE' && { intoItemId: 'another' }), ...payload, facts: known };
}

/** Each event as it passes, as it takes another turn, and as it must be refused; and every deadline. */
export const cycleEventVariants: readonly WorkflowEvent[] = [
  ...planCycleEventTypes.map((type) => sampleCycleEvent(type)),
  sampleCycleEvent('UNIT_REGISTERED', { organisationId: 'other' }),
  ...[
    'registrationOpensDue.annual-plan.notOpened',
    'registrationClosesDue.annual-plan.open',
    'consolidationDue.annual-plan.locked',
    'consolidationDue.annual-plan.consolidating',
    'planOpinionDue.annual-plan.consolidating.opinions.asking',
    'committeeDue.annual-plan.submitted.committee',
    'partyDue.annual-plan.submitted.party',
    'planIssueDue.annual-plan.approved.awaitingIssue',
    'adjustmentDue.annual-plan.adjusting.collecting',
    'yearEndDue.annual-plan.issued.running',
  ].map((name) => ({ type: `xstate.after.${name}` })),
];
export const wrongCycleEvents: readonly WorkflowEvent[] = [
  ...planCycleEventTypes.map((type) =>
    sampleCycleEvent(
      type,
      { document: undefined, organisationId: 'stranger', organisationIds: ['finance'] },
      { unitIds: [], unsettledLines: 1, includedLines: 0, undecidedLines: 2 },
    ),
  ),
  // Facts that are missing are no permission.
  ...planCycleEventTypes.map((type) => ({
    ...sampleCycleEvent(type),
    facts: { principalId: 'x', onBehalfOfId: null },
  })),
];

export const itemEventVariants: readonly WorkflowEvent[] = [
  ...planItemEventTypes.map((type) => sampleItemEvent(type)),
  sampleItemEvent('INCLUDE', {}, { needsCentral: true }),
  ...(['authority', 'party', 'central'] as const).map((stage) => sampleItemEvent('REJECT', {}, { stage })),
  ...['itemReceiptDue.plan-item.awaitingReceipt', 'itemSupplementDue.plan-item.supplementRequested'].map((name) => ({
    type: `xstate.after.${name}`,
  })),
  { type: 'xstate.after.itemConditionDue.plan-item.approvedWithCondition' },
];
export const wrongItemEvents: readonly WorkflowEvent[] = [
  ...planItemEventTypes.map((type) =>
    sampleItemEvent(
      type,
      { document: undefined },
      {
        stage: 'unit',
        takesLines: false,
        isAdjusting: false,
        missingFields: ['name'],
        hasClassifiedContent: true,
        mergeTargetStands: false,
        hasTrip: true,
      },
    ),
  ),
  ...planItemEventTypes.map((type) => ({ ...sampleItemEvent(type), facts: { principalId: 'x', onBehalfOfId: null } })),
];
