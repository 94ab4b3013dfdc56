import type { DelegationEventType } from '#contracts/delegation-events.js';
import type { OfficialDocumentType } from '#contracts/official-document-kinds.js';
import type { Role } from '#contracts/roles.js';
import { currentStep, type DelegationContext } from './context.js';

/**
 * What the acting organisation must be to the case.
 * unit: the proposing unit. focal: cơ quan đầu mối. currentStep: the level whose turn it is, in that level's role; when all
 * levels have agreed, it is the turn of the authority and of the clerk who issues its decisions.
 * decidedStep: the level the event names, in its role or as its clerk.
 * consulted: the agency the event's opinion is of. decisionOffice: numbers and dates decisions. authority: decides amendments,
 * extensions, moratoria. member: a person who travels, whatever their office.
 */
export type Relation =
  | 'unit'
  | 'focal'
  | 'currentStep'
  | 'decidedStep'
  | 'consulted'
  | 'decisionOffice'
  | 'authority'
  | 'member';

export type Permission =
  | { readonly relation: Exclude<Relation, 'currentStep' | 'decidedStep' | 'member'>; readonly role: Role }
  | { readonly relation: 'currentStep' }
  | { readonly relation: 'decidedStep' }
  | { readonly relation: 'member' };

const unitOfficer = { relation: 'unit', role: 'unitOfficer' } as const;
const unitHead = { relation: 'unit', role: 'unitHead' } as const;
const unitClerk = { relation: 'unit', role: 'clerk' } as const;
const focalReviewer = { relation: 'focal', role: 'reviewer' } as const;
const focalLeader = { relation: 'focal', role: 'leader' } as const;
const focalClerk = { relation: 'focal', role: 'clerk' } as const;
const officeClerk = { relation: 'decisionOffice', role: 'clerk' } as const;
const authorityLeader = { relation: 'authority', role: 'leader' } as const;
const consultedReviewer = { relation: 'consulted', role: 'reviewer' } as const;
const currentApprover = { relation: 'currentStep' } as const;
const decidedStep = { relation: 'decidedStep' } as const;
const member = { relation: 'member' } as const;

/**
 * Who may fire each event: the one place of authorisation for the delegation room. What is not listed is denied; whether the
 * event is right for the case at that moment is the machine's question, not this table's. Source: DOMAIN A.2, "Who may fire".
 */
export const permissions = {
  SUBMIT: [unitOfficer, unitHead],
  SIGN_SUBMIT: [unitHead],
  RETURN_TO_DRAFT: [unitHead],
  WITHDRAW: [unitOfficer, unitHead],
  RECEIVE: [focalReviewer],
  REFUSE_RECEIPT: [focalReviewer],
  ACCEPT_DOSSIER: [focalReviewer],
  REQUEST_SUPPLEMENT: [focalReviewer],
  RESUBMIT: [unitOfficer, unitHead],
  REQUEST_OPINION: [focalReviewer],
  OPINION_RECEIVED: [consultedReviewer, focalReviewer],
  FORWARD: [focalReviewer],
  APPROVE: [currentApprover],
  APPROVE_WITH_CONDITION: [currentApprover],
  CONDITION_CLEARED: [focalReviewer],
  RETURN: [currentApprover],
  REJECT: [currentApprover],
  CLARIFY: [focalReviewer],
  RECORD_STEP_DOCUMENT: [decidedStep, focalReviewer, focalClerk],
  ISSUE_DECISION: [officeClerk],
  PASSPORT_GIVEN: [focalReviewer, focalClerk],
  NOTE_VERBALE_ISSUED: [focalReviewer, focalClerk],
  MOFA_NOTIFIED: [focalReviewer, focalClerk],
  EMBASSY_NOTIFIED: [focalReviewer, focalClerk],
  FUNDING_CONFIRMED: [unitOfficer, unitHead],
  REQUEST_AMENDMENT: [unitOfficer, unitHead],
  AMENDMENT_APPROVED: [authorityLeader],
  AMENDMENT_REJECTED: [authorityLeader],
  POSTPONE: [unitHead, authorityLeader],
  RESCHEDULE: [unitOfficer, unitHead, focalReviewer],
  CANCEL: [authorityLeader, officeClerk],
  DEPART: [unitOfficer, focalReviewer],
  REQUEST_EXTENSION: [unitOfficer, unitHead, member],
  EXTENSION_GRANTED: [authorityLeader],
  EXTENSION_REFUSED: [authorityLeader],
  RETURN_HOME: [unitOfficer, focalReviewer, member],
  PASSPORT_RETURNED: [focalReviewer, focalClerk],
  PASSPORT_LOST: [unitOfficer, focalReviewer, member],
  SUBMIT_REPORT: [unitOfficer, unitHead, member],
  RETURN_REPORT: [focalReviewer],
  ACCEPT_REPORT: [focalReviewer, focalLeader],
  SETTLEMENT_DONE: [unitOfficer, unitHead],
  FREEZE: [focalLeader, authorityLeader],
  UNFREEZE: [focalLeader, authorityLeader],
  GRANT_EXCEPTION: [authorityLeader],
} as const satisfies Record<DelegationEventType, readonly Permission[]>;

type DocumentActs = Readonly<Record<'draft' | 'number', readonly Permission[]>>;
const byUnit = { draft: [unitOfficer, unitHead], number: [unitClerk, unitOfficer, unitHead] } as const;
const byFocal = { draft: [focalReviewer, focalLeader, focalClerk], number: [focalClerk] } as const;
const byAuthority = { draft: [focalReviewer, focalLeader, officeClerk], number: [officeClerk] } as const;

/**
 * Who may draft an official document of a case, and who may give it a number, upload its signed copy or void it: the clerk of the
 * issuing office (Nghị định 30/2020/NĐ-CP, Điều 18); a unit without a clerk numbers its own letters.
 */
export const documentPermissions = {
  proposalLetter: byUnit,
  tripReport: { ...byUnit, draft: [unitOfficer, unitHead, member] },
  submission: byFocal,
  opinionRequest: byFocal,
  supplementRequest: byFocal,
  refusal: byFocal,
  mofaNotification: byFocal,
  embassyNotification: byFocal,
  partySubmission: byAuthority,
  partyLetter: byAuthority,
  decision: byAuthority,
  amendmentConfirmation: byAuthority,
  amendmentDecision: byAuthority,
  cancellationDecision: byAuthority,
} as const satisfies Record<OfficialDocumentType, DocumentActs>;

/** Whether somebody with these roles may draft, or number, a document of this type at all. */
export function mayHandleDocument(question: {
  readonly type: OfficialDocumentType;
  readonly act: keyof DocumentActs;
  readonly context: DelegationContext;
  readonly holdings: readonly Holding[];
  readonly isMember: boolean;
}): boolean {
  const allowed: readonly Permission[] = documentPermissions[question.type]?.[question.act] ?? [];
  return allowed.some((permission) => holds(permission, question));
}

export interface Holding {
  readonly role: string;
  readonly organisationId: string;
}

/** Whether somebody with these roles, held today in their own right or by substitution, may fire the event at all. */
export function mayFire(question: {
  readonly type: DelegationEventType;
  readonly context: DelegationContext;
  readonly holdings: readonly Holding[];
  /** The person travels with the delegation. */
  readonly isMember: boolean;
  /** `organisationId` of OPINION_RECEIVED. */
  readonly opinionOf?: string;
  /** `stepId` of RECORD_STEP_DOCUMENT. */
  readonly stepId?: string;
}): boolean {
  const allowed: readonly Permission[] = permissions[question.type] ?? [];
  return allowed.some((permission) => holds(permission, question));
}

/** What a permission is looked up with, whatever is asked for. */
interface Asked {
  readonly context: DelegationContext;
  readonly holdings: readonly Holding[];
  readonly isMember: boolean;
  readonly opinionOf?: string;
  readonly stepId?: string;
}

function holds(permission: Permission, question: Asked): boolean {
  const { context, holdings, isMember, opinionOf, stepId } = question;
  if (permission.relation === 'member') return isMember;
  if (permission.relation === 'currentStep') {
    const step = currentStep(context);
    const turns = step
      ? [step]
      : [
          { role: 'leader', organisationId: context.organisations.authorityId },
          { role: 'clerk', organisationId: context.organisations.decisionOfficeId },
        ];
    return turns.some((turn) => holdings.some((one) => isHolding(one, turn.role, turn.organisationId)));
  }
  if (permission.relation === 'decidedStep') {
    const step = context.steps.find(({ id }) => id === stepId);
    const offices = step === undefined ? [] : [step.role, 'clerk'];
    return offices.some((role) => holdings.some((one) => isHolding(one, role, step!.organisationId)));
  }
  const organisationIds = {
    unit: context.organisations.unitId,
    focal: context.organisations.focalId,
    decisionOffice: context.organisations.decisionOfficeId,
    authority: context.organisations.authorityId,
    consulted: opinionOf,
  };
  const organisationId = organisationIds[permission.relation];
  return organisationId !== undefined && holdings.some((one) => isHolding(one, permission.role, organisationId));
}

function isHolding(holding: Holding, role: string, organisationId: string): boolean {
  return holding.role === role && holding.organisationId === organisationId;
}
