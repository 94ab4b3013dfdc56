import { and } from 'xstate';
import { delegationSetup } from './setup.js';
import { clearOverdue, close, freezes, notify, open, overdue, waitsUntil } from './waits.js';

/** What a dossier must satisfy whenever it is put before somebody. */
export const submissionRules = [
  'noClassifiedContent',
  'isInPlanOrJustified',
  'planItemApproved',
  'datesKnown',
  'dossierComplete',
  'leadTimeOkOrUrgent',
  'limitsOkOrJustified',
  'noEligibilityBlock',
  'notFrozen',
] as const;

/** Đề xuất: the unit writes, its head signs. */
export const proposalPhase = delegationSetup.createStateConfig({
  initial: 'draft',
  on: {
    WITHDRAW: { target: '#outbound-delegation.withdrawn' },
    FREEZE: freezes('proposal'),
  },
  states: {
    resume: { type: 'history', history: 'deep' },
    draft: {
      entry: [open('completeDraft')],
      exit: [close('completeDraft'), clearOverdue('draftInactive')],
      after: {
        draftInactive: { actions: [...overdue('draftInactive').actions, notify('draftInactive', ['unit'])] },
      },
      on: { SUBMIT: { guard: and(submissionRules), target: 'awaitingUnitHead', actions: 'takeContent' } },
    },
    awaitingUnitHead: {
      ...waitsUntil('signSubmission', 'unitHeadDeadline'),
      on: {
        SIGN_SUBMIT: {
          guard: and([...submissionRules, 'hasDocument']),
          target: '#outbound-delegation.appraisal',
          actions: 'takeContent',
        },
        RETURN_TO_DRAFT: { target: 'draft', actions: notify('returnedToDraft', ['unit']) },
      },
    },
  },
});
