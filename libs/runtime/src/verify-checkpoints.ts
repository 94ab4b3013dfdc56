import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type AuditRow, auditRecordHash } from './audit-records.js';
import { type Checkpoint, isSigned } from './checkpoint.js';
import { copiedNumbers, isCopyOf } from './checkpoint-folder.js';
import { checkpointsAfter, leavesOf } from './checkpoint-rows.js';
import { genesisHash } from './event-hash.js';
import { type Leaf, merkleRoot } from './merkle.js';
import { type RefusalRow, refusalHash } from './refusal-hash.js';

export type CheckpointFaultKind =
  | 'missing' // its number is not there, though a later one or a copy is
  | 'signature' // changed after it was signed, or signed by another key than it names
  | 'key' // signed by a key that is not among those given
  | 'link' // does not follow the one before it
  | 'root' // its leaves are not what was signed
  | 'sealed' // an event, record or refusal is no longer what was sealed, or is gone
  | 'copy'; // the copy outside says something else

export interface CheckpointFault {
  readonly number: number;
  readonly kind: CheckpointFaultKind;
  /** The instance, record or refusal; null when it is the checkpoint itself. */
  readonly subjectId: string | null;
}

export interface CheckpointReport {
  readonly checkpoints: number;
  readonly leaves: number;
  /** Keys the checkpoints are signed with. Compare with what was written down when the keys were made. */
  readonly keyIds: readonly string[];
  /** Copies found outside; null when no folder was asked for. */
  readonly copies: number | null;
  readonly faults: readonly CheckpointFault[];
}

/** Of each sealed thing what it is now: its hash, made anew where it has none of its own. */
const selectSealed: Record<Leaf['kind'], PreparedStatement> = {
  chain: {
    name: 'runtime_sealed_events',
    text: `select e.instance_id as "subjectId", e.seq, e.hash from events e
      join unnest($1::uuid[], $2::integer[]) as sealed (instance_id, seq) on sealed.instance_id = e.instance_id and sealed.seq = e.seq`,
  },
  record: {
    name: 'runtime_sealed_records',
    text: `select id, province_id as "provinceId", kind, action, subject_id as "subjectId", instance_id as "instanceId",
        principal_id as "principalId", on_behalf_of_id as "onBehalfOfId", request_id as "requestId", at, details
      from audit_records where id = any($1::uuid[]) and checkpoint_number = $2`,
  },
  refusal: {
    name: 'runtime_sealed_refusals',
    text: `select id, instance_id as "instanceId", event_type as "eventType", rules, principal_id as "principalId",
        request_id as "requestId", at from refusals where id = any($1::uuid[]) and checkpoint_number = $2`,
  },
};

/**
 * Reads every checkpoint, compares it with what it sealed, and with its copy in `directory` when one is given. Finds what a rewritten
 * chain of hashes hides: somebody who can change the database cannot sign. `keyIds`: the only keys to accept.
 */
export async function verifyCheckpoints(
  tx: Tx,
  given: { directory?: string; keyIds?: readonly string[] } = {},
): Promise<CheckpointReport> {
  const { directory } = given;
  const copies = directory === undefined ? null : new Set(await copiedNumbers(directory));
  const faults: CheckpointFault[] = [];
  const keyIds = new Set<string>();
  let leafCount = 0;
  let number = 0;
  let previousHash = genesisHash;
  for (let batch = await checkpointsAfter(tx, 0); batch.length > 0; batch = await checkpointsAfter(tx, number)) {
    for (const checkpoint of batch) {
      const leaves = await leavesOf(tx, checkpoint.number);
      const say = (kind: CheckpointFaultKind, subjectId: string | null = null): void => {
        faults.push({ number: checkpoint.number, kind, subjectId });
      };
      for (let absent = number + 1; absent < checkpoint.number; absent += 1)
        faults.push({ number: absent, kind: 'missing', subjectId: null });
      if (!checkpoint.previousHash.equals(previousHash)) say('link');
      checkAlone(checkpoint, leaves, { keyIds: given.keyIds, say });
      for (const subjectId of await changedSince(tx, checkpoint.number, leaves)) say('sealed', subjectId);
      if (directory !== undefined && copies?.has(checkpoint.number) && !(await isCopyOf(directory, checkpoint, leaves)))
        say('copy');
      keyIds.add(checkpoint.keyId);
      leafCount += leaves.length;
      number = checkpoint.number;
      previousHash = checkpoint.hash;
    }
  }
  // A copy without its row: the end of the checkpoints was cut off.
  for (const copy of [...(copies ?? [])].filter((each) => each > number).sort((one, other) => one - other))
    faults.push({ number: copy, kind: 'missing', subjectId: null });
  return { checkpoints: number, leaves: leafCount, keyIds: [...keyIds], copies: copies?.size ?? null, faults };
}

function checkAlone(
  checkpoint: Checkpoint,
  leaves: readonly Leaf[],
  given: { keyIds: readonly string[] | undefined; say: (kind: CheckpointFaultKind) => void },
): void {
  if (!isSigned(checkpoint)) given.say('signature');
  if (given.keyIds !== undefined && !given.keyIds.includes(checkpoint.keyId)) given.say('key');
  const isWhole = leaves.length === checkpoint.leafCount && leaves.length > 0;
  if (!isWhole || !merkleRoot(leaves).equals(checkpoint.root)) given.say('root');
}

async function changedSince(tx: Tx, number: number, leaves: readonly Leaf[]): Promise<string[]> {
  const now = new Map<string, Buffer>();
  const of = (kind: Leaf['kind']) => leaves.filter((leaf) => leaf.kind === kind);
  const heads = of('chain');
  const events = await runPrepared<{ subjectId: string; hash: Buffer }>(tx, selectSealed.chain, [
    heads.map((leaf) => leaf.subjectId),
    heads.map((leaf) => leaf.seq),
  ]);
  for (const event of events) now.set(event.subjectId, event.hash);
  const ids = (kind: Leaf['kind']) => of(kind).map((leaf) => leaf.subjectId);
  for (const row of await runPrepared<AuditRow>(tx, selectSealed.record, [ids('record'), number]))
    now.set(row.id, auditRecordHash(row));
  for (const row of await runPrepared<RefusalRow>(tx, selectSealed.refusal, [ids('refusal'), number]))
    now.set(row.id, refusalHash(row));
  return leaves.filter((leaf) => now.get(leaf.subjectId)?.equals(leaf.hash) !== true).map((leaf) => leaf.subjectId);
}
