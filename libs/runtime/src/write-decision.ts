import { AppError } from '#contracts/errors.js';
import type { Accepted } from '#libs/engine';
import { isUniqueViolation, type PreparedStatement, runPrepared, type Tx, untilCommit } from '#libs/persistence';
import type { EffectRows } from './effect-rows.js';
import type { PrivatePart } from './event-hash.js';
import type { SplitSnapshot } from './shared-context.js';
import type { Idempotency, Principal, StoredAnswer } from './types.js';

/** Everything one accepted event changes. */
export interface DecisionRows {
  readonly instanceId: string;
  readonly provinceId: string;
  readonly accepted: Accepted;
  /** The accepted snapshot as it is stored. */
  readonly stored: SplitSnapshot;
  readonly seq: number;
  readonly at: Date;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly prevHash: Buffer;
  readonly hash: Buffer;
  readonly principal: Principal;
  readonly privatePart: PrivatePart | null;
  readonly rows: EffectRows;
  /** The deadline that fired; null for an event of a person. */
  readonly firedTimerId: string | null;
  readonly answer: (Idempotency & StoredAnswer) | null;
}

export interface NewInstance {
  readonly definitionId: string;
  readonly definitionVersion: number;
  readonly caseCode: string;
}

/**
 * One statement writes the whole decision: round trips decide the throughput, not rows. The parts run in no fixed order
 * unless one reads from another, hence the look into `changed_tasks` before opening tasks: a key may be closed and opened
 * again in one decision. Foreign keys are checked at the end of the statement.
 */
const shared = `
written_event as (
  insert into events (instance_id, seq, type, payload, principal_id, on_behalf_of_id, organisation_version_id,
    request_id, at, prev_hash, hash, private, private_salt, private_digest)
  values ($1, $5, $7, $8::jsonb, $9, $10, $11, $12, $6, $13, $14, $15::jsonb, $16, $17)
),
changed_tasks as (
  update tasks t set
    closed_at = case when c.outcome is null then null else $6::timestamptz end,
    closed_seq = case when c.outcome is null then null else $5::integer end,
    outcome = c.outcome,
    decided_by_id = case when c.outcome is null then null else $9::uuid end,
    timer_id = case when c.redue then c.timer_id else t.timer_id end,
    due_at = case when c.redue then c.due_at else t.due_at end,
    due_explanation = case when c.redue then c.due_explanation else t.due_explanation end
  from json_to_recordset($18::json)
    as c(id uuid, outcome text, redue boolean, timer_id uuid, due_at timestamptz, due_explanation jsonb)
  where t.instance_id = $1 and t.closed_seq is null and t.id = c.id
  returning t.id
),
ended_timers as (
  update timers set
    fired_at = case when id = $19 then $6::timestamptz end,
    cancelled_at = case when id = $19 then null else $6::timestamptz end,
    cancel_reason = case when id = $19 then null when send_id = any($31::text[]) then 'moved' when $20::text = 'done' then 'ended' else 'left' end
  where instance_id = $1 and coalesce(fired_at, cancelled_at) is null
    and (id = $19 or send_id = any($21::text[]) or $20::text = 'done')
),
armed_timers as (
  insert into timers (id, instance_id, kind, name, send_id, reminder_key, deadline_id, task_key, event, steps,
    due_at, explanation, armed_at, armed_seq)
  select n.id, $1, n.kind, n.name, n.send_id, n.reminder_key, n.deadline_id, n.task_key, n.event, n.steps,
    n.due_at, n.explanation, $6, $5
  from json_to_recordset($22::json) as n(id uuid, kind text, name text, send_id text, reminder_key text,
    deadline_id uuid, task_key text, event jsonb, steps jsonb, due_at timestamptz, explanation jsonb)
),
opened_tasks as (
  insert into tasks (id, instance_id, province_id, key, kind, role, organisation_id, person_id, data, timer_id, due_at,
    due_explanation, opened_at, opened_seq)
  select n.id, $1, $23, n.key, n.kind, n.role, n.organisation_id, n.person_id, n.data, n.timer_id, n.due_at,
    n.due_explanation, $6, $5
  from json_to_recordset($24::json) as n(id uuid, key text, kind text, role text, organisation_id uuid, person_id uuid,
    data jsonb, timer_id uuid, due_at timestamptz, due_explanation jsonb)
  where (select count(*) from changed_tasks) >= 0
),
messages as (
  insert into outbox_messages (id, instance_id, event_seq, task_key, template, recipient, data, not_before, created_at)
  select n.id, $1, $5, n.task_key, n.template, n.recipient, n.data, $6, $6
  from json_to_recordset($25::json) as n(id uuid, task_key text, template text, recipient jsonb, data jsonb)
),
answer as (
  insert into idempotency_keys (principal_id, key, body_hash, status, body, created_at)
  select $9, $26, $27, $28, $29::jsonb, $6 where $26::text is not null
)
select 1 / count(*) from written_instance`;

const applyStatement: PreparedStatement = {
  name: 'runtime_write_decision',
  text: `with written_instance as (
  update instances set snapshot = $2::jsonb, shared_digest = $30, states = $3, status = $20, version = version + 1, last_seq = $5,
    last_hash = $14, updated_at = $6
  where id = $1 and version = $4
  returning id
),${shared}`,
};

const startStatement: PreparedStatement = {
  name: 'runtime_write_start',
  text: `with written_instance as (
  insert into instances (id, province_id, definition_id, definition_version, case_code, snapshot, shared_digest, states, status,
    version, last_seq, last_hash, created_at, updated_at)
  values ($1, $23, $32, $33, $34, $2::jsonb, $30, $3, $20, $4, $5, $14, $6, $6)
  returning id
),${shared}`,
};

/**
 * Travels with the commit, which fails with what went wrong here: AppError IDEMPOTENCY_KEY_REUSED when the key was taken meanwhile
 * by a request about another case; an instance that is not at the expected version (it was written without the lock) divides by
 * zero.
 */
export async function writeDecision(tx: Tx, expectedVersion: number, decision: DecisionRows): Promise<void> {
  const values = parameters(decision, expectedVersion);
  await untilCommit(tx, () => translated(runPrepared(tx, applyStatement, values)));
}

/** The same for a new instance. AppError DUPLICATE when the case code is taken in the province. */
export async function writeStart(tx: Tx, instance: NewInstance, decision: DecisionRows): Promise<void> {
  const { definitionId, definitionVersion, caseCode } = instance;
  const values = [...parameters(decision, 1), definitionId, definitionVersion, caseCode];
  await untilCommit(tx, () => translated(runPrepared(tx, startStatement, values)));
}

function parameters(decision: DecisionRows, version: number): unknown[] {
  const { accepted, principal, privatePart, rows, answer } = decision;
  return [
    decision.instanceId,
    JSON.stringify(decision.stored.snapshot),
    accepted.states,
    version,
    decision.seq,
    decision.at,
    decision.type,
    JSON.stringify(decision.payload),
    principal.personId,
    principal.onBehalfOfId ?? null,
    principal.organisationVersionId ?? null,
    principal.requestId ?? null,
    decision.prevHash,
    decision.hash,
    privatePart && JSON.stringify(privatePart.content),
    privatePart?.salt ?? null,
    privatePart?.digest ?? null,
    JSON.stringify(rows.taskChanges),
    decision.firedTimerId,
    accepted.status,
    rows.cancelledSendIds,
    JSON.stringify(rows.timers),
    decision.provinceId,
    JSON.stringify(rows.tasks),
    JSON.stringify(rows.messages),
    answer?.key ?? null,
    answer?.bodyHash ?? null,
    answer?.status ?? null,
    answer && JSON.stringify(answer.body),
    decision.stored.digest,
    rows.movedSendIds,
  ];
}

async function translated<T>(writing: Promise<T>): Promise<T> {
  try {
    return await writing;
  } catch (error) {
    if (isUniqueViolation(error, 'pk_idempotency_keys'))
      throw new AppError('IDEMPOTENCY_KEY_REUSED', {}, { cause: error });
    if (isUniqueViolation(error, 'uq_instances_case_code')) throw new AppError('DUPLICATE', {}, { cause: error });
    throw error;
  }
}
