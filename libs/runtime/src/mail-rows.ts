import type { SuppressedReason } from '#contracts/mail-ledger.js';
import { arrayText, type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { StoredMessage } from './outbox-take.js';

/** A row of the ledger about one message and one person. */
export interface NewMail {
  readonly id: string;
  readonly province_id: string;
  readonly outbox_message_id: string;
  /** Other messages of the occasion which it tells along. */
  readonly also: readonly string[];
  readonly occasion: string;
  readonly person_id: string | null;
  readonly instance_id: string | null;
  readonly template: string;
  readonly language: 'vi' | 'en';
  readonly address: string | null;
  readonly subject: string;
  readonly status: 'planned' | 'suppressed';
  readonly suppressed_reason: SuppressedReason | null;
  readonly in_digest: boolean;
  /** Null: now. */
  readonly not_before: Date | null;
}

/**
 * A person who was told about the occasion before, by whatever way, is not told again: the constraint says so, and the row stays
 * behind as a duplicate. Columns as arrays: thousands of rows as JSON cost both sides half as much again.
 */
const writeRows: PreparedStatement = {
  name: 'mail_insert_planned',
  text: `with messages as (
      insert into outbox_messages (id, instance_id, timer_id, task_key, template, recipient, data, not_before, created_at, relayed_at)
      select o.id, o.instance_id, o.timer_id, o.task_key, o.template, o.recipient, o.data, $1, $1, $1
      from rows from (unnest($18::uuid[], $19::uuid[], $20::uuid[], $21::text[], $22::text[]),
        jsonb_array_elements($23::jsonb), jsonb_array_elements($24::jsonb))
        as o(id, instance_id, timer_id, task_key, template, recipient, data)
    ), written as (
      insert into mails (id, province_id, outbox_message_id, also, occasion, person_id, instance_id, template, language,
        address, subject, message_id, status, suppressed_reason, in_digest, not_before, created_at)
      select n.id, n.province_id, n.outbox_message_id, coalesce(n.also::uuid[], '{}'), n.occasion, n.person_id, n.instance_id,
        n.template, n.language, n.address, n.subject, concat('<', n.id, '@', $2::text, '>'), n.status, n.suppressed_reason,
        n.in_digest, coalesce(n.not_before, $1), $1
      from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::text[], $11::text[],
        $12::text[], $13::text[], $14::text[], $15::text[], $16::boolean[], $17::timestamptz[])
        as n(id, province_id, outbox_message_id, also, occasion, person_id, instance_id, template, language, address, subject,
          status, suppressed_reason, in_digest, not_before)
      on conflict do nothing returning id
    )
    select n.id from unnest($3::uuid[]) as n(id) where not exists (select from written w where w.id = n.id)`,
};

/**
 * `messages`: those that are in no outbox yet; they are written along as relayed, in the same statement. Throws when one of them has
 * no row of the ledger: it would be lost.
 */
export async function insertMails(
  tx: Tx,
  given: {
    readonly mails: readonly NewMail[];
    readonly messages: readonly StoredMessage[];
    readonly at: Date;
    readonly domain: string;
  },
): Promise<void> {
  const { mails, messages, at, domain } = given;
  const told = new Set(mails.map((mail) => mail.outbox_message_id));
  const lost = messages.filter(({ id }) => !told.has(id));
  if (lost.length > 0) throw new Error(`Messages without a row of the ledger: ${lost.map(({ id }) => id).join(', ')}.`);
  const write = (rows: readonly NewMail[], along: readonly StoredMessage[]) =>
    runPrepared<{ id: string }>(tx, writeRows, [at, domain, ...mailColumns(rows), ...messageColumns(along)]);
  const refused = await write(mails, messages);
  if (refused.length === 0) return;
  const known = new Set(refused.map(({ id }) => id));
  const duplicate = { status: 'suppressed', suppressed_reason: 'duplicate', in_digest: false } as const;
  await write(
    mails.filter(({ id }) => known.has(id)).map((mail) => ({ ...mail, ...duplicate })),
    [],
  );
}

function mailColumns(mails: readonly NewMail[]): string[] {
  return [
    arrayText(mails.map((mail) => mail.id)),
    arrayText(mails.map((mail) => mail.province_id)),
    arrayText(mails.map((mail) => mail.outbox_message_id)),
    arrayText(mails.map((mail) => (mail.also.length > 0 ? `{${mail.also.join(',')}}` : null))),
    arrayText(mails.map((mail) => mail.occasion)),
    arrayText(mails.map((mail) => mail.person_id)),
    arrayText(mails.map((mail) => mail.instance_id)),
    arrayText(mails.map((mail) => mail.template)),
    arrayText(mails.map((mail) => mail.language)),
    arrayText(mails.map((mail) => mail.address)),
    arrayText(mails.map((mail) => mail.subject)),
    arrayText(mails.map((mail) => mail.status)),
    arrayText(mails.map((mail) => mail.suppressed_reason)),
    arrayText(mails.map((mail) => String(mail.in_digest))),
    arrayText(mails.map((mail) => mail.not_before?.toISOString() ?? null)),
  ];
}

function messageColumns(messages: readonly StoredMessage[]): string[] {
  return [
    arrayText(messages.map((message) => message.id)),
    arrayText(messages.map((message) => message.instance_id)),
    arrayText(messages.map((message) => message.timer_id)),
    arrayText(messages.map((message) => message.task_key)),
    arrayText(messages.map((message) => message.template)),
    JSON.stringify(messages.map((message) => message.recipient)),
    JSON.stringify(messages.map((message) => message.data)),
  ];
}
