import type { Role } from '#contracts/roles.js';
import { outstandingPlanOpinions, outstandingUnits, type PlanCycleContext } from './cycle-context.js';
import { type TaskOpening, waitsOf } from './waits.js';

export const planCycleTaskKinds = [
  'openRegistration',
  'registerUnit',
  'startConsolidation',
  'consolidatePlan',
  'givePlanOpinion',
  'forwardPlan',
  'approvePlan',
  'recordMinistryLetter',
  'issuePlan',
  'adjustPlan',
  'closeYear',
] as const;
export type PlanCycleTaskKind = (typeof planCycleTaskKinds)[number];

const desks: Record<
  Exclude<PlanCycleTaskKind, 'registerUnit' | 'givePlanOpinion'>,
  readonly [Role, keyof PlanCycleContext['organisations']]
> = {
  openRegistration: ['reviewer', 'focalId'],
  startConsolidation: ['reviewer', 'focalId'],
  consolidatePlan: ['reviewer', 'focalId'],
  forwardPlan: ['leader', 'authorityId'],
  approvePlan: ['leader', 'partyId'],
  recordMinistryLetter: ['reviewer', 'focalId'],
  issuePlan: ['clerk', 'decisionOfficeId'],
  adjustPlan: ['reviewer', 'focalId'],
  closeYear: ['reviewer', 'focalId'],
};

/** The tasks a wait opens, by stable keys. */
export function cycleTasksOf(kind: PlanCycleTaskKind, context: PlanCycleContext): readonly TaskOpening[] {
  if (kind === 'registerUnit')
    return outstandingUnits(context).map((organisationId) => each(kind, 'unitOfficer', organisationId));
  if (kind === 'givePlanOpinion')
    return outstandingPlanOpinions(context).map((organisationId) => each(kind, 'reviewer', organisationId));
  const [role, organisation] = desks[kind];
  // Of the family that `consolidationDue` belongs to.
  const key = kind === 'startConsolidation' ? 'consolidatePlan:start' : kind;
  return [{ key, kind, assignee: { role, organisationId: context.organisations[organisation] } }];
}

function each(kind: PlanCycleTaskKind, role: Role, organisationId: string): TaskOpening {
  return { key: `${kind}:${organisationId}`, kind, assignee: { role, organisationId }, data: { organisationId } };
}

export const { open, close, waitsFor } = waitsOf(cycleTasksOf);
