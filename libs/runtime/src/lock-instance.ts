import { AppError } from '#contracts/errors.js';
import type { Assignee, StoredSnapshot } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { SharedContexts } from './shared-context.js';
import type { Idempotency, LockedInstance, OpenTask, Principal, StoredAnswer } from './types.js';

interface InstanceRow {
  id: string;
  province_id: string;
  definition_id: string;
  definition_version: number;
  version: number;
  seen_version: number;
  states: string[];
  status: 'active' | 'done';
  snapshot: StoredSnapshot;
  shared_digest: Buffer | null;
  last_seq: number;
  last_hash: Buffer;
  open_tasks: OpenTaskRow[];
  answer: (StoredAnswer & { bodyHash: string }) | null;
}

interface OpenTaskRow {
  id: string;
  key: string;
  kind: string;
  role: string | null;
  organisationId: string | null;
  personId: string | null;
  dueAt: string | null;
  timerId: string | null;
  timerSendId: string | null;
}

const selectInstance = `
select i.id, i.province_id, i.definition_id, i.definition_version, i.version, i.states, i.status, i.snapshot,
  i.shared_digest, i.last_seq, i.last_hash,
  (select s.version from instances s where s.id = $1) as seen_version,
  (select coalesce(json_agg(json_build_object(
      'id', t.id, 'key', t.key, 'kind', t.kind, 'role', t.role, 'organisationId', t.organisation_id,
      'personId', t.person_id, 'dueAt', t.due_at, 'timerId', t.timer_id,
      'timerSendId', (select d.send_id from timers d where d.id = t.timer_id)
    ) order by t.opened_seq, t.key), '[]')
    from tasks t where t.instance_id = $1 and t.closed_seq is null) as open_tasks,
  (select json_build_object('bodyHash', k.body_hash, 'status', k.status, 'body', k.body)
    from idempotency_keys k where k.principal_id = $2 and k.key = $3) as answer
from instances i where i.id = $1`;

const lockStatement: PreparedStatement = {
  name: 'runtime_lock_instance',
  text: `${selectInstance} for update of i`,
};
const readStatement: PreparedStatement = { name: 'runtime_read_instance', text: selectInstance };

interface InstanceKey {
  readonly instanceId: string;
  readonly idempotency?: Idempotency;
  readonly principal?: Principal;
}

/**
 * Locks the instance row and reads what a decision needs, in one round trip when nobody else was deciding. After a wait
 * PostgreSQL gives the newest instance row but reads the other tables as they were when the statement began; the two
 * versions then differ and the statement runs again, now under the lock.
 * AppError NOT_FOUND, IDEMPOTENCY_KEY_REUSED.
 */
export async function lockInstance(tx: Tx, key: InstanceKey, contexts: SharedContexts): Promise<LockedInstance> {
  const values = parameters(key);
  let [row] = await runPrepared<InstanceRow>(tx, lockStatement, values);
  if (row && row.seen_version !== row.version) [row] = await runPrepared<InstanceRow>(tx, lockStatement, values);
  return toInstance(tx, { row, key, contexts });
}

/** The same without a lock, for views. What it says may be old by the time it is used. AppError NOT_FOUND. */
export async function readInstance(tx: Tx, instanceId: string, contexts: SharedContexts): Promise<LockedInstance> {
  const key = { instanceId };
  const [row] = await runPrepared<InstanceRow>(tx, readStatement, parameters(key));
  return toInstance(tx, { row, key, contexts });
}

function parameters(key: InstanceKey): unknown[] {
  if (key.idempotency && !key.principal?.personId)
    throw new Error('An idempotency key needs a person: pass principal.');
  return [key.instanceId, key.idempotency ? key.principal?.personId : null, key.idempotency?.key ?? null];
}

async function toInstance(
  tx: Tx,
  { row, key, contexts }: { row: InstanceRow | undefined; key: InstanceKey; contexts: SharedContexts },
): Promise<LockedInstance> {
  if (!row) throw new AppError('NOT_FOUND', { instanceId: key.instanceId });
  if (row.answer && row.answer.bodyHash !== key.idempotency?.bodyHash) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return {
    id: row.id,
    provinceId: row.province_id,
    definitionId: row.definition_id,
    definitionVersion: row.definition_version,
    version: row.version,
    states: row.states,
    status: row.status,
    snapshot: await contexts.join(tx, { snapshot: row.snapshot, digest: row.shared_digest }),
    sharedDigest: row.shared_digest,
    lastSeq: row.last_seq,
    lastHash: row.last_hash,
    replay: row.answer && { status: row.answer.status, body: row.answer.body },
    openTasks: row.open_tasks.map(toOpenTask),
  };
}

function toOpenTask(row: OpenTaskRow): OpenTask {
  return {
    id: row.id,
    key: row.key,
    kind: row.kind,
    assignee: toAssignee(row),
    dueAt: row.dueAt === null ? null : new Date(row.dueAt),
    timerId: row.timerId,
    timerSendId: row.timerSendId,
  };
}

function toAssignee(row: Pick<OpenTaskRow, 'role' | 'organisationId' | 'personId'>): Assignee {
  if (row.personId !== null) return { personId: row.personId };
  return { role: row.role!, organisationId: row.organisationId! };
}
