import type { DeadlineSpec, ReminderStep, WorkflowDefinition } from '#libs/engine';
import { permitDefinition } from '#test/support/permit-definition.js';

/** Who is told besides the holder of the task when it is very late. */
export const chiefId = '00000000-0000-4000-8000-0000000000c1';

/** Every kind of step a ladder knows; the last one escalates. */
export const ladder: readonly ReminderStep[] = [
  { key: 'half', at: { kind: 'fraction', of: 0.5 }, template: 'deadlineApproaching', to: ['assignee'] },
  { key: 'eighty', at: { kind: 'fraction', of: 0.8 }, template: 'deadlineApproaching', to: ['assignee'] },
  { key: 'before2', at: { kind: 'workingDays', offset: -2 }, template: 'deadlineApproaching', to: ['assignee'] },
  { key: 'due', at: { kind: 'due' }, template: 'deadlineApproaching', to: ['assignee'] },
  { key: 'overdue1', at: { kind: 'workingDays', offset: 1 }, template: 'deadlineOverdue', to: ['assignee'] },
  {
    key: 'overdue5',
    at: { kind: 'workingDays', offset: 5 },
    template: 'deadlineOverdue',
    to: ['assignee', { personId: chiefId }],
  },
];

export function permitWithLadder(): WorkflowDefinition {
  const definition = permitDefinition({ withReminders: false });
  const deadlines = Object.fromEntries(
    Object.entries(definition.deadlines).map(([name, spec]) => [
      name,
      (context: never): DeadlineSpec | null => {
        const found = spec(context);
        return found && { ...found, reminders: ladder };
      },
    ]),
  );
  return { ...definition, deadlines };
}

interface StateModel {
  readonly deadline: string;
  readonly workingDays: number;
  readonly assignee: 'officer' | 'leader';
  /** Counted back from the day of departure, not from the moment at which the state is entered. */
  readonly beforeDeparture?: boolean;
  /** What a person may send, and where it leads. */
  readonly on: Readonly<Record<string, string>>;
  /** Where the deadline leads by itself when the case may lapse. */
  readonly lapsesTo?: string;
}

/**
 * The same permit, written a second time without XState, rows or timers: the checker asks this table what should have
 * happened. A state that is not here is an end.
 */
export const permitModel: Readonly<Record<string, StateModel>> = {
  draft: {
    deadline: 'draftDeadline',
    workingDays: 10,
    beforeDeparture: true,
    assignee: 'officer',
    on: { SUBMIT: 'review', MOVE_DEPARTURE: 'draft' },
  },
  review: {
    deadline: 'reviewDeadline',
    workingDays: 4,
    assignee: 'officer',
    on: { FORWARD: 'decision', RETURN: 'draft', RESTART: 'review' },
  },
  decision: {
    deadline: 'decisionDeadline',
    workingDays: 2,
    assignee: 'leader',
    on: { APPROVE: 'issuing', REJECT: 'rejected', RETURN: 'draft' },
    lapsesTo: 'lapsed',
  },
  issuing: { deadline: 'issueDeadline', workingDays: 3, assignee: 'officer', on: { ISSUE: 'trip' } },
  trip: { deadline: 'tripDeadline', workingDays: 7, assignee: 'officer', on: { CLOSE: 'closed' } },
};
