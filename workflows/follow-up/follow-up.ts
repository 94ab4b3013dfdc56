import { assign, setup } from 'xstate';
import type { Text } from '#contracts/text.js';
import type { FollowUpEventInput, FollowUpEventType } from '#contracts/trip-report.js';
import type { DeadlineRule } from '#libs/calendar';
import { type HandOver, type ReminderStep, type Rule, type WorkflowDefinition, withIdReplaced } from '#libs/engine';

/** What follows from a trip: one task, one organisation, one day (DOMAIN 6: "proposals each with one lead agency and a deadline"). */
export interface FollowUpInput {
  readonly organisationId: string;
  /** Told when the day has passed, too. */
  readonly focalId: string;
  readonly dueDate: string;
}
export interface FollowUpContext extends FollowUpInput {
  readonly isOverdue: boolean;
  readonly timesMoved: number;
}

export interface FollowUpFacts {
  readonly principalId: string | null;
  readonly onBehalfOfId: string | null;
}
type Payload<T extends FollowUpEventType> = Omit<Extract<FollowUpEventInput, { type: T }>, 'note' | 'reason' | 'type'>;
type FollowUpEvent = {
  [T in FollowUpEventType]: Payload<T> & { readonly type: T; readonly facts: FollowUpFacts; readonly at: string };
}[FollowUpEventType];

const guards = {
  isLater: ({ context, event }: { context: FollowUpContext; event: FollowUpEvent }) =>
    event.type === 'MOVE_FOLLOW_UP' && event.dueDate > context.dueDate,
};
const rules: Readonly<Record<keyof typeof guards, Rule>> = {
  isLater: {
    text: { vi: 'Hạn mới phải sau hạn cũ.', en: 'The new day must be later than the old one.' },
    source: null,
  },
};

interface Opening {
  readonly key: string;
  readonly kind: string;
  readonly assignee: { readonly role: string; readonly organisationId: string };
}

const followUpSetup = setup({
  types: {} as { context: FollowUpContext; events: FollowUpEvent; input: FollowUpInput },
  guards,
  delays: { followUpDue: 1 },
  actions: {
    markOverdue: assign({ isOverdue: true }),
    move: assign(({ context, event }) =>
      event.type === 'MOVE_FOLLOW_UP'
        ? { dueDate: event.dueDate, isOverdue: false, timesMoved: context.timesMoved + 1 }
        : {},
    ),
    openTask: (_, _params: Opening) => undefined,
    closeTask: (_, _params: { readonly key: string; readonly outcome: string }) => undefined,
  },
});

export const followUpMachine = followUpSetup.createMachine({
  id: 'follow-up',
  context: ({ input }) => ({
    organisationId: input.organisationId,
    focalId: input.focalId,
    dueDate: input.dueDate,
    isOverdue: false,
    timesMoved: 0,
  }),
  initial: 'open',
  states: {
    open: {
      entry: {
        type: 'openTask',
        params: ({ context }) => ({
          key: 'followUp',
          kind: 'followUp',
          assignee: { role: 'unitOfficer', organisationId: context.organisationId },
        }),
      },
      exit: { type: 'closeTask', params: ({ event }) => ({ key: 'followUp', outcome: event.type }) },
      after: { followUpDue: { actions: 'markOverdue' } },
      on: {
        CLOSE_FOLLOW_UP: 'done',
        CANCEL_FOLLOW_UP: 'cancelled',
        // Entered anew, so that the reminders count from the new day.
        MOVE_FOLLOW_UP: { guard: 'isLater', target: 'open', reenter: true, actions: 'move' },
      },
    },
    done: { type: 'final' },
    cancelled: { type: 'final' },
  },
});

/** "Until it is closed": the day before, on the day, and again and again after it; from the second time the focal agency hears of it. */
function ladder({ focalId }: FollowUpContext): readonly ReminderStep[] {
  const before = [-5, -1].map(
    (offset): ReminderStep => ({
      key: `before${-offset}`,
      at: { kind: 'workingDays', offset },
      template: 'deadlineApproaching',
      to: ['assignee'],
    }),
  );
  const after = [1, 5, 10, 20, 30, 40, 60].map(
    (offset, index): ReminderStep => ({
      key: `overdue${offset}`,
      at: { kind: 'workingDays', offset },
      template: 'deadlineOverdue',
      to: index === 0 ? ['assignee'] : ['assignee', { role: 'reviewer', organisationId: focalId }],
    }),
  );
  return [...before, { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: ['assignee'] }, ...after];
}

const onTheDay: DeadlineRule = {
  amount: 0,
  unit: 'calendarDay',
  direction: 'after',
  source: null,
  lastRestDay: 'stays',
};

/** What was agreed on a trip stays to be done, by whoever does the work of its organisation now. */
function handOver(context: FollowUpContext, change: HandOver): FollowUpContext {
  const { organisationId, focalId } = context;
  return { ...context, ...withIdReplaced({ organisationId, focalId }, change) };
}

export const followUp: WorkflowDefinition = {
  id: 'follow-up',
  version: 1,
  machine: followUpMachine,
  rules,
  deadlines: {
    followUpDue: (context: FollowUpContext) => ({
      rule: onTheDay,
      from: context.dueDate,
      taskKey: 'followUp',
      reminders: ladder(context),
    }),
  },
  handOver,
};

export const followUpNames = {
  task: text('Thực hiện việc sau chuyến đi', 'Carry out what follows from a trip'),
  deadline: text('Hạn thực hiện việc sau chuyến đi', 'A follow-up of a trip is due'),
  CLOSE_FOLLOW_UP: text('Đã thực hiện xong', 'Done'),
  MOVE_FOLLOW_UP: text('Lùi hạn', 'Move the day'),
  CANCEL_FOLLOW_UP: text('Thôi không thực hiện', 'Cancel'),
} satisfies Record<FollowUpEventType | 'task' | 'deadline', Text>;

/** Who may: the organisation that owns it closes it; the focal agency follows all of them. The one place, default deny. */
export const followUpPermissions = {
  CLOSE_FOLLOW_UP: [
    { relation: 'owner', role: 'unitOfficer' },
    { relation: 'owner', role: 'unitHead' },
    { relation: 'focal', role: 'reviewer' },
  ],
  MOVE_FOLLOW_UP: [
    { relation: 'focal', role: 'reviewer' },
    { relation: 'focal', role: 'leader' },
  ],
  CANCEL_FOLLOW_UP: [
    { relation: 'focal', role: 'reviewer' },
    { relation: 'focal', role: 'leader' },
  ],
} as const satisfies Record<FollowUpEventType, readonly { relation: 'owner' | 'focal'; role: string }[]>;

export function mayFollowUp(question: {
  readonly type: FollowUpEventType;
  readonly holding: { readonly role: string; readonly organisationId: string };
  readonly ownerId: string;
  readonly focalId: string;
}): boolean {
  const { type, holding, ownerId, focalId } = question;
  return followUpPermissions[type].some(
    ({ relation, role }) =>
      role === holding.role && (relation === 'owner' ? ownerId : focalId) === holding.organisationId,
  );
}

function text(vi: string, en: string): Text {
  return { vi, en };
}
