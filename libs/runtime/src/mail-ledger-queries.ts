import { type MailStatusName, mailStatusNames } from '#contracts/mail-ledger.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { MailRow } from './mail-ledger-types.js';
import { type DigestSettings, provincesWithoutDigest } from './plan-digests.js';

const listed = `m.id, m.instance_id as "instanceId", i.case_code as "caseCode", m.person_id as "personId", m.template,
      m.subject, m.address, m.status, m.suppressed_reason as "suppressedReason", m.attempts, m.not_before as "notBefore",
      m.last_response as "lastResponse", m.created_at as "createdAt", m.sent_at as "sentAt", m.bounced_at as "bouncedAt"`;

export interface MailFilter {
  readonly provinceId: string;
  readonly status?: MailStatusName | undefined;
  readonly reason?: string | undefined;
  readonly bounced?: boolean | undefined;
  readonly instanceId?: string | undefined;
  readonly caseCode?: string | undefined;
  readonly personId?: string | undefined;
  readonly template?: string | undefined;
  /** Planned at or after this instant. */
  readonly from?: Date | undefined;
  /** Planned before this instant. */
  readonly before?: Date | undefined;
  /** The last row of the page before. */
  readonly after?: { readonly createdAt: Date; readonly id: string } | undefined;
  /** 1..200 */
  readonly limit: number;
}

interface Condition {
  readonly name: string;
  readonly text: (at: number) => string;
  readonly values: readonly unknown[];
}

/** Only what is asked for stands in the statement, so that each has a plan of its own; a status as a word, for the partial indexes. */
function conditionsOf(filter: MailFilter): Condition[] {
  const status = mailStatusNames.find((one) => one === filter.status);
  const { after } = filter;
  const conditions: (Condition | null)[] = [
    status === undefined ? null : { name: status, text: () => `m.status = '${status}'`, values: [] },
    filter.bounced ? { name: 'bounced', text: () => 'm.bounced_at is not null', values: [] } : null,
    one('r', filter.reason, (at) => `m.suppressed_reason = $${at}`),
    one('i', filter.instanceId, (at) => `m.instance_id = $${at}`),
    one('c', filter.caseCode, (at) => `i.province_id = $1 and i.case_code = $${at}`),
    one('p', filter.personId, (at) => `m.person_id = $${at}`),
    one('t', filter.template, (at) => `m.template = $${at}`),
    one('f', filter.from, (at) => `m.created_at >= $${at}`),
    one('b', filter.before, (at) => `m.created_at < $${at}`),
    after
      ? {
          name: 'a',
          text: (at) => `(m.created_at, m.id) < ($${at}::timestamptz, $${at + 1}::uuid)`,
          values: [after.createdAt, after.id],
        }
      : null,
  ];
  return conditions.filter((condition) => condition !== null);
}

function one(name: string, value: unknown, text: Condition['text']): Condition | null {
  return value === undefined ? null : { name, text, values: [value] };
}

/** The operator's page, newest first. Authorise before: addresses are personal data. */
export function listMails(tx: Tx, filter: MailFilter): Promise<MailRow[]> {
  const values: unknown[] = [filter.provinceId, filter.limit];
  const where = ['m.province_id = $1'];
  const conditions = conditionsOf(filter);
  for (const { text, values: own } of conditions) {
    where.push(text(values.length + 1));
    values.push(...own);
  }
  const statement: PreparedStatement = {
    name: ['mail_list', ...conditions.map(({ name }) => name)].join('_'),
    text: `select ${listed} from mails m left join instances i on i.id = m.instance_id
      where ${where.join(' and ')} order by m.created_at desc, m.id desc limit $2`,
  };
  return runPrepared<MailRow>(tx, statement, values);
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
  text: `with before as (
      select id, status, instance_id from mails where id = $1 and province_id = $2 for update
    ), again as (
      update mails m set status = 'planned', attempts = 0, not_before = $3, fence = null, bounced_at = null
      from before where m.id = before.id and before.status in ('uncertain', 'failed') returning m.id
    )
    select before.status, before.instance_id as "instanceId", exists (select from again) as "isPlanned" from before`,
};

export interface Resent {
  /** The status it had. */
  readonly status: MailStatusName;
  readonly instanceId: string | null;
  /** False: it was neither uncertain nor failed, and nothing was changed. */
  readonly isPlanned: boolean;
}

/**
 * An operator's decision, never the system's: after *uncertain* the recipient may read it twice (same Message-ID). Null: no such
 * mail in the province.
 */
export async function resendMail(
  tx: Tx,
  { id, provinceId, now }: { readonly id: string; readonly provinceId: string; readonly now: Date },
): Promise<Resent | null> {
  const [row] = await runPrepared<Resent>(tx, planAgain, [id, provinceId, now]);
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
      exists (select from mails where status = 'planned' and in_digest and not_before <= $1) as "missedDigest",
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
  // In this order: the transaction that plans a digest writes its mail too, so what is missing in the first is counted in the second.
  const [provinces, rows] = await Promise.all([
    provincesWithoutDigest(tx, settings),
    runPrepared<CountedWork>(tx, countPending, [settings.clock.now()]),
  ]);
  const { missedDigest, nextAt, ...work } = rows[0]!;
  const later = missedDigest ? [nextAt, ...(await nextMornings(tx, settings))] : [nextAt];
  const instants = later.flatMap((at) => at?.getTime() ?? []);
  return { ...work, digests: provinces.length, nextAt: instants.length === 0 ? null : new Date(Math.min(...instants)) };
}

type CountedWork = Omit<PendingWork, 'digests'> & { readonly missedDigest: boolean };

/** What waits for a digest of a morning on which nobody was at work goes with that of the next. */
async function nextMornings(tx: Tx, { clock, calendarFor, directory }: DigestSettings): Promise<Date[]> {
  const now = clock.now();
  return (await directory.provinceIds(tx)).map((provinceId) => {
    const calendar = calendarFor(provinceId);
    return calendar.isWorkingTime(now)
      ? calendar.shiftWorkingDays({ from: now, offset: 1 })
      : calendar.nextWorkingInstant(now);
  });
}

export function isSettled(work: PendingWork): boolean {
  return work.dueTimers + work.outboxMessages + work.plannedMails + work.sendingMails + work.digests === 0;
}
