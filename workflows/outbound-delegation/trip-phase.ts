import { and } from 'xstate';
import { decisionRules } from './approval-phase.js';
import type { Duty } from './context.js';
import { amendmentRules } from './notification-phase.js';
import { delegationSetup } from './setup.js';
import { clearOverdue, close, notify, open, overdue, recordsDocument, waitsFor, waitsUntil } from './waits.js';

function closes(duty: Duty) {
  return { type: 'recordDuty' as const, params: { duty } };
}

/** The decision then covers the content as it stands, so edits of an amendment nobody has decided must not be in it. */
const extensionRules = ['extensionOpen', 'hasDocument', 'notOwnProposal', 'noAmendmentOpen'] as const;

const newDecisionRules = [
  ...decisionRules,
  'newDecisionAwaited',
  'signerHasAuthority',
  'amendmentNamesChanges',
  'noFurtherLevel',
] as const;

const journey = delegationSetup.createStateConfig({
  initial: 'away',
  states: {
    away: {
      entry: [open('recordReturn')],
      exit: [close('recordReturn'), clearOverdue('returnDue')],
      after: {
        returnDue: [
          {
            guard: 'returnsOnPlannedDay',
            target: '#outbound-delegation.trip.closing',
            actions: 'recordReturn',
          },
          overdue('returnDue'),
        ],
      },
      on: {
        // Entered anew, so that the day of return counts from the new date.
        EXTENSION_GRANTED: {
          guard: and(extensionRules),
          target: 'away',
          reenter: true,
        },
        // So does a new decision with another day of return.
        ISSUE_DECISION: { guard: and(newDecisionRules), target: 'away', reenter: true },
      },
    },
  },
});

const extension = delegationSetup.createStateConfig({
  initial: 'none',
  states: {
    none: {
      on: {
        REQUEST_EXTENSION: {
          guard: and(['laterThanPlannedReturn', 'beforePlannedReturn', 'extensionInTime']),
          target: 'extensionRequested',
          actions: 'requestExtension',
        },
      },
    },
    extensionRequested: {
      ...waitsUntil('decideExtension', 'extensionDeadline'),
      on: {
        EXTENSION_GRANTED: {
          guard: and(extensionRules),
          target: 'none',
          actions: ['grantExtension', notify('extensionDecided', ['unit', 'focal'])],
        },
        EXTENSION_REFUSED: {
          guard: 'notOwnProposal',
          target: 'none',
          actions: ['refuseExtension', notify('extensionDecided', ['unit', 'focal'])],
        },
      },
    },
  },
});

const amendment = delegationSetup.createStateConfig({
  initial: 'none',
  states: {
    none: {
      on: {
        REQUEST_AMENDMENT: [
          {
            guard: and(['fewerThanTwoChanges', 'noClassifiedContent']),
            target: 'requested',
            actions: 'requestAmendment',
          },
          { guard: 'noClassifiedContent', target: 'newDecisionRequested', actions: 'requestAmendment' },
        ],
      },
    },
    requested: {
      ...waitsUntil('decideAmendment', 'amendmentDeadline'),
      on: {
        AMENDMENT_APPROVED: {
          guard: and(amendmentRules),
          target: 'none',
          actions: ['approveAmendment', notify('amendmentDecided', ['unit', 'focal'])],
        },
        AMENDMENT_REJECTED: {
          guard: 'notOwnProposal',
          target: 'none',
          actions: ['rejectAmendment', notify('amendmentDecided', ['unit', 'focal'])],
        },
      },
    },
    newDecisionRequested: {
      ...waitsFor('issueAmendedDecision'),
      on: {
        ISSUE_DECISION: {
          guard: and(newDecisionRules),
          target: 'none',
          actions: ['recordDecision', notify('decisionIssued', ['unit', 'unitHead', 'focal'])],
        },
        AMENDMENT_REJECTED: {
          guard: 'notOwnProposal',
          target: 'none',
          actions: ['rejectAmendment', notify('amendmentDecided', ['unit', 'focal'])],
        },
      },
    },
  },
});

/** The deadline belongs to `due`, so that its reminders go on while the report is overdue and end when it is filed. */
const report = delegationSetup.createStateConfig({
  initial: 'due',
  states: {
    due: {
      initial: 'notSubmitted',
      entry: [open('submitReport')],
      exit: [close('submitReport'), clearOverdue('reportDeadline')],
      after: {
        reportDeadline: { target: '.overdue', actions: [...overdue('reportDeadline').actions, 'markReportLate'] },
      },
      states: { notSubmitted: {}, overdue: {} },
      on: { SUBMIT_REPORT: { guard: 'hasDocument', target: 'submitted', actions: 'recordReport' } },
    },
    submitted: {
      ...waitsFor('acceptReport'),
      on: {
        ACCEPT_REPORT: { guard: 'notOwnProposal', target: 'accepted', actions: closes('report') },
        RETURN_REPORT: {
          target: 'returned',
          actions: ['returnReport', notify('reportReturned', ['unit'])],
        },
      },
    },
    returned: {
      ...waitsFor('reviseReport'),
      on: { SUBMIT_REPORT: { guard: 'hasDocument', target: 'submitted', actions: 'recordReport' } },
    },
    accepted: { type: 'final' },
  },
});

const passports = delegationSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: {
      always: [
        { guard: { type: 'isNotNeeded', params: { preparation: 'passports' } }, target: 'notNeeded' },
        { target: 'due' },
      ],
    },
    due: {
      initial: 'awaiting',
      entry: [open('returnPassports')],
      exit: [close('returnPassports'), clearOverdue('passportReturnDeadline')],
      after: { passportReturnDeadline: { target: '.overdue', ...overdue('passportReturnDeadline') } },
      states: { awaiting: {}, overdue: {} },
      on: {
        PASSPORT_RETURNED: { target: 'returned', actions: closes('passports') },
        PASSPORT_LOST: {
          target: 'lost',
          actions: ['losePassports', closes('passports'), notify('passportsLost', ['focal', 'unitHead'])],
        },
      },
    },
    returned: { type: 'final' },
    lost: { type: 'final' },
    notNeeded: { type: 'final' },
  },
});

const settlement = delegationSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: { always: [{ guard: 'settlementNotNeeded', target: 'notNeeded' }, { target: 'due' }] },
    due: {
      initial: 'pending',
      entry: [open('settle')],
      exit: [close('settle'), clearOverdue('settlementDeadline')],
      after: { settlementDeadline: { target: '.overdue', ...overdue('settlementDeadline') } },
      states: { pending: {}, overdue: {} },
      on: { SETTLEMENT_DONE: { target: 'settled', actions: closes('settlement') } },
    },
    settled: { type: 'final' },
    notNeeded: { type: 'final' },
  },
});

/** Chuyến đi và báo cáo: abroad, then passports, report and settlement side by side. Nothing here can be frozen or cancelled. */
export const tripPhase = delegationSetup.createStateConfig({
  initial: 'abroad',
  on: { RECORD_STEP_DOCUMENT: recordsDocument },
  states: {
    abroad: {
      type: 'parallel',
      states: { journey, extension, amendment },
      on: { RETURN_HOME: { guard: 'returnAfterDeparture', target: 'closing', actions: 'recordReturn' } },
    },
    closing: {
      type: 'parallel',
      after: { partyReportDeadline: { actions: 'letPass' } },
      states: { report, passports, settlement },
      onDone: { target: '#outbound-delegation.completed' },
    },
  },
});
