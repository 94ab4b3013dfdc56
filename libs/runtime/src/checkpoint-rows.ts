import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { Checkpoint } from './checkpoint.js';
import type { Leaf } from './merkle.js';

const columns = `number, at, horizon, leaf_count as "leafCount", root, previous_hash as "previousHash", hash,
  key_id as "keyId", public_key as "publicKey", signature`;

const selectLast: PreparedStatement = {
  name: 'runtime_last_checkpoint',
  text: `select ${columns} from audit_checkpoints order by number desc limit 1`,
};

const selectAfter: PreparedStatement = {
  name: 'runtime_checkpoints_after',
  text: `select ${columns} from audit_checkpoints where number > $1 order by number limit 50`,
};

const selectLeaves: PreparedStatement = {
  name: 'runtime_checkpoint_leaves',
  text: `select kind, subject_id as "subjectId", seq, hash from audit_checkpoint_leaves
    where checkpoint_number = $1 order by position`,
};

export async function lastCheckpoint(tx: Tx): Promise<Checkpoint | null> {
  const [last] = await runPrepared<Checkpoint>(tx, selectLast, []);
  return last ?? null;
}

const selectKeys: PreparedStatement = {
  name: 'runtime_checkpoint_keys',
  text: 'select key_id as id, min(at) as since from audit_checkpoints group by key_id order by 2',
};

/** Keys that checkpoints are signed with, and since when; the oldest first. */
export function signingKeysUsed(tx: Tx): Promise<{ id: string; since: Date }[]> {
  return runPrepared(tx, selectKeys, []);
}

/** At most 50, in their order. */
export function checkpointsAfter(tx: Tx, number: number): Promise<Checkpoint[]> {
  return runPrepared<Checkpoint>(tx, selectAfter, [number]);
}

export function leavesOf(tx: Tx, number: number): Promise<Leaf[]> {
  return runPrepared<Leaf>(tx, selectLeaves, [number]);
}
