import { assign, setup } from 'xstate';
import type { Assignee, DeadlineSpec, ReminderStep, WorkflowDefinition, WorkflowEvent } from '#libs/engine';

/** A made-up permit, small enough to reason about: what the runtime does must not depend on what the machine is about. */
export interface PermitInput {
  readonly officer: Assignee;
  readonly leader: Assignee;
  /** False: the machine refuses its own deadline of the state `decision`. */
  readonly mayLapse?: boolean;
  /** YYYY-MM-DD: the draft is due so many days before it, and it can be moved meanwhile. Absent: so many days after its start. */
  readonly departureDate?: string | null;
}

interface Context extends Required<PermitInput> {
  readonly late: boolean;
  readonly rounds: number;
}

type TaskParams = { readonly key: string; readonly kind: string; readonly assignee: Assignee };

const permitSetup = setup({
  types: {} as { context: Context; input: PermitInput; events: WorkflowEvent },
  guards: {
    isFunded: ({ event }) => event.funded !== false,
    mayLapse: ({ context }) => context.mayLapse,
  },
  actions: {
    openTask: (_, _params: TaskParams) => undefined,
    closeTask: (_, _params: { key: string; outcome: string }) => undefined,
    notify: (_, _params: { template: string; to: readonly Assignee[]; data?: Record<string, unknown> }) => undefined,
  },
  delays: { draftDeadline: 1, reviewDeadline: 1, decisionDeadline: 1, issueDeadline: 1, tripDeadline: 1 },
});

const machine = permitSetup.createMachine({
  id: 'permit',
  context: ({ input }) => ({
    officer: input.officer,
    leader: input.leader,
    mayLapse: input.mayLapse ?? true,
    departureDate: input.departureDate ?? null,
    late: false,
    rounds: 0,
  }),
  initial: 'draft',
  states: {
    draft: {
      entry: {
        type: 'openTask',
        params: ({ context }) => ({ key: 'draft', kind: 'write', assignee: context.officer }),
      },
      exit: { type: 'closeTask', params: ({ event }) => ({ key: 'draft', outcome: event.type }) },
      after: { draftDeadline: { actions: assign({ late: true }) } },
      on: {
        SUBMIT: { guard: 'isFunded', target: 'review' },
        MOVE_DEPARTURE: {
          target: 'draft',
          reenter: true,
          actions: assign({ departureDate: ({ event }) => String(event.day) }),
        },
      },
    },
    review: {
      entry: {
        type: 'openTask',
        params: ({ context }) => ({ key: 'review', kind: 'review', assignee: context.officer }),
      },
      exit: { type: 'closeTask', params: ({ event }) => ({ key: 'review', outcome: event.type }) },
      after: { reviewDeadline: { actions: assign({ late: true }) } },
      on: {
        FORWARD: 'decision',
        RETURN: { target: 'draft', actions: assign({ rounds: ({ context }) => context.rounds + 1 }) },
        RESTART: { target: 'review', reenter: true },
      },
    },
    decision: {
      entry: {
        type: 'openTask',
        params: ({ context }) => ({ key: 'decision', kind: 'decide', assignee: context.leader }),
      },
      exit: { type: 'closeTask', params: ({ event }) => ({ key: 'decision', outcome: event.type }) },
      after: { decisionDeadline: { guard: 'mayLapse', target: 'lapsed' } },
      on: { APPROVE: 'issuing', REJECT: 'rejected', RETURN: 'draft' },
    },
    issuing: {
      entry: [
        { type: 'openTask', params: ({ context }) => ({ key: 'issue', kind: 'issue', assignee: context.officer }) },
        { type: 'notify', params: ({ context }) => ({ template: 'approved', to: [context.officer] }) },
      ],
      exit: { type: 'closeTask', params: ({ event }) => ({ key: 'issue', outcome: event.type }) },
      after: { issueDeadline: { actions: assign({ late: true }) } },
      on: { ISSUE: 'trip' },
    },
    trip: {
      entry: {
        type: 'openTask',
        params: ({ context }) => ({ key: 'trip', kind: 'report', assignee: context.officer }),
      },
      after: { tripDeadline: { actions: assign({ late: true }) } },
      on: { CLOSE: 'closed' },
    },
    closed: { type: 'final' },
    rejected: { type: 'final' },
    lapsed: { type: 'final' },
  },
});

const reminders: readonly ReminderStep[] = [
  { key: 'half', at: { kind: 'fraction', of: 0.5 }, template: 'reminder', to: ['assignee'] },
  { key: 'overdue1', at: { kind: 'workingDays', offset: 1 }, template: 'overdue', to: ['assignee'] },
];

export function permitDefinition({ withReminders }: { withReminders: boolean }): WorkflowDefinition {
  const deadline = (taskKey: string, amount: number) => (): DeadlineSpec => ({
    rule: { amount, unit: 'workingDay', direction: 'after', source: null },
    from: 'now',
    taskKey,
    reminders: withReminders ? reminders : [],
  });
  return {
    id: 'permit',
    version: 1,
    machine,
    rules: {
      isFunded: { text: { vi: 'Phải có nguồn kinh phí.', en: 'It must be funded.' } },
      mayLapse: { text: { vi: 'Hồ sơ này không tự hết hiệu lực.', en: 'This case does not lapse.' } },
    },
    deadlines: {
      draftDeadline: ({ departureDate }: Context) => {
        const spec = deadline('draft', 10)();
        return departureDate === null
          ? spec
          : { ...spec, rule: { ...spec.rule, direction: 'before' }, from: departureDate };
      },
      reviewDeadline: deadline('review', 4),
      decisionDeadline: deadline('decision', 2),
      issueDeadline: deadline('issue', 3),
      tripDeadline: deadline('trip', 7),
    },
  };
}
