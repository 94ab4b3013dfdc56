import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { MailStatus } from './mail-ledger.entity.js';
import type { MailRow } from './mail-ledger-types.js';
import { type DigestSettings, provincesWithoutDigest } from './plan-digests.js';

/** The newest first, by the index of the province; what troubles an operator has an index of its own. */
const selectMails: PreparedStatement = {
  name: 'mail_list',
  text: `select m.id, m.instance_id as "instanceId", i.case_code as "caseCode", m.person_id as "personId", m.template,
      m.subject, m.address, m.status, m.suppressed_reason as "suppressedReason", m.attempts, m.not_before as "notBefore",
      m.last_response as "lastResponse", m.created_at as "createdAt", m.sent_at as "sentAt", m.bounced_at as "bouncedAt"
    from mails m left join instances i on i.id = m.instance_id
    where m.province_id = $1 and ($2::text is null or m.status = $2) and ($3::uuid is null or m.instance_id = $3)
      and ($7::uuid is null or m.person_id = $7) and ($8::text is null or m.suppressed_reason = $8)
      and (not $9::boolean or m.bounced_at is not null)
      and ($4::timestamptz is null or (m.created_at, m.id) < ($4, $5::uuid))
    order by m.created_at desc, m.id desc limit $6`,
};

export interface MailFilter {
  readonly provinceId: string;
  readonly status?: MailStatus | undefined;
  readonly reason?: string | undefined;
  readonly bounced?: boolean | undefined;
  readonly instanceId?: string | undefined;
  readonly personId?: string | undefined;
  /** The last row of the page before. */
  readonly after?: { readonly createdAt: Date; readonly id: string } | undefined;
  /** 1..200 */
  readonly limit: number;
}

/** The operator's page, newest first. Authorise before: addresses are personal data. */
export function listMails(tx: Tx, filter: MailFilter): Promise<MailRow[]> {
  const { provinceId, status = null, instanceId = null, personId = null, reason = null, bounced = false } = filter;
  const { after, limit } = filter;
  const place = [after?.createdAt ?? null, after?.id ?? null, limit];
  return runPrepared<MailRow>(tx, selectMails, [provinceId, status, instanceId, ...place, personId, reason, bounced]);
}

const countTrouble: PreparedStatement = {
  name: 'mail_trouble',
  text: `select
      (select count(*)::int from mails where province_id = $1 and status = 'uncertain') as uncertain,
      (select count(*)::int from mails where province_id = $1 and status = 'failed') as failed,
      (select count(*)::int from mails where province_id = $1 and status = 'planned' and not in_digest) as planned,
      (select count(*)::int from mails where province_id = $1 and status = 'queued') as queued,
      (select count(*)::int from mails where province_id = $1 and status = 'sending') as sending,
      (select count(*)::int from timers t join instances i on i.id = t.instance_id where i.province_id = $1
        and t.fired_at is null and t.cancelled_at is null and t.due_at < $2) as "overdueTimers"`,
};

export interface MailTrouble {
  readonly uncertain: number;
  readonly failed: number;
  readonly planned: number;
  readonly queued: number;
  readonly sending: number;
  /** Open timers that should have fired before `since`. */
  readonly overdueTimers: number;
}

/** What an operator looks at first. Each figure is counted in a small index, however long the ledger is. */
export async function mailTrouble(
  tx: Tx,
  { provinceId, since }: { readonly provinceId: string; readonly since: Date },
): Promise<MailTrouble> {
  const [row] = await runPrepared<MailTrouble>(tx, countTrouble, [provinceId, since]);
  return row!;
}

const planAgain: PreparedStatement = {
  name: 'mail_plan_again',
  text: `update mails m set status = 'planned', attempts = 0, not_before = $3, fence = null, bounced_at = null
    from mails before
    where m.id = $1 and before.id = m.id and m.province_id = $2 and m.status in ('uncertain', 'failed')
    returning before.status, m.instance_id as "instanceId"`,
};

/**
 * An operator's decision, never the system's: after *uncertain* the recipient may read it twice (same Message-ID). Returns the
 * status it had; null when there is no such mail in the province, or it is in no state to be sent again.
 */
export async function resendMail(
  tx: Tx,
  { id, provinceId, now }: { readonly id: string; readonly provinceId: string; readonly now: Date },
): Promise<{ readonly status: MailStatus; readonly instanceId: string | null } | null> {
  const [row] = await runPrepared<{ status: MailStatus; instanceId: string | null }>(tx, planAgain, [
    id,
    provinceId,
    now,
  ]);
  return row ?? null;
}

const countPending: PreparedStatement = {
  name: 'mail_pending_work',
  text: `select
      (select count(*)::int from timers where due_at <= $1 and fired_at is null and cancelled_at is null) as "dueTimers",
      (select count(*)::int from outbox_messages where relayed_at is null and not_before <= $1) as "outboxMessages",
      (select count(*)::int from mails where (status = 'planned' and not in_digest or status = 'queued')
        and not_before <= $1) as "plannedMails",
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
  /** Provinces whose working day has begun without its digests. */
  readonly digests: number;
  /** The next instant at which something becomes due; null when nothing is planned. */
  readonly nextAt: Date | null;
}

/** What the worker still has to do at this instant. Everything zero: it has settled. */
export async function pendingWork(tx: Tx, settings: DigestSettings): Promise<PendingWork> {
  const [row] = await runPrepared<Omit<PendingWork, 'digests'>>(tx, countPending, [settings.clock.now()]);
  return { ...row!, digests: (await provincesWithoutDigest(tx, settings)).length };
}

export function isSettled(work: PendingWork): boolean {
  return work.dueTimers + work.outboxMessages + work.plannedMails + work.sendingMails + work.digests === 0;
}
