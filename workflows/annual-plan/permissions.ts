import type { PlanCycleEventType, PlanItemEventType } from '#contracts/plan-events.js';
import type { Role } from '#contracts/roles.js';

/**
 * What the acting organisation must be to the plan. unit: the unit the line, or the registration, is of. focal: cơ quan đầu mối.
 * authority: UBND tỉnh. party: Thường trực Tỉnh ủy. consulted: the agency the event's opinion is of. decisionOffice: numbers and dates
 * the plan.
 */
export type PlanRelation = 'unit' | 'focal' | 'authority' | 'party' | 'consulted' | 'decisionOffice';
export interface PlanPermission {
  readonly relation: PlanRelation;
  readonly role: Role;
}

const unitOfficer = { relation: 'unit', role: 'unitOfficer' } as const;
const unitHead = { relation: 'unit', role: 'unitHead' } as const;
const focalReviewer = { relation: 'focal', role: 'reviewer' } as const;
const focalLeader = { relation: 'focal', role: 'leader' } as const;
const authorityLeader = { relation: 'authority', role: 'leader' } as const;
const partyLeader = { relation: 'party', role: 'leader' } as const;
const consultedReviewer = { relation: 'consulted', role: 'reviewer' } as const;
const officeClerk = { relation: 'decisionOffice', role: 'clerk' } as const;

/** Who may open the plan of a year, or put an imported one under the cycle. */
export const openPlanPermissions: readonly PlanPermission[] = [focalReviewer, focalLeader];

/**
 * Who may fire each event of the plan: the one place of authorisation for it. What is not listed is denied; whether the event is right
 * at that moment is the machine's question. Source: DOMAIN 2.2 and A.1.
 */
export const planCyclePermissions = {
  OPEN_REGISTRATION: [focalReviewer, focalLeader],
  UNIT_REGISTERED: [unitOfficer, unitHead],
  CLOSE_REGISTRATION: [focalReviewer, focalLeader],
  REOPEN_REGISTRATION: [focalLeader],
  START_CONSOLIDATION: [focalReviewer, focalLeader],
  REQUEST_OPINION: [focalReviewer],
  OPINION_RECEIVED: [consultedReviewer, focalReviewer],
  SUBMIT_PLAN: [focalLeader],
  FORWARD_PLAN: [authorityLeader],
  RETURN_PLAN: [authorityLeader, partyLeader],
  APPROVE_PLAN: [partyLeader],
  MINISTRY_NOTIFIED: [focalReviewer, officeClerk],
  ISSUE_PLAN: [officeClerk],
  BEGIN_ADJUSTMENT: [focalReviewer, focalLeader],
  ABANDON_ADJUSTMENT: [focalLeader],
  CLOSE_YEAR: [focalReviewer, focalLeader],
} as const satisfies Record<PlanCycleEventType, readonly PlanPermission[]>;

/** Who may fire each event of a line. The empty ones come with a decision on the whole plan, never from a person. */
export const planItemPermissions = {
  SUBMIT: [unitOfficer, unitHead],
  RECEIVE: [focalReviewer],
  RETURN_TO_DRAFT: [focalReviewer],
  REQUEST_SUPPLEMENT: [focalReviewer],
  RESUBMIT: [unitOfficer, unitHead],
  INCLUDE: [focalReviewer],
  REJECT: [focalReviewer, focalLeader, authorityLeader, partyLeader],
  MERGE: [focalReviewer],
  DEFER: [focalReviewer, focalLeader],
  WITHDRAW: [unitOfficer, unitHead],
  CONDITION_CLEARED: [focalReviewer, focalLeader],
  CHANGE: [unitOfficer, unitHead, focalReviewer],
  DROP: [focalReviewer, focalLeader],
  FORWARD: [],
  RETURN: [],
  APPROVE: [],
  APPROVE_WITH_CONDITION: [],
  CENTRAL_NOTIFIED: [],
  CLOSE: [],
} as const satisfies Record<PlanItemEventType, readonly PlanPermission[]>;

export interface PlanHolding {
  readonly role: string;
  readonly organisationId: string;
}

/** The relation in which somebody with this role may do what the permissions are of; null: they may not. */
export function planRelationOf(
  permissions: readonly PlanPermission[],
  holding: PlanHolding,
  organisationIds: Partial<Readonly<Record<PlanRelation, string | null | undefined>>>,
): PlanRelation | null {
  const found = permissions.find(
    ({ relation, role }) => role === holding.role && organisationIds[relation] === holding.organisationId,
  );
  return found?.relation ?? null;
}
