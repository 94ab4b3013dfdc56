import type { PlanCycleEventType, PlanItemPersonEventType } from '#contracts/plan-events.js';
import type { RoundEventType, UnitReportEventType } from '#contracts/report-round.js';

const officer = 'unitOfficer unit';
const head = 'unitHead unit';
const reviewer = 'reviewer focal';
const leader = 'leader focal';
const clerk = 'clerk focal';
const authority = 'leader authority';
const party = 'leader party';
const officeClerk = 'clerk decisionOffice';
const unit = [officer, head];
const focal = [reviewer, leader];

/** Who decides the plan beside those of the places: nobody else of these offices has a part in it. */
export const deciders = [
  ['leader', 'authority'],
  ['reviewer', 'authority'],
  ['leader', 'party'],
  ['clerk', 'decisionOffice'],
  ['leader', 'decisionOffice'],
] as const;

/**
 * Who may send which event, by hand from DOMAIN 2.2 and A.1 and not out of the tables of permissions, so that a line changed there is
 * seen here. Events about one organisation name the unit. Absent: the level that has the plan.
 */
export const planSenders: Readonly<Record<PlanCycleEventType, readonly string[] | 'whoever has it'>> = {
  OPEN_REGISTRATION: focal,
  UNIT_REGISTERED: unit,
  CLOSE_REGISTRATION: focal,
  REOPEN_REGISTRATION: [leader],
  START_CONSOLIDATION: focal,
  REQUEST_OPINION: [reviewer],
  OPINION_RECEIVED: [reviewer, 'reviewer unit'],
  SUBMIT_PLAN: [leader],
  FORWARD_PLAN: [authority],
  RETURN_PLAN: 'whoever has it',
  APPROVE_PLAN: [party],
  MINISTRY_NOTIFIED: [reviewer, officeClerk],
  ISSUE_PLAN: [officeClerk],
  BEGIN_ADJUSTMENT: focal,
  ABANDON_ADJUSTMENT: [leader],
  CLOSE_YEAR: focal,
};
/** By hand from DOMAIN A.1; `parents` come along with what is inside them. */
export const planStates = {
  leaves: [
    ...['notOpened', 'open', 'locked', 'reopened', 'closed'],
    ...['notAsked', 'asking', 'complete'].map((name) => `consolidating.opinions.${name}`),
    ...[
      'submitted.committee',
      'submitted.ministryFirst',
      'submitted.party',
      'approved.awaitingMinistry',
      'approved.awaitingIssue',
    ],
    ...['issued.running', 'issued.yearOver'],
    ...['collecting', 'committee', 'ministryFirst', 'party'].map((name) => `adjusting.${name}`),
    ...['adjusting.awaitingMinistry', 'adjusting.awaitingIssue'],
  ],
  parents: ['consolidating', 'consolidating.opinions', 'submitted', 'approved', 'issued', 'adjusting'],
};
/** The Party committee's from the moment the plan lies before it; until then the People's Committee's. */
export const returnsPlan = (states: readonly string[]): readonly string[] =>
  states.some((state) => ['submitted.party', 'adjusting.party'].includes(state)) ? [party] : [authority];

export const lineSenders: Readonly<Record<PlanItemPersonEventType, readonly string[]>> = {
  SUBMIT: unit,
  RECEIVE: [reviewer],
  RETURN_TO_DRAFT: [reviewer],
  REQUEST_SUPPLEMENT: [reviewer],
  RESUBMIT: unit,
  INCLUDE: [reviewer],
  REJECT: [...focal, authority, party],
  MERGE: [reviewer],
  DEFER: focal,
  WITHDRAW: unit,
  CONDITION_CLEARED: focal,
  CHANGE: [...unit, reviewer],
  DROP: focal,
};
/** A line is written by its unit, and by the focal agency while it puts the plan together. */
export const lineWriters = (state: string): readonly string[] => (state === 'consolidating' ? [reviewer] : unit);
/** Where a line is part of the plan, and so known to the whole province. */
export const publicLineStates: readonly string[] = [
  'committee',
  'party',
  'central',
  'approved',
  'approvedWithCondition',
  'closed',
];

export const unitReportSenders: Readonly<Record<UnitReportEventType, readonly string[]>> = {
  SUBMIT_UNIT_REPORT: unit,
  RETURN_UNIT_REPORT: focal,
  ACCEPT_UNIT_REPORT: focal,
};
export const roundSenders: Readonly<Record<RoundEventType, readonly string[]>> = {
  CONSOLIDATE_REPORTS: focal,
  CANCEL_ROUND: [leader],
  ISSUE_REPORT: [clerk],
};
