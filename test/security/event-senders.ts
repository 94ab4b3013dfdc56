import type { DelegationEventType } from '#contracts/delegation-events.js';

const officer = 'unitOfficer unit';
const head = 'unitHead unit';
const reviewer = 'reviewer focal';
const leader = 'leader focal';
const clerk = 'clerk focal';
const unit = [officer, head];
const desk = [reviewer, clerk];

/**
 * Of the people of the matrix, who may send which event: by hand from DOMAIN A.2 and not out of the table of permissions, so that a line
 * changed there is seen here. None of them is of the authority, of the office that numbers decisions, or travels.
 */
export const senders: Readonly<Record<DelegationEventType, readonly string[] | 'whose turn it is'>> = {
  SUBMIT: unit,
  SIGN_SUBMIT: [head],
  RETURN_TO_DRAFT: [head],
  WITHDRAW: unit,
  RECEIVE: [reviewer],
  REFUSE_RECEIPT: [reviewer],
  ACCEPT_DOSSIER: [reviewer],
  REQUEST_SUPPLEMENT: [reviewer],
  RESUBMIT: unit,
  REQUEST_OPINION: [reviewer],
  OPINION_RECEIVED: [reviewer],
  FORWARD: [reviewer],
  APPROVE: 'whose turn it is',
  APPROVE_WITH_CONDITION: 'whose turn it is',
  CONDITION_CLEARED: [reviewer],
  RETURN: 'whose turn it is',
  REJECT: 'whose turn it is',
  CLARIFY: [reviewer],
  // The leader: the level the sample names is the focal agency's own.
  RECORD_STEP_DOCUMENT: [...desk, leader],
  ISSUE_DECISION: [],
  PASSPORT_GIVEN: desk,
  NOTE_VERBALE_ISSUED: desk,
  MOFA_NOTIFIED: desk,
  EMBASSY_NOTIFIED: desk,
  FUNDING_CONFIRMED: unit,
  REQUEST_AMENDMENT: unit,
  AMENDMENT_APPROVED: [],
  AMENDMENT_REJECTED: [],
  POSTPONE: [head],
  RESCHEDULE: [...unit, reviewer],
  CANCEL: [],
  DEPART: [officer, reviewer],
  REQUEST_EXTENSION: unit,
  EXTENSION_GRANTED: [],
  EXTENSION_REFUSED: [],
  RETURN_HOME: [officer, reviewer],
  PASSPORT_RETURNED: desk,
  PASSPORT_LOST: [officer, reviewer],
  SUBMIT_REPORT: unit,
  RETURN_REPORT: [reviewer],
  ACCEPT_REPORT: [reviewer, leader],
  SETTLEMENT_DONE: unit,
  FREEZE: [leader],
  UNFREEZE: [leader],
  GRANT_EXCEPTION: [],
};
