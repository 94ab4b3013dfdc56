import type { BusinessCalendar } from '#libs/calendar';
import type { Assignee } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx, untilCommit } from '#libs/persistence';
import { fireLadder, type Ladder, type LadderFiring } from './ladder.js';
import type { MailLedgerSettings } from './mail-ledger-types.js';
import { createOrderedIds } from './ordered-id.js';
import { writeMails } from './outbox-relay.js';
import { occasionOfReminder, type StoredMessage, sortOut } from './outbox-take.js';

interface LockedLadder extends Ladder {
  readonly id: string;
  readonly instance_id: string;
  readonly province_id: string;
  readonly case_code: string | null;
  readonly deadline_id: string | null;
}

const columns = `t.id, t.instance_id, i.province_id, i.case_code, t.deadline_id, t.name, t.reminder_key, d.due_at as deadline_due_at, t.task_key, t.steps
  from timers t join instances i on i.id = t.instance_id left join timers d on d.id = t.deadline_id`;

/** The cases of one of several batches that go side by side: none of them has to step over what the others have locked. */
export interface Share {
  /** From 0. */
  readonly index: number;
  readonly of: number;
}

const everything: Share = { index: 0, of: 1 };

/**
 * Instance and timer are locked in one statement that never waits: what a decision holds at this moment is left for the
 * next beat. So a whole batch cannot deadlock with a decision.
 */
const takeReminders: PreparedStatement = {
  name: 'runtime_take_reminders',
  text: `select ${columns}
    where t.kind = 'reminder' and t.due_at <= $1 and t.fired_at is null and t.cancelled_at is null
      and (uuid_hash(t.instance_id) & 2147483647) % $3 = $4
    order by t.due_at, t.id limit $2
    for no key update of i, t skip locked`,
};

const readLadder: PreparedStatement = { name: 'runtime_read_ladder', text: `select ${columns} where t.id = $1` };

/** A statement of its own: it sees what was committed before the locks were taken. */
const readOpenTasks: PreparedStatement = {
  name: 'runtime_open_tasks_of',
  text: `select instance_id, key, role, organisation_id, person_id from tasks
    where instance_id = any($1::uuid[]) and closed_at is null order by opened_seq, key`,
};

/** `moved`: the ladders' next steps, or a later moment for the same step. */
const moveLadders: PreparedStatement = {
  name: 'runtime_move_ladders',
  text: `with ended as (
      update timers set fired_at = $1 where id = any($2::uuid[])
    )
    update timers set due_at = m.due_at, reminder_key = m.reminder_key
    from json_to_recordset($3::json) as m(id uuid, due_at timestamptz, reminder_key text)
    where timers.id = m.id`,
};

const writeMessages: PreparedStatement = {
  name: 'runtime_write_reminders',
  text: `insert into outbox_messages (id, instance_id, timer_id, task_key, template, recipient, data, not_before, created_at)
    select n.id, n.instance_id, n.timer_id, n.task_key, n.template, n.recipient, n.data, $1, $1
    from json_to_recordset($2::json) as n(id uuid, instance_id uuid, timer_id uuid, task_key text, template text,
      recipient jsonb, data jsonb)`,
};

interface OpenTaskRow {
  readonly instance_id: string;
  readonly key: string;
  readonly role: string | null;
  readonly organisation_id: string | null;
  readonly person_id: string | null;
}

interface Firing {
  readonly now: Date;
  readonly calendarFor: (provinceId: string) => BusinessCalendar;
  /** Turns the messages into mails at once, without the way over the open outbox. */
  readonly ledger?: MailLedgerSettings | undefined;
}

/**
 * Fires due reminders in one batch, in the caller's transaction: a reminder changes no state, so it needs no decision.
 * Outside working time of its province a reminder waits for the next opening. Returns how many rows were taken; fewer than
 * `limit` means that nothing more is free.
 */
export async function fireDueReminders(
  tx: Tx,
  { limit, share = everything, ...firing }: Firing & { readonly limit: number; readonly share?: Share | undefined },
): Promise<number> {
  const ladders = await runPrepared<LockedLadder>(tx, takeReminders, [firing.now, limit, share.of, share.index]);
  await fireLadders(tx, ladders, firing);
  return ladders.length;
}

/** One reminder, whose instance the caller has locked and which is due and open. */
export async function fireReminder(tx: Tx, timerId: string, firing: Firing): Promise<'fired' | 'postponed'> {
  const ladders = await runPrepared<LockedLadder>(tx, readLadder, [timerId]);
  return (await fireLadders(tx, ladders, firing)) > 0 ? 'fired' : 'postponed';
}

/** Returns how many went out; the others wait for the opening. */
async function fireLadders(tx: Tx, ladders: readonly LockedLadder[], firing: Firing): Promise<number> {
  if (ladders.length === 0) return 0;
  const { now, calendarFor, ledger } = firing;
  const [open, closed] = splitByWorkingTime(ladders, firing);
  const tasks = await openTasksOf(tx, open);
  const fired = open.map((ladder) => ({
    ladder,
    firing: fireLadder(ladder, tasks.get(ladder.instance_id) ?? [], now),
  }));
  const ended = fired.filter(({ firing }) => firing.next === null).map(({ ladder }) => ladder.id);
  const moved = [
    ...fired.flatMap(({ ladder, firing: { next } }) =>
      next ? [{ id: ladder.id, due_at: next.dueAt, reminder_key: next.key }] : [],
    ),
    ...closed.map(({ id, province_id, reminder_key }) => ({
      id,
      due_at: calendarFor(province_id).nextWorkingInstant(now),
      reminder_key,
    })),
  ];
  const newId = createOrderedIds(now);
  const messages = fired.flatMap(({ ladder, firing }) => messagesOf(ladder, firing, newId));
  if (ledger) await writeMails(tx, sortOut(messages), { ...ledger, areNew: true });
  else if (messages.length > 0) await runPrepared(tx, writeMessages, [now, JSON.stringify(messages)]);
  await untilCommit(tx, () => runPrepared(tx, moveLadders, [now, ended, JSON.stringify(moved)]));
  return open.length;
}

/** As they would be read from the outbox. */
function messagesOf(ladder: LockedLadder, { messages, isFirst }: LadderFiring, newId: () => string): StoredMessage[] {
  const { id: timer_id, instance_id, province_id, case_code } = ladder;
  const deadline_id = isFirst ? null : ladder.deadline_id;
  return messages.map(({ task_key, template, recipient, data }) => {
    const occasion = occasionOfReminder(timer_id, data);
    return {
      id: newId(),
      instance_id,
      province_id,
      case_code,
      timer_id,
      deadline_id,
      task_key,
      occasion,
      decided_by: null,
      template,
      recipient,
      data,
    };
  });
}

function splitByWorkingTime(
  ladders: readonly LockedLadder[],
  { now, calendarFor }: Firing,
): [LockedLadder[], LockedLadder[]] {
  const isOpen = new Map<string, boolean>();
  for (const { province_id } of ladders) {
    if (!isOpen.has(province_id)) isOpen.set(province_id, calendarFor(province_id).isWorkingTime(now));
  }
  const open = ladders.filter((ladder) => isOpen.get(ladder.province_id));
  return [open, ladders.filter((ladder) => !isOpen.get(ladder.province_id))];
}

async function openTasksOf(tx: Tx, ladders: readonly LockedLadder[]) {
  const instanceIds = [...new Set(ladders.map(({ instance_id }) => instance_id))];
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
