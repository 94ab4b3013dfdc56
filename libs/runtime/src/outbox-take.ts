import type { Assignee } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

/** An outbox row as it is stored; nothing of it is believed yet. */
export interface StoredMessage {
  readonly id: string;
  readonly instance_id: string | null;
  readonly province_id: string;
  readonly case_code: string | null;
  readonly timer_id: string | null;
  /** Of which earlier reminders may still wait; null: there are none. */
  readonly deadline_id: string | null;
  readonly task_key: string | null;
  readonly occasion: string;
  /** Whose decision it tells of; null: nobody's, or a timer's. */
  readonly decided_by: string | null;
  readonly template: string;
  readonly recipient: unknown;
  readonly data: unknown;
}

export interface DueMessage extends StoredMessage {
  readonly recipient: Assignee;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface TakenMessages {
  readonly readable: readonly DueMessage[];
  readonly unreadable: readonly StoredMessage[];
}

const occasionOf = (row: string) => `case
  when ${row}.occasion is not null then ${row}.occasion
  when ${row}.timer_id is not null then concat_ws(':', 'timer', ${row}.timer_id, ${row}.data->>'reminderKey', ${row}.data->>'dueAt')
  when ${row}.event_seq is not null then concat_ws(':', 'event', ${row}.instance_id, ${row}.event_seq)
  else 'message:' || ${row}.id end`;

/** The same words for one step of a ladder. */
export function occasionOfReminder(timerId: string, data: Readonly<Record<string, unknown>>): string {
  const known = [data.reminderKey, data.dueAt].filter((part) => part !== undefined && part !== null);
  return ['timer', timerId, ...known].join(':');
}

/**
 * All messages of one occasion go to one worker, in one piece: whoever locks the first of them has them all. So a person who is
 * reached by several of them can be written to once. $3 narrows it to one message and its occasion. `offset 0`: the others are
 * looked for from the case; by the index of what is open, each of ten thousand would be compared with each.
 */
const takeMessages: PreparedStatement = {
  name: 'mail_take_outbox_messages',
  text: `with first as (
      select o.id, o.instance_id, ${occasionOf('o')} as occasion from outbox_messages o
      where o.relayed_at is null and o.not_before <= $1 and ($3::uuid is null or o.id = $3)
        and not exists (select from (select * from outbox_messages c where c.instance_id = o.instance_id offset 0) e
          where e.relayed_at is null and e.not_before <= $1 and e.id < o.id and ${occasionOf('e')} = ${occasionOf('o')})
      order by o.not_before, o.id limit $2
      for update of o skip locked
    ), taken as (
      select o.*, f.occasion as shared from first f join outbox_messages o on o.id = f.id
      union all
      select o.*, f.occasion as shared from first f cross join lateral (
        select * from outbox_messages c where c.instance_id = f.instance_id offset 0
      ) o where o.id <> f.id and o.relayed_at is null and o.not_before <= $1 and ${occasionOf('o')} = f.occasion
    )
    select t.id, t.instance_id, coalesce(i.province_id, t.province_id) as province_id, i.case_code, t.timer_id,
      coalesce(r.deadline_id, r.id) as deadline_id, t.task_key, t.shared as occasion, e.principal_id as decided_by, t.template, t.recipient, t.data
    from taken t left join instances i on i.id = t.instance_id left join timers r on r.id = t.timer_id
    left join events e on e.instance_id = t.instance_id and e.seq = t.event_seq and t.timer_id is null
    order by t.not_before, t.shared, t.id`,
};

/** Locks due messages for this transaction; what another worker holds is left to it. `limit` counts occasions. */
export async function takeDueMessages(
  tx: Tx,
  { now, limit, only = null }: { readonly now: Date; readonly limit: number; readonly only?: string | null },
): Promise<TakenMessages> {
  return sortOut(await runPrepared<StoredMessage>(tx, takeMessages, [now, limit, only]));
}

export function sortOut(messages: readonly StoredMessage[]): TakenMessages {
  return { readable: messages.filter(isReadable), unreadable: messages.filter((message) => !isReadable(message)) };
}

function isReadable(row: StoredMessage): row is DueMessage {
  return isRecord(row.data) && isAssignee(row.recipient);
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** What would make the question "who is that" fail for the whole batch must be seen before it is asked. */
function isAssignee(value: unknown): value is Assignee {
  if (!isRecord(value)) return false;
  if ('personId' in value) return typeof value.personId === 'string' && uuid.test(value.personId);
  const { role, organisationId } = value;
  return typeof role === 'string' && typeof organisationId === 'string' && uuid.test(organisationId);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const selectDue: PreparedStatement = {
  name: 'mail_due_outbox_ids',
  text: `select id from outbox_messages where relayed_at is null and not_before <= $1 order by not_before, id limit $2`,
};

/** For going on one by one when a batch has failed. */
export async function dueMessageIds(tx: Tx, { now, limit }: { now: Date; limit: number }): Promise<string[]> {
  const rows = await runPrepared<{ id: string }>(tx, selectDue, [now, limit]);
  return rows.map(({ id }) => id);
}

const setAside: PreparedStatement = {
  name: 'mail_set_outbox_aside',
  text: 'update outbox_messages set not_before = $2 where id = $1 and relayed_at is null',
};

/** A message that broke its batch is tried again later, when the reason may be gone; until then it holds nobody up. */
export async function setMessageAside(tx: Tx, { id, until }: { id: string; until: Date }): Promise<void> {
  await runPrepared(tx, setAside, [id, until]);
}
