import { randomUUID } from 'node:crypto';
import type { Assignee } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { Mailbox, MailLedgerSettings, SuppressedReason } from './mail-ledger-types.js';

interface DueMessage {
  readonly id: string;
  readonly instance_id: string;
  readonly province_id: string;
  readonly case_code: string;
  readonly timer_id: string | null;
  readonly task_key: string | null;
  readonly template: string;
  readonly recipient: Assignee;
  readonly data: Readonly<Record<string, unknown>>;
  readonly created_at: Date;
}

interface NewMail {
  readonly id: string;
  readonly outbox_message_id: string;
  readonly person_id: string | null;
  readonly instance_id: string;
  readonly template: string;
  readonly language: 'vi' | 'en';
  readonly address: string | null;
  readonly subject: string;
  readonly message_id: string;
  readonly status: 'planned' | 'suppressed';
  readonly suppressed_reason: SuppressedReason | null;
  readonly not_before: Date;
}

const takeMessages: PreparedStatement = {
  name: 'mail_take_outbox_messages',
  text: `select o.id, o.instance_id, i.province_id, i.case_code, o.timer_id, o.task_key, o.template, o.recipient, o.data,
      o.created_at
    from outbox_messages o join instances i on i.id = o.instance_id
    where o.relayed_at is null and o.not_before <= $1
    order by o.not_before, o.timer_id, o.id limit $2
    for update of o skip locked`,
};

/** The same message relayed twice would be a bug of ours; the constraint still keeps one mail a person. */
const insertMails: PreparedStatement = {
  name: 'mail_insert_planned',
  text: `insert into mails (id, outbox_message_id, person_id, instance_id, template, language, address, subject, message_id,
      status, suppressed_reason, not_before, created_at)
    select n.id, n.outbox_message_id, n.person_id, n.instance_id, n.template, n.language, n.address, n.subject,
      n.message_id, n.status, n.suppressed_reason, n.not_before, $2
    from json_to_recordset($1::json) as n(id uuid, outbox_message_id uuid, person_id uuid, instance_id uuid, template text,
      language text, address text, subject text, message_id text, status text, suppressed_reason text,
      not_before timestamptz)
    on conflict on constraint uq_mails_recipient do nothing`,
};

const markRelayed: PreparedStatement = {
  name: 'mail_mark_relayed',
  text: 'update outbox_messages set relayed_at = $2 where id = any($1::uuid[])',
};

/**
 * Turns due outbox messages into ledger rows, one for each person, in the caller's transaction. Two workers take different
 * messages. Nobody found: one suppressed row, so that the operator sees that a role is empty. Returns how many messages.
 */
export async function relayOutbox(
  tx: Tx,
  settings: MailLedgerSettings,
  { limit }: { readonly limit: number },
): Promise<number> {
  const now = settings.clock.now();
  const messages = await runPrepared<DueMessage>(tx, takeMessages, [now, limit]);
  if (messages.length === 0) return 0;
  const peopleOf = await resolvePeople(tx, messages, settings);
  const everybody = [...new Set([...peopleOf.values()].flat())];
  const mailboxes = new Map(
    (await settings.directory.mailboxes(tx, everybody)).map((mailbox) => [mailbox.personId, mailbox]),
  );
  const alreadyTold = new Set<string>();
  const mails = messages.flatMap((message) => {
    const people = peopleOf.get(assignmentKey(message.recipient)) ?? [];
    if (people.length === 0) return [newMail(message, settings, { personId: null, suppressed: 'noRecipient' })];
    return people.map((personId) => {
      const mailbox = mailboxes.get(personId);
      const suppressed = reasonAgainst({ message, mailbox, personId, alreadyTold, settings });
      return newMail(message, settings, { personId, mailbox, suppressed });
    });
  });
  await runPrepared(tx, insertMails, [JSON.stringify(mails), now]);
  await runPrepared(tx, markRelayed, [messages.map(({ id }) => id), now]);
  return messages.length;
}

/** Many messages of one batch go to the same few offices: each is asked for once. */
async function resolvePeople(
  tx: Tx,
  messages: readonly DueMessage[],
  { directory, clock }: MailLedgerSettings,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const now = clock.now();
  const found = new Map<string, readonly string[]>();
  for (const { recipient } of messages) {
    const key = assignmentKey(recipient);
    if (found.has(key)) continue;
    const people = await directory.peopleFor(tx, recipient, now);
    found.set(
      key,
      people.map(({ personId }) => personId),
    );
  }
  return found;
}

function assignmentKey(assignee: Assignee): string {
  return 'personId' in assignee ? assignee.personId : `${assignee.role}@${assignee.organisationId}`;
}

interface Candidate {
  readonly message: DueMessage;
  readonly mailbox: Mailbox | undefined;
  readonly personId: string;
  readonly alreadyTold: Set<string>;
  readonly settings: MailLedgerSettings;
}

function reasonAgainst({ message, mailbox, personId, alreadyTold, settings }: Candidate): SuppressedReason | null {
  if (!settings.templates.isKnown(message.template)) return 'unknownTemplate';
  if (!mailbox?.active) return 'personLeft';
  // A person who holds two of the roles a message goes to reads it once.
  const occasion = message.timer_id ?? `${message.task_key} ${message.created_at.toISOString()}`;
  const told = [message.instance_id, message.template, occasion, personId].join(' ');
  if (alreadyTold.has(told)) return 'duplicate';
  alreadyTold.add(told);
  return null;
}

interface Addressing {
  readonly personId: string | null;
  readonly mailbox?: Mailbox | undefined;
  readonly suppressed: SuppressedReason | null;
}

function newMail(message: DueMessage, settings: MailLedgerSettings, addressing: Addressing): NewMail {
  const { templates, clock, domain } = settings;
  const { mailbox, suppressed } = addressing;
  const id = randomUUID();
  const language = mailbox?.language ?? 'vi';
  const { template, data, case_code: caseCode } = message;
  const now = clock.now();
  const calendar = settings.calendarFor(message.province_id);
  return {
    id,
    outbox_message_id: message.id,
    person_id: addressing.personId,
    instance_id: message.instance_id,
    template,
    language,
    address: mailbox?.address ?? null,
    subject: templates.isKnown(template) ? templates.subject({ template, language, caseCode, data }) : caseCode,
    message_id: `<${id}@${domain}>`,
    status: suppressed ? 'suppressed' : 'planned',
    suppressed_reason: suppressed,
    not_before: templates.isUrgent(template) ? now : calendar.nextWorkingInstant(now),
  };
}
