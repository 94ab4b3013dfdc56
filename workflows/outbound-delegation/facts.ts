import type { AmendableField, DelegationEventType } from '#contracts/delegation-events.js';
import type { DeadlineRule } from '#libs/calendar';
import type { ApprovalStep, RequiredOpinion, TripPlan } from './input.js';

/**
 * What the server knows about a case when an event enters, read under the instance lock and stored with the event, so that the
 * machine stays pure and the log replays. Ids and plain facts only. A guard whose fact is missing says no.
 */
export interface DelegationFacts {
  /** Who acts; null only for the system. */
  readonly principalId: string | null;
  /** The person substituted for. */
  readonly onBehalfOfId: string | null;
  readonly proposerId: string;
  /** Members of the delegation known as people of the province. */
  readonly memberIds: readonly string[];
  /** The head of the delegation, when known as a person of the province. */
  readonly delegationLeaderId: string | null;
  /** Digest of the proposal's content as it stands after this event. */
  readonly digest: string;
  /** Kinds of document the checklist still misses. */
  readonly missingDocuments: readonly string[];
  readonly hasClassifiedContent: boolean;
  readonly plan: {
    /** The line of the annual plan; null: out of plan. */
    readonly itemId: string | null;
    readonly isApproved: boolean;
    /** False while a condition of the plan line ("report partner and programme before the trip") is still open. */
    readonly conditionCleared: boolean;
    /** The unit gave a reason for a trip out of plan. */
    readonly isJustified: boolean;
  };
  readonly leadTime: 'ok' | 'urgent' | 'late';
  /** Whether an amendment, or an extension, is asked early enough before the departure or the return. Absent before a decision. */
  readonly amendmentLead?: RequestLead;
  readonly extensionLead?: RequestLead;
  readonly limits: 'ok' | 'justified' | 'exceeded';
  readonly eligibility: 'ok' | 'blocked';
  /** A moratorium is in force for the province today. */
  readonly moratorium: boolean;
  /** The signer of the decision holds, today, the right to sign for this delegation. */
  readonly signerHasAuthority: boolean;
  readonly trip: TripPlan;
  /** The route for the delegation as it is now composed; absent: the route stays as it was. */
  readonly steps?: readonly ApprovalStep[];
  /** Agencies the rules want to hear about this delegation. */
  readonly requiredOpinions: readonly RequiredOpinion[];
  /** Fields that differ from what the decision says. */
  readonly changedFields: readonly AmendableField[];
  /** What is left of the appraisal deadline (working days in halves); null unless the clock pauses and an appraisal runs. */
  readonly appraisalRemaining: Pick<DeadlineRule, 'amount' | 'unit'> | null;
}

/** late: without a reason for the urgency, which the rules let pass; tooLate: they do not. */
export type RequestLead = 'inTime' | 'urgent' | 'late' | 'tooLate';

type FactName = keyof DelegationFacts;
const who = ['principalId', 'onBehalfOfId', 'proposerId', 'memberIds', 'digest'] as const satisfies readonly FactName[];
const submission = [
  ...who,
  'missingDocuments',
  'hasClassifiedContent',
  'plan',
  'leadTime',
  'limits',
  'eligibility',
  'moratorium',
  'trip',
  'steps',
] as const satisfies readonly FactName[];
const approval = [...who, 'hasClassifiedContent', 'eligibility', 'moratorium'] as const satisfies readonly FactName[];

/** Which facts each event needs. The server computes these and no others. */
export const factsNeeded = {
  SUBMIT: submission,
  SIGN_SUBMIT: submission,
  RETURN_TO_DRAFT: who,
  WITHDRAW: who,
  RECEIVE: [...who, 'hasClassifiedContent', 'moratorium'],
  REFUSE_RECEIPT: who,
  ACCEPT_DOSSIER: [...who, 'missingDocuments', 'hasClassifiedContent', 'eligibility', 'requiredOpinions'],
  REQUEST_SUPPLEMENT: [...who, 'appraisalRemaining'],
  RESUBMIT: submission,
  REQUEST_OPINION: [...who, 'requiredOpinions'],
  OPINION_RECEIVED: who,
  FORWARD: [...submission, 'requiredOpinions'],
  APPROVE: approval,
  APPROVE_WITH_CONDITION: approval,
  CONDITION_CLEARED: who,
  RETURN: who,
  REJECT: who,
  CLARIFY: [...submission, 'requiredOpinions'],
  RECORD_STEP_DOCUMENT: who,
  ISSUE_DECISION: [...approval, 'delegationLeaderId', 'plan', 'signerHasAuthority', 'trip', 'steps', 'changedFields'],
  PASSPORT_GIVEN: who,
  NOTE_VERBALE_ISSUED: who,
  MOFA_NOTIFIED: who,
  EMBASSY_NOTIFIED: who,
  FUNDING_CONFIRMED: who,
  REQUEST_AMENDMENT: [...who, 'hasClassifiedContent', 'amendmentLead'],
  AMENDMENT_APPROVED: [...who, 'delegationLeaderId', 'trip', 'steps', 'hasClassifiedContent', 'changedFields'],
  AMENDMENT_REJECTED: who,
  POSTPONE: who,
  RESCHEDULE: [...who, 'hasClassifiedContent', 'changedFields', 'moratorium', 'steps'],
  CANCEL: who,
  DEPART: [...who, 'eligibility', 'moratorium'],
  REQUEST_EXTENSION: [...who, 'extensionLead'],
  EXTENSION_GRANTED: who,
  EXTENSION_REFUSED: who,
  RETURN_HOME: [...who, 'delegationLeaderId'],
  PASSPORT_RETURNED: who,
  PASSPORT_LOST: who,
  SUBMIT_REPORT: who,
  RETURN_REPORT: who,
  ACCEPT_REPORT: who,
  SETTLEMENT_DONE: who,
  FREEZE: who,
  UNFREEZE: who,
  GRANT_EXCEPTION: who,
} as const satisfies Record<DelegationEventType, readonly FactName[]>;

export type FactsOf<T extends DelegationEventType> = Pick<DelegationFacts, (typeof factsNeeded)[T][number]>;

/** The facts an event of this type carries, out of all facts of the case. */
export function pickFacts<T extends DelegationEventType>(type: T, all: DelegationFacts): FactsOf<T> {
  const entries = factsNeeded[type].filter((name) => all[name] !== undefined).map((name) => [name, all[name]]);
  return Object.fromEntries(entries) as FactsOf<T>;
}
