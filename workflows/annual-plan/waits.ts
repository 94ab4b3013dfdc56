import type { DeadlineRule } from '#libs/calendar';
import type { Assignee, DeadlineSpec, ReminderStep } from '#libs/engine';

export interface TaskOpening {
  readonly key: string;
  readonly kind: string;
  readonly assignee: Assignee;
  readonly data?: Readonly<Record<string, unknown>>;
}
export interface Closing {
  readonly key: string;
  readonly outcome: string;
}
export interface Notice {
  readonly template: string;
  readonly to: readonly Assignee[];
}

/** A deadline of the plan as one case uses it. `on`: the day it is counted from; absent: from the decision that arms it. */
export interface PlanDeadline {
  readonly rule: DeadlineRule;
  readonly on?: string;
  readonly reminders: readonly ReminderStep[];
}

/** Who did it, when, and with which document. */
export interface PlanAct {
  readonly at: string;
  readonly byId: string | null;
  readonly onBehalfOfId: string | null;
  readonly document: { readonly number: string; readonly date: string; readonly fileId?: string } | null;
}

export function planAct(event: {
  readonly at?: string;
  readonly facts?: unknown;
  readonly document?: unknown;
}): PlanAct {
  const facts = (event.facts ?? {}) as { principalId?: string | null; onBehalfOfId?: string | null };
  return {
    at: event.at ?? '',
    byId: facts.principalId ?? null,
    onBehalfOfId: facts.onBehalfOfId ?? null,
    document: (event.document as PlanAct['document'] | undefined) ?? null,
  };
}

/** The pieces a state is made of in which somebody must act, for a machine whose tasks are read off its context. */
export function waitsOf<Context, Kind extends string>(
  tasksOf: (kind: Kind, context: Context) => readonly TaskOpening[],
) {
  const open = (kind: Kind) => ({
    type: 'openTask' as const,
    params: ({ context }: { context: Context }): readonly TaskOpening[] => tasksOf(kind, context),
  });
  const close = (kind: Kind) => ({
    type: 'closeTask' as const,
    params: ({ context, event }: { context: Context; event: { readonly type: string } }): readonly Closing[] =>
      tasksOf(kind, context).map(({ key }) => ({ key, outcome: outcomeOf(event) })),
  });
  return { open, close, waitsFor: (kind: Kind) => ({ entry: [open(kind)], exit: [close(kind)] }) };
}

/** The event that ended the wait; a deadline by its name. */
export function outcomeOf({ type }: { readonly type: string }): string {
  return type.startsWith('xstate.after.') ? (type.split('.')[2] ?? type) : type;
}

export function specOf(plan: PlanDeadline | undefined, taskKey: string | null): DeadlineSpec | null {
  if (!plan) return null;
  return { rule: plan.rule, from: plan.on ?? 'now', ...(taskKey !== null && { taskKey }), reminders: plan.reminders };
}
