import { randomUUID } from 'node:crypto';
import type { Text } from '#contracts/text.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { ClaimOutcome, MailLedgerSettings, SuppressedReason } from './mail-ledger-types.js';

/** With the waits below: about eleven hours of trying before a mail counts as failed. */
export const maxMailAttempts = 15;
const minute = 60_000;

interface PlannedRow {
  readonly id: string;
  readonly person_id: string;
  readonly instance_id: string;
  readonly template: string;
  readonly language: 'vi' | 'en';
  readonly subject: string;
  readonly message_id: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly about_task: boolean;
  readonly case_code: string;
  readonly province_id: string;
  readonly task_kind: string | null;
  readonly task_due_at: Date | null;
  readonly task_due_explanation: Text | null;
  readonly task_open: boolean | null;
  readonly deadline_name: string | null;
  readonly deadline_due_at: Date | null;
  readonly deadline_explanation: Text | null;
  readonly deadline_cancelled: boolean | null;
}

const readPlanned: PreparedStatement = {
  name: 'mail_read_planned',
  text: `select m.id, m.person_id, m.instance_id, m.template, m.language, m.subject, m.message_id, o.data,
      o.task_key is not null as about_task, i.case_code, i.province_id,
      t.kind as task_kind, t.due_at as task_due_at, t.due_explanation as task_due_explanation,
      t.closed_at is null as task_open, d.name as deadline_name, d.due_at as deadline_due_at,
      d.explanation as deadline_explanation, d.cancelled_at is not null as deadline_cancelled
    from mails m
    join outbox_messages o on o.id = m.outbox_message_id
    join instances i on i.id = m.instance_id
    left join lateral (
      select kind, due_at, due_explanation, closed_at from tasks
      where instance_id = o.instance_id and key = o.task_key and id = coalesce((o.data->>'taskId')::uuid, id)
      order by opened_seq desc limit 1
    ) t on o.task_key is not null
    left join timers r on r.id = o.timer_id
    left join timers d on d.id = r.deadline_id
    where m.id = $1 and m.status = 'planned' and m.not_before <= $2
    for update of m skip locked`,
};

const startSending: PreparedStatement = {
  name: 'mail_start_sending',
  text: `update mails set status = 'sending', fence = $2, claimed_at = clock_timestamp(), attempts = attempts + 1,
      address = $3 where id = $1`,
};

const suppress: PreparedStatement = {
  name: 'mail_suppress',
  text: `update mails set status = 'suppressed', suppressed_reason = $2 where id = $1`,
};

const wait: PreparedStatement = {
  name: 'mail_wait',
  text: 'update mails set not_before = $2 where id = $1',
};

/**
 * Takes one planned mail for sending. COMMIT before sending: from then on a crash leaves the row in 'sending', which becomes
 * 'uncertain' and is never sent again by itself. What the mail is about is looked at once more, because hours may lie
 * between the plan and the sending.
 */
export async function claimMail(tx: Tx, settings: MailLedgerSettings, id: string): Promise<ClaimOutcome> {
  const now = settings.clock.now();
  const [row] = await runPrepared<PlannedRow>(tx, readPlanned, [id, now]);
  if (!row) return { kind: 'notMine' };
  const calendar = settings.calendarFor(row.province_id);
  if (!settings.templates.isUrgent(row.template) && !calendar.isWorkingTime(now)) {
    const notBefore = calendar.nextWorkingInstant(now);
    await runPrepared(tx, wait, [id, notBefore]);
    return { kind: 'waits', notBefore };
  }
  const [mailbox] = await settings.directory.mailboxes(tx, [row.person_id]);
  const reason = pointlessBecause(row) ?? (mailbox?.active ? null : 'personLeft');
  if (reason || !mailbox) {
    await runPrepared(tx, suppress, [id, reason]);
    return { kind: 'suppressed', reason: reason ?? 'personLeft' };
  }
  const fence = randomUUID();
  await runPrepared(tx, startSending, [id, fence, mailbox.address]);
  return { kind: 'claimed', mail: claimed(row, { fence, address: mailbox.address, domain: settings.domain }) };
}

function pointlessBecause(row: PlannedRow): SuppressedReason | null {
  if (row.about_task && row.task_open !== true) return 'taskClosed';
  if (row.deadline_name !== null && row.deadline_cancelled) return 'timerCancelled';
  return null;
}

function claimed(row: PlannedRow, { fence, address, domain }: { fence: string; address: string; domain: string }) {
  return {
    id: row.id,
    fence,
    address,
    instanceId: row.instance_id,
    template: row.template,
    language: row.language,
    caseCode: row.case_code,
    subject: row.subject,
    data: row.data,
    messageId: row.message_id,
    threadId: `<case-${row.instance_id}@${domain}>`,
    task: row.task_kind ? { kind: row.task_kind, dueAt: row.task_due_at, explanation: row.task_due_explanation } : null,
    deadline: row.deadline_name
      ? { name: row.deadline_name, dueAt: row.deadline_due_at!, explanation: row.deadline_explanation! }
      : null,
  };
}

export interface MailReport {
  readonly id: string;
  readonly fence: string;
  readonly outcome: 'accepted' | 'temporary' | 'permanent' | 'uncertain';
  /** The server's answer, for the operator. Never an address or a body. */
  readonly response: string;
}

/**
 * A row swept to 'uncertain' in the meantime still takes the answer of who holds the fence: it is the better knowledge. The
 * wait doubles from one minute to one hour; $6 is the number of attempts after which it ends as failed.
 */
const recordOutcome: PreparedStatement = {
  name: 'mail_record_outcome',
  text: `update mails set
      status = case when $3 = 'accepted' then 'sent' when $3 = 'uncertain' then 'uncertain'
        when $3 = 'temporary' and attempts < $6 then 'planned' else 'failed' end,
      sent_at = case when $3 = 'accepted' then $5::timestamptz end,
      not_before = case when $3 = 'temporary'
        then $5::timestamptz + least(60, power(2, attempts - 1)) * interval '1 minute' else not_before end,
      last_response = $4, fence = null
    where id = $1 and fence = $2 and status in ('sending', 'uncertain')
    returning status`,
};

/** Null: somebody else holds the row now; nothing was changed. */
export async function recordMailOutcome(
  tx: Tx,
  { clock }: Pick<MailLedgerSettings, 'clock'>,
  { id, fence, outcome, response }: MailReport,
): Promise<string | null> {
  const values = [id, fence, outcome, response.slice(0, 500), clock.now(), maxMailAttempts];
  const [row] = await runPrepared<{ status: string }>(tx, recordOutcome, values);
  return row?.status ?? null;
}

const sweepSending: PreparedStatement = {
  name: 'mail_sweep_sending',
  text: `update mails set status = 'uncertain',
      last_response = 'The worker ended between the sending and the record of it. The mail may have arrived.'
    where status = 'sending' and claimed_at < clock_timestamp() - $1 * interval '1 millisecond' returning id`,
};

/** Rows whose worker has vanished. `afterMs` in real time, far longer than an SMTP conversation may last. */
export async function markStaleMails(tx: Tx, { afterMs = 10 * minute }: { afterMs?: number } = {}): Promise<string[]> {
  const rows = await runPrepared<{ id: string }>(tx, sweepSending, [afterMs]);
  return rows.map(({ id }) => id);
}

const selectDue: PreparedStatement = {
  name: 'mail_select_due',
  text: `select id from mails where status = 'planned' and not_before <= $1 order by not_before, id limit $2`,
};

/** Oldest first, without a lock: each is claimed in a transaction of its own. */
export async function dueMailIds(
  tx: Tx,
  { clock }: Pick<MailLedgerSettings, 'clock'>,
  { limit }: { readonly limit: number },
): Promise<string[]> {
  const rows = await runPrepared<{ id: string }>(tx, selectDue, [clock.now(), limit]);
  return rows.map(({ id }) => id);
}
