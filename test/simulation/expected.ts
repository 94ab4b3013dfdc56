import type { BusinessCalendar } from '#libs/calendar';
import type { ReminderStep } from '#libs/engine';
import { ladder, permitModel } from './permit-ladder.js';

/** A case as it was started, and the log of what happened to it. */
export interface CaseHistory {
  readonly instanceId: string;
  readonly officerId: string;
  readonly leaderId: string;
  readonly mayLapse: boolean;
  readonly events: readonly { readonly seq: number; readonly type: string; readonly at: Date }[];
}

/** One stay in one state, with the one deadline that was set when it was entered. */
export interface Visit {
  readonly instanceId: string;
  readonly deadline: string;
  readonly armedSeq: number;
  readonly armedAt: Date;
  readonly due: Date;
  /** Null: the case is still there. */
  readonly leftAt: Date | null;
  readonly firedAt: Date | null;
  readonly assigneeId: string;
  readonly steps: readonly ExpectedStep[];
}

export interface ExpectedStep {
  readonly key: string;
  readonly at: Date;
  readonly people: readonly string[];
}

/** What a ladder has to remind of, from the log alone: nothing here reads a timer, an outbox message or a mail. */
export function visitsOf(history: CaseHistory, calendar: BusinessCalendar): Visit[] {
  const visits: Visit[] = [];
  let state: string | null = null;
  let open: (Omit<Visit, 'leftAt' | 'firedAt' | 'steps' | 'due'> & { firedAt: Date | null }) | null = null;
  const enter = (next: string, seq: number, at: Date) => {
    if (open && next === state && goesOn(open, at, calendar)) return;
    if (open) visits.push(finished(open, at, calendar));
    state = next;
    const model = permitModel[next];
    const assigneeId = model?.assignee === 'leader' ? history.leaderId : history.officerId;
    open = model
      ? {
          instanceId: history.instanceId,
          deadline: model.deadline,
          armedSeq: seq,
          armedAt: at,
          assigneeId,
          firedAt: null,
        }
      : null;
  };
  for (const { seq, type, at } of history.events) {
    if (type === 'START') enter('draft', seq, at);
    else if (type.startsWith('xstate.after.')) {
      if (open) (open as { firedAt: Date | null }).firedAt = at;
      const lapsesTo = permitModel[state ?? '']?.lapsesTo;
      if (lapsesTo && history.mayLapse) enter(lapsesTo, seq, at);
    } else {
      const next = permitModel[state ?? '']?.on[type];
      if (next === undefined) throw new Error(`${history.instanceId} took ${type} in ${state}; the model does not.`);
      enter(next, seq, at);
    }
  }
  if (open) visits.push(finished(open, null, calendar));
  return visits;
}

function finished(
  open: Omit<Visit, 'leftAt' | 'steps' | 'due'>,
  leftAt: Date | null,
  calendar: BusinessCalendar,
): Visit {
  const due = dueOf(open.deadline, { from: open.armedAt, calendar });
  const today = ladder
    .filter((step) => step.at.kind === 'due')
    .map((step) => instantOf(step, { from: open.armedAt, due, calendar }));
  const steps = ladder.flatMap((step) => {
    const at = instantOf(step, { from: open.armedAt, due, calendar });
    // On the day on which "today" is said, "near" is not said any more.
    const comesAfterAll = step.at.kind === 'fraction' && (at > due || today.some((said) => at >= said));
    if (at <= open.armedAt || comesAfterAll) return [];
    const people = step.to.map((to) =>
      to === 'assignee' ? open.assigneeId : 'personId' in to ? to.personId : to.organisationId,
    );
    return [{ key: step.key, at, people }];
  });
  return { ...open, leftAt, due, steps };
}

function dueOf(name: string, { from, calendar }: { from: Date; calendar: BusinessCalendar }): Date {
  const { workingDays } = Object.values(permitModel).find(({ deadline }) => deadline === name)!;
  const rule = { amount: workingDays, unit: 'workingDay', direction: 'after', source: null } as const;
  return calendar.due({ rule, from }).dueAt;
}

/** Left and entered again with the same due date to come: the work and its reminders go on. */
function goesOn(open: Pick<Visit, 'deadline' | 'armedAt'>, at: Date, calendar: BusinessCalendar): boolean {
  const was = dueOf(open.deadline, { from: open.armedAt, calendar });
  return was > at && was.getTime() === dueOf(open.deadline, { from: at, calendar }).getTime();
}

function instantOf(
  step: ReminderStep,
  { from, due, calendar }: { from: Date; due: Date; calendar: BusinessCalendar },
): Date {
  if (step.at.kind === 'fraction')
    return calendar.nextWorkingInstant(calendar.pointInTerm({ from, due, fraction: step.at.of }));
  if (step.at.kind === 'start') return calendar.nextWorkingInstant(from);
  const offset = step.at.kind === 'due' ? 0 : step.at.offset;
  return calendar.shiftWorkingDays({ from: due, offset });
}
