import { type DeadlineName, deadlineNames } from '#contracts/deadline-names.js';
import { delegationEventTypes } from '#contracts/delegation-events.js';
import type { WorkflowEvent } from '#libs/engine';
import { delegationMachine } from './machine.js';
import { sampleEvent, sampleIds } from './sample-case.js';

/** The event of each timer the machine can arm, with the name of its delay. */
export const timerEvents: readonly { readonly name: DeadlineName; readonly type: string }[] = delegationMachine.events
  .map(String)
  .filter((type) => type.startsWith('xstate.after.'))
  .map((type) => ({ name: deadlineNames.find((name) => name === type.split('.')[2])!, type }));

/** One event of each type that finds everything in order, and the timers. */
export const plainEvents: readonly WorkflowEvent[] = [
  ...delegationEventTypes.map((type) => sampleEvent(type)),
  ...timerEvents.map(({ type }) => ({ type })),
];

const { member, proposer, police } = sampleIds;
const party = { id: 'party', organisationId: sampleIds.party, role: 'leader', deadline: null } as const;

/** Events that lead elsewhere than the plain ones of their type. */
export const turningEvents: readonly WorkflowEvent[] = [
  sampleEvent('FORWARD', { recommendation: 'reject' }),
  sampleEvent(
    'REQUEST_OPINION',
    { organisationIds: [police] },
    { requiredOpinions: [{ organisationId: police, inWriting: true }] },
  ),
  sampleEvent('ACCEPT_DOSSIER', {}, { requiredOpinions: [{ organisationId: police, inWriting: false }] }),
  sampleEvent('OPINION_RECEIVED', { organisationId: police }),
  sampleEvent('REQUEST_AMENDMENT', { changedFields: ['dates', 'countries'] }),
  sampleEvent('REQUEST_AMENDMENT', {}, { amendmentLead: 'urgent' }),
  sampleEvent('REQUEST_EXTENSION', {}, { extensionLead: 'late' }),
  sampleEvent('RESCHEDULE', {}, { changedFields: ['members'] }),
  sampleEvent('RESCHEDULE', {}, { changedFields: ['members', 'countries'] }),
  sampleEvent('CLARIFY', {}, { digest: 'd2' }),
  sampleEvent('APPROVE', {}, { digest: 'd2' }),
  sampleEvent('ISSUE_DECISION', {}, { digest: 'd2' }),
];

/** Events with one thing wrong each: what a rule must catch. */
export const wrongEvents: readonly WorkflowEvent[] = [
  ...(['SUBMIT', 'SIGN_SUBMIT', 'RESUBMIT', 'FORWARD', 'CLARIFY'] as const).flatMap((type) => [
    sampleEvent(type, {}, { hasClassifiedContent: true }),
    sampleEvent(type, {}, { plan: { itemId: null, isApproved: false, conditionCleared: true, isJustified: false } }),
    sampleEvent(type, {}, { plan: { itemId: 'x', isApproved: false, conditionCleared: true, isJustified: false } }),
    sampleEvent(type, {}, { missingDocuments: ['programme'] }),
    sampleEvent(type, {}, { leadTime: 'late' }),
    sampleEvent(type, {}, { limits: 'exceeded' }),
    sampleEvent(type, {}, { eligibility: 'blocked' }),
    sampleEvent(type, {}, { moratorium: true }),
    sampleEvent(type, {}, { steps: [] }),
    sampleEvent(type, {}, { trip: { ...tripWithoutDates() } }),
    { type },
  ]),
  ...(
    ['APPROVE', 'APPROVE_WITH_CONDITION', 'ISSUE_DECISION', 'AMENDMENT_APPROVED', 'EXTENSION_GRANTED'] as const
  ).flatMap((type) => [
    sampleEvent(type, {}, { principalId: member }),
    sampleEvent(type, {}, { principalId: proposer }),
    sampleEvent(type, {}, { onBehalfOfId: member }),
    sampleEvent(type, { document: undefined }),
    sampleEvent(type, { document: { number: '', date: '2026-01-01' } }),
    { type },
  ]),
  sampleEvent('ISSUE_DECISION', {}, { signerHasAuthority: false }),
  sampleEvent('ISSUE_DECISION', {}, { changedFields: ['funding'] }),
  sampleEvent('AMENDMENT_APPROVED', {}, { changedFields: ['funding'] }),
  sampleEvent('AMENDMENT_APPROVED', {}, { hasClassifiedContent: true }),
  sampleEvent('AMENDMENT_APPROVED', {}, { changedFields: [] }),
  sampleEvent('ISSUE_DECISION', { signerId: member }),
  sampleEvent('ISSUE_DECISION', {}, { digest: 'edited' }),
  sampleEvent('DEPART', { departedOn: '2099-01-01' }),
  sampleEvent('DEPART', {}, { digest: 'edited' }),
  sampleEvent('RETURN_HOME', { returnedOn: '2099-01-01' }),
  sampleEvent('REQUEST_EXTENSION', { newReturnDate: '2020-01-01' }),
  sampleEvent('REQUEST_EXTENSION', {}, { extensionLead: 'tooLate' }),
  sampleEvent('REQUEST_AMENDMENT', {}, { amendmentLead: 'tooLate' }),
  sampleEvent('RESCHEDULE', { departureDate: '2026-07-09' }),
  sampleEvent('RESCHEDULE', { departureDate: '2020-01-01', returnDate: '2020-01-08' }),
  sampleEvent('RESCHEDULE', {}, { moratorium: true }),
  sampleEvent('AMENDMENT_APPROVED', {}, { steps: [party] }),
  sampleEvent('OPINION_RECEIVED', { organisationId: 'stranger' }),
  sampleEvent('OPINION_RECEIVED', { organisationId: police, document: undefined }),
  sampleEvent('FORWARD', {}, { requiredOpinions: [{ organisationId: 'treasury', inWriting: true }] }),
  ...(['APPROVE', 'APPROVE_WITH_CONDITION'] as const).flatMap((type) => [
    sampleEvent(type, { document: { number: '51/SNgV-VP', date: '2026-03-02' } }),
    sampleEvent(type, { document: { number: '51/SNgV-VP', date: '2026-03-02', type: 'decision' } }),
  ]),
  sampleEvent('RECORD_STEP_DOCUMENT', { stepId: 'nowhere' }),
  // The one the level answered with.
  sampleEvent('RECORD_STEP_DOCUMENT', { document: { number: '51/QĐ-UBND', date: '2026-03-02', type: 'submission' } }),
  sampleEvent('RECORD_STEP_DOCUMENT', { document: undefined }),
  sampleEvent('ACCEPT_REPORT', {}, { principalId: member }),
];

function tripWithoutDates() {
  const needs = {
    passports: true,
    noteVerbale: true,
    mofaNotification: true,
    embassyNotification: true,
    funding: true,
    settlement: true,
  };
  return { departureDate: null, returnDate: null, needs };
}
