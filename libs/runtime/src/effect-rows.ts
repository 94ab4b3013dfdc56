import { randomUUID } from 'node:crypto';
import type { Text } from '#contracts/text.js';
import type { BusinessCalendar } from '#libs/calendar';
import { type Assignee, type Effect, isTaskOf } from '#libs/engine';
import { type MoveNotice, type OwedSteps, withNotice } from './ladder.js';
import { type TimerRows, timerRows } from './timer-rows.js';
import type { OpenTask } from './types.js';

/** Rows as the write statement takes them: names are those of the columns. */
export interface TaskRow {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly role: string | null;
  readonly organisation_id: string | null;
  readonly person_id: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  timer_id: string | null;
  due_at: Date | null;
  due_explanation: Text | null;
}

/** `outcome` set: the task closes. `redue`: its deadline changes to `timer_id`, null meaning that no deadline runs. */
export interface TaskChangeRow {
  readonly id: string;
  readonly outcome: string | null;
  readonly redue: boolean;
  readonly timer_id: string | null;
  readonly due_at: Date | null;
  readonly due_explanation: Text | null;
}

export interface MessageRow {
  readonly id: string;
  readonly task_key: string | null;
  readonly template: string;
  readonly recipient: Assignee;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EffectRows {
  readonly taskChanges: readonly TaskChangeRow[];
  readonly tasks: readonly TaskRow[];
  readonly timers: readonly TimerRows[number][];
  readonly cancelledSendIds: readonly string[];
  /** Those of them that were set to another date, and did not end. */
  readonly movedSendIds: readonly string[];
  readonly messages: readonly MessageRow[];
}

interface EffectInput {
  readonly effects: readonly Effect[];
  readonly openTasks: readonly OpenTask[];
  readonly status: 'active' | 'done';
  readonly calendar: BusinessCalendar;
  readonly now: Date;
  /** The deadline whose firing is being decided: its task stays due (and overdue) even when the machine leaves the state. */
  readonly firedTimerId?: string | null;
  /** By send id, for deadlines that are set to another date. */
  readonly owedSteps?: ReadonlyMap<string, OwedSteps>;
}

interface Draft {
  readonly opened: Map<string, TaskRow>;
  /** Task id → outcome. */
  readonly closed: Map<string, string>;
  /** Ids of tasks that were closed and asked for again in the same decision: the work goes on as if nothing had happened. */
  readonly kept: Set<string>;
  /** Send id → deadline and its ladder. */
  readonly armed: Map<string, TimerRows>;
  readonly cancelled: Set<string>;
  readonly messages: MessageRow[];
}

/**
 * Turns the effects of one decision into rows. Effects cancel out in order: a task opened and closed, or a timer armed and
 * cancelled, on the way through a state leave nothing. The end of the case closes what is still open.
 */
export function effectRows(input: EffectInput): EffectRows {
  const draft: Draft = {
    opened: new Map(),
    closed: new Map(),
    kept: new Set(),
    armed: new Map(),
    cancelled: new Set(),
    messages: [],
  };
  for (const effect of input.effects) addEffect(draft, effect, input);
  if (input.status === 'done') endEverything(draft, input.openTasks);
  keepTimers(draft, input);
  const changes = taskChanges(draft, input);
  const moves = changes.flatMap((change) => tellOfMove(draft, change, input));
  return {
    taskChanges: changes,
    tasks: [...draft.opened.values()],
    timers: [...draft.armed.values()].flat(),
    cancelledSendIds: [...draft.cancelled],
    movedSendIds: movedTimers(input.effects).flatMap(({ sendId }) => (draft.armed.has(sendId) ? [sendId] : [])),
    messages: [...draft.messages, ...[...draft.opened.values()].map(taskOpenedMessage), ...moves],
  };
}

function addEffect(draft: Draft, effect: Effect, input: EffectInput): void {
  switch (effect.type) {
    case 'openTask': {
      const again = input.openTasks.find((task) => draft.closed.has(task.id) && isSameWork(task, effect));
      if (again) {
        draft.closed.delete(again.id);
        draft.kept.add(again.id);
      } else draft.opened.set(effect.key, taskRow(effect));
      break;
    }
    case 'closeTask': {
      if (draft.opened.delete(effect.key)) break;
      const task = input.openTasks.find((candidate) => candidate.key === effect.key);
      if (task && !draft.closed.has(task.id)) draft.closed.set(task.id, effect.outcome);
      if (task) draft.kept.delete(task.id);
      break;
    }
    case 'armTimer':
      // At most one open row for a send id, whatever the machine does.
      draft.cancelled.add(effect.sendId);
      draft.armed.set(effect.sendId, timerRows(effect, { ...input, owed: input.owedSteps?.get(effect.sendId)?.keys }));
      break;
    case 'cancelTimer':
      draft.armed.delete(effect.sendId);
      draft.cancelled.add(effect.sendId);
      break;
    case 'notify':
      for (const recipient of effect.to) {
        const data = effect.data ?? {};
        draft.messages.push({ id: randomUUID(), task_key: null, template: effect.template, recipient, data });
      }
      break;
  }
}

type ArmTimer = Extract<Effect, { type: 'armTimer' }>;

/** Deadlines that one decision ends and sets again: the same thing is due at another time. */
export function movedTimers(effects: readonly Effect[]): ArmTimer[] {
  const ended = new Set<string>();
  return effects.flatMap((effect) => {
    if (effect.type === 'cancelTimer') ended.add(effect.sendId);
    return effect.type === 'armTimer' && ended.has(effect.sendId) ? [effect] : [];
  });
}

function isSameWork(task: OpenTask, { key, kind, assignee }: Extract<Effect, { type: 'openTask' }>): boolean {
  return task.key === key && task.kind === kind && assigneeKey(task.assignee) === assigneeKey(assignee);
}

function assigneeKey(assignee: Assignee): string {
  return 'personId' in assignee ? assignee.personId : `${assignee.role}@${assignee.organisationId}`;
}

/**
 * A deadline that comes out at the same instant, for the same work, runs on: what its ladder has said is not said again. One that has
 * passed is set anew, so that it passes again: the machine forgot it when it left the state.
 */
function keepTimers(draft: Draft, { openTasks, now }: EffectInput): void {
  for (const [sendId, [deadline]] of [...draft.armed]) {
    if (deadline.due_at <= now) continue;
    const tasks = openTasks.filter((task) => task.timerSendId === sendId);
    const goesOn = (task: OpenTask) => draft.kept.has(task.id) && task.dueAt?.getTime() === deadline.due_at.getTime();
    if (tasks.length === 0 || !tasks.every(goesOn)) continue;
    draft.armed.delete(sendId);
    draft.cancelled.delete(sendId);
    // Work of the same family that is only opened now shares the deadline that runs on.
    const due = { timer_id: tasks[0]!.timerId, due_at: deadline.due_at, due_explanation: deadline.explanation };
    for (const opened of draft.opened.values()) if (isTaskOf(deadline.task_key, opened.key)) Object.assign(opened, due);
  }
}

function endEverything(draft: Draft, openTasks: readonly OpenTask[]): void {
  draft.opened.clear();
  draft.kept.clear();
  draft.armed.clear();
  for (const task of openTasks) if (!draft.closed.has(task.id)) draft.closed.set(task.id, 'ended');
}

/** Also sets the due date of the tasks opened in this decision. */
function taskChanges(draft: Draft, input: EffectInput): TaskChangeRow[] {
  const changes = new Map<string, TaskChangeRow>();
  for (const task of input.openTasks) {
    const outcome = draft.closed.get(task.id);
    if (outcome !== undefined) changes.set(task.id, { ...noDeadline, id: task.id, outcome, redue: false });
    else if (task.timerSendId && draft.cancelled.has(task.timerSendId) && task.timerId !== input.firedTimerId)
      changes.set(task.id, { ...noDeadline, id: task.id, outcome: null, redue: true });
  }
  for (const [deadline] of draft.armed.values()) {
    const due = { timer_id: deadline.id, due_at: deadline.due_at, due_explanation: deadline.explanation };
    for (const opened of draft.opened.values()) if (isTaskOf(deadline.task_key, opened.key)) Object.assign(opened, due);
    for (const task of input.openTasks) {
      if (!isTaskOf(deadline.task_key, task.key) || draft.closed.has(task.id) || draft.opened.has(task.key)) continue;
      changes.set(task.id, { id: task.id, outcome: null, redue: true, ...due });
    }
  }
  return [...changes.values()];
}

const noDeadline = { timer_id: null, due_at: null, due_explanation: null };

function taskRow(effect: Extract<Effect, { type: 'openTask' }>): TaskRow {
  const { assignee } = effect;
  const person = 'personId' in assignee;
  return {
    id: randomUUID(),
    key: effect.key,
    kind: effect.kind,
    role: person ? null : assignee.role,
    organisation_id: person ? null : assignee.organisationId,
    person_id: person ? assignee.personId : null,
    data: effect.data ?? {},
    ...noDeadline,
  };
}

/**
 * Whoever holds work that stays open is told when it is due at another time than they know, and only then: by the reminder that goes to
 * them as soon, or else by a message.
 */
function tellOfMove(
  draft: Draft,
  change: TaskChangeRow,
  { openTasks, owedSteps, calendar, now }: EffectInput,
): MessageRow[] {
  const task = openTasks.find(({ id }) => id === change.id);
  const armed = [...draft.armed].find(([, [{ id }]]) => id === change.timer_id);
  const [sendId, rows] = armed ?? [];
  const untold = sendId === undefined ? null : owedSteps?.get(sendId)?.untold;
  const [was, is] = [untold?.wasDueAt ?? task?.dueAt?.toISOString(), change.due_at?.toISOString()];
  if (!task || !was || !is || was === is) return [];
  const notice: MoveNotice = { wasDueAt: was, because: 'decision' };
  const [deadline, ladder] = rows ?? [];
  const steps = ladder?.steps && withNotice(ladder.steps, { notice, earliest: calendar.nextWorkingInstant(now) });
  if (sendId !== undefined && deadline && steps) {
    draft.armed.set(sendId, [deadline, { ...ladder, steps }]);
    return [];
  }
  const data = { deadline: deadline?.name ?? task.kind, dueAt: is, ...notice };
  return [{ id: randomUUID(), task_key: task.key, template: 'deadlineMoved', recipient: task.assignee, data }];
}

function taskOpenedMessage(task: TaskRow): MessageRow {
  const recipient: Assignee =
    task.person_id !== null
      ? { personId: task.person_id }
      : { role: task.role!, organisationId: task.organisation_id! };
  const data = { taskId: task.id, kind: task.kind, dueAt: task.due_at?.toISOString() ?? null };
  return { id: randomUUID(), task_key: task.key, template: 'taskOpened', recipient, data };
}
