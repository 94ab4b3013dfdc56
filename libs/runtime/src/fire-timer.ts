import { randomUUID } from 'node:crypto';
import type { Assignee, WorkflowEvent } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type Deciding, decideAndWrite } from './decide-and-write.js';
import { lockInstance } from './lock-instance.js';
import { reminderData, remindersOf } from './reminder-messages.js';
import type { FireOutcome, LockedInstance, Principal } from './types.js';
import { ruleNames, writeRefusal } from './write-refusal.js';

interface TimerRow {
  id: string;
  kind: 'deadline' | 'reminder';
  name: string;
  reminder_key: string | null;
  deadline_id: string | null;
  deadline_due_at: Date | null;
  task_key: string | null;
  event: WorkflowEvent | null;
  recipients: (Assignee | 'assignee')[] | null;
  template: string | null;
  due_at: Date;
  open: boolean;
}

const findInstance: PreparedStatement = {
  name: 'runtime_timer_instance',
  text: 'select instance_id from timers where id = $1 and fired_at is null and cancelled_at is null',
};

const readTimer: PreparedStatement = {
  name: 'runtime_read_timer',
  text: `select t.id, t.kind, t.name, t.reminder_key, t.deadline_id, d.due_at as deadline_due_at, t.task_key, t.event,
      t.recipients, t.template, t.due_at, t.fired_at is null and t.cancelled_at is null as open
    from timers t left join timers d on d.id = t.deadline_id where t.id = $1`,
};

const endTimer: PreparedStatement = {
  name: 'runtime_end_timer',
  text: 'update timers set fired_at = $2, cancel_reason = $3 where id = $1 and fired_at is null and cancelled_at is null',
};

const postponeTimer: PreparedStatement = {
  name: 'runtime_postpone_timer',
  text: 'update timers set due_at = $2 where id = $1 and fired_at is null and cancelled_at is null',
};

const fireReminder: PreparedStatement = {
  name: 'runtime_fire_reminder',
  text: `with fired as (
      update timers set fired_at = $2 where id = $1 and fired_at is null and cancelled_at is null returning id
    )
    insert into outbox_messages (id, instance_id, timer_id, task_key, template, recipient, data, not_before, created_at)
    select n.id, $3, fired.id, n.task_key, $4, n.recipient, $5::jsonb, $2, $2
    from fired, json_to_recordset($6::json) as n(id uuid, task_key text, recipient jsonb)`,
};

const system: Principal = { personId: null };

/**
 * Fires one timer if it is still open and due. Two sweepers may call it at once: the instance is locked first, the timer
 * is read again under that lock, and only one finds it open.
 */
export async function fireTimer(
  tx: Tx,
  timerId: string,
  decidingFor: (locked: LockedInstance) => Deciding,
): Promise<FireOutcome> {
  const [found] = await runPrepared<{ instance_id: string }>(tx, findInstance, [timerId]);
  if (!found) return 'alreadyDone';
  const locked = await lockInstance(tx, { instanceId: found.instance_id });
  const [timer] = await runPrepared<TimerRow>(tx, readTimer, [timerId]);
  if (!timer?.open) return 'alreadyDone';
  const deciding = decidingFor(locked);
  if (timer.due_at > deciding.now) return 'notDue';
  return timer.kind === 'deadline'
    ? fireDeadline(tx, { locked, timer, deciding })
    : remind(tx, { locked, timer, deciding });
}

interface Firing {
  readonly locked: LockedInstance;
  readonly timer: TimerRow;
  readonly deciding: Deciding;
}

/** A machine that refuses its own deadline must not be asked for ever: the row ends as fired, with the reason. */
async function fireDeadline(tx: Tx, { locked, timer, deciding }: Firing): Promise<FireOutcome> {
  const event = timer.event!;
  const entering = { event, principal: system, firedTimerId: timer.id };
  const outcome = await decideAndWrite(tx, locked, { ...deciding, entering });
  if (outcome.kind === 'applied') return 'fired';
  const reason = `refused: ${ruleNames(outcome).join(', ')}`;
  await runPrepared(tx, endTimer, [timer.id, deciding.now, reason]);
  await writeRefusal(tx, {
    instanceId: locked.id,
    eventType: event.type,
    refused: outcome,
    principal: system,
    at: deciding.now,
  });
  return 'refused';
}

/** Outside working time a reminder waits for the next opening; it changes no state and is not used up by waiting. */
async function remind(tx: Tx, { locked, timer, deciding }: Firing): Promise<FireOutcome> {
  const { calendar, now } = deciding;
  if (!calendar.isWorkingTime(now)) {
    await runPrepared(tx, postponeTimer, [timer.id, calendar.nextWorkingInstant(now)]);
    return 'postponed';
  }
  const messages = remindersOf(timer, locked.openTasks).map((one) => ({ id: randomUUID(), ...one }));
  const values = [timer.id, now, locked.id, timer.template];
  await runPrepared(tx, fireReminder, [...values, JSON.stringify(reminderData(timer)), JSON.stringify(messages)]);
  return 'fired';
}
