import { and } from 'xstate';
import { appraisalPhase } from './appraisal-phase.js';
import { approvalPhase } from './approval-phase.js';
import { createContext } from './context.js';
import { notificationPhase } from './notification-phase.js';
import { proposalPhase } from './proposal-phase.js';
import { delegationSetup } from './setup.js';
import { tripPhase } from './trip-phase.js';
import { notify, recordsDocument, waitsFor } from './waits.js';

const backToWhereItWas = [
  { guard: { type: 'frozenIn', params: { phase: 'proposal' } }, target: 'proposal.resume' },
  { guard: { type: 'frozenIn', params: { phase: 'appraisal' } }, target: 'appraisal.resume' },
  { guard: { type: 'frozenIn', params: { phase: 'approval' } }, target: 'approval.resume' },
  { target: 'notification.resume' },
] as const;

/** An exception is a favour to a trip, so nobody grants it to their own. */
const exceptionRules = ['hasDocument', 'notOwnProposal'] as const;

const frozen = delegationSetup.createStateConfig({
  entry: [...waitsFor('watchFreeze').entry, notify('frozen', ['unit', 'focal'])],
  exit: waitsFor('watchFreeze').exit,
  on: {
    RECORD_STEP_DOCUMENT: recordsDocument,
    UNFREEZE: backToWhereItWas.map(({ target, ...route }) => ({
      ...route,
      ...('guard' in route ? { guard: and([route.guard, 'notOwnProposal']) } : { guard: 'notOwnProposal' as const }),
      target,
      actions: ['liftFreeze' as const, notify('unfrozen', ['unit', 'focal'])],
    })),
    GRANT_EXCEPTION: backToWhereItWas.map(({ target, ...route }) => ({
      ...route,
      ...('guard' in route ? { guard: and([route.guard, ...exceptionRules]) } : { guard: and(exceptionRules) }),
      target,
      actions: ['grantException' as const, notify('unfrozen', ['unit', 'focal'])],
    })),
    WITHDRAW: { guard: 'noDecisionYet', target: 'withdrawn' },
    CANCEL: { guard: and(['hasDecision', 'hasDocument']), target: 'cancelled' },
  },
});

export const delegationStates = {
  proposal: proposalPhase,
  appraisal: appraisalPhase,
  approval: approvalPhase,
  notification: notificationPhase,
  trip: tripPhase,
  frozen,
  completed: ending('completed'),
  rejected: ending('rejected'),
  withdrawn: ending('withdrawn'),
  cancelled: ending('cancelled'),
} as const;

export const delegationMachine = delegationSetup.createMachine({
  id: 'outbound-delegation',
  context: ({ input }) => createContext(input),
  initial: 'proposal',
  states: delegationStates,
});

function ending(kind: 'completed' | 'rejected' | 'withdrawn' | 'cancelled') {
  return delegationSetup.createStateConfig({
    type: 'final',
    entry: [
      { type: 'recordEnding', params: { kind } },
      notify(kind, kind === 'completed' ? ['unit', 'focal'] : ['unit', 'unitHead', 'focal', 'decisionOffice']),
    ],
  });
}
