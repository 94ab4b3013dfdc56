import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { BenchHouse, Contender } from './workload.js';
import { decisionsOfCase } from './workload.js';

/** What each step leads to, written out: no machine is asked. */
const steps = [
  { state: 'review', key: 'review', kind: 'review', role: true, deadline: 'reviewDeadline', days: 4 },
  { state: 'decision', key: 'decision', kind: 'decide', role: false, deadline: 'decisionDeadline', days: 2 },
  { state: 'issuing', key: 'issue', kind: 'issue', role: true, deadline: 'issueDeadline', days: 3 },
  { state: 'trip', key: 'trip', kind: 'report', role: true, deadline: 'tripDeadline', days: 7 },
  { state: 'closed', key: '', kind: '', role: true, deadline: '', days: 0 },
] as const;

interface InstanceRow {
  province_id: string;
  version: number;
  states: string[];
  snapshot: { context: { officer: { role: string; organisationId: string } } };
  last_seq: number;
  last_hash: Buffer;
}

/**
 * The floor: begin, select for update, update instance, insert event, close task, cancel timer, insert timer, open task,
 * insert outbox, commit, each a prepared statement and a round trip of its own, with the rows and columns the runtime
 * writes for the same decision (the due date by the same calendar, the event's hash over its text).
 */
export function handWritten(pool: pg.Pool, { clock, calendar }: BenchHouse): Contender {
  return {
    name: 'hand-written, a statement a round trip',
    async decide({ instanceId, principalId }, { type, step }) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const accepted = await decide(client, { instanceId, principalId, type, step, now: clock.now() });
        await client.query('commit');
        return accepted;
      } finally {
        client.release();
      }
    },
  };

  async function decide(client: pg.PoolClient, event: Event): Promise<boolean> {
    const { instanceId, principalId, type, step, now } = event;
    const found = await client.query<InstanceRow>(sql.lock([instanceId]));
    const row = found.rows[0]!;
    if (type !== decisionsOfCase[step]) {
      await client.query(sql.refuse([randomUUID(), instanceId, type, '["unknownEvent"]', principalId, null, now]));
      return false;
    }
    const next = steps[step]!;
    const seq = row.last_seq + 1;
    const payload = JSON.stringify({});
    const hash = createHash('sha256')
      .update(row.last_hash)
      .update(`${instanceId}${seq}${type}${payload}${now}`)
      .digest();
    const status = next.state === 'closed' ? 'done' : 'active';
    const snapshot = JSON.stringify({ ...row.snapshot, status, value: next.state });
    await client.query(sql.updateInstance([instanceId, snapshot, [next.state], status, seq, hash, now]));
    await client.query(
      sql.insertEvent([instanceId, seq, type, payload, principalId, null, null, null, now, row.last_hash, hash, null]),
    );
    await client.query(sql.closeTask([instanceId, now, seq, type, principalId]));
    await client.query(sql.cancelTimer([instanceId, now]));
    if (status === 'active') await open(client, event, { next, seq, row });
    return true;
  }

  async function open(
    client: pg.PoolClient,
    { instanceId, principalId, now }: Event,
    { next, seq, row }: { next: (typeof steps)[number]; seq: number; row: InstanceRow },
  ): Promise<void> {
    const rule = { amount: next.days, unit: 'workingDay', direction: 'after', source: null } as const;
    const due = calendar.due({ rule, from: now });
    const [timerId, taskId] = [randomUUID(), randomUUID()];
    const sendId = `xstate.after.${next.deadline}.permit.${next.state}`;
    const explanation = JSON.stringify(due.explanation);
    const event = JSON.stringify({ type: sendId });
    await client.query(
      sql.insertTimer([timerId, instanceId, next.deadline, sendId, next.key, event, due.dueAt, explanation, now, seq]),
    );
    const { officer } = row.snapshot.context;
    const assignee = next.role ? officer : { personId: principalId };
    const [role, organisationId, personId] = next.role
      ? [officer.role, officer.organisationId, null]
      : [null, null, principalId];
    const task = [taskId, instanceId, row.province_id, next.key, next.kind, role, organisationId, personId, '{}'];
    await client.query(sql.insertTask([...task, timerId, due.dueAt, explanation, now, seq]));
    const data = JSON.stringify({ taskId, kind: next.kind, dueAt: due.dueAt });
    const message = [randomUUID(), instanceId, next.key, 'taskOpened', JSON.stringify(assignee), data, now, seq];
    await client.query(sql.insertMessage(message));
  }
}

interface Event {
  readonly instanceId: string;
  readonly principalId: string;
  readonly type: string;
  readonly step: number;
  readonly now: Date;
}

const prepared =
  (name: string, text: string) =>
  (values: unknown[]): { name: string; text: string; values: unknown[] } => ({ name: `bench_${name}`, text, values });

const sql = {
  lock: prepared(
    'lock',
    'select province_id, version, states, snapshot, last_seq, last_hash from instances where id = $1 for update',
  ),
  refuse: prepared(
    'refuse',
    `insert into refusals (id, instance_id, event_type, rules, principal_id, request_id, at)
      values ($1, $2, $3, $4, $5, $6, $7)`,
  ),
  updateInstance: prepared(
    'update_instance',
    `update instances set snapshot = $2, states = $3, status = $4, version = version + 1, last_seq = $5, last_hash = $6,
      updated_at = $7 where id = $1`,
  ),
  insertEvent: prepared(
    'insert_event',
    `insert into events (instance_id, seq, type, payload, principal_id, on_behalf_of_id, organisation_version_id,
      request_id, at, prev_hash, hash, private) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
  ),
  closeTask: prepared(
    'close_task',
    `update tasks set closed_at = $2, closed_seq = $3, outcome = $4, decided_by_id = $5
      where instance_id = $1 and closed_seq is null`,
  ),
  cancelTimer: prepared(
    'cancel_timer',
    `update timers set cancelled_at = $2, cancel_reason = 'left'
      where instance_id = $1 and coalesce(fired_at, cancelled_at) is null`,
  ),
  insertTimer: prepared(
    'insert_timer',
    `insert into timers (id, instance_id, kind, name, send_id, task_key, event, due_at, explanation, armed_at, armed_seq)
      values ($1, $2, 'deadline', $3, $4, $5, $6, $7, $8, $9, $10)`,
  ),
  insertTask: prepared(
    'insert_task',
    `insert into tasks (id, instance_id, province_id, key, kind, role, organisation_id, person_id, data, timer_id, due_at,
      due_explanation, opened_at, opened_seq) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
  ),
  insertMessage: prepared(
    'insert_message',
    `insert into outbox_messages (id, instance_id, task_key, template, recipient, data, not_before, created_at, event_seq)
      values ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
  ),
};
