import type { Text } from '#contracts/text.js';
import { type Assignee, isTaskOf, type ReminderStep } from '#libs/engine';

/** A reminder of one deadline with the instant the calendar gave it (ISO 8601, UTC); stored in `timers.steps`. */
export interface LadderStep extends ReminderStep {
  readonly dueAt: string;
  /** The due date moved, and this step tells whoever holds the task: they read one mail about their deadline, not two. */
  readonly moved?: MoveNotice;
}

/** That a due date moved: since when it was what the holder knows, and why. */
export interface MoveNotice {
  readonly wasDueAt: string;
  readonly because: 'calendar' | 'decision';
}

/** What a ladder that is replaced by that of the new date still had to say. */
export interface OwedSteps {
  /** Reminders that were due and unsaid, because nobody was at work. */
  readonly keys: ReadonlySet<string>;
  /** An earlier move that waits to be told along with one of them. */
  readonly untold: MoveNotice | null;
}

/**
 * The ladder with the notice on the step that reaches the holder as soon as a mail of its own could (`earliest`: the next working
 * moment). Null: none does, so the holder is written to.
 */
export function withNotice(
  steps: readonly LadderStep[],
  { notice, earliest }: { readonly notice: MoveNotice; readonly earliest: Date },
): LadderStep[] | null {
  const index = steps.findIndex(({ dueAt, to }) => Date.parse(dueAt) <= earliest.getTime() && to.includes('assignee'));
  return index < 0 ? null : steps.with(index, { ...steps[index]!, moved: notice });
}

/** The move nobody was told of yet, of a ladder whose next step is `key`; null: there is none. */
export function untoldMove(steps: readonly LadderStep[], key: string): MoveNotice | null {
  return steps.slice(steps.findIndex((step) => step.key === key)).find(({ moved }) => moved)?.moved ?? null;
}

/** A ladder as its row has it: `reminder_key` is the step that comes next. */
export interface Ladder {
  readonly name: string;
  readonly reminder_key: string;
  readonly task_key: string | null;
  readonly steps: readonly LadderStep[];
  readonly deadline_due_at: Date | null;
}

/** What firing a ladder does: one message a recipient, and the step that comes next; null when it was the last. */
export interface LadderFiring {
  readonly messages: readonly LadderMessage[];
  /** Nothing of this ladder has been said before. */
  readonly isFirst: boolean;
  readonly next: LadderStep | null;
}

interface LadderMessage {
  readonly recipient: Assignee;
  readonly task_key: string | null;
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Of several steps that have passed, as after an outage, only the last is sent, to everybody any of them was for: "near" must not
 * be read after "late". 'assignee' is whoever holds the task now, not when the deadline was set; a closed task reminds nobody.
 */
export function fireLadder(
  ladder: Ladder,
  openTasks: readonly { readonly key: string; readonly assignee: Assignee }[],
  now: Date,
): LadderFiring {
  const from = ladder.steps.findIndex((step) => step.key === ladder.reminder_key);
  const [current, ...later] = ladder.steps.slice(from);
  if (!current || from < 0) throw new Error(`The ladder of ${ladder.name} has no step ${ladder.reminder_key}.`);
  const passed = [current, ...later.filter((step) => Date.parse(step.dueAt) <= now.getTime())];
  const sent = passed.at(-1)!;
  const tasks = openTasks.filter((task) => isTaskOf(ladder.task_key, task.key));
  const missed = passed.slice(0, -1).map((step) => step.key);
  const data = {
    deadline: ladder.name,
    reminderKey: sent.key,
    dueAt: ladder.deadline_due_at?.toISOString() ?? null,
    ...(missed.length > 0 && { missed }),
  };
  const said = { template: sent.template, data };
  const moved = untoldMove(passed, current.key);
  const saidToHolder = moved
    ? { template: 'deadlineMoved', data: { ...data, ...moved, reminder: sent.template } }
    : said;
  const messages = recipientsOf(passed).flatMap((recipient) =>
    recipient === 'assignee'
      ? tasks.map((task) => ({ recipient: task.assignee, task_key: task.key, ...saidToHolder }))
      : [{ recipient, task_key: tasks[0]?.key ?? ladder.task_key, ...said }],
  );
  return {
    messages,
    isFirst: from === 0,
    next: later[passed.length - 1] ?? null,
  };
}

function recipientsOf(steps: readonly LadderStep[]): ReminderStep['to'] {
  const all = new Map(steps.flatMap((step) => step.to).map((to) => [JSON.stringify(to), to]));
  return [...all.values()];
}

/** Why a step comes when it comes, e.g. "Nhắc khi đã qua 50 % thời hạn; thời hạn: 3 ngày làm việc, …". */
export function explainStep(step: Pick<ReminderStep, 'at'>, deadline: Text): Text {
  const when = describe(step.at);
  return { vi: `${when.vi}; thời hạn: ${deadline.vi}`, en: `${when.en}; deadline: ${deadline.en}` };
}

function describe(at: ReminderStep['at']): Text {
  if (at.kind === 'start') return { vi: 'Nhắc khi bắt đầu tính thời hạn', en: 'Reminder as the term begins' };
  if (at.kind === 'due') return { vi: 'Nhắc trong ngày đến hạn', en: 'Reminder on the due day' };
  if (at.kind === 'fraction') {
    const percent = Math.round(at.of * 100);
    return { vi: `Nhắc khi đã qua ${percent} % thời hạn`, en: `Reminder at ${percent} % of the term` };
  }
  const days = Math.abs(at.offset);
  return at.offset < 0
    ? { vi: `Nhắc trước hạn ${days} ngày làm việc`, en: `Reminder ${days} working days before the deadline` }
    : { vi: `Nhắc quá hạn ${days} ngày làm việc`, en: `Reminder ${days} working days after the deadline` };
}
