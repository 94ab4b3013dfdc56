import { assign, setup } from 'xstate';
import { type DeadlineName, deadlineNames } from '#contracts/deadline-names.js';
import type { Assignee } from '#libs/engine';
import { changes, recordDuty, recordEnding, recordFreeze, recordPreparation } from './changes.js';
import type { DelegationContext, Duty, Phase, Preparation } from './context.js';
import type { DelegationEvent } from './events.js';
import { guards } from './guards.js';
import type { DelegationInput } from './input.js';
import type { TaskOpening } from './tasks.js';

export interface Closing {
  readonly key: string;
  readonly outcome: string;
}
export interface Notice {
  readonly template: string;
  readonly to: readonly Assignee[];
  readonly data?: Readonly<Record<string, unknown>>;
}
/** The instant travels in the input so that the context needs no clock. */
export type StartInput = DelegationInput & { readonly at: string };

type Change = (context: DelegationContext, event: DelegationEvent) => Partial<DelegationContext>;
const change = (apply: Change) =>
  assign<DelegationContext, DelegationEvent, undefined, DelegationEvent, never>(({ context, event }) =>
    apply(context, event),
  );
type ChangeActions = Record<keyof typeof changes, ReturnType<typeof change>>;
const changeActions = Object.fromEntries(
  Object.entries(changes).map(([name, apply]) => [name, change(apply)]),
) as ChangeActions;

/** Delays are names only: the engine turns each into a row with the due date of `deadlines.ts`; the number is never used. */
const delays = Object.fromEntries(deadlineNames.map((name) => [name, 1])) as Record<DeadlineName, number>;

export const delegationSetup = setup({
  types: {} as { context: DelegationContext; events: DelegationEvent; input: StartInput },
  guards,
  delays,
  actions: {
    ...changeActions,
    markOverdue: assign(({ context }, { name }: { name: DeadlineName }) => ({
      overdue: context.overdue.includes(name) ? context.overdue : [...context.overdue, name],
    })),
    /** A deadline of a duty that is done elsewhere: its reminders were all there is to it. */
    letPass: assign({}),
    clearOverdue: assign(({ context }, { name }: { name: DeadlineName }) => ({
      overdue: context.overdue.filter((one) => one !== name),
    })),
    recordPreparation: assign(({ context, event }, { preparation }: { preparation: Preparation }) =>
      recordPreparation(context, event, preparation),
    ),
    recordFreeze: assign(({ event }, { phase }: { phase: Phase }) => recordFreeze(event, phase)),
    recordDuty: assign(({ context, event }, { duty }: { duty: Duty }) => recordDuty(context, event, duty)),
    recordEnding: assign(({ context, event }, { kind }: { kind: NonNullable<DelegationContext['ending']>['kind'] }) =>
      recordEnding(context, event, kind),
    ),
    // Effects: requests the engine hands to the runtime as data. They never run here.
    openTask: (_, _params: readonly TaskOpening[]) => undefined,
    closeTask: (_, _params: readonly Closing[]) => undefined,
    notify: (_, _params: Notice) => undefined,
  },
});
