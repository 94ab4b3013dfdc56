import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type MailStatus, mailStatuses } from './mail-ledger.entity.js';
import type { MailRow } from './mail-ledger-types.js';

const selectMails: PreparedStatement = {
  name: 'mail_list',
  text: `select m.id, m.instance_id as "instanceId", i.case_code as "caseCode", m.person_id as "personId", m.template,
      m.subject, m.address, m.status, m.suppressed_reason as "suppressedReason", m.attempts, m.not_before as "notBefore",
      m.last_response as "lastResponse", m.created_at as "createdAt", m.sent_at as "sentAt"
    from mails m join instances i on i.id = m.instance_id
    where i.province_id = $1 and ($2::text is null or m.status = $2) and ($3::uuid is null or m.instance_id = $3)
      and ($4::timestamptz is null or (m.created_at, m.id) < ($4, $5::uuid))
    order by m.created_at desc, m.id desc limit $6`,
};

export interface MailFilter {
  readonly provinceId: string;
  readonly status?: MailStatus | undefined;
  readonly instanceId?: string | undefined;
  /** The last row of the page before. */
  readonly after?: { readonly createdAt: Date; readonly id: string } | undefined;
  /** 1..200 */
  readonly limit: number;
}

/** The operator's page, newest first. Authorise before: addresses are personal data. */
export function listMails(tx: Tx, filter: MailFilter): Promise<MailRow[]> {
  const { provinceId, status = null, instanceId = null, after, limit } = filter;
  const values = [provinceId, status, instanceId, after?.createdAt ?? null, after?.id ?? null, limit];
  return runPrepared<MailRow>(tx, selectMails, values);
}

const countMails: PreparedStatement = {
  name: 'mail_counts',
  text: `select m.status, count(*)::int as count from mails m join instances i on i.id = m.instance_id
    where i.province_id = $1 group by m.status`,
};

export async function mailCounts(tx: Tx, provinceId: string): Promise<Readonly<Record<MailStatus, number>>> {
  const rows = await runPrepared<{ status: MailStatus; count: number }>(tx, countMails, [provinceId]);
  const found = Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  return Object.fromEntries(mailStatuses.map((status) => [status, found[status] ?? 0])) as Record<MailStatus, number>;
}

const planAgain: PreparedStatement = {
  name: 'mail_plan_again',
  text: `update mails set status = 'planned', attempts = 0, not_before = $2, fence = null
    where id = $1 and status in ('uncertain', 'failed') returning id`,
};

/**
 * An operator's decision, never the system's: after *uncertain* the recipient may read it twice (same Message-ID). False
 * when the mail is in no state to be sent again.
 */
export async function resendMail(tx: Tx, { id, now }: { readonly id: string; readonly now: Date }): Promise<boolean> {
  return (await runPrepared(tx, planAgain, [id, now])).length === 1;
}

const countPending: PreparedStatement = {
  name: 'mail_pending_work',
  text: `select
      (select count(*)::int from timers where due_at <= $1 and fired_at is null and cancelled_at is null) as "dueTimers",
      (select count(*)::int from outbox_messages where relayed_at is null and not_before <= $1) as "outboxMessages",
      (select count(*)::int from mails where status = 'planned' and not_before <= $1) as "plannedMails",
      (select count(*)::int from mails where status = 'sending') as "sendingMails",
      (select min(at) from (
        select min(due_at) as at from timers where due_at > $1 and fired_at is null and cancelled_at is null
        union all select min(not_before) from outbox_messages where relayed_at is null and not_before > $1
        union all select min(not_before) from mails where status = 'planned' and not_before > $1
      ) as later) as "nextAt"`,
};

export interface PendingWork {
  readonly dueTimers: number;
  readonly outboxMessages: number;
  readonly plannedMails: number;
  readonly sendingMails: number;
  /** The next instant at which something becomes due; null when nothing is planned. */
  readonly nextAt: Date | null;
}

/** What the worker still has to do at this instant. Everything zero: it has settled. */
export async function pendingWork(tx: Tx, now: Date): Promise<PendingWork> {
  const [row] = await runPrepared<PendingWork>(tx, countPending, [now]);
  return row!;
}

export function isSettled(work: PendingWork): boolean {
  return work.dueTimers + work.outboxMessages + work.plannedMails + work.sendingMails === 0;
}
