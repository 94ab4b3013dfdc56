import { randomUUID } from 'node:crypto';
import type { SuppressedReason } from '#contracts/mail-ledger.js';
import type { Text } from '#contracts/text.js';
import { dayOf } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { closeBundles, readDigest } from './mail-digest.js';
import type { DigestContent } from './mail-digest-content.js';
import {
  type ClaimedMail,
  type ClaimOutcome,
  digestTemplate,
  type Mailbox,
  type MailLedgerSettings,
  type MailPart,
} from './mail-ledger-types.js';

interface DueRow {
  readonly id: string;
  readonly province_id: string;
  readonly person_id: string;
  readonly instance_id: string | null;
  readonly case_code: string | null;
  readonly case_version: number | null;
  readonly template: string;
  readonly language: 'vi' | 'en';
  readonly subject: string;
  readonly message_id: string;
  readonly outbox_message_id: string | null;
  /** The message of the mail and those it tells along. */
  readonly parts: readonly StoredPart[] | null;
}

interface StoredPart {
  readonly id: string;
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly aboutTask: boolean;
  readonly task: {
    readonly id: string;
    readonly kind: string;
    readonly dueAt: string | null;
    readonly explanation: Text | null;
    readonly open: boolean;
  } | null;
  readonly deadline: {
    readonly id: string;
    readonly name: string;
    readonly dueAt: string;
    readonly explanation: Text;
    readonly cancelled: boolean;
    /** Cancelled because the same thing is due at another time now. */
    readonly moved: boolean;
  } | null;
}

/** What each taken mail is about at this moment. */
const describe = (taken: string) => `with taken as (
      ${taken}
    )
    select m.id, m.province_id, m.person_id, m.instance_id, i.case_code, i.version as case_version, m.template, m.language, m.subject,
      m.message_id, m.outbox_message_id, p.parts
    from taken m
    left join instances i on i.id = m.instance_id
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', o.id, 'template', o.template, 'data', o.data,
        'aboutTask', o.task_key is not null,
        'task', case when t.id is not null then jsonb_build_object('id', t.id, 'kind', t.kind, 'dueAt', t.due_at,
          'explanation', t.due_explanation, 'open', t.closed_at is null) end,
        'deadline', case when d.id is not null then jsonb_build_object('id', d.id, 'name', d.name, 'dueAt', d.due_at,
          'explanation', d.explanation, 'cancelled', d.cancelled_at is not null, 'moved', coalesce(d.cancel_reason = 'moved', false)) end)
        order by o.id = m.outbox_message_id desc, array_position(m.also, o.id)) as parts
      from outbox_messages o
      left join lateral (
        select id, kind, due_at, due_explanation, closed_at from tasks
        where instance_id = o.instance_id and key = o.task_key and id::text = coalesce(o.data->>'taskId', id::text)
        order by opened_seq desc limit 1
      ) t on o.task_key is not null
      left join timers r on r.id = o.timer_id
      left join timers d on d.id = r.deadline_id
      where o.id = m.outbox_message_id or o.id = any(m.also)
    ) p on true
    order by m.not_before, m.id`;

/** The oldest first, off the front of the index of what is due. */
const takeDue: PreparedStatement = {
  name: 'mail_take_due',
  text: describe(`select * from mails
      where status in ('planned', 'queued') and not in_digest and not_before <= $1
      order by not_before, id limit $2
      for update skip locked`),
};

const takeThese: PreparedStatement = {
  name: 'mail_take_these',
  text: describe(`select * from mails
      where id = any($3::uuid[]) and status in ('planned', 'queued') and not in_digest and not_before <= $1
      order by not_before, id limit $2
      for update skip locked`),
};

const writeClaims: PreparedStatement = {
  name: 'mail_write_claims',
  text: `with n as (
      select * from json_to_recordset($1::json) as n(id uuid, status text, reason text, fence uuid, address text,
        subject text, not_before timestamptz)
    )
    update mails m set status = n.status, suppressed_reason = n.reason,
      fence = n.fence, claimed_at = case when n.fence is not null then clock_timestamp() else m.claimed_at end,
      attempts = m.attempts + case when n.fence is not null then 1 else 0 end,
      address = coalesce(n.address, m.address), subject = coalesce(n.subject, m.subject),
      not_before = coalesce(n.not_before, m.not_before)
    from n where m.id = n.id`,
};

interface ClaimRow {
  readonly id: string;
  readonly status: 'sending' | 'suppressed' | 'planned';
  readonly reason?: SuppressedReason;
  readonly fence?: string;
  readonly address?: string;
  readonly subject?: string;
  readonly not_before?: Date;
}

interface ClaimRequest {
  readonly limit: number;
  readonly ids?: readonly string[];
  readonly newFence?: () => string;
}

/**
 * Takes up to `limit` due mails for sending, each with a fence of its own. COMMIT before sending: from then on a crash leaves the
 * rows in 'sending', which become 'uncertain' and are never sent again by themselves; so take no more than are sent at once.
 * What a mail is about is looked at once more, because hours may lie between the plan and the sending. Mails that another worker
 * holds, that are not due, or whose fate is known are absent from the answer. `newFence`: for who must know the fences although the
 * answer to the commit was lost, see releaseMails.
 */
export async function claimMails(
  tx: Tx,
  settings: MailLedgerSettings,
  { limit, ids, newFence = randomUUID }: ClaimRequest,
): Promise<ClaimOutcome[]> {
  const now = settings.clock.now();
  const rows = ids
    ? await runPrepared<DueRow>(tx, takeThese, [now, limit, ids])
    : await runPrepared<DueRow>(tx, takeDue, [now, limit]);
  if (rows.length === 0) return [];
  const boxes = await settings.directory.mailboxes(tx, [...new Set(rows.map((row) => row.person_id))]);
  const mailboxes = new Map(boxes.map((mailbox) => [mailbox.personId, mailbox]));
  const claims: ClaimOutcome[] = [];
  for (const row of rows)
    claims.push(await claim(tx, { row, mailbox: mailboxes.get(row.person_id), now, settings, newFence }));
  await runPrepared(tx, writeClaims, [JSON.stringify(claims.map(toRow))]);
  return claims;
}

interface Claiming {
  readonly row: DueRow;
  readonly mailbox: Mailbox | undefined;
  readonly now: Date;
  readonly settings: MailLedgerSettings;
  readonly newFence: () => string;
}

async function claim(tx: Tx, claiming: Claiming): Promise<ClaimOutcome> {
  const { row, mailbox, now, settings } = claiming;
  const { id } = row;
  const calendar = settings.calendarFor(row.province_id);
  const parts = row.parts ?? [];
  const isUrgent = parts.some(({ template }) => settings.templates.isUrgent(template));
  if (!isUrgent && !calendar.isWorkingTime(now)) {
    return { kind: 'waits', id, notBefore: calendar.nextWorkingInstant(now) };
  }
  if (!mailbox?.active) {
    if (row.template === digestTemplate)
      await closeBundles(tx, { digestId: id, personId: row.person_id, now, reason: 'personLeft' });
    return { kind: 'suppressed', id, reason: 'personLeft' };
  }
  if (row.template === digestTemplate) return claimDigest(tx, { ...claiming, mailbox });
  const live: StoredPart[] = [];
  const reasons: SuppressedReason[] = [];
  for (const part of parts) {
    const stands = await asItStands(tx, part, claiming);
    if (typeof stands === 'string') reasons.push(stands);
    else live.push(stands);
  }
  const [main, ...also] = live;
  if (main === undefined) return { kind: 'suppressed', id, reason: reasons[0] ?? 'unreadable' };
  const { templates } = settings;
  const { case_code: caseCode, language } = row;
  // The most pressing thing may be done by now, or a part of it; then the mail is about what is left.
  const subject =
    main.id === row.outbox_message_id && main.data === parts[0]?.data
      ? row.subject
      : templates.subject({ template: main.template, language, caseCode, data: main.data });
  return claimed(claiming, { main: partOf(main), also: also.map(partOf), subject, digest: null, mailbox });
}

async function claimDigest(tx: Tx, claiming: Claiming & { mailbox: Mailbox }): Promise<ClaimOutcome> {
  const { row, mailbox, now, settings } = claiming;
  const { id, person_id: personId, province_id: provinceId, language } = row;
  const calendar = settings.calendarFor(provinceId);
  const { directory, templates } = settings;
  const given = { digestId: id, personId, provinceId, now, calendar, directory, templates };
  const { content: digest, overtaken } = await readDigest(tx, given);
  await closeBundles(tx, { ...given, overtaken, reason: digest === null ? 'taskClosed' : 'inDigest' });
  if (digest === null) return { kind: 'suppressed', id, reason: 'nothingDue' };
  const subject = templates.digestSubject({ day: dayOf(now), language, counts: digest.counts });
  const main = { template: digestTemplate, data: {}, task: null, deadline: null };
  return claimed(claiming, { main, also: [], subject, digest, mailbox });
}

interface Found {
  readonly main: MailPart;
  readonly also: readonly MailPart[];
  readonly subject: string;
  readonly digest: DigestContent | null;
  readonly mailbox: Mailbox;
}

function claimed({ row, settings, newFence }: Claiming, { main, also, subject, digest, mailbox }: Found): ClaimOutcome {
  const mail: ClaimedMail = {
    ...main,
    also,
    digest,
    id: row.id,
    fence: newFence(),
    provinceId: row.province_id,
    personId: row.person_id,
    instanceId: row.instance_id,
    caseCode: row.case_code,
    caseVersion: row.case_version,
    address: mailbox.address,
    language: row.language,
    subject,
    messageId: row.message_id,
    threadId: row.instance_id === null ? null : `<case-${row.instance_id}@${settings.domain}>`,
  };
  return { kind: 'claimed', mail };
}

async function asItStands(
  tx: Tx,
  part: StoredPart,
  { row, settings }: Claiming,
): Promise<StoredPart | SuppressedReason> {
  const reason = pointlessBecause(part);
  if (reason !== null) return reason;
  const { template, data } = part;
  const holds = await settings.templates.whatHolds(tx, { provinceId: row.province_id, template, data });
  return holds === null ? 'overtaken' : { ...part, data: holds };
}

function pointlessBecause({ aboutTask, task, deadline }: StoredPart): SuppressedReason | null {
  if (aboutTask && task?.open !== true) return 'taskClosed';
  if (deadline?.cancelled) return deadline.moved ? 'timerMoved' : 'timerCancelled';
  return null;
}

/** Instants went through JSON. */
function partOf({ template, data, task, deadline }: StoredPart): MailPart {
  return {
    template,
    data,
    task: task && { ...task, dueAt: task.dueAt === null ? null : new Date(task.dueAt) },
    deadline: deadline && { ...deadline, dueAt: new Date(deadline.dueAt) },
  };
}

function toRow(outcome: ClaimOutcome): ClaimRow {
  switch (outcome.kind) {
    case 'waits':
      return { id: outcome.id, status: 'planned', not_before: outcome.notBefore };
    case 'suppressed':
      return { id: outcome.id, status: 'suppressed', reason: outcome.reason };
    case 'claimed': {
      const { id, fence, address, subject } = outcome.mail;
      return { id, status: 'sending', fence, address, subject };
    }
  }
}
