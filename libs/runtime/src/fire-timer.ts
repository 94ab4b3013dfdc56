import type { WorkflowEvent } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type Deciding, decideAndWrite } from './decide-and-write.js';
import { fireReminder } from './fire-reminders.js';
import { lockInstance } from './lock-instance.js';
import type { SharedContexts } from './shared-context.js';
import type { FireOutcome, LockedInstance, Principal } from './types.js';
import { ruleNames, writeRefusal } from './write-refusal.js';

interface TimerRow {
  id: string;
  kind: 'deadline' | 'reminder';
  event: WorkflowEvent | null;
  due_at: Date;
  open: boolean;
}

const findInstance: PreparedStatement = {
  name: 'runtime_timer_instance',
  text: 'select instance_id from timers where id = $1 and fired_at is null and cancelled_at is null',
};

const readTimer: PreparedStatement = {
  name: 'runtime_read_timer',
  text: `select id, kind, event, due_at, fired_at is null and cancelled_at is null as open from timers where id = $1`,
};

const endTimer: PreparedStatement = {
  name: 'runtime_end_timer',
  text: 'update timers set fired_at = $2, cancel_reason = $3 where id = $1 and fired_at is null and cancelled_at is null',
};

const system: Principal = { personId: null };

/**
 * Fires one timer if it is still open and due. Two sweepers may call it at once: the instance is locked first, the timer
 * is read again under that lock, and only one finds it open.
 */
export async function fireTimer(
  tx: Tx,
  timerId: string,
  { contexts, decidingFor }: { contexts: SharedContexts; decidingFor: (locked: LockedInstance) => Deciding },
): Promise<FireOutcome> {
  const [found] = await runPrepared<{ instance_id: string }>(tx, findInstance, [timerId]);
  if (!found) return 'alreadyDone';
  const locked = await lockInstance(tx, { instanceId: found.instance_id }, contexts);
  const [timer] = await runPrepared<TimerRow>(tx, readTimer, [timerId]);
  if (!timer?.open) return 'alreadyDone';
  const deciding = decidingFor(locked);
  if (timer.due_at > deciding.now) return 'notDue';
  if (timer.kind === 'deadline') return fireDeadline(tx, { locked, timer, deciding });
  return fireReminder(tx, timer.id, { now: deciding.now, calendarFor: () => deciding.calendar });
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
