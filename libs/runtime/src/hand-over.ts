import { type HandOver, type StoredSnapshot, type WorkflowDefinition, withIdReplaced } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { canonicalJson } from './canonical-json.js';
import type { Deciding } from './decide-and-write.js';
import { eventHash } from './event-hash.js';
import { storedForm } from './stored-form.js';
import type { LockedInstance, OpenTask, Principal } from './types.js';

/** An entry of the log that no machine decides: another organisation takes over. Replaying gives the context to the same function. */
export const handedOverEventType = 'ORGANISATION_SUCCEEDED';

/** What one organisation still has to do in a case. */
export interface HandOverPart {
  readonly tasks: readonly OpenTask[];
  /** The context names it in something still to be done. */
  readonly isNamed: boolean;
}

/** Also for replaying. A machine that cannot be handed over stays as it is. */
export function handedOver(
  definition: Pick<WorkflowDefinition, 'handOver'>,
  snapshot: StoredSnapshot,
  change: HandOver,
): StoredSnapshot {
  if (definition.handOver === undefined) return snapshot;
  return storedForm({ ...snapshot, context: definition.handOver(snapshot.context as never, change) });
}

/** What would move; nothing when the case does not wait for that organisation. Changes nothing. */
export function handOverPart(
  definition: Pick<WorkflowDefinition, 'handOver'>,
  locked: LockedInstance,
  change: HandOver,
): HandOverPart | null {
  if (locked.status !== 'active' || definition.handOver === undefined) return null;
  const tasks = locked.openTasks.filter(
    ({ assignee }) => 'organisationId' in assignee && assignee.organisationId === change.from,
  );
  const after = handedOver(definition, locked.snapshot, change);
  const isNamed = canonicalJson(after) !== canonicalJson(storedForm(locked.snapshot));
  return tasks.length > 0 || isNamed ? { tasks, isNamed } : null;
}

const writeHandOver: PreparedStatement = {
  name: 'runtime_hand_over',
  text: `with written as (
      insert into events (instance_id, seq, type, payload, principal_id, on_behalf_of_id, organisation_version_id, request_id,
        at, prev_hash, hash)
      values ($1, $2, $3, $4::jsonb, $5, null, null, $6, $7, $8, $9)
    ), kept as (
      update tasks t set organisation_id = n.organisation_id, key = n.key, data = n.data
      from json_to_recordset($10::json) as n(id uuid, organisation_id uuid, key text, data jsonb)
      where t.id = n.id and t.instance_id = $1 and t.closed_seq is null
    ), closed as (
      update tasks set closed_at = $7, closed_seq = $2, outcome = $3
      where instance_id = $1 and closed_seq is null and id = any($11::uuid[])
    ), ladders as (
      update timers set steps = replace(steps::text, $12, $13)::jsonb, task_key = replace(task_key, $12, $13)
      where instance_id = $1 and coalesce(fired_at, cancelled_at) is null
        and (steps::text like '%' || $12 || '%' or task_key like '%' || $12)
    ), messages as (
      update outbox_messages set recipient = replace(recipient::text, $12, $13)::jsonb, task_key = replace(task_key, $12, $13)
      where instance_id = $1 and relayed_at is null and recipient::text like '%' || $12 || '%'
    )
    update instances set snapshot = $14::jsonb, shared_digest = $15, version = version + 1, last_seq = $2, last_hash = $9,
      updated_at = $7 where id = $1`,
};

const taskData: PreparedStatement = {
  name: 'runtime_hand_over_tasks',
  text: 'select id, data from tasks where id = any($1::uuid[])',
};

/**
 * Gives what one organisation still has to do in this case to another, as one entry of its log: context, open tasks, reminders to
 * come and messages not yet on their way. Where the successor has the same task already, the other one is closed. Nothing to move:
 * nothing is written. `basis`: the document that orders it.
 */
export async function handOverInstance(
  tx: Tx,
  locked: LockedInstance,
  given: Deciding & { change: HandOver; validFrom: string; basis: string | null; principal: Principal },
): Promise<HandOverPart | null> {
  const { definition, contexts, now, change, validFrom, basis, principal } = given;
  const part = handOverPart(definition, locked, change);
  if (part === null) return null;
  const snapshot = handedOver(definition, locked.snapshot, change);
  const stored = await contexts.split(tx, definition, { snapshot, before: null });
  const { kept, closed } = await movedTasks(tx, { locked, part, change });
  const seq = locked.lastSeq + 1;
  const payload = { ...change, validFrom, basis, tasks: part.tasks.map(({ key }) => key) };
  const requestId = principal.requestId ?? null;
  const { personId } = principal;
  const hash = eventHash(locked.lastHash, {
    ...{ instanceId: locked.id, seq, type: handedOverEventType, payload, requestId, at: now },
    ...{ principalId: personId, onBehalfOfId: null, organisationVersionId: null, privateDigest: null },
  });
  await runPrepared(tx, writeHandOver, [
    ...[locked.id, seq, handedOverEventType, JSON.stringify(payload), personId, requestId, now],
    ...[locked.lastHash, hash, JSON.stringify(kept), closed, change.from, change.to],
    ...[JSON.stringify(stored.snapshot), stored.digest],
  ]);
  return part;
}

/** A task's key may carry the organisation, so that two of one kind can be open; then it may be one the successor has. */
async function movedTasks(
  tx: Tx,
  { locked, part, change }: { locked: LockedInstance; part: HandOverPart; change: HandOver },
): Promise<{ kept: object[]; closed: string[] }> {
  const others = new Set(locked.openTasks.filter((task) => !part.tasks.includes(task)).map(({ key }) => key));
  const rows = await runPrepared<{ id: string; data: unknown }>(tx, taskData, [part.tasks.map(({ id }) => id)]);
  const dataOf = new Map(rows.map(({ id, data }) => [id, data]));
  const kept: object[] = [];
  const closed: string[] = [];
  for (const { id, key } of part.tasks) {
    const newKey = key.replaceAll(change.from, change.to);
    if (others.has(newKey)) closed.push(id);
    else kept.push({ id, organisation_id: change.to, key: newKey, data: withIdReplaced(dataOf.get(id), change) });
  }
  return { kept, closed };
}
