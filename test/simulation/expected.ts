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
  readonly departureDate: string;
  readonly events: readonly {
    readonly seq: number;
    readonly type: string;
    readonly at: Date;
    /** Of a moved departure. */
    readonly day: string | null;
  }[];
}

/** One stay in one state, with the one deadline that was set when it was entered. */
export interface Visit {
  readonly instanceId: string;
  readonly deadline: string;
  readonly armedSeq: number;
  readonly armedAt: Date;
  readonly due: Date;
  /** When it came to be due then: a recount may put it into the past. */
  readonly dueSetAt: Date;
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
  /** When the ladder came to have it at that moment: a step may be counted into the past, and is owed from then on. */
  readonly setAt: Date;
  /**
   * Its moment lies before the deadline was set: it was due and unsaid when the deadline moved here from another date, or comes after
   * one that was. The seq at which that deadline had been set.
   */
  readonly owedSince?: number;
}

export type CalendarAt = (at: Date) => BusinessCalendar;

interface Open extends Omit<Visit, 'leftAt'> {
  readonly departure: string;
  /** The due date that the holder of the task was told. */
  readonly knownDue: Date;
}

/** What was known when: the calendar of each instant, and the instants at which all workers had done everything due. */
interface Times {
  readonly calendarAt: CalendarAt;
  readonly settled: readonly Date[];
}

/** What a ladder has to remind of, from the log alone: nothing here reads a timer, an outbox message or a mail. */
export function visitsOf(history: CaseHistory, times: Times): Visit[] {
  const { calendarAt } = times;
  const visits: Visit[] = [];
  let departure = history.departureDate;
  let state: string | null = null;
  let open: Open | null = null;
  const enter = (next: string, seq: number, at: Date) => {
    const entered = opened(next, { history, seq, at, calendar: calendarAt(at), departure });
    const before: Open | null = open;
    if (before && entered && next === state && isSameDue(before, entered, at)) return;
    if (before) visits.push({ ...before, leftAt: at });
    const isMoved = next === state && permitModel[next]?.beforeDeparture;
    state = next;
    open = before && entered && isMoved ? movedFrom(before, entered, times) : entered;
  };
  for (const { seq, type, at, day } of history.events) {
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
      departure = day ?? departure;
      enter(next, seq, at);
    }
  }
  if (open) visits.push({ ...(open as Open), leftAt: null });
  return visits;
}

interface Entering {
  readonly history: CaseHistory;
  readonly seq: number;
  readonly at: Date;
  readonly calendar: BusinessCalendar;
  readonly departure: string;
}

function opened(state: string, { history, seq, at, calendar, departure }: Entering): Open | null {
  const model = permitModel[state];
  if (!model) return null;
  const assigneeId = model.assignee === 'leader' ? history.leaderId : history.officerId;
  const due = dueOf(model.deadline, { from: at, calendar, departure });
  const { instanceId } = history;
  return {
    ...{ instanceId, deadline: model.deadline, armedSeq: seq, armedAt: at, assigneeId, due, knownDue: due, departure },
    dueSetAt: at,
    firedAt: null,
    steps: stepsOf({ from: at, due, assigneeId, calendar, setAt: at }).filter((step) => step.at > at),
    movedAt: [],
  };
}

/**
 * The same work is due on another date: what was due and unsaid, because nobody was at work, is still said, and of what lies behind it
 * by the new date the last.
 */
function movedFrom(before: Open, entered: Open, times: Times): Open {
  const { armedAt: at, armedSeq, due, assigneeId } = entered;
  const owed = new Set(before.steps.filter((step) => step.at <= at && !wasSaid(step, at, times)).map(({ key }) => key));
  const all = stepsOf({ from: at, due, assigneeId, calendar: times.calendarAt(at), setAt: at });
  all.sort((one, other) => one.at.getTime() - other.at.getTime());
  const firstOwed = all.findIndex(({ key }) => owed.has(key));
  const steps = all.flatMap((step, index): ExpectedStep[] => {
    if (step.at > at) return [step];
    return firstOwed >= 0 && index >= firstOwed ? [{ ...step, owedSince: before.armedSeq }] : [];
  });
  const { told, knownDue } = toldUntil(before, at, times);
  // Set anew to the same date, which has passed: what tells of the move to it still waits for the office to open.
  const isSame = due.getTime() === before.due.getTime();
  const untold = isSame ? before.movedAt.filter((moved) => !told.includes(moved)) : [at];
  return { ...entered, armedSeq, knownDue, steps, movedAt: due.getTime() === knownDue.getTime() ? [] : untold };
}

/** The moves whoever holds the task had heard of by then, and the due date they knew. */
function toldUntil(open: Open, at: Date, times: Times): { told: readonly Date[]; knownDue: Date } {
  const told = open.movedAt.filter((moved) => hasWorked({ from: [moved], until: at }, times));
  return { told, knownDue: told.length === open.movedAt.length ? open.due : open.knownDue };
}

/** All workers had done everything due at some working moment of the span. */
function hasWorked({ from, until }: { from: readonly Date[]; until: Date }, { settled, calendarAt }: Times): boolean {
  return settled.some(
    (one) => from.every((start) => one >= start) && one <= until && calendarAt(one).isWorkingTime(one),
  );
}

function wasSaid(step: ExpectedStep, at: Date, times: Times): boolean {
  return hasWorked({ from: [step.at, step.setAt], until: at }, times);
}

/**
 * The calendar changed: the same period from the same start. What has been said is not said again; what was due and is unsaid, because
 * nobody was at work, is still said.
 */
function recomputed(open: Open, at: Date, times: Times): Open {
  if (open.firedAt !== null) return open;
  const calendar = times.calendarAt(at);
  const due = dueOf(open.deadline, { from: open.armedAt, calendar, departure: open.departure });
  const said = open.steps.filter((step) => wasSaid(step, at, times));
  const owed = open.steps.filter((step) => step.at <= at && !said.includes(step));
  const [saidKeys, owedKeys] = [said, owed].map((steps) => new Set(steps.map(({ key }) => key)));
  const all = stepsOf({ from: open.armedAt, due, assigneeId: open.assigneeId, calendar, setAt: at });
  const counted = all.filter(
    ({ key, at: on }) => on > open.armedAt && !saidKeys!.has(key) && (owedKeys!.has(key) || on > at),
  );
  const countedKeys = new Set(counted.map(({ key }) => key));
  const steps = [...said, ...owed.filter(({ key }) => !countedKeys.has(key)), ...counted];
  if (due.getTime() === open.due.getTime()) return { ...open, steps };
  const { told, knownDue } = toldUntil(open, at, times);
  const movedAt = due.getTime() === knownDue.getTime() ? told : [...told, at];
  return { ...open, due, dueSetAt: at, knownDue, movedAt, steps };
}

interface Term {
  readonly from: Date;
  readonly due: Date;
  readonly assigneeId: string;
  readonly calendar: BusinessCalendar;
  readonly setAt: Date;
}

/** Also those whose moment lies before `from`. */
function stepsOf(term: Term): ExpectedStep[] {
  const { due, assigneeId, setAt } = term;
  const today = ladder.filter((step) => step.at.kind === 'due').map((step) => instantOf(step, term));
  return ladder.flatMap((step) => {
    const at = instantOf(step, term);
    // On the day on which "today" is said, "near" is not said any more.
    const comesAfterAll = step.at.kind === 'fraction' && (at > due || today.some((said) => at >= said));
    if (comesAfterAll) return [];
    const people = step.to.map((to) =>
      to === 'assignee' ? assigneeId : 'personId' in to ? to.personId : to.organisationId,
    );
    return [{ key: step.key, at, people, setAt }];
  });
}

function dueOf(
  name: string,
  { from, calendar, departure }: { from: Date; calendar: BusinessCalendar; departure: string },
): Date {
  const { workingDays, beforeDeparture } = Object.values(permitModel).find(({ deadline }) => deadline === name)!;
  const rule = { amount: workingDays, unit: 'workingDay', source: null } as const;
  return beforeDeparture
    ? calendar.due({ rule: { ...rule, direction: 'before' }, from: departure }).dueAt
    : calendar.due({ rule: { ...rule, direction: 'after' }, from }).dueAt;
}

/** Left and entered again with the same due date to come: the work and its reminders go on. */
function isSameDue(before: Open, entered: Open, at: Date): boolean {
  return before.due > at && before.due.getTime() === entered.due.getTime();
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
