import { deadlineNames } from '#contracts/deadline-names.js';
import type { DelegationEventType } from '#contracts/delegation-events.js';
import type { WorkflowEvent } from '#libs/engine';
import { type DelegationFacts, pickFacts } from './facts.js';
import type { DeadlinePlan, DelegationInput, TripNeeds } from './input.js';

/** An invented case for specs and for the picture of the machine: every deadline set, every preparation needed. */
export const sampleIds = {
  unit: 'unit',
  focal: 'focal',
  committee: 'committee',
  party: 'party',
  office: 'office',
  finance: 'finance',
  police: 'police',
  proposer: 'proposer',
  member: 'member',
  officer: 'officer',
};

const everything: TripNeeds = {
  passports: true,
  noteVerbale: true,
  mofaNotification: true,
  embassyNotification: true,
  funding: true,
  settlement: true,
};

const plan: DeadlinePlan = {
  rule: { amount: 3, unit: 'workingDay', direction: 'after', source: null },
  reminders: [{ key: 'half', at: { kind: 'fraction', of: 0.5 }, template: 'deadlineHalf', to: ['assignee'] }],
};

const recorded = (whenNotRecorded: 'warning' | 'block') =>
  ({ records: ['submission', 'officialLetter'], whenNotRecorded }) as const;

export function sampleInput(change: Partial<DelegationInput> = {}): DelegationInput {
  return {
    proposerId: sampleIds.proposer,
    organisations: {
      unitId: sampleIds.unit,
      focalId: sampleIds.focal,
      decisionOfficeId: sampleIds.office,
      authorityId: sampleIds.committee,
    },
    steps: [
      { id: 'focalLeader', organisationId: sampleIds.focal, role: 'leader', deadline: plan, ...recorded('block') },
      {
        id: 'peoplesCommittee',
        organisationId: sampleIds.committee,
        role: 'leader',
        deadline: plan,
        ...recorded('warning'),
      },
    ],
    deadlines: Object.fromEntries(deadlineNames.map((name) => [name, plan])),
    trip: { departureDate: '2026-06-01', returnDate: '2026-06-08', needs: everything },
    settings: {
      supplementClock: 'restart',
      reviewAfterChanges: 2,
      returnOnPlannedDay: false,
      tightWithin: 2,
      silenceMeansConsent: false,
    },
    ...change,
  };
}

/** Facts with which nothing stands in the way. */
export function sampleFacts(change: Partial<DelegationFacts> = {}): DelegationFacts {
  return {
    principalId: sampleIds.officer,
    onBehalfOfId: null,
    proposerId: sampleIds.proposer,
    memberIds: [sampleIds.member],
    delegationLeaderId: sampleIds.member,
    digest: 'd1',
    missingDocuments: [],
    hasClassifiedContent: false,
    requiredOpinions: [],
    plan: { itemId: 'item', isApproved: true, conditionCleared: true, isJustified: false },
    leadTime: 'ok',
    amendmentLead: 'inTime',
    extensionLead: 'inTime',
    limits: 'ok',
    eligibility: 'ok',
    moratorium: false,
    signerHasAuthority: true,
    trip: { departureDate: '2026-06-01', returnDate: '2026-06-08', needs: everything },
    changedFields: [],
    appraisalRemaining: null,
    ...change,
  };
}

const document = { number: '51/QĐ-UBND', date: '2026-03-02' };

/** What a form would send with each event, free text left out as the runtime leaves it out. */
const payloads: Partial<Record<DelegationEventType, Readonly<Record<string, unknown>>>> = {
  SIGN_SUBMIT: { document },
  REQUEST_OPINION: { organisationIds: [sampleIds.finance] },
  OPINION_RECEIVED: { organisationId: sampleIds.finance, opinion: 'agree', document },
  FORWARD: { recommendation: 'approve', document },
  APPROVE: { document: { ...document, type: 'submission' } },
  APPROVE_WITH_CONDITION: { document: { ...document, type: 'submission' } },
  RECORD_STEP_DOCUMENT: {
    stepId: 'focalLeader',
    document: { number: '52/TTr-SNgV', date: '2026-03-02', type: 'submission' },
  },
  ISSUE_DECISION: { document, signerId: 'signer' },
  NOTE_VERBALE_ISSUED: { document },
  MOFA_NOTIFIED: { document },
  EMBASSY_NOTIFIED: { document },
  REQUEST_AMENDMENT: { changedFields: ['members'] },
  AMENDMENT_APPROVED: { document },
  RESCHEDULE: { departureDate: '2026-07-01', returnDate: '2026-07-08' },
  CANCEL: { document },
  DEPART: { departedOn: '2026-03-01' },
  REQUEST_EXTENSION: { newReturnDate: '2026-12-30' },
  EXTENSION_GRANTED: { document },
  RETURN_HOME: { returnedOn: '2026-03-01' },
  SUBMIT_REPORT: { document },
  FREEZE: { document },
  GRANT_EXCEPTION: { document },
};

/** An event as the server would send it, with the facts it needs. `facts` replaces single facts. */
export function sampleEvent(
  type: DelegationEventType,
  payload: Readonly<Record<string, unknown>> = {},
  facts: Partial<DelegationFacts> = {},
): WorkflowEvent {
  // An amendment is approved after the dossier was edited.
  const edited = type === 'AMENDMENT_APPROVED' ? { changedFields: ['members' as const] } : {};
  return { type, ...payloads[type], ...payload, facts: pickFacts(type, sampleFacts({ ...edited, ...facts })) };
}

/** The event of a timer, as the runtime stores it when it is armed. */
export function timerEvent(name: string, state: string): WorkflowEvent {
  return { type: `xstate.after.${name}.outbound-delegation.${state}` };
}
