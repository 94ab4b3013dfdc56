import { and } from 'xstate';
import { decisionRules } from './approval-phase.js';
import type { Preparation } from './context.js';
import { delegationSetup } from './setup.js';
import { clearOverdue, close, freezes, notify, open, overdue, recordsDocument, waitsFor, waitsUntil } from './waits.js';

/** The content may be edited while an amendment is open, so what is approved is looked at again. */
export const amendmentRules = [
  'hasDocument',
  'notOwnProposal',
  'noClassifiedContent',
  'amendmentNamesChanges',
  'amendmentChangesContent',
  'noFurtherLevel',
] as const;

function done(preparation: Preparation) {
  return [{ type: 'recordPreparation' as const, params: { preparation } }];
}

/** A preparation that is not needed, or was done before an amendment, is not asked for (again). */
function routeOf<P extends Preparation>(preparation: P) {
  return {
    always: [
      { guard: { type: 'isNotNeeded' as const, params: { preparation } }, target: 'notNeeded' as const },
      { guard: { type: 'isPrepared' as const, params: { preparation } }, target: 'done' as const },
      { target: 'pending' as const },
    ],
  };
}

const passports = delegationSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: routeOf('passports'),
    pending: {
      ...waitsUntil('preparePassports', 'passportIssueDeadline'),
      on: { PASSPORT_GIVEN: { target: 'done', actions: done('passports') } },
    },
    done: {},
    notNeeded: {},
  },
});

const noteVerbale = delegationSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: routeOf('noteVerbale'),
    pending: {
      ...waitsFor('noteVerbale'),
      on: { NOTE_VERBALE_ISSUED: { guard: 'hasDocument', target: 'done', actions: done('noteVerbale') } },
    },
    done: {},
    notNeeded: {},
  },
});

const mofaNotification = delegationSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: routeOf('mofaNotification'),
    pending: {
      ...waitsUntil('notifyMofa', 'mofaNotificationDeadline'),
      on: { MOFA_NOTIFIED: { guard: 'hasDocument', target: 'done', actions: done('mofaNotification') } },
    },
    done: {},
    notNeeded: {},
  },
});

const embassyNotification = delegationSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: routeOf('embassyNotification'),
    pending: {
      ...waitsUntil('notifyEmbassy', 'embassyNotificationDeadline'),
      on: { EMBASSY_NOTIFIED: { guard: 'hasDocument', target: 'done', actions: done('embassyNotification') } },
    },
    done: {},
    notNeeded: {},
  },
});

const funding = delegationSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: routeOf('funding'),
    pending: {
      ...waitsFor('confirmFunding'),
      on: { FUNDING_CONFIRMED: { target: 'done', actions: done('funding') } },
    },
    done: {},
    notNeeded: {},
  },
});

/** On the day of departure the case goes abroad by itself only when nothing is missing; else somebody must say what happened. */
const departure = delegationSetup.createStateConfig({
  initial: 'waiting',
  exit: [clearOverdue('departureDue')],
  states: {
    waiting: {
      after: {
        departureDue: [
          {
            guard: and(['preparationsDone', 'noAmendmentOpen']),
            target: '#outbound-delegation.trip',
            actions: 'recordDeparture',
          },
          { target: 'due', ...overdue('departureDue') },
        ],
      },
    },
    due: { ...waitsFor('recordDeparture') },
  },
});

const amendment = delegationSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: { always: [{ guard: 'amendmentOpen', target: 'requested' }, { target: 'none' }] },
    none: {},
    requested: {
      ...waitsUntil('decideAmendment', 'amendmentDeadline'),
      on: {
        // All of the preparation is entered anew: deadlines counted from the days of the trip follow the new days.
        AMENDMENT_APPROVED: {
          guard: and(amendmentRules),
          target: '#outbound-delegation.notification.preparing',
          reenter: true,
          actions: ['approveAmendment', notify('amendmentDecided', ['unit', 'focal'])],
        },
        AMENDMENT_REJECTED: {
          target: 'none',
          actions: ['rejectAmendment', notify('amendmentDecided', ['unit', 'focal'])],
        },
      },
    },
  },
});

const preparing = delegationSetup.createStateConfig({
  type: 'parallel',
  after: { absenceReportDeadline: { actions: 'letPass' } },
  states: {
    passports,
    noteVerbale,
    mofaNotification,
    embassyNotification,
    funding,
    departure,
    amendment,
  },
  on: {
    REQUEST_AMENDMENT: [
      {
        guard: and(['fewerThanTwoChanges', 'noAmendmentOpen', 'noClassifiedContent', 'amendmentInTime']),
        target: '.amendment.requested',
        actions: 'requestAmendment',
      },
      {
        guard: and(['noAmendmentOpen', 'noClassifiedContent', 'amendmentInTime']),
        target: 'awaitingDecision',
        actions: 'requestAmendment',
      },
    ],
    POSTPONE: {
      guard: 'noAmendmentOpen',
      target: 'postponed',
      actions: notify('postponed', ['unit', 'focal', 'decisionOffice']),
    },
    DEPART: {
      guard: and([
        'preparationsDone',
        'contentMatchesDecision',
        'noAmendmentOpen',
        'departureNotInFuture',
        'noEligibilityBlock',
        'notFrozen',
      ]),
      target: '#outbound-delegation.trip',
      actions: 'recordDeparture',
    },
  },
});

/** Thông báo Bộ Ngoại giao: the decision is issued, Ministry and embassy are notified, the delegation gets ready. */
export const notificationPhase = delegationSetup.createStateConfig({
  initial: 'awaitingDecision',
  on: {
    RECORD_STEP_DOCUMENT: recordsDocument,
    WITHDRAW: { guard: 'noDecisionYet', target: '#outbound-delegation.withdrawn' },
    CANCEL: { guard: and(['hasDecision', 'hasDocument']), target: '#outbound-delegation.cancelled' },
    FREEZE: freezes('notification'),
  },
  states: {
    resume: { type: 'history', history: 'deep' },
    awaitingDecision: {
      entry: [open('issueDecision')],
      exit: [close('issueDecision'), clearOverdue('decisionDeadline')],
      after: { decisionDeadline: overdue('decisionDeadline') },
      on: {
        ISSUE_DECISION: {
          guard: and([
            ...decisionRules,
            'everyStepDecided',
            'approvalsMatchContent',
            'conditionCleared',
            'signerHasAuthority',
            'amendmentNamesChanges',
            'noFurtherLevel',
          ]),
          target: 'preparing',
          actions: ['recordDecision', notify('decisionIssued', ['unit', 'unitHead', 'focal'])],
        },
        RETURN: {
          guard: 'noAmendmentOpen',
          target: '#outbound-delegation.approval.returnedForClarification',
          actions: ['voidStaleApprovals', notify('returnedForClarification', ['focal', 'unit'])],
        },
        AMENDMENT_REJECTED: {
          guard: 'amendmentOpen',
          target: 'preparing',
          actions: ['rejectAmendment', notify('amendmentDecided', ['unit', 'focal'])],
        },
        REJECT: { guard: 'noDecisionYet', target: '#outbound-delegation.rejected' },
      },
    },
    preparing,
    postponed: {
      ...waitsFor('reschedule'),
      on: {
        RESCHEDULE: [
          {
            guard: and(['datesInOrder', 'newDatesNotPast', 'tooManyChanges', 'noClassifiedContent', 'notFrozen']),
            target: '#outbound-delegation.appraisal.review',
            actions: ['rescheduleForReview', notify('rescheduled', ['unit', 'focal', 'decisionOffice'])],
          },
          {
            guard: and(['datesInOrder', 'newDatesNotPast', 'needsNewDecision', 'noClassifiedContent', 'notFrozen']),
            target: 'awaitingDecision',
            actions: ['rescheduleForDecision', notify('rescheduled', ['unit', 'focal', 'decisionOffice'])],
          },
          {
            guard: and(['datesInOrder', 'newDatesNotPast', 'noClassifiedContent', 'notFrozen']),
            target: 'preparing',
            actions: ['reschedule', notify('rescheduled', ['unit', 'focal', 'decisionOffice'])],
          },
        ],
      },
    },
  },
});
