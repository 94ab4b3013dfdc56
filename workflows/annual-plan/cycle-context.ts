import type { PlanCycleDeadlineName } from '#contracts/plan-deadline-names.js';
import type { PlanCycleEventInput, PlanCycleEventType, privatePlanFields } from '#contracts/plan-events.js';
import type { MinistryLetterOrder } from '#contracts/rule-profile-kinds.js';
import type { PlanAct, PlanDeadline } from './waits.js';

/** What the plan of a year is started with. Ids and days only. */
export interface PlanCycleInput {
  readonly year: number;
  /** 'issued': a plan that was imported, i.e. decided before it came here. */
  readonly entry: 'notOpened' | 'issued';
  readonly organisations: {
    /** Cơ quan đầu mối. */
    readonly focalId: string;
    /** Whose clerk numbers and dates the plan (Văn phòng UBND). */
    readonly decisionOfficeId: string;
    /** UBND tỉnh. */
    readonly authorityId: string;
    /** Thường trực Tỉnh ủy; a province without such a step in its rules: the authority itself. */
    readonly partyId: string;
  };
  readonly settings: {
    /** By when the Ministry must have sent back the plan; in plans begun before the rules said so it is awaited before the issue. */
    readonly ministryLetter?: MinistryLetterOrder;
  };
  readonly deadlines: Partial<Readonly<Record<PlanCycleDeadlineName, PlanDeadline>>>;
}

export interface PlanOpinion {
  readonly organisationId: string;
  readonly answer: 'agree' | 'agreeWithComments' | 'disagree' | null;
  readonly act: PlanAct | null;
}

export interface PlanApproval extends PlanAct {
  readonly level: 'focal' | 'authority' | 'party';
}

/** All the plan of a year remembers between events. */
export interface PlanCycleContext extends PlanCycleInput {
  /** Units asked to register. */
  readonly units: readonly string[];
  readonly registered: readonly (PlanAct & { readonly organisationId: string })[];
  readonly opinions: readonly PlanOpinion[];
  /** Of the round that is running; a plan that was returned starts anew. */
  readonly approvals: readonly PlanApproval[];
  readonly ministryLetter: PlanAct | null;
  /** The plan as issued, then each adjustment. */
  readonly issues: readonly PlanAct[];
  readonly overdue: readonly PlanCycleDeadlineName[];
}

export function createCycleContext(input: PlanCycleInput): PlanCycleContext {
  const { year, entry, organisations, settings, deadlines } = input;
  return {
    ...{ year, entry, organisations, settings, deadlines },
    units: [],
    registered: [],
    opinions: [],
    approvals: [],
    ministryLetter: null,
    issues: [],
    overdue: [],
  };
}

/** What the server knows and the machine judges by. */
export interface PlanCycleFacts {
  readonly principalId: string | null;
  readonly onBehalfOfId: string | null;
  /** Units of the province that take part in the registration. */
  readonly unitIds?: readonly string[];
  /** Lines of the plan the focal agency has not settled yet (not received, being examined, waiting for a supplement). */
  readonly unsettledLines?: number;
  /** Lines submitted to the deciding levels, or further. */
  readonly includedLines?: number;
  /** Lines a level has still to decide on. */
  readonly undecidedLines?: number;
}

type PrivateField = (typeof privatePlanFields)[number];
/** An event as the machine sees it: without people's free text, with the server's facts and the instant the engine sets. */
export type PlanCycleEvent = {
  [T in PlanCycleEventType]: Omit<Extract<PlanCycleEventInput, { type: T }>, PrivateField | 'type'> & {
    readonly type: T;
    readonly facts: PlanCycleFacts;
    readonly at: string;
  };
}[PlanCycleEventType];

export function outstandingUnits(context: PlanCycleContext): readonly string[] {
  return context.units.filter((id) => context.registered.every((one) => one.organisationId !== id));
}

export function outstandingPlanOpinions(context: PlanCycleContext): readonly string[] {
  return context.opinions.filter(({ answer }) => answer === null).map(({ organisationId }) => organisationId);
}
