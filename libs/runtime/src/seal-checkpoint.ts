import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type CheckpointBody, checkpointHash, checkpointText, type Signer } from './checkpoint.js';
import { lastCheckpoint } from './checkpoint-rows.js';
import { genesisHash } from './event-hash.js';
import { type Leaf, merkleRoot } from './merkle.js';
import { type RefusalRow, refusalHash } from './refusal-hash.js';

/** `leaves`: how many things were sealed, 0 when nothing was new. `more`: call again. */
export interface Sealed {
  readonly number: number | null;
  readonly leaves: number;
  readonly more: boolean;
}

const limitOfKind = 20_000;
/** Longer than a decision can take, and more than the clocks of two machines may differ. */
const marginMs = 10 * 60_000;
const nothing: Sealed = { number: null, leaves: 0, more: false };

const takeTurn: PreparedStatement = {
  name: 'runtime_checkpoint_turn',
  text: 'select pg_try_advisory_xact_lock(763700016) as mine',
};

/** The present head of each chain that grew since it was last sealed. */
const selectHeads: PreparedStatement = {
  name: 'runtime_checkpoint_heads',
  text: `with fresh as (select instance_id, max(seq) as seq from events where at >= $1::timestamptz group by instance_id)
    select 'chain' as kind, f.instance_id as "subjectId", f.seq, e.hash
    from fresh f join events e on e.instance_id = f.instance_id and e.seq = f.seq
    where f.seq > coalesce((select max(l.seq) from audit_checkpoint_leaves l where l.subject_id = f.instance_id), 0)
    order by f.instance_id limit ${limitOfKind}`,
};

const sealRecords: PreparedStatement = {
  name: 'runtime_seal_records',
  text: `update audit_records set checkpoint_number = $1
    where id in (select id from audit_records where checkpoint_number is null order by at limit ${limitOfKind})
    returning 'record' as kind, id as "subjectId", 0 as seq, hash`,
};

const sealRefusals: PreparedStatement = {
  name: 'runtime_seal_refusals',
  text: `update refusals set checkpoint_number = $1
    where id in (select id from refusals where checkpoint_number is null order by at limit ${limitOfKind})
    returning id, instance_id as "instanceId", event_type as "eventType", rules, principal_id as "principalId",
      request_id as "requestId", at`,
};

const insertCheckpoint: PreparedStatement = {
  name: 'runtime_insert_checkpoint',
  text: `insert into audit_checkpoints
      (number, at, horizon, leaf_count, root, previous_hash, hash, key_id, public_key, signature)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
};

const insertLeaves: PreparedStatement = {
  name: 'runtime_insert_checkpoint_leaves',
  text: `insert into audit_checkpoint_leaves (checkpoint_number, position, kind, subject_id, seq, hash)
    select $1, ordinality - 1, kind, subject_id, seq, hash
    from unnest($2::text[], $3::uuid[], $4::integer[], $5::bytea[]) with ordinality as leaf (kind, subject_id, seq, hash)`,
};

/**
 * Signs one checkpoint over the heads of all chains that grew, and over every audit record and refusal not sealed yet. Of several
 * workers one does it; the others find nothing. What a transaction still open will write is taken by the next.
 */
export async function sealCheckpoint(tx: Tx, given: { at: Date; signer: Signer }): Promise<Sealed> {
  const [turn] = await runPrepared<{ mine: boolean }>(tx, takeTurn, []);
  if (turn?.mine !== true) return nothing;
  const last = await lastCheckpoint(tx);
  const number = (last?.number ?? 0) + 1;
  const since = last?.horizon ? new Date(last.horizon.getTime() - marginMs) : '-infinity';
  const heads = await runPrepared<Leaf>(tx, selectHeads, [since]);
  const records = await runPrepared<Leaf>(tx, sealRecords, [number]);
  const refusals = await runPrepared<RefusalRow>(tx, sealRefusals, [number]);
  const leaves = [...heads, ...inOrder(records), ...inOrder(refusals.map(refusalLeaf))];
  if (leaves.length === 0) return nothing;
  // While heads are left over, the next round has to look at the same span again.
  const horizon = heads.length === limitOfKind ? (last?.horizon ?? null) : given.at;
  const body = {
    number,
    at: given.at,
    leafCount: leaves.length,
    root: merkleRoot(leaves),
    previousHash: last?.hash ?? genesisHash,
    keyId: given.signer.keyId,
  };
  await write(tx, { body, horizon, leaves, signer: given.signer });
  return {
    number,
    leaves: leaves.length,
    more: [heads, records, refusals].some((part) => part.length === limitOfKind),
  };
}

function refusalLeaf(row: RefusalRow): Leaf {
  return { kind: 'refusal', subjectId: row.id, seq: 0, hash: refusalHash(row) };
}

function inOrder(leaves: readonly Leaf[]): Leaf[] {
  return [...leaves].sort((one, other) => (one.subjectId < other.subjectId ? -1 : 1));
}

async function write(
  tx: Tx,
  given: { body: CheckpointBody; horizon: Date | null; leaves: readonly Leaf[]; signer: Signer },
): Promise<void> {
  const { body, leaves, signer } = given;
  await runPrepared(tx, insertCheckpoint, [
    body.number,
    body.at,
    given.horizon,
    body.leafCount,
    body.root,
    body.previousHash,
    checkpointHash(body),
    body.keyId,
    signer.publicKey,
    signer.sign(Buffer.from(checkpointText(body))),
  ]);
  await runPrepared(tx, insertLeaves, [
    body.number,
    leaves.map((leaf) => leaf.kind),
    leaves.map((leaf) => leaf.subjectId),
    leaves.map((leaf) => leaf.seq),
    leaves.map((leaf) => leaf.hash),
  ]);
}
