import type { DelegationEventType } from '#contracts/delegation-events.js';

/** What a person fills in for an event; the contract's schema on the server is what judges it. */
export type EventField =
  | 'note'
  | 'reason'
  /** Why a request could not come earlier. */
  | 'urgentReason'
  | 'document'
  /** The answer of an approving level, with its type. */
  | 'stepDocument'
  /** A further document of a level that has agreed, with its type. */
  | 'furtherDocument'
  | 'optionalDocument'
  | 'items'
  | 'opinion'
  | 'recommendation'
  | 'condition'
  | 'organisations'
  | 'signer'
  | 'changedFields'
  | 'departedOn'
  | 'returnedOn'
  | 'newReturnDate'
  | 'newDates'
  | 'summary'
  | 'report';

/** A missing event does not compile. Subject fields (organisationId of an opinion) come from the action itself. */
export const eventFields: Readonly<Record<DelegationEventType, readonly EventField[]>> = {
  SUBMIT: ['note'],
  SIGN_SUBMIT: ['document', 'note'],
  RETURN_TO_DRAFT: ['reason'],
  WITHDRAW: ['reason'],
  RECEIVE: ['note'],
  REFUSE_RECEIPT: ['reason'],
  ACCEPT_DOSSIER: ['note'],
  REQUEST_SUPPLEMENT: ['items', 'note'],
  RESUBMIT: ['note'],
  REQUEST_OPINION: ['organisations', 'note'],
  OPINION_RECEIVED: ['opinion', 'optionalDocument', 'note'],
  FORWARD: ['recommendation', 'optionalDocument', 'note'],
  APPROVE: ['stepDocument', 'note'],
  APPROVE_WITH_CONDITION: ['stepDocument', 'condition'],
  CONDITION_CLEARED: ['optionalDocument', 'note'],
  RETURN: ['reason'],
  REJECT: ['reason', 'optionalDocument'],
  CLARIFY: ['note'],
  RECORD_STEP_DOCUMENT: ['furtherDocument', 'note'],
  ISSUE_DECISION: ['document', 'signer', 'note'],
  PASSPORT_GIVEN: ['note'],
  NOTE_VERBALE_ISSUED: ['document', 'note'],
  MOFA_NOTIFIED: ['document', 'note'],
  EMBASSY_NOTIFIED: ['document', 'note'],
  FUNDING_CONFIRMED: ['optionalDocument', 'note'],
  REQUEST_AMENDMENT: ['changedFields', 'reason', 'urgentReason'],
  AMENDMENT_APPROVED: ['document', 'note'],
  AMENDMENT_REJECTED: ['reason'],
  POSTPONE: ['reason'],
  RESCHEDULE: ['newDates', 'note'],
  CANCEL: ['document', 'reason'],
  DEPART: ['departedOn', 'note'],
  REQUEST_EXTENSION: ['newReturnDate', 'reason', 'urgentReason'],
  EXTENSION_GRANTED: ['document', 'note'],
  EXTENSION_REFUSED: ['reason'],
  RETURN_HOME: ['returnedOn', 'note'],
  PASSPORT_RETURNED: ['note'],
  PASSPORT_LOST: ['reason'],
  SUBMIT_REPORT: ['document', 'summary', 'report'],
  RETURN_REPORT: ['reason'],
  ACCEPT_REPORT: ['note'],
  SETTLEMENT_DONE: ['optionalDocument', 'note'],
  FREEZE: ['document', 'reason'],
  UNFREEZE: ['optionalDocument', 'note'],
  GRANT_EXCEPTION: ['document', 'reason'],
};

/** Events that end or stop a case: they stand last and are never the first choice. */
const graveEvents: ReadonlySet<string> = new Set<DelegationEventType>([
  'WITHDRAW',
  'REFUSE_RECEIPT',
  'REJECT',
  'CANCEL',
  'FREEZE',
]);

const detours: ReadonlySet<string> = new Set<DelegationEventType>([
  'RETURN_TO_DRAFT',
  'REQUEST_SUPPLEMENT',
  'RETURN',
  'REQUEST_AMENDMENT',
  'AMENDMENT_REJECTED',
  'POSTPONE',
  'REQUEST_EXTENSION',
  'EXTENSION_REFUSED',
  'PASSPORT_LOST',
  'RETURN_REPORT',
]);

/** Kept beside what they belong to and not among the actions: they neither take the case on nor send it back. */
export const asideEvents: ReadonlySet<string> = new Set<DelegationEventType>(['RECORD_STEP_DOCUMENT']);

/** 0: takes the case on, 1: sends it back or aside, 2: ends or stops it. The order in which actions are offered. */
export const actionRank = (type: string): 0 | 1 | 2 => (graveEvents.has(type) ? 2 : detours.has(type) ? 1 : 0);
