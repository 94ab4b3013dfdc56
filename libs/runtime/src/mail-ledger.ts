import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { MailLedgerSettings } from './mail-ledger-types.js';

/** With the waits below: about eleven hours of trying before a mail counts as failed. */
export const maxMailAttempts = 15;
const minute = 60_000;

export interface MailReport {
  readonly id: string;
  readonly fence: string;
  readonly outcome: 'accepted' | 'temporary' | 'permanent' | 'uncertain';
  /** The server's answer, for the operator. Never an address or a body. */
  readonly response: string;
}

/**
 * A row swept to 'uncertain' in the meantime still takes the answer of who holds the fence: it is the better knowledge. The
 * wait doubles from one minute to one hour; $3 is the number of attempts after which it ends as failed.
 */
const recordOutcomes: PreparedStatement = {
  name: 'mail_record_outcomes',
  text: `update mails m set
      status = case when n.outcome = 'accepted' then 'sent' when n.outcome = 'uncertain' then 'uncertain'
        when n.outcome = 'temporary' and m.attempts < $3 then 'planned' else 'failed' end,
      sent_at = case when n.outcome = 'accepted' then $2::timestamptz end,
      not_before = case when n.outcome = 'temporary'
        then $2::timestamptz + least(60, power(2, m.attempts - 1)) * interval '1 minute' else m.not_before end,
      last_response = n.response, fence = null
    from json_to_recordset($1::json) as n(id uuid, fence uuid, outcome text, response text)
    where m.id = n.id and m.fence = n.fence and m.status in ('sending', 'uncertain')
    returning m.id, m.status`,
};

/** Id → new status. A mail that is absent is held by somebody else now; it was not changed. */
export async function recordMailOutcomes(
  tx: Tx,
  { clock }: Pick<MailLedgerSettings, 'clock'>,
  reports: readonly MailReport[],
): Promise<ReadonlyMap<string, string>> {
  const lines = reports.map((report) => ({ ...report, response: report.response.slice(0, 500) }));
  const values = [JSON.stringify(lines), clock.now(), maxMailAttempts];
  const rows = await runPrepared<{ id: string; status: string }>(tx, recordOutcomes, values);
  return new Map(rows.map(({ id, status }) => [id, status]));
}

const release: PreparedStatement = {
  name: 'mail_release',
  text: `update mails set status = 'planned', attempts = attempts - 1, fence = null
    where status = 'sending' and fence = any($1::uuid[]) returning id`,
};

/** Gives back what was claimed under these fences and has not been handed to the mail server: it is due as before. */
export async function releaseMails(tx: Tx, fences: readonly string[]): Promise<string[]> {
  const rows = await runPrepared<{ id: string }>(tx, release, [fences]);
  return rows.map(({ id }) => id);
}

const markBounced: PreparedStatement = {
  name: 'mail_mark_bounced',
  text: `update mails set status = 'failed', bounced_at = $2, last_response = $3, bounce_digest = $4, fence = null
    where id = $1 and status in ('sending', 'sent', 'uncertain') and bounce_digest is distinct from $4 returning id`,
};

interface Bounce {
  readonly id: string;
  readonly at: Date;
  readonly response: string;
  /** Of the report. */
  readonly digest: string;
}

/**
 * A report says that a mail the server had accepted did not arrive. It is not sent again by itself. False: there is no such mail, the
 * report was taken before (`digest`; a mail sent again since is not failed by it), or the mail is waiting to be sent again.
 */
export async function recordBounce(tx: Tx, { id, at, response, digest }: Bounce): Promise<boolean> {
  const rows = await runPrepared(tx, markBounced, [id, at, response.slice(0, 500), digest]);
  return rows.length > 0;
}

const sweepSending: PreparedStatement = {
  name: 'mail_sweep_sending',
  text: `update mails set status = 'uncertain',
      last_response = 'The worker ended between the sending and the record of it. The mail may have arrived.'
    where id in (select id from mails where status = 'sending' and claimed_at < clock_timestamp() - $1 * interval '1 millisecond'
      for update skip locked) returning id`,
};

/**
 * Rows whose worker has vanished. `afterMs` in real time, far longer than an SMTP conversation may last. What somebody holds at this
 * moment is left alone: a worker may just be recording its answers.
 */
export async function markStaleMails(tx: Tx, { afterMs = 10 * minute }: { afterMs?: number } = {}): Promise<string[]> {
  const rows = await runPrepared<{ id: string }>(tx, sweepSending, [afterMs]);
  return rows.map(({ id }) => id);
}

/** A queue that was emptied has forgotten what is in line, so what waits there for long is put in line again. */
const queueDue: PreparedStatement = {
  name: 'mail_queue_due',
  text: `with queued as (
      update mails set status = 'queued', queued_at = clock_timestamp() where id in (
        select id from mails where id in (
            select id from mails
            where status in ('planned', 'queued') and not in_digest and not_before <= $1
            order by not_before, id limit $2)
          and (status = 'planned' or status = 'queued' and queued_at < clock_timestamp() - $3 * interval '1 millisecond')
        for update skip locked)
      returning id, not_before)
    select id from queued order by not_before, id`,
};

/**
 * Marks the `limit` oldest due mails as handed to the queue, so that never more are in line; answers in that order. `againAfterMs` in real time.
 * Being in line is no claim: whoever comes first takes them.
 */
export async function queueDueMails(
  tx: Tx,
  { clock }: Pick<MailLedgerSettings, 'clock'>,
  { limit, againAfterMs }: { readonly limit: number; readonly againAfterMs: number },
): Promise<string[]> {
  const rows = await runPrepared<{ id: string }>(tx, queueDue, [clock.now(), limit, againAfterMs]);
  return rows.map(({ id }) => id);
}

const selectDue: PreparedStatement = {
  name: 'mail_select_due',
  text: `select id from mails where status in ('planned', 'queued') and not in_digest and not_before <= $1
    order by not_before, id limit $2`,
};

/** For going on one by one when a group could not be claimed. */
export async function dueMailIds(
  tx: Tx,
  { clock }: Pick<MailLedgerSettings, 'clock'>,
  { limit }: { readonly limit: number },
): Promise<string[]> {
  const rows = await runPrepared<{ id: string }>(tx, selectDue, [clock.now(), limit]);
  return rows.map(({ id }) => id);
}

const setAside: PreparedStatement = {
  name: 'mail_set_aside',
  text: `update mails set status = 'planned', not_before = $2,
      last_response = 'It cannot be prepared for sending; see the log of the worker. It is tried again later.'
    where id = $1 and status in ('planned', 'queued')`,
};

/** A mail that breaks its group is tried again later, when the reason may be gone; until then it holds nobody up. */
export async function setMailAside(tx: Tx, { id, until }: { id: string; until: Date }): Promise<void> {
  await runPrepared(tx, setAside, [id, until]);
}
