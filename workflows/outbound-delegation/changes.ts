import type { AmendableField } from '#contracts/delegation-events.js';
import {
  type Act,
  type Approval,
  approvalOf,
  currentStep,
  type DelegationContext,
  type Duty,
  decisionInForce,
  type LateRequest,
  type Opinion,
  openAmendment,
  openCondition,
  type Phase,
  type Preparation,
  requiredNotAsked,
  withSteps,
} from './context.js';
import { type DelegationEvent, factsOf } from './events.js';
import type { RequestLead } from './facts.js';
import type { RequiredOpinion } from './input.js';

type Ending = NonNullable<DelegationContext['ending']>['kind'];
type Change = (context: DelegationContext, event: DelegationEvent) => Partial<DelegationContext>;

/** Who did this, when and with which document, from the event and its facts. */
export function actOf(event: DelegationEvent): Act {
  const { principalId, onBehalfOfId } = factsOf(event);
  return {
    at: event.at,
    byId: principalId ?? null,
    onBehalfOfId: onBehalfOfId ?? null,
    document: 'document' in event ? (event.document ?? null) : null,
  };
}

/** The content as it is now: its digest, dates and route. Approvals given to other content are voided, visibly. */
const takeContent: Change = (context, event) => {
  const { digest, trip, steps } = factsOf(event);
  return {
    digest: digest ?? context.digest,
    trip: trip ?? context.trip,
    ...(steps && withSteps(context, steps)),
    approvals: voidStale(context.approvals, digest, event.at),
  };
};

/** Only a supplement leaves something of an appraisal over; any other way into it has the whole period. */
const beginReview: Change = (_context, event) => ({
  dossierAccepted: false,
  recommendation: null,
  ...(event.type !== 'RESUBMIT' && { appraisalRemaining: null }),
});

const acceptDossier: Change = () => ({ dossierAccepted: true });

const beginSupplement: Change = (context, event) => ({
  supplementRounds: context.supplementRounds + 1,
  appraisalRemaining:
    context.settings.supplementClock === 'pauseAndResume' ? (factsOf(event).appraisalRemaining ?? null) : null,
});

const askOpinions: Change = (context, event) => {
  if (event.type !== 'REQUEST_OPINION') return {};
  const written = new Set(event.facts.requiredOpinions.flatMap((one) => (one.inWriting ? one.organisationId : [])));
  const asked = [...new Set(event.organisationIds)].map((organisationId) => ({
    organisationId,
    inWriting: written.has(organisationId),
  }));
  return { opinions: [...context.opinions, ...asked.map((one) => asking(one, event.at))] };
};

const askRequiredOpinions: Change = (context, event) => ({
  opinions: [
    ...context.opinions,
    ...requiredNotAsked(context, factsOf(event).requiredOpinions).map((one) => asking(one, event.at)),
  ],
});

function asking({ organisationId, inWriting }: RequiredOpinion, askedAt: string): Opinion {
  return { organisationId, askedAt, answer: null, act: null, ...(inWriting && { inWriting: true }) };
}

const recordOpinion: Change = (context, event) => {
  if (event.type !== 'OPINION_RECEIVED') return {};
  const opinions = context.opinions.map((opinion) =>
    opinion.organisationId === event.organisationId && opinion.answer === null
      ? { ...opinion, answer: event.opinion, act: actOf(event) }
      : opinion,
  );
  return { opinions };
};

const silentOpinions: Change = (context) => ({
  opinions: context.opinions.map((opinion) => (opinion.answer === null ? { ...opinion, answer: 'silent' } : opinion)),
});

const recordForward: Change = (context, event) => ({
  ...takeContent(context, event),
  recommendation: event.type === 'FORWARD' ? event.recommendation : null,
});

const clarify: Change = (context, event) => ({ ...takeContent(context, event), recommendation: 'approve' });

/** An approval is bound to the digest of what was approved; approvals of other content stop counting. */
const recordApproval: Change = (context, event) => {
  const step = currentStep(context);
  const { digest } = factsOf(event);
  if (!step || digest === undefined) return {};
  const approval: Approval = {
    ...actOf(event),
    stepId: step.id,
    organisationId: step.organisationId,
    digest,
    condition: event.type === 'APPROVE_WITH_CONDITION' ? 'open' : 'none',
    voidedAt: null,
  };
  return { digest, approvals: [...voidStale(context.approvals, digest, event.at), approval] };
};

/** Beside the answer it belongs to; when that is voided its documents stop counting with it. */
const recordStepDocument: Change = (context, event) => {
  if (event.type !== 'RECORD_STEP_DOCUMENT') return {};
  const approval = approvalOf(context, event.stepId);
  const record = { ...actOf(event), document: event.document };
  return {
    approvals: context.approvals.map((one) =>
      one === approval ? { ...one, further: [...(one.further ?? []), record] } : one,
    ),
  };
};

const clearCondition: Change = (context) => {
  const open = openCondition(context);
  return { approvals: context.approvals.map((one) => (one === open ? { ...one, condition: 'cleared' } : one)) };
};

const voidStaleApprovals: Change = (context, event) => ({
  approvals: voidStale(context.approvals, factsOf(event).digest, event.at),
});

const voidAllApprovals: Change = (context, event) => ({
  approvals: context.approvals.map((one) => (one.voidedAt === null ? { ...one, voidedAt: event.at } : one)),
});

/** Who travels may change until the delegation is home; a timer carries no facts and changes nothing. */
function travellers(context: DelegationContext, event: DelegationEvent): Pick<DelegationContext, 'travellers'> {
  const { memberIds, delegationLeaderId } = factsOf(event);
  return { travellers: memberIds ? { memberIds, leaderId: delegationLeaderId ?? null } : context.travellers };
}

/** A new decision supersedes the one before it; what was announced to others under the old one must be announced again. */
const recordDecision: Change = (context, event) => {
  const { digest, trip } = factsOf(event);
  if (event.type !== 'ISSUE_DECISION' || digest === undefined) return {};
  const superseded = context.decisions.map((one) => ({ ...one, supersededAt: one.supersededAt ?? event.at }));
  const { passports, funding } = context.prepared;
  return {
    digest,
    trip: trip ?? context.trip,
    ...travellers(context, event),
    decisions: [
      ...superseded,
      { ...actOf(event), signerId: event.signerId, digest, issuedDigest: digest, supersededAt: null },
    ],
    amendments: settleAmendment(context, 'approved'),
    changedFields: [],
    prepared: { ...(passports && { passports }), ...(funding && { funding }) },
  };
};

const requestAmendment: Change = (context, event) => {
  if (event.type !== 'REQUEST_AMENDMENT') return {};
  const fields = [...new Set(event.changedFields)];
  const route = new Set([...context.changedFields, ...fields]).size < 2 ? 'onTheSpot' : 'newDecision';
  const lead = lateness(factsOf(event).amendmentLead);
  return { amendments: [...context.amendments, { fields, request: actOf(event), route, ...lead, outcome: 'open' }] };
};

function lateness(lead: RequestLead | undefined): { readonly lead?: LateRequest } {
  return lead === 'urgent' || lead === 'late' ? { lead } : {};
}

const approveAmendment: Change = (context, event) => ({
  ...amendDecision(context, event, openAmendment(context)?.fields ?? []),
  ...travellers(context, event),
  amendments: settleAmendment(context, 'approved'),
  trip: context.departedOn === null ? (factsOf(event).trip ?? context.trip) : context.trip,
});

const rejectAmendment: Change = (context) => ({ amendments: settleAmendment(context, 'rejected') });

const reschedule: Change = (context, event) => {
  if (event.type !== 'RESCHEDULE') return {};
  const { steps } = factsOf(event);
  return {
    ...amendDecision(context, event, ['dates']),
    trip: { ...context.trip, departureDate: event.departureDate, returnDate: event.returnDate },
    ...(steps && withSteps(context, steps)),
  };
};

/** The new dates put the trip back to appraisal: what was agreed was another trip. */
const rescheduleForReview: Change = (context, event) => ({
  ...reschedule(context, event),
  ...voidAllApprovals(context, event),
  ...beginReview(context, event),
  decisions: context.decisions.map((one) => ({ ...one, supersededAt: one.supersededAt ?? event.at })),
  changedFields: [],
});

/** The new dates with other changes: a new document under the approvals that exist. */
const rescheduleForDecision: Change = (context, event) => ({
  ...reschedule(context, event),
  amendments: [
    ...context.amendments,
    {
      fields: [...new Set<AmendableField>(['dates', ...(factsOf(event).changedFields ?? [])])],
      request: actOf(event),
      route: 'newDecision',
      outcome: 'open',
    },
  ],
});

const recordDeparture: Change = (context, event) => ({
  departedOn: event.type === 'DEPART' ? event.departedOn : context.trip.departureDate,
});

const requestExtension: Change = (_context, event) =>
  event.type === 'REQUEST_EXTENSION'
    ? {
        extension: {
          newReturnDate: event.newReturnDate,
          request: actOf(event),
          ...lateness(factsOf(event).extensionLead),
        },
      }
    : {};

const grantExtension: Change = (context, event) => ({
  ...amendDecision(context, event, []),
  trip: { ...context.trip, returnDate: context.extension?.newReturnDate ?? context.trip.returnDate },
  extension: null,
  overdue: context.overdue.filter((name) => name !== 'returnDue'),
});

const refuseExtension: Change = () => ({ extension: null });

const recordReturn: Change = (context, event) => ({
  ...travellers(context, event),
  returnedOn: event.type === 'RETURN_HOME' ? event.returnedOn : context.trip.returnDate,
  extension: null,
  amendments: settleAmendment(context, 'rejected'),
});

const recordReport: Change = (context, event) => ({
  report: {
    ...actOf(event),
    timesReturned: context.report?.timesReturned ?? 0,
  },
});

const returnReport: Change = (context) =>
  context.report ? { report: { ...context.report, timesReturned: context.report.timesReturned + 1 } } : {};

const markReportLate: Change = () => ({ reportIsLate: true });

const losePassports: Change = () => ({ passportsLost: true });

const grantException: Change = (_context, event) => ({ exception: actOf(event), freeze: null });

const liftFreeze: Change = () => ({ freeze: null });

/** Changes of the context that need no parameter, by the name the machine uses. */
export const changes = {
  takeContent,
  beginReview,
  acceptDossier,
  beginSupplement,
  askOpinions,
  askRequiredOpinions,
  recordOpinion,
  silentOpinions,
  recordForward,
  clarify,
  recordApproval,
  recordStepDocument,
  clearCondition,
  voidStaleApprovals,
  recordDecision,
  requestAmendment,
  approveAmendment,
  rejectAmendment,
  reschedule,
  rescheduleForReview,
  rescheduleForDecision,
  recordDeparture,
  requestExtension,
  grantExtension,
  refuseExtension,
  recordReturn,
  recordReport,
  returnReport,
  markReportLate,
  losePassports,
  grantException,
  liftFreeze,
} satisfies Record<string, Change>;

export function recordPreparation(
  context: DelegationContext,
  event: DelegationEvent,
  preparation: Preparation,
): Partial<DelegationContext> {
  return { prepared: { ...context.prepared, [preparation]: actOf(event) } };
}

export function recordDuty(context: DelegationContext, event: DelegationEvent, duty: Duty): Partial<DelegationContext> {
  return { closed: { ...context.closed, [duty]: actOf(event) } };
}

/** Completion is no event of its own: it is the act that closed the last duty. */
export function recordEnding(
  context: DelegationContext,
  event: DelegationEvent,
  kind: Ending,
): Partial<DelegationContext> {
  const lastDuty = Object.values(context.closed)
    .sort((a, b) => a.at.localeCompare(b.at))
    .at(-1);
  return { ending: { ...((kind === 'completed' && lastDuty) || actOf(event)), kind } };
}

export function recordFreeze(event: DelegationEvent, phase: Phase): Partial<DelegationContext> {
  return { freeze: { ...actOf(event), phase } };
}

function voidStale(approvals: readonly Approval[], digest: string | undefined, at: string): readonly Approval[] {
  if (digest === undefined) return approvals;
  return approvals.map((one) => (one.voidedAt === null && one.digest !== digest ? { ...one, voidedAt: at } : one));
}

function settleAmendment(
  context: DelegationContext,
  outcome: 'approved' | 'rejected',
): DelegationContext['amendments'] {
  return context.amendments.map((one) => (one.outcome === 'open' ? { ...one, outcome } : one));
}

/** The decision in force also covers the content as it is now; the fields count towards the two that need a new one. */
function amendDecision(
  context: DelegationContext,
  event: DelegationEvent,
  fields: readonly AmendableField[],
): Partial<DelegationContext> {
  const { digest } = factsOf(event);
  const inForce = decisionInForce(context);
  return {
    digest: digest ?? context.digest,
    decisions: context.decisions.map((one) => (one === inForce ? { ...one, digest: digest ?? one.digest } : one)),
    changedFields: [...new Set([...context.changedFields, ...fields])],
  };
}
