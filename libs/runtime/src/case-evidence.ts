import { AppError } from '#contracts/errors.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type AuditRow, auditRecordHash } from './audit-records.js';
import { type Checkpoint, checkpointJson } from './checkpoint.js';
import { leavesOf } from './checkpoint-rows.js';
import { type Leaf, merkleProofs } from './merkle.js';
import { type RefusalRow, refusalHash } from './refusal-hash.js';

type Line = Readonly<Record<string, unknown>>;

/** Everything of one case that can be checked without this system, as lines of JSON; hashes are hex. */
export interface CaseEvidence {
  readonly instanceId: string;
  readonly provinceId: string;
  readonly caseCode: string;
  readonly head: { readonly seq: number; readonly hash: string };
  readonly events: readonly Line[];
  readonly refusals: readonly Line[];
  readonly records: readonly Line[];
  /** Each with the leaves of this case and the way from each leaf to the signed root. */
  readonly checkpoints: readonly Line[];
}

const selectInstance: PreparedStatement = {
  name: 'runtime_evidence_instance',
  text: `select province_id as "provinceId", case_code as "caseCode", last_seq as seq, last_hash as hash
    from instances where id = $1 for share`,
};

const selectEvents: PreparedStatement = {
  name: 'runtime_evidence_events',
  text: `select instance_id as "instanceId", seq, type, payload, principal_id as "principalId",
      on_behalf_of_id as "onBehalfOfId", organisation_version_id as "organisationVersionId", request_id as "requestId", at,
      encode(private_digest, 'hex') as "privateDigest", encode(prev_hash, 'hex') as "prevHash", encode(hash, 'hex') as hash,
      private, encode(private_salt, 'hex') as "privateSalt"
    from events where instance_id = $1 order by seq`,
};

const selectRefusals: PreparedStatement = {
  name: 'runtime_evidence_refusals',
  text: `select id, instance_id as "instanceId", event_type as "eventType", rules, principal_id as "principalId",
      request_id as "requestId", at from refusals where instance_id = $1 order by at, id`,
};

const selectRecords: PreparedStatement = {
  name: 'runtime_evidence_records',
  text: `select id, province_id as "provinceId", kind, action, subject_id as "subjectId", instance_id as "instanceId",
      principal_id as "principalId", on_behalf_of_id as "onBehalfOfId", request_id as "requestId", at, details
    from audit_records where instance_id = $1 order by at, id`,
};

const selectCheckpoints: PreparedStatement = {
  name: 'runtime_evidence_checkpoints',
  text: `select number, at, horizon, leaf_count as "leafCount", root, previous_hash as "previousHash", hash,
      key_id as "keyId", public_key as "publicKey", signature
    from audit_checkpoints where number in (
      select checkpoint_number from audit_checkpoint_leaves where subject_id = any($1::uuid[])) order by number`,
};

/** Throws NOT_FOUND. */
export async function readCaseEvidence(tx: Tx, instanceId: string): Promise<CaseEvidence> {
  const [instance] = await runPrepared<{ provinceId: string; caseCode: string; seq: number; hash: Buffer }>(
    tx,
    selectInstance,
    [instanceId],
  );
  if (instance === undefined) throw new AppError('NOT_FOUND');
  const events = await runPrepared<Line>(tx, selectEvents, [instanceId]);
  const refusals = await runPrepared<RefusalRow>(tx, selectRefusals, [instanceId]);
  const records = await runPrepared<AuditRow>(tx, selectRecords, [instanceId]);
  const subjects = new Set([instanceId, ...[...refusals, ...records].map((row) => row.id)]);
  const { provinceId, caseCode, seq, hash } = instance;
  return {
    ...{ instanceId, provinceId, caseCode },
    head: { seq, hash: hash.toString('hex') },
    events,
    refusals: refusals.map((row) => ({ ...row, hash: refusalHash(row).toString('hex') })),
    records: records.map((row) => ({ ...row, hash: auditRecordHash(row).toString('hex') })),
    checkpoints: await proofsOf(tx, subjects),
  };
}

async function proofsOf(tx: Tx, subjects: ReadonlySet<string>): Promise<Line[]> {
  const lines: Line[] = [];
  for (const checkpoint of await runPrepared<Checkpoint>(tx, selectCheckpoints, [[...subjects]])) {
    const leaves = await leavesOf(tx, checkpoint.number);
    const positions = leaves.flatMap((leaf, position) => (subjects.has(leaf.subjectId) ? [position] : []));
    const proofs = merkleProofs(leaves, positions);
    const own = positions.map((position, index) => ({ ...leafJson(leaves[position]), proof: proofs[index] ?? [] }));
    lines.push({ ...checkpointJson(checkpoint), leaves: own });
  }
  return lines;
}

function leafJson(leaf: Leaf | undefined): Line {
  return leaf === undefined ? {} : { ...leaf, hash: leaf.hash.toString('hex') };
}
