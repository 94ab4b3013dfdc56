import { and } from 'xstate';
import { goesAlong } from '#libs/engine';
import { submissionRules } from './proposal-phase.js';
import { delegationSetup } from './setup.js';
import { clearOverdue, close, freezes, notify, open, overdue, recordsDocument, waitsUntil } from './waits.js';

const acceptance = ['noClassifiedContent', 'dossierComplete', 'noEligibilityBlock'] as const;

const dossier = delegationSetup.createStateConfig({
  initial: 'checking',
  states: {
    checking: {
      on: {
        ACCEPT_DOSSIER: {
          guard: and(acceptance),
          target: 'accepted',
          actions: 'acceptDossier',
        },
        // One list a round: once the dossier is accepted nothing more may be asked for.
        REQUEST_SUPPLEMENT: {
          target: '#outbound-delegation.appraisal.supplementRequested',
          actions: ['beginSupplement', notify('supplementRequested', ['unit', 'unitHead'])],
        },
      },
    },
    accepted: {},
  },
});

/**
 * Opinions of other agencies, several at once; what was answered before a supplement stays answered after it. Those the rules of the
 * province require are asked by themselves when the dossier is accepted as complete: each once, whoever has asked whom before.
 */
const opinions = delegationSetup.createStateConfig({
  initial: 'routing',
  on: {
    REQUEST_OPINION: { guard: 'notYetAsked', target: '.asking', actions: 'askOpinions' },
    ACCEPT_DOSSIER: {
      guard: and([...acceptance, 'requiredNotAsked']),
      target: '.asking',
      actions: 'askRequiredOpinions',
      meta: goesAlong,
    },
  },
  states: {
    routing: {
      always: [
        { guard: 'opinionsNeverAsked', target: 'notNeeded' },
        { guard: 'allOpinionsIn', target: 'complete' },
        { target: 'asking' },
      ],
    },
    notNeeded: {},
    asking: {
      entry: [open('giveOpinion')],
      exit: [close('giveOpinion'), clearOverdue('opinionDeadline')],
      after: {
        opinionDeadline: [
          { guard: 'silenceMeansConsent', target: 'complete', actions: 'silentOpinions' },
          overdue('opinionDeadline'),
        ],
      },
      on: {
        OPINION_RECEIVED: {
          guard: and(['opinionIsAwaited', 'opinionInWriting']),
          actions: [
            {
              type: 'closeTask',
              params: ({ event }) => {
                const organisationId = 'organisationId' in event ? event.organisationId : '';
                return [{ key: `giveOpinion:${organisationId}`, outcome: event.type }];
              },
            },
            'recordOpinion',
          ],
        },
      },
      always: { guard: 'allOpinionsIn', target: 'complete' },
    },
    complete: {},
  },
});

/** Thẩm định: the focal agency receives, checks, asks others, asks the unit once for everything missing, forwards. */
export const appraisalPhase = delegationSetup.createStateConfig({
  initial: 'intake',
  on: {
    RECORD_STEP_DOCUMENT: recordsDocument,
    WITHDRAW: { guard: 'noDecisionYet', target: '#outbound-delegation.withdrawn' },
    CANCEL: { guard: and(['hasDecision', 'hasDocument']), target: '#outbound-delegation.cancelled' },
    FREEZE: freezes('appraisal'),
  },
  states: {
    resume: { type: 'history', history: 'deep' },
    intake: {
      ...waitsUntil('receive', 'intakeDeadline'),
      on: {
        RECEIVE: { guard: and(['noClassifiedContent', 'notFrozen']), target: 'review', actions: 'beginReview' },
        REFUSE_RECEIPT: {
          target: '#outbound-delegation.proposal.draft',
          actions: notify('returnedToDraft', ['unit', 'unitHead']),
        },
      },
    },
    review: {
      type: 'parallel',
      ...waitsUntil('appraise', 'appraisalDeadline'),
      states: { dossier, opinions },
      on: {
        FORWARD: [
          {
            guard: and(['isRejectRecommended', 'noClassifiedContent', 'allOpinionsIn', 'hasApprovalRoute']),
            target: '#outbound-delegation.approval',
            actions: 'recordForward',
          },
          {
            guard: and([
              'dossierAccepted',
              'allOpinionsIn',
              'requiredOpinionsIn',
              'hasApprovalRoute',
              ...submissionRules,
            ]),
            target: '#outbound-delegation.approval',
            actions: 'recordForward',
          },
        ],
      },
    },
    supplementRequested: {
      entry: [open('supplement')],
      exit: [close('supplement'), clearOverdue('supplementDeadline'), clearOverdue('supplementInactive')],
      after: {
        supplementDeadline: overdue('supplementDeadline'),
        supplementInactive: {
          actions: [
            ...overdue('supplementInactive').actions,
            notify('supplementInactive', ['unit', 'unitHead', 'focal']),
          ],
        },
      },
      on: {
        // The appraisal clock restarts when the dossier is complete: entering review arms it anew.
        RESUBMIT: { guard: and(submissionRules), target: 'review', actions: ['takeContent', 'beginReview'] },
        // An agency asked before the supplement may still answer.
        OPINION_RECEIVED: { guard: and(['opinionIsAwaited', 'opinionInWriting']), actions: 'recordOpinion' },
      },
    },
  },
});
