import { type Assignee, isTaskOf } from '#libs/engine';

/** What a mail of a reminder is made from, as the row of the timer has it. */
export interface DueReminder {
  readonly name: string;
  readonly reminder_key: string | null;
  readonly deadline_due_at: Date | null;
  readonly task_key: string | null;
  readonly recipients: readonly (Assignee | 'assignee')[] | null;
}

export interface ReminderMessage {
  readonly recipient: Assignee;
  readonly task_key: string | null;
}

/** 'assignee' is whoever holds the task now, not when the deadline was set. A closed task reminds nobody. */
export function remindersOf(
  timer: DueReminder,
  openTasks: readonly { readonly key: string; readonly assignee: Assignee }[],
): ReminderMessage[] {
  const tasks = openTasks.filter((task) => isTaskOf(timer.task_key, task.key));
  return (timer.recipients ?? []).flatMap((recipient) =>
    recipient === 'assignee'
      ? tasks.map((task) => ({ recipient: task.assignee, task_key: task.key }))
      : [{ recipient, task_key: tasks[0]?.key ?? timer.task_key }],
  );
}

export function reminderData(timer: DueReminder): Readonly<Record<string, unknown>> {
  return {
    deadline: timer.name,
    reminderKey: timer.reminder_key,
    dueAt: timer.deadline_due_at?.toISOString() ?? null,
  };
}
