import { randomUUID } from 'node:crypto';
import type { Text } from '#contracts/text.js';
import type { BusinessCalendar } from '#libs/calendar';
import type { Effect, ReminderStep, WorkflowEvent } from '#libs/engine';
import type { LadderStep } from './ladder.js';

/** A row of `timers` as the write statement takes it: names are those of the columns. */
interface TimerRow {
  readonly id: string;
  readonly kind: 'deadline' | 'reminder';
  readonly name: string;
  readonly send_id: string;
  readonly reminder_key: string | null;
  readonly deadline_id: string | null;
  readonly task_key: string | null;
  readonly event: WorkflowEvent | null;
  readonly steps: readonly LadderStep[] | null;
  readonly due_at: Date;
  readonly explanation: Text | null;
}

export interface DeadlineRow extends TimerRow {
  readonly kind: 'deadline';
  readonly explanation: Text;
}

/** The deadline, and its ladder when a step of it is still to come. */
export type TimerRows = readonly [DeadlineRow, ...TimerRow[]];

type ArmTimer = Extract<Effect, { type: 'armTimer' }>;

export interface Arming {
  readonly calendar: BusinessCalendar;
  readonly now: Date;
  /** Steps the deadline owed when it was set to another date: they are said even when their instant has passed on the new date too. */
  readonly owed?: ReadonlySet<string> | undefined;
}

export function timerRows(effect: ArmTimer, { calendar, now, owed }: Arming): TimerRows {
  const { spec } = effect;
  const due = calendar.due({ rule: spec.rule, from: spec.from === 'now' ? now : spec.from });
  const shared = { name: effect.name, send_id: effect.sendId, task_key: spec.taskKey ?? null };
  const deadline: DeadlineRow = {
    ...shared,
    id: randomUUID(),
    kind: 'deadline',
    reminder_key: null,
    deadline_id: null,
    event: effect.event,
    steps: null,
    due_at: due.dueAt,
    explanation: due.explanation,
  };
  const steps = ladderSteps({ reminders: spec.reminders, from: now, due: due.dueAt, calendar, owed });
  const [first] = steps;
  if (!first) return [deadline];
  const ladder: TimerRow = {
    ...shared,
    id: randomUUID(),
    kind: 'reminder',
    reminder_key: first.key,
    deadline_id: deadline.id,
    event: null,
    steps,
    due_at: new Date(first.dueAt),
    explanation: null,
  };
  return [deadline, ladder];
}

/**
 * In order of time. A step whose instant has passed already is left out: nothing is late yet. From the first that is owed on, those that
 * have passed stay, so that the last of them is said.
 */
export function ladderSteps(input: {
  reminders: readonly ReminderStep[];
  from: Date;
  due: Date;
  calendar: BusinessCalendar;
  owed?: ReadonlySet<string> | undefined;
}): LadderStep[] {
  const { reminders, from, due, calendar, owed } = input;
  const said = reminders
    .filter(({ at }) => at.kind === 'due')
    .map((step) => stepInstant({ step, from, due, calendar }));
  const steps = reminders.flatMap((step): LadderStep[] => {
    const at = stepInstant({ step, from, due, calendar });
    // "The deadline is near" must not be read after it, nor on the day on which "it is today" has been said.
    const comesAfterAll = step.at.kind === 'fraction' && (at > due || said.some((today) => at >= today));
    const isOver = step.at.kind === 'start' && at > due;
    return isOver || comesAfterAll ? [] : [{ ...step, dueAt: at.toISOString() }];
  });
  steps.sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  const firstOwed = owed === undefined ? -1 : steps.findIndex(({ key }) => owed.has(key));
  return steps.filter(
    ({ at, dueAt }, index) =>
      at.kind === 'start' || Date.parse(dueAt) > from.getTime() || (firstOwed >= 0 && index >= firstOwed),
  );
}

/** Always inside working time. 'due' is the first working moment of the due day, so that the day itself is left to act. */
function stepInstant(input: { step: ReminderStep; from: Date; due: Date; calendar: BusinessCalendar }): Date {
  const { step, from, due, calendar } = input;
  switch (step.at.kind) {
    case 'start':
      return calendar.nextWorkingInstant(from);
    case 'fraction':
      return calendar.nextWorkingInstant(calendar.pointInTerm({ from, due, fraction: step.at.of }));
    case 'workingDays':
      return calendar.shiftWorkingDays({ from: due, offset: step.at.offset });
    case 'due':
      return calendar.shiftWorkingDays({ from: due, offset: 0 });
  }
}
