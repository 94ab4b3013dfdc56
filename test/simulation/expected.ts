import type { BusinessCalendar } from '#libs/calendar';
import type { ReminderStep } from '#libs/engine';
import { recomputedEventType } from '#libs/runtime';
import { ladder, permitModel } from './permit-ladder.js';

/** A case as it was started, and the log of what happened to it. */
export interface CaseHistory {
  readonly instanceId: string;
  readonly officerId: string;
  /** The office whose leader decides. */
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
  /** When its due date became another one. */
  readonly movedAt: readonly Date[];
}

export interface ExpectedStep {
  readonly key: string;
  readonly at: Date;
  readonly people: readonly string[];
}

export type CalendarAt = (at: Date) => BusinessCalendar;

type Open = Omit<Visit, 'leftAt'>;

/** What was known when: the calendar of each instant, and the instants at which all workers had done everything due. */
interface Times {
  readonly calendarAt: CalendarAt;
  readonly settled: readonly Date[];
}

/** What a ladder has to remind of, from the log alone: nothing here reads a timer, an outbox message or a mail. */
export function visitsOf(history: CaseHistory, times: Times): Visit[] {
  const { calendarAt } = times;
  const visits: Visit[] = [];
  let state: string | null = null;
  let open: Open | null = null;
  const enter = (next: string, seq: number, at: Date) => {
    const calendar = calendarAt(at);
    if (open && next === state && goesOn(open, at, calendar)) return;
    if (open) visits.push({ ...open, leftAt: at });
    state = next;
    open = opened(next, { history, seq, at, calendar });
  };
  for (const { seq, type, at } of history.events) {
    if (type === 'START') enter('draft', seq, at);
    else if (type === recomputedEventType) {
      if (open) open = recomputed(open, at, times);
    } else if (type.startsWith('xstate.after.')) {
      if (open) open = { ...(open as Open), firedAt: at };
      const lapsesTo = permitModel[state ?? '']?.lapsesTo;
      if (lapsesTo && history.mayLapse) enter(lapsesTo, seq, at);
    } else {
      const next = permitModel[state ?? '']?.on[type];
      if (next === undefined) throw new Error(`${history.instanceId} took ${type} in ${state}; the model does not.`);
      enter(next, seq, at);
    }
  }
  if (open) visits.push({ ...(open as Open), leftAt: null });
  return visits;
}

function opened(
  state: string,
  { history, seq, at, calendar }: { history: CaseHistory; seq: number; at: Date; calendar: BusinessCalendar },
): Open | null {
  const model = permitModel[state];
  if (!model) return null;
  const assigneeId = model.assignee === 'leader' ? history.leaderId : history.officerId;
  const due = dueOf(model.deadline, { from: at, calendar });
  return {
    ...{ instanceId: history.instanceId, deadline: model.deadline, armedSeq: seq, armedAt: at, assigneeId, due },
    firedAt: null,
    steps: stepsOf({ from: at, due, assigneeId, calendar }),
    movedAt: [],
  };
}

/**
 * The calendar changed: the same period from the same start. What has been said is not said again; what was due and is unsaid, because
 * nobody was at work, is still said.
 */
function recomputed(open: Open, at: Date, { calendarAt, settled }: Times): Open {
  if (open.firedAt !== null) return open;
  const calendar = calendarAt(at);
  const due = dueOf(open.deadline, { from: open.armedAt, calendar });
  const wasSaid = (step: ExpectedStep) =>
    settled.some((one) => one >= step.at && one <= at && calendarAt(one).isWorkingTime(one));
  const said = open.steps.filter(wasSaid);
  const owed = open.steps.filter((step) => step.at <= at && !wasSaid(step));
  const [saidKeys, owedKeys] = [said, owed].map((steps) => new Set(steps.map(({ key }) => key)));
  const all = stepsOf({ from: open.armedAt, due, assigneeId: open.assigneeId, calendar });
  const counted = all.filter(({ key, at: on }) => !saidKeys!.has(key) && (owedKeys!.has(key) || on > at));
  const countedKeys = new Set(counted.map(({ key }) => key));
  const movedAt = due.getTime() === open.due.getTime() ? open.movedAt : [...open.movedAt, at];
  return { ...open, due, movedAt, steps: [...said, ...owed.filter(({ key }) => !countedKeys.has(key)), ...counted] };
}

function stepsOf(term: { from: Date; due: Date; assigneeId: string; calendar: BusinessCalendar }): ExpectedStep[] {
  const { from, due, assigneeId } = term;
  const today = ladder.filter((step) => step.at.kind === 'due').map((step) => instantOf(step, term));
  return ladder.flatMap((step) => {
    const at = instantOf(step, term);
    // On the day on which "today" is said, "near" is not said any more.
    const comesAfterAll = step.at.kind === 'fraction' && (at > due || today.some((said) => at >= said));
    if (at <= from || comesAfterAll) return [];
    const people = step.to.map((to) =>
      to === 'assignee' ? assigneeId : 'personId' in to ? to.personId : to.organisationId,
    );
    return [{ key: step.key, at, people }];
  });
}

function dueOf(name: string, { from, calendar }: { from: Date; calendar: BusinessCalendar }): Date {
  const { workingDays } = Object.values(permitModel).find(({ deadline }) => deadline === name)!;
  const rule = { amount: workingDays, unit: 'workingDay', direction: 'after', source: null } as const;
  return calendar.due({ rule, from }).dueAt;
}

/** Left and entered again with the same due date to come: the work and its reminders go on. */
function goesOn({ deadline, due }: Open, at: Date, calendar: BusinessCalendar): boolean {
  return due > at && due.getTime() === dueOf(deadline, { from: at, calendar }).getTime();
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
