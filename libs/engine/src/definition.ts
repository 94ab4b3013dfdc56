import type { AnyStateMachine } from 'xstate';
import type { Text } from '#contracts/text.js';
import type { DeadlineRule } from '#libs/calendar';

/** Who must act or be told: everybody holding a role in an organisation on that day, or one person. */
export type Assignee = { readonly role: string; readonly organisationId: string } | { readonly personId: string };

/** A named guard. A refused event answers with these sentences. `source` is document, article and date, or null for "giả định". */
export interface Rule {
  readonly text: Text;
  readonly source?: string | null;
}

/** When a reminder of a deadline is due, relative to the deadline. Never changes a state. */
export interface ReminderStep {
  /** Stable name within one deadline: 'half', 'eighty', 'due', 'overdue1' … part of the idempotent key of the mail. */
  readonly key: string;
  readonly at:
    | { readonly kind: 'start' } // the first working moment from arming on
    | { readonly kind: 'fraction'; readonly of: number } // of the working time from arming to due, 0..1
    | { readonly kind: 'workingDays'; readonly offset: number } // -2 = two working days before due; +1 after
    | { readonly kind: 'due' };
  readonly template: string;
  /** 'assignee' = whoever holds the task this deadline belongs to (the timer's `taskKey`). */
  readonly to: readonly (Assignee | 'assignee')[];
}

/** What a named delay of the machine (`after: { reviewDeadline: … }`) means for one case. */
export interface DeadlineSpec {
  readonly rule: DeadlineRule;
  /** 'now' counts from the instant of the decision; a calendar day (YYYY-MM-DD) counts from or back to that day. */
  readonly from: 'now' | string;
  /**
   * The task whose due date this is, by its key, or a family of tasks: 'giveOpinion' means every open task whose key is
   * 'giveOpinion' or begins with 'giveOpinion:'. Absent when no task waits on it.
   */
  readonly taskKey?: string;
  readonly reminders: readonly ReminderStep[];
}

/** Whether a task is the one, or of the family, a deadline's `taskKey` names. */
export function isTaskOf(taskKey: string | null | undefined, key: string): boolean {
  return Boolean(taskKey) && (key === taskKey || key.startsWith(`${taskKey}:`));
}

/**
 * A machine and everything pure that belongs to it. Domain-neutral: the engine never looks inside `context`.
 * Guards must be named (or `and([...])` of named ones) and each name must have a row in `rules`.
 */
export interface WorkflowDefinition {
  readonly id: string;
  readonly version: number;
  readonly machine: AnyStateMachine;
  readonly rules: Readonly<Record<string, Rule>>;
  /** One entry for each named delay of the machine. Null means: this case has no such deadline (the timer is not armed). */
  readonly deadlines: Readonly<Record<string, (context: never) => DeadlineSpec | null>>;
  /**
   * Members of the context that are large, seldom change and are alike in many cases: the runtime stores each content once. A
   * machine must assign a new object to change one, never write into it.
   */
  readonly sharedContext?: readonly string[];
  /**
   * The context as it goes on when one organisation takes over from another: what was done keeps the name of who did it, what is still
   * to be done belongs to the successor. Pure; replaying the log calls it again. Absent: such cases stay where they are.
   */
  readonly handOver?: (context: never, change: HandOver) => object;
}

/** `to` does from now on what `from` did. */
export interface HandOver {
  readonly from: string;
  readonly to: string;
}

/** The same data with one id in the place of another wherever it stands. */
export function withIdReplaced<Value>(value: Value, { from, to }: HandOver): Value {
  if (value === from) return to as Value;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => withIdReplaced(item, { from, to })) as Value;
  const entries = Object.entries(value).map(([name, member]) => [name, withIdReplaced(member, { from, to })]);
  return Object.fromEntries(entries) as Value;
}

/** An event as it enters: `type`, plain JSON payload. `at` is set by the engine from `now` (ISO 8601, UTC, milliseconds). */
export interface WorkflowEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Requests that leave a decision, as data. The runtime writes each as a row in the same transaction. */
export type Effect =
  | {
      readonly type: 'openTask';
      readonly key: string;
      readonly kind: string;
      readonly assignee: Assignee;
      readonly data?: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'closeTask'; readonly key: string; readonly outcome: string }
  | {
      readonly type: 'armTimer';
      readonly name: string;
      readonly sendId: string;
      readonly event: WorkflowEvent;
      readonly spec: DeadlineSpec;
    }
  | { readonly type: 'cancelTimer'; readonly sendId: string }
  | {
      readonly type: 'notify';
      readonly template: string;
      readonly to: readonly Assignee[];
      readonly data?: Readonly<Record<string, unknown>>;
    };

/** The persisted snapshot: JSON as XState's getPersistedSnapshot gives it, without children. */
export type StoredSnapshot = Readonly<Record<string, unknown>>;

export interface Accepted {
  readonly kind: 'accepted';
  readonly snapshot: StoredSnapshot;
  /** Every active state node id below the machine's root, dotted, in document order: ['approval', 'approval.step', …]. */
  readonly states: readonly string[];
  readonly status: 'active' | 'done';
  readonly effects: readonly Effect[];
}

export interface Refused {
  readonly kind: 'refused';
  /** 'unknownEvent': no active state handles it. 'rule': the named rules that said no (all of the last candidate's). 'brokenSnapshot': cannot be restored. */
  readonly reason: 'unknownEvent' | 'rule' | 'brokenSnapshot';
  readonly rules: readonly { readonly name: string; readonly text: Text; readonly source: string | null }[];
  readonly text: Text;
}

export type Decision = Accepted | Refused;

/** A named rule that said no, with the sentence people read. */
export type FailedRule = Refused['rules'][number];

/** An event the present state handles, and why it would be refused now when it would. */
export interface AvailableEvent {
  readonly type: string;
  /** The candidate judged: one type may be asked several times, e.g. once per agency consulted. */
  readonly candidate: WorkflowEvent;
  readonly allowed: boolean;
  readonly rules: readonly FailedRule[];
}
