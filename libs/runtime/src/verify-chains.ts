import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { eventHash, genesisHash, privateDigest } from './event-hash.js';
import type { ChainFault, ChainReport } from './types.js';

export interface ChainFilter {
  readonly instanceId?: string;
  readonly provinceId?: string;
}

interface InstanceRow {
  id: string;
  last_seq: number;
  last_hash: Buffer;
}

interface EventRow {
  instance_id: string;
  seq: number;
  type: string;
  payload: unknown;
  principal_id: string | null;
  on_behalf_of_id: string | null;
  organisation_version_id: string | null;
  request_id: string | null;
  at: Date;
  prev_hash: Buffer;
  hash: Buffer;
  private: unknown;
  private_salt: Buffer | null;
  private_digest: Buffer | null;
}

const batchSize = 200;

const selectInstances: PreparedStatement = {
  name: 'runtime_verify_instances',
  text: `select id, last_seq, last_hash from instances
    where ($1::uuid is null or id > $1) and ($2::uuid is null or id = $2) and ($3::uuid is null or province_id = $3)
    order by id limit ${batchSize}`,
};

const selectEvents: PreparedStatement = {
  name: 'runtime_verify_events',
  text: `select instance_id, seq, type, payload, principal_id, on_behalf_of_id, organisation_version_id, request_id, at,
      prev_hash, hash, private, private_salt, private_digest
    from events where instance_id = any($1::uuid[]) order by instance_id, seq`,
};

/**
 * Reads every chain and names each break: an edited, inserted, reordered or deleted event, a changed private part, a cut
 * tail. An erased private part is not a break. Use a REPEATABLE READ transaction when decisions run meanwhile.
 */
export async function verifyChains(tx: Tx, filter: ChainFilter = {}): Promise<ChainReport> {
  const faults: ChainFault[] = [];
  let events = 0;
  let instances = 0;
  let after: string | null = null;
  for (;;) {
    const values = [after, filter.instanceId ?? null, filter.provinceId ?? null];
    const batch: InstanceRow[] = await runPrepared<InstanceRow>(tx, selectInstances, values);
    const last = batch.at(-1);
    if (!last) return { instances, events, faults };
    const rows = await runPrepared<EventRow>(tx, selectEvents, [batch.map((instance) => instance.id)]);
    const byInstance = groupByInstance(rows);
    for (const instance of batch) faults.push(...chainFaults(instance, byInstance.get(instance.id) ?? []));
    events += rows.length;
    instances += batch.length;
    after = last.id;
  }
}

function groupByInstance(rows: readonly EventRow[]): Map<string, EventRow[]> {
  const groups = new Map<string, EventRow[]>();
  for (const row of rows) {
    const group = groups.get(row.instance_id);
    if (group) group.push(row);
    else groups.set(row.instance_id, [row]);
  }
  return groups;
}

function chainFaults(instance: InstanceRow, rows: readonly EventRow[]): ChainFault[] {
  const faults: ChainFault[] = [];
  let previous = genesisHash;
  let expectedSeq = 1;
  for (const row of rows) {
    const fault = (kind: ChainFault['kind']): void => {
      faults.push({ instanceId: instance.id, seq: row.seq, kind });
    };
    if (row.seq !== expectedSeq) fault('sequence');
    if (!row.prev_hash.equals(previous)) fault('link');
    if (!row.hash.equals(hashOf(row))) fault('content');
    if (!privateMatches(row)) fault('private');
    previous = row.hash;
    expectedSeq = row.seq + 1;
  }
  const end = rows.at(-1);
  if (end?.seq !== instance.last_seq || !end.hash.equals(instance.last_hash)) {
    faults.push({ instanceId: instance.id, seq: instance.last_seq, kind: 'tail' });
  }
  return faults;
}

function hashOf(row: EventRow): Buffer {
  return eventHash(row.prev_hash, {
    instanceId: row.instance_id,
    seq: row.seq,
    type: row.type,
    payload: row.payload,
    principalId: row.principal_id,
    onBehalfOfId: row.on_behalf_of_id,
    organisationVersionId: row.organisation_version_id,
    requestId: row.request_id,
    at: row.at,
    privateDigest: row.private_digest,
  });
}

/** Content and salt go together: either both are there and give the digest, or both were erased (or never were). */
function privateMatches(row: EventRow): boolean {
  if (row.private === null && row.private_salt === null) return true;
  if (row.private === null || row.private_salt === null || row.private_digest === null) return false;
  return privateDigest(row.private_salt, row.private).equals(row.private_digest);
}
