import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

const statement: PreparedStatement = {
  name: 'runtime_waiting_work',
  text: `select
      (select count(*) from timers where due_at <= $1 and fired_at is null and cancelled_at is null)::float8 as timers_due,
      (select coalesce(extract(epoch from $1::timestamptz - min(due_at)), 0) from timers
        where due_at <= $1 and fired_at is null and cancelled_at is null)::float8 as timers_due_age_seconds,
      (select count(*) from outbox_messages where relayed_at is null and not_before <= $1)::float8 as outbox_due,
      (select count(*) from mails where status = 'planned' and not_before <= $1)::float8 as mails_due,
      (select count(*) from mails where status = 'uncertain')::float8 as mails_uncertain,
      (select count(*) from mails where status = 'failed')::float8 as mails_failed,
      (select count(*) from audit_records where checkpoint_number is null)::float8 as audit_unsealed,
      (select coalesce(extract(epoch from $1::timestamptz - max(at)), 0) from audit_checkpoints)::float8
        as audit_checkpoint_age_seconds`,
};

/** Counts an operator watches: what is due and not done, what a person has to look at, how old the last checkpoint is. */
export async function waitingWork(tx: Tx, now: Date): Promise<Readonly<Record<string, number>>> {
  const [row] = await runPrepared<Record<string, number>>(tx, statement, [now]);
  return row ?? {};
}
