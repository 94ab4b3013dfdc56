import { and } from 'xstate';
import { submissionRules } from './proposal-phase.js';
import { delegationSetup } from './setup.js';
import { clearOverdue, close, freezes, notify, open, overdue, recordsDocument, waitsFor, waitsUntil } from './waits.js';

export const decisionRules = [
  'hasDocument',
  'notOwnProposal',
  'noClassifiedContent',
  'noEligibilityBlock',
  'notFrozen',
] as const;

/**
 * Phê duyệt: each level of the province's route in turn. `routing` finds the first level without an approval that counts, so a
 * level whose approval was voided by an edit is asked again, and no list of levels is written into the machine.
 */
export const approvalPhase = delegationSetup.createStateConfig({
  initial: 'routing',
  on: {
    RECORD_STEP_DOCUMENT: recordsDocument,
    WITHDRAW: { guard: 'noDecisionYet', target: '#outbound-delegation.withdrawn' },
    CANCEL: { guard: and(['hasDecision', 'hasDocument']), target: '#outbound-delegation.cancelled' },
    FREEZE: freezes('approval'),
  },
  states: {
    resume: { type: 'history', history: 'deep' },
    routing: {
      always: [
        { guard: 'stepsRemain', target: 'step' },
        { guard: 'conditionOpen', target: 'awaitingCondition' },
        { target: '#outbound-delegation.notification' },
      ],
    },
    step: {
      entry: [open('approveStep')],
      exit: [close('approveStep'), clearOverdue('approvalDeadline')],
      after: { approvalDeadline: overdue('approvalDeadline') },
      on: {
        APPROVE: {
          guard: and([...decisionRules, 'notRecommendedAgainst', 'stepDocumentRecorded']),
          target: 'routing',
          actions: 'recordApproval',
        },
        APPROVE_WITH_CONDITION: {
          guard: and([...decisionRules, 'notRecommendedAgainst', 'stepDocumentRecorded']),
          target: 'routing',
          actions: ['recordApproval', notify('approvedWithCondition', ['unit', 'focal'])],
        },
        CONDITION_CLEARED: { guard: 'conditionOpen', actions: 'clearCondition' },
        RETURN: {
          target: 'returnedForClarification',
          actions: notify('returnedForClarification', ['focal', 'unit']),
        },
        REJECT: { guard: 'notOwnProposal', target: '#outbound-delegation.rejected' },
      },
    },
    awaitingCondition: {
      ...waitsFor('clearCondition'),
      on: {
        CONDITION_CLEARED: { guard: 'conditionOpen', target: 'routing', actions: 'clearCondition' },
        RETURN: {
          target: 'returnedForClarification',
          actions: notify('returnedForClarification', ['focal', 'unit']),
        },
        REJECT: { guard: 'notOwnProposal', target: '#outbound-delegation.rejected' },
      },
    },
    returnedForClarification: {
      ...waitsUntil('clarify', 'clarificationDeadline'),
      on: {
        // What was cleared up is put forward for approval, so it must satisfy what a forwarded dossier must; an agency it now needs is
        // asked in the appraisal, to which a supplement leads.
        CLARIFY: { guard: and([...submissionRules, 'requiredOpinionsIn']), target: 'routing', actions: 'clarify' },
        REQUEST_SUPPLEMENT: {
          target: '#outbound-delegation.appraisal.supplementRequested',
          actions: ['beginSupplement', notify('supplementRequested', ['unit', 'unitHead'])],
        },
      },
    },
  },
});
