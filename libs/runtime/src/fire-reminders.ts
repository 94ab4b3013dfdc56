import { randomUUID } from 'node:crypto';
import type { BusinessCalendar } from '#libs/calendar';
import type { Assignee } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type DueReminder, reminderData, remindersOf } from './reminder-messages.js';

interface LockedReminder extends DueReminder {
  readonly id: string;
  readonly instance_id: string;
  readonly province_id: string;
  readonly template: string;
}

/**
 * Instance and timer are locked in one statement that never waits: what a decision holds at this moment is left for the
 * next beat. So a whole batch cannot deadlock with a decision.
 */
const takeReminders: PreparedStatement = {
  name: 'runtime_take_reminders',
  text: `select t.id, t.instance_id, i.province_id, t.name, t.reminder_key, d.due_at as deadline_due_at, t.task_key,
      t.recipients, t.template
    from timers t join instances i on i.id = t.instance_id left join timers d on d.id = t.deadline_id
    where t.kind = 'reminder' and t.due_at <= $1 and t.fired_at is null and t.cancelled_at is null
    order by t.due_at, t.id limit $2
    for no key update of i, t skip locked`,
};

/** A statement of its own: it sees what was committed before the locks were taken. */
const readOpenTasks: PreparedStatement = {
  name: 'runtime_open_tasks_of',
  text: `select instance_id, key, role, organisation_id, person_id from tasks
    where instance_id = any($1::uuid[]) and closed_at is null order by opened_seq, key`,
};

const writeReminders: PreparedStatement = {
  name: 'runtime_write_reminders',
  text: `with fired as (
      update timers set fired_at = $1 where id = any($2::uuid[])
    ), postponed as (
      update timers set due_at = p.due_at from json_to_recordset($3::json) as p(id uuid, due_at timestamptz)
      where timers.id = p.id
    )
    insert into outbox_messages (id, instance_id, timer_id, task_key, template, recipient, data, not_before, created_at)
    select n.id, n.instance_id, n.timer_id, n.task_key, n.template, n.recipient, n.data, $1, $1
    from json_to_recordset($4::json) as n(id uuid, instance_id uuid, timer_id uuid, task_key text, template text,
      recipient jsonb, data jsonb)`,
};

interface OpenTaskRow {
  readonly instance_id: string;
  readonly key: string;
  readonly role: string | null;
  readonly organisation_id: string | null;
  readonly person_id: string | null;
}

/**
 * Fires due reminders in one batch, in the caller's transaction: a reminder changes no state, so it needs no decision.
 * Outside working time of its province a reminder waits for the next opening. Returns how many rows were taken; fewer than
 * `limit` means that nothing more is free.
 */
export async function fireDueReminders(
  tx: Tx,
  { now, limit, calendarFor }: { now: Date; limit: number; calendarFor: (provinceId: string) => BusinessCalendar },
): Promise<number> {
  const timers = await runPrepared<LockedReminder>(tx, takeReminders, [now, limit]);
  if (timers.length === 0) return 0;
  const [open, closed] = splitByWorkingTime(timers, { now, calendarFor });
  const tasks = await openTasksOf(tx, open);
  const messages = open.flatMap((timer) =>
    remindersOf(timer, tasks.get(timer.instance_id) ?? []).map((message) => ({
      id: randomUUID(),
      instance_id: timer.instance_id,
      timer_id: timer.id,
      template: timer.template,
      data: reminderData(timer),
      ...message,
    })),
  );
  const postponed = closed.map(({ id, province_id }) => ({
    id,
    due_at: calendarFor(province_id).nextWorkingInstant(now),
  }));
  const values = [now, open.map(({ id }) => id), JSON.stringify(postponed), JSON.stringify(messages)];
  await runPrepared(tx, writeReminders, values);
  return timers.length;
}

function splitByWorkingTime(
  timers: readonly LockedReminder[],
  { now, calendarFor }: { now: Date; calendarFor: (provinceId: string) => BusinessCalendar },
): [LockedReminder[], LockedReminder[]] {
  const isOpen = new Map<string, boolean>();
  for (const { province_id } of timers) {
    if (!isOpen.has(province_id)) isOpen.set(province_id, calendarFor(province_id).isWorkingTime(now));
  }
  const open = timers.filter((timer) => isOpen.get(timer.province_id));
  return [open, timers.filter((timer) => !isOpen.get(timer.province_id))];
}

async function openTasksOf(tx: Tx, timers: readonly LockedReminder[]) {
  const instanceIds = [...new Set(timers.map(({ instance_id }) => instance_id))];
  const rows = instanceIds.length > 0 ? await runPrepared<OpenTaskRow>(tx, readOpenTasks, [instanceIds]) : [];
  const tasks = new Map<string, { key: string; assignee: Assignee }[]>();
  for (const row of rows) {
    const assignee: Assignee =
      row.person_id !== null
        ? { personId: row.person_id }
        : { role: row.role ?? '', organisationId: row.organisation_id ?? '' };
    const known = tasks.get(row.instance_id);
    if (known) known.push({ key: row.key, assignee });
    else tasks.set(row.instance_id, [{ key: row.key, assignee }]);
  }
  return tasks;
}
