import type { Effect } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { movedTimers } from './effect-rows.js';
import { type LadderStep, type OwedSteps, untoldMove } from './ladder.js';

const openLadders: PreparedStatement = {
  name: 'runtime_open_ladders',
  text: `select send_id as "sendId", reminder_key as "reminderKey", steps from timers
    where instance_id = $1 and kind = 'reminder' and send_id = any($2) and fired_at is null and cancelled_at is null`,
};

interface OpenLadder {
  readonly sendId: string;
  readonly reminderKey: string;
  readonly steps: readonly LadderStep[];
}

/**
 * For deadlines which this decision sets to another date: send id → what is owed. A step that waits for the office to open is due by
 * its own instant, not by that of the row. A period that begins anew owes nothing; asked only when a date moves.
 */
export async function owedSteps(
  tx: Tx,
  {
    instanceId,
    effects,
    now,
  }: { readonly instanceId: string; readonly effects: readonly Effect[]; readonly now: Date },
): Promise<ReadonlyMap<string, OwedSteps>> {
  const moved = movedTimers(effects).flatMap(({ sendId, spec }) => (spec.from === 'now' ? [] : [sendId]));
  if (moved.length === 0) return new Map();
  const ladders = await runPrepared<OpenLadder>(tx, openLadders, [instanceId, moved]);
  return new Map(
    ladders.map(({ sendId, reminderKey, steps }) => {
      const unsaid = steps.slice(steps.findIndex(({ key }) => key === reminderKey));
      const keys = unsaid.flatMap(({ key, dueAt }) => (Date.parse(dueAt) <= now.getTime() ? [key] : []));
      return [sendId, { keys: new Set(keys), untold: untoldMove(steps, reminderKey) }];
    }),
  );
}
