import type { Effect } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { movedTimers } from './effect-rows.js';
import type { LadderStep } from './ladder.js';

const dueLadders: PreparedStatement = {
  name: 'runtime_due_ladders',
  text: `select send_id as "sendId", reminder_key as "reminderKey", steps from timers
    where instance_id = $1 and kind = 'reminder' and send_id = any($2) and due_at <= $3
      and fired_at is null and cancelled_at is null`,
};

interface DueLadder {
  readonly sendId: string;
  readonly reminderKey: string;
  readonly steps: readonly LadderStep[];
}

/**
 * Reminders that were due and unsaid, because nobody was at work, of deadlines which this decision sets to another date: send id → keys.
 * A period that begins anew owes nothing; asked only when a date moves.
 */
export async function owedSteps(
  tx: Tx,
  {
    instanceId,
    effects,
    now,
  }: { readonly instanceId: string; readonly effects: readonly Effect[]; readonly now: Date },
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const moved = movedTimers(effects).flatMap(({ sendId, spec }) => (spec.from === 'now' ? [] : [sendId]));
  if (moved.length === 0) return new Map();
  const ladders = await runPrepared<DueLadder>(tx, dueLadders, [instanceId, moved, now]);
  return new Map(
    ladders.map(({ sendId, reminderKey, steps }) => {
      const unsaid = steps.slice(steps.findIndex(({ key }) => key === reminderKey));
      return [sendId, new Set(unsaid.flatMap(({ key, dueAt }) => (Date.parse(dueAt) <= now.getTime() ? [key] : [])))];
    }),
  );
}
