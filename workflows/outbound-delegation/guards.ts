import { dayOf } from '#libs/calendar';
import {
  approvalOf,
  currentStep,
  type DelegationContext,
  decisionInForce,
  documentsOf,
  openAmendment,
  openCondition,
  outstandingOpinions,
  type Phase,
  type Preparation,
  requiredNotAsked,
  typesNotRecorded,
} from './context.js';
import { type DelegationEvent, factsOf } from './events.js';
import type { RequestLead } from './facts.js';

interface Args {
  readonly context: DelegationContext;
  readonly event: DelegationEvent;
}

/**
 * The named guards of the machine. Each has its sentence in `rules.ts`. A guard that reads a fact the event does not carry says
 * no: nothing is allowed by omission.
 */
export const guards = {
  // What must hold for the dossier
  isInPlanOrJustified: ({ event }: Args) => {
    const { plan } = factsOf(event);
    return plan !== undefined && (plan.itemId !== null || plan.isJustified);
  },
  planItemApproved: ({ event }: Args) => {
    const { plan } = factsOf(event);
    return plan !== undefined && (plan.itemId === null || plan.isApproved);
  },
  noClassifiedContent: ({ event }: Args) => factsOf(event).hasClassifiedContent === false,
  dossierComplete: ({ event }: Args) => factsOf(event).missingDocuments?.length === 0,
  datesKnown: ({ event }: Args) => {
    const { trip } = factsOf(event);
    if (!trip?.departureDate || !trip.returnDate) return false;
    return trip.departureDate <= trip.returnDate;
  },
  leadTimeOkOrUrgent: ({ event }: Args) => ['ok', 'urgent'].includes(factsOf(event).leadTime ?? ''),
  limitsOkOrJustified: ({ event }: Args) => ['ok', 'justified'].includes(factsOf(event).limits ?? ''),
  noEligibilityBlock: ({ event }: Args) => factsOf(event).eligibility === 'ok',
  notFrozen: ({ context, event }: Args) => factsOf(event).moratorium === false || context.exception !== null,
  hasDocument: ({ event }: Args) => {
    const document = 'document' in event ? event.document : undefined;
    return Boolean(document?.number) && Boolean(document?.date);
  },
  notOwnProposal: ({ context, event }: Args) => {
    const { principalId, onBehalfOfId, memberIds } = factsOf(event);
    if (!principalId || !memberIds) return false;
    const own = new Set([context.proposerId, ...memberIds]);
    return !own.has(principalId) && !(onBehalfOfId && own.has(onBehalfOfId));
  },

  // Thẩm định
  dossierAccepted: ({ context }: Args) => context.dossierAccepted,
  hasApprovalRoute: ({ context, event }: Args) => (factsOf(event).steps ?? context.steps).length > 0,
  isRejectRecommended: ({ event }: Args) => event.type === 'FORWARD' && event.recommendation === 'reject',
  opinionsNeverAsked: ({ context }: Args) => context.opinions.length === 0,
  allOpinionsIn: ({ context }: Args) => outstandingOpinions(context).length === 0,
  notYetAsked: ({ context, event }: Args) =>
    event.type === 'REQUEST_OPINION' &&
    event.organisationIds.length > 0 &&
    event.organisationIds.every((id) => context.opinions.every((opinion) => opinion.organisationId !== id)),
  opinionIsAwaited: ({ context, event }: Args) =>
    event.type === 'OPINION_RECEIVED' &&
    outstandingOpinions(context).some((opinion) => opinion.organisationId === event.organisationId),
  opinionInWriting: ({ context, event }: Args) => {
    if (event.type !== 'OPINION_RECEIVED') return false;
    const asked = outstandingOpinions(context).find((one) => one.organisationId === event.organisationId);
    return asked?.inWriting !== true || (Boolean(event.document?.number) && Boolean(event.document?.date));
  },
  requiredNotAsked: ({ context, event }: Args) =>
    !context.dossierAccepted && requiredNotAsked(context, factsOf(event).requiredOpinions).length > 0,
  requiredOpinionsIn: ({ context, event }: Args) => {
    const answered = context.opinions.filter(({ answer }) => answer !== null).map((one) => one.organisationId);
    return factsOf(event).requiredOpinions?.every((one) => answered.includes(one.organisationId)) ?? false;
  },
  silenceMeansConsent: ({ context }: Args) => context.settings.silenceMeansConsent,

  // Phê duyệt
  notRecommendedAgainst: ({ context }: Args) => context.recommendation !== 'reject',
  stepDocumentRecorded: ({ context, event }: Args) => {
    const step = currentStep(context);
    const document = event.type === 'APPROVE' || event.type === 'APPROVE_WITH_CONDITION' ? event.document : undefined;
    // That there is none at all is what `hasDocument` says.
    return (
      document === undefined || step?.whenNotRecorded !== 'block' || typesNotRecorded(step, [document]).length === 0
    );
  },
  stepAgreed: ({ context, event }: Args) =>
    event.type === 'RECORD_STEP_DOCUMENT' && approvalOf(context, event.stepId) !== undefined,
  stepDocumentNew: ({ context, event }: Args) => {
    if (event.type !== 'RECORD_STEP_DOCUMENT') return false;
    const { number, date, type } = event.document ?? {};
    const approval = approvalOf(context, event.stepId);
    const known = approval === undefined ? [] : documentsOf(approval);
    return !known.some((one) => one.number === number && one.date === date && one.type === type);
  },
  stepsRemain: ({ context }: Args) => currentStep(context) !== undefined,
  conditionOpen: ({ context }: Args) => openCondition(context) !== undefined,
  conditionCleared: ({ context, event }: Args) =>
    openCondition(context) === undefined && factsOf(event).plan?.conditionCleared === true,
  everyStepDecided: ({ context }: Args) =>
    context.steps.length > 0 &&
    context.steps.every((step) => {
      const approval = approvalOf(context, step.id);
      return Boolean(approval?.byId && approval.document?.number && approval.document.date);
    }),
  approvalsMatchContent: ({ context, event }: Args) => {
    const { digest } = factsOf(event);
    const covers = (step: { readonly id: string }) => approvalOf(context, step.id)?.digest === digest;
    return digest !== undefined && (openAmendment(context) !== undefined || context.steps.every(covers));
  },
  noDecisionYet: ({ context }: Args) => decisionInForce(context) === undefined,
  hasDecision: ({ context }: Args) => decisionInForce(context) !== undefined,

  // Thông báo Bộ Ngoại giao
  signerHasAuthority: ({ context, event }: Args) => {
    const { signerHasAuthority, memberIds } = factsOf(event);
    if (event.type !== 'ISSUE_DECISION' || signerHasAuthority !== true || !memberIds) return false;
    return event.signerId !== context.proposerId && !memberIds.includes(event.signerId);
  },
  isNotNeeded: ({ context }: Args, { preparation }: { preparation: Preparation }) => !context.trip.needs[preparation],
  isPrepared: ({ context }: Args, { preparation }: { preparation: Preparation }) =>
    context.prepared[preparation] !== undefined,
  preparationsDone: ({ context }: Args) =>
    preparations.every((name) => !context.trip.needs[name] || context.prepared[name] !== undefined),
  contentMatchesDecision: ({ context, event }: Args) => {
    const { digest } = factsOf(event);
    return digest !== undefined && decisionInForce(context)?.digest === digest;
  },
  noAmendmentOpen: ({ context }: Args) => openAmendment(context) === undefined,
  amendmentInTime: ({ event }: Args) => isEarlyEnough(factsOf(event).amendmentLead),
  amendmentOpen: ({ context }: Args) => openAmendment(context) !== undefined,
  /** What was edited since the decision is what was asked for: an open amendment must not carry other changes along. */
  amendmentNamesChanges: ({ context, event }: Args) => {
    const { changedFields } = factsOf(event);
    const asked = openAmendment(context)?.fields;
    return asked === undefined || (changedFields?.every((field) => asked.includes(field)) ?? false);
  },
  amendmentChangesContent: ({ event }: Args) => (factsOf(event).changedFields?.length ?? 0) > 0,
  /** Thông tư 08/2025/TT-BNG: one change is confirmed on the decision itself, two changed contents need a new document. */
  fewerThanTwoChanges: ({ context, event }: Args) =>
    event.type === 'REQUEST_AMENDMENT' && new Set([...context.changedFields, ...event.changedFields]).size < 2,
  tooManyChanges: ({ context, event }: Args) => {
    const { changedFields } = factsOf(event);
    if (!changedFields) return false;
    return new Set([...context.changedFields, ...changedFields, 'dates']).size > context.settings.reviewAfterChanges;
  },
  needsNewDecision: ({ context, event }: Args) =>
    new Set([...context.changedFields, ...(factsOf(event).changedFields ?? []), 'dates']).size >= 2,
  datesInOrder: ({ event }: Args) => event.type === 'RESCHEDULE' && event.departureDate <= event.returnDate,
  newDatesNotPast: ({ event }: Args) => event.type === 'RESCHEDULE' && event.departureDate >= dayOf(new Date(event.at)),
  newDecisionAwaited: ({ context }: Args) => openAmendment(context)?.route === 'newDecision',
  /** Who travels decides who must agree: other people may need a level that has not been asked. */
  noFurtherLevel: ({ context, event }: Args) =>
    openAmendment(context) === undefined ||
    (factsOf(event).steps ?? []).every((step) => context.steps.some((known) => known.id === step.id)),

  // Chuyến đi và báo cáo
  departureNotInFuture: ({ event }: Args) => event.type === 'DEPART' && event.departedOn <= dayOf(new Date(event.at)),
  returnAfterDeparture: ({ context, event }: Args) =>
    event.type === 'RETURN_HOME' &&
    context.departedOn !== null &&
    event.returnedOn >= context.departedOn &&
    event.returnedOn <= dayOf(new Date(event.at)),
  returnsOnPlannedDay: ({ context }: Args) => context.settings.returnOnPlannedDay,
  laterThanPlannedReturn: ({ context, event }: Args) =>
    event.type === 'REQUEST_EXTENSION' &&
    context.trip.returnDate !== null &&
    event.newReturnDate > context.trip.returnDate,
  beforePlannedReturn: ({ context, event }: Args) =>
    context.trip.returnDate !== null && dayOf(new Date(event.at)) <= context.trip.returnDate,
  extensionInTime: ({ event }: Args) => isEarlyEnough(factsOf(event).extensionLead),
  extensionOpen: ({ context }: Args) => context.extension !== null,
  settlementNotNeeded: ({ context }: Args) => !context.trip.needs.settlement,

  // Tạm dừng theo chỉ đạo
  noExceptionGranted: ({ context }: Args) => context.exception === null,
  frozenIn: ({ context }: Args, { phase }: { phase: Phase }) => context.freeze?.phase === phase,
};

function isEarlyEnough(lead: RequestLead | undefined): boolean {
  return lead !== undefined && lead !== 'tooLate';
}

export const preparations = [
  'passports',
  'noteVerbale',
  'mofaNotification',
  'embassyNotification',
  'funding',
] as const satisfies readonly Preparation[];

export type GuardName = keyof typeof guards;
