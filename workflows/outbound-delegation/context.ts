import type { DeadlineName } from '#contracts/deadline-names.js';
import type { AmendableField, DocumentReference, StepDocument } from '#contracts/delegation-events.js';
import type { StepDocumentType } from '#contracts/rule-profile-kinds.js';
import type { DeadlineRule } from '#libs/calendar';
import type { RequestLead } from './facts.js';
import type {
  ApprovalStep,
  DeadlinePlan,
  DelegationInput,
  DelegationSettings,
  PlannedReminder,
  RequiredOpinion,
  TripPlan,
} from './input.js';

/** Who did it, when, and with which document. */
export interface Act {
  readonly at: string;
  readonly byId: string | null;
  readonly onBehalfOfId: string | null;
  readonly document: DocumentReference | null;
}

export interface Approval extends Act {
  readonly document: StepDocument | null;
  readonly stepId: string;
  readonly organisationId: string;
  /** What exactly was approved. */
  readonly digest: string;
  readonly condition: 'none' | 'open' | 'cleared';
  /** Set when the content was changed afterwards: the approval stays on record and no longer counts. */
  readonly voidedAt: string | null;
  /** Documents of the level recorded besides the one it answered with, by whom and when. Absent: none. */
  readonly further?: readonly StepRecord[];
}

export interface StepRecord extends Act {
  readonly document: StepDocument;
}

export interface Opinion {
  readonly organisationId: string;
  readonly askedAt: string;
  readonly answer: 'agree' | 'agreeWithComments' | 'disagree' | 'silent' | null;
  readonly act: Act | null;
  /** Set where the rules ask for it in writing. */
  readonly inWriting?: true;
}

export interface Decision extends Act {
  readonly signerId: string;
  /** What the decision, with its later amendments, covers. */
  readonly digest: string;
  /** What it said when it was issued. Absent in cases decided before this was kept. */
  readonly issuedDigest?: string;
  readonly supersededAt: string | null;
}

/** Asked later than the rules want: urgent with a reason for it, late without. */
export type LateRequest = Exclude<RequestLead, 'inTime' | 'tooLate'>;

export interface Amendment {
  readonly fields: readonly AmendableField[];
  readonly request: Act;
  readonly route: 'onTheSpot' | 'newDecision';
  /** It came later than the rules want, with a reason or without. Absent: in time. */
  readonly lead?: LateRequest;
  readonly outcome: 'open' | 'approved' | 'rejected';
}

export type Preparation = 'passports' | 'noteVerbale' | 'mofaNotification' | 'embassyNotification' | 'funding';
export type Duty = 'report' | 'passports' | 'settlement';
export type Phase = 'proposal' | 'appraisal' | 'approval' | 'notification' | 'trip';

export interface Travellers {
  readonly memberIds: readonly string[];
  readonly leaderId: string | null;
}

/** A plan with its ladder replaced by an index into `ladders`: most deadlines share one, and every decision stores the context. */
export interface CompactPlan extends Omit<DeadlinePlan, 'reminders'> {
  readonly ladder: number;
}

/** All a case remembers between events. Ids, dates and documents; never a name or a sentence somebody wrote. */
export interface DelegationContext {
  readonly proposerId: string;
  readonly organisations: DelegationInput['organisations'];
  readonly settings: DelegationSettings;
  readonly steps: readonly (Omit<ApprovalStep, 'deadline'> & { readonly deadline: CompactPlan | null })[];
  readonly deadlines: Partial<Readonly<Record<DeadlineName, CompactPlan>>>;
  readonly ladders: readonly (readonly PlannedReminder[])[];
  readonly trip: TripPlan;
  /** Members known as people of the province, as the decision or the return found them. */
  readonly travellers: Travellers;
  /** Digest of the content last submitted, resubmitted or clarified. */
  readonly digest: string | null;
  readonly dossierAccepted: boolean;
  readonly supplementRounds: number;
  readonly appraisalRemaining: Pick<DeadlineRule, 'amount' | 'unit'> | null;
  readonly recommendation: 'approve' | 'reject' | null;
  readonly opinions: readonly Opinion[];
  readonly approvals: readonly Approval[];
  /** All decisions ever issued; at most the last one is in force. */
  readonly decisions: readonly Decision[];
  readonly amendments: readonly Amendment[];
  /** Distinct fields amended on the spot since the decision in force. */
  readonly changedFields: readonly AmendableField[];
  readonly prepared: Partial<Readonly<Record<Preparation, Act>>>;
  readonly departedOn: string | null;
  readonly returnedOn: string | null;
  readonly extension: {
    readonly newReturnDate: string;
    readonly request: Act;
    readonly lead?: LateRequest;
  } | null;
  /** The report deadline passed before the first report came. */
  readonly reportIsLate: boolean;
  readonly report: (Act & { readonly timesReturned: number }) | null;
  readonly passportsLost: boolean;
  /** Duties after the trip that are done. */
  readonly closed: Partial<Readonly<Record<Duty, Act>>>;
  /** Deadlines that have passed and whose wait is not over. */
  readonly overdue: readonly DeadlineName[];
  readonly freeze: (Act & { readonly phase: Phase }) | null;
  /** Exception from a moratorium. */
  readonly exception: Act | null;
  readonly ending: (Act & { readonly kind: 'completed' | 'rejected' | 'withdrawn' | 'cancelled' }) | null;
}

export function createContext(input: DelegationInput): DelegationContext {
  const ladders: (readonly PlannedReminder[])[] = [];
  const deadlines: Partial<Record<DeadlineName, CompactPlan>> = {};
  for (const [name, plan] of Object.entries(input.deadlines)) {
    if (plan) deadlines[name as DeadlineName] = compactPlan(ladders, plan);
  }
  return {
    proposerId: input.proposerId,
    organisations: input.organisations,
    settings: input.settings,
    steps: input.steps.map((step) => ({ ...step, deadline: step.deadline && compactPlan(ladders, step.deadline) })),
    deadlines,
    ladders,
    trip: input.trip,
    travellers: { memberIds: [], leaderId: null },
    digest: null,
    dossierAccepted: false,
    supplementRounds: 0,
    appraisalRemaining: null,
    recommendation: null,
    opinions: [],
    approvals: [],
    decisions: [],
    amendments: [],
    changedFields: [],
    prepared: {},
    departedOn: null,
    returnedOn: null,
    extension: null,
    reportIsLate: false,
    report: null,
    passportsLost: false,
    closed: {},
    overdue: [],
    freeze: null,
    exception: null,
    ending: null,
  };
}

/** Another route, e.g. because the highest rank among the members has changed. Approvals stay with the steps of the same id. */
export function withSteps(
  context: DelegationContext,
  steps: readonly ApprovalStep[],
): Pick<DelegationContext, 'steps' | 'ladders'> {
  const ladders = [...context.ladders];
  return {
    steps: steps.map((step) => ({ ...step, deadline: step.deadline && compactPlan(ladders, step.deadline) })),
    ladders,
  };
}

function compactPlan(ladders: (readonly PlannedReminder[])[], { reminders, ...plan }: DeadlinePlan): CompactPlan {
  const text = JSON.stringify(reminders);
  const known = ladders.findIndex((ladder) => JSON.stringify(ladder) === text);
  return { ...plan, ladder: known >= 0 ? known : ladders.push(reminders) - 1 };
}

/** The first level of the route without an approval that counts; undefined when all have agreed. */
export function currentStep(context: DelegationContext): DelegationContext['steps'][number] | undefined {
  return context.steps.find((step) => !approvalOf(context, step.id));
}

/** The approval of a step that still counts. */
export function approvalOf(context: Pick<DelegationContext, 'approvals'>, stepId: string): Approval | undefined {
  return context.approvals.find((approval) => approval.stepId === stepId && approval.voidedAt === null);
}

/** The types of document a step asks for that none of these is; empty when one is, or the step asks for none. */
export function typesNotRecorded(
  step: Pick<ApprovalStep, 'records'> | undefined,
  documents: readonly { readonly type?: StepDocumentType | undefined }[],
): readonly StepDocumentType[] {
  const asked = step?.records ?? [];
  return asked.some((type) => documents.some((document) => document.type === type)) ? [] : asked;
}

/** Every document recorded for the answer of a level, the one it was given with first. */
export function documentsOf({
  document,
  further = [],
}: Pick<Approval, 'document' | 'further'>): readonly StepDocument[] {
  return [...(document === null ? [] : [document]), ...further.map((one) => one.document)];
}

export function decisionInForce(context: DelegationContext): Decision | undefined {
  return context.decisions.find((decision) => decision.supersededAt === null);
}

export function openAmendment(context: DelegationContext): Amendment | undefined {
  return context.amendments.find((amendment) => amendment.outcome === 'open');
}

/** The oldest approval that counts whose condition is still open. */
export function openCondition(context: DelegationContext): Approval | undefined {
  return context.approvals.find((approval) => approval.voidedAt === null && approval.condition === 'open');
}

/** Agencies the rules require that nobody has asked yet. */
export function requiredNotAsked(
  { opinions }: Pick<DelegationContext, 'opinions'>,
  required: readonly RequiredOpinion[] = [],
): readonly RequiredOpinion[] {
  return required.filter((one) => opinions.every(({ organisationId }) => organisationId !== one.organisationId));
}

export function outstandingOpinions(context: DelegationContext): readonly Opinion[] {
  return context.opinions.filter((opinion) => opinion.answer === null);
}
