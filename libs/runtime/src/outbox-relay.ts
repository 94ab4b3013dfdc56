import type { SuppressedReason } from '#contracts/mail-ledger.js';
import type { Assignee } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { canWait, digestInstant, type PlannedDigests, readPlannedDigests } from './digest-plan.js';
import type { Mailbox, MailLedgerSettings } from './mail-ledger-types.js';
import { createOrderedIds } from './ordered-id.js';
import { type DueMessage, type StoredMessage, type TakenMessages, takeDueMessages } from './outbox-take.js';

interface NewMail {
  readonly id: string;
  readonly province_id: string;
  readonly outbox_message_id: string;
  /** Absent: none. */
  readonly also?: readonly string[];
  readonly occasion: string;
  readonly person_id: string | null;
  readonly instance_id: string | null;
  readonly template: string;
  readonly language: 'vi' | 'en';
  readonly address: string | null;
  readonly subject: string;
  readonly status: 'planned' | 'suppressed';
  readonly suppressed_reason?: SuppressedReason;
  readonly in_digest: boolean;
  /** Absent: now. */
  readonly not_before?: Date;
  /** The message is written along, as relayed, with the four below. */
  readonly message?: boolean;
  readonly timer_id?: string | null;
  readonly task_key?: string | null;
  readonly recipient?: unknown;
  readonly data?: unknown;
}

/**
 * A person who was told about the occasion before, by whatever way, is not told again: the constraint says so, and the row stays
 * behind as a duplicate.
 */
const insertMails: PreparedStatement = {
  name: 'mail_insert_planned',
  text: `with new as (
      select * from json_to_recordset($3::json) as n(id uuid, province_id uuid, outbox_message_id uuid, also uuid[],
        occasion text, person_id uuid, instance_id uuid, template text, language text, address text, subject text,
        status text, suppressed_reason text, in_digest boolean, not_before timestamptz,
        message boolean, timer_id uuid, task_key text, recipient jsonb, data jsonb)
    ), messages as (
      insert into outbox_messages (id, instance_id, timer_id, task_key, template, recipient, data, not_before, created_at, relayed_at)
      select n.outbox_message_id, n.instance_id, n.timer_id, n.task_key, n.template, n.recipient, n.data, $1, $1, $1
      from new n where n.message
    ), written as (
      insert into mails (id, province_id, outbox_message_id, also, occasion, person_id, instance_id, template, language,
        address, subject, message_id, status, suppressed_reason, in_digest, not_before, created_at)
      select n.id, n.province_id, n.outbox_message_id, coalesce(n.also, '{}'), n.occasion, n.person_id, n.instance_id,
        n.template, n.language, n.address, n.subject, concat('<', n.id, '@', $2::text, '>'), n.status, n.suppressed_reason,
        n.in_digest, coalesce(n.not_before, $1), $1
      from new n
      on conflict do nothing returning id
    )
    select n.id from new n where not exists (select from written w where w.id = n.id)`,
};

/**
 * Of two reminders of one deadline that wait for the same person, only the newer one still says how things stand. By the case, which
 * has an index: one person may wait for thousands of mails. `offset 0` keeps the planner from looking at those of the person as well.
 */
const supersede: PreparedStatement = {
  name: 'mail_supersede',
  text: `update mails set status = 'suppressed', suppressed_reason = 'superseded' where id in (
      select id from mails where status in ('planned', 'queued') and id in (
        select m.id from json_to_recordset($1::json)
          as n(instance_id uuid, person_id uuid, deadline_id uuid, occasion text)
        cross join lateral (select * from mails where instance_id = n.instance_id offset 0) m
        join outbox_messages o on o.id = m.outbox_message_id
        join timers r on r.id = o.timer_id and coalesce(r.deadline_id, r.id) = n.deadline_id
        where m.person_id = n.person_id and m.occasion <> n.occasion and m.status in ('planned', 'queued'))
      for update skip locked)`,
};

const markRelayed: PreparedStatement = {
  name: 'mail_mark_relayed',
  text: 'update outbox_messages set relayed_at = $2 where id = any($1::uuid[])',
};

/**
 * Turns due outbox messages into ledger rows in the caller's transaction: for each person one mail an occasion, and a suppressed
 * row for what need not be said. Two workers take different occasions. Nobody found: one suppressed row, so that the operator
 * sees that a role is empty. `only`: that message and its occasion. Returns how many messages.
 */
export async function relayOutbox(
  tx: Tx,
  settings: MailLedgerSettings,
  { limit, only }: { readonly limit: number; readonly only?: string },
): Promise<number> {
  const now = settings.clock.now();
  const taken = await takeDueMessages(tx, { now, limit, ...(only !== undefined && { only }) });
  const ids = [...taken.readable, ...taken.unreadable].map(({ id }) => id);
  if (ids.length === 0) return 0;
  await writeMails(tx, taken, settings);
  await runPrepared(tx, markRelayed, [ids, now]);
  return ids.length;
}

/**
 * The rows of the ledger for messages that nobody else turns into mails at this moment; whole occasions. `areNew`: the messages are
 * in no outbox yet and are written along, in the same statement. Write them before their timers are changed: a foreign key to a row
 * that this transaction has changed is dear.
 */
export async function writeMails(
  tx: Tx,
  taken: TakenMessages,
  { areNew = false, ...settings }: MailLedgerSettings & { readonly areNew?: boolean },
): Promise<void> {
  const { readable, unreadable } = taken;
  const now = settings.clock.now();
  const peopleOf = await resolvePeople(tx, readable, settings);
  const mailboxes = await mailboxesOf(tx, [...new Set([...peopleOf.values()].flat())], settings);
  const wantsDigest = [...mailboxes.values()].some(({ delivery }) => delivery !== 'single');
  const planned = wantsDigest ? await readPlannedDigests(tx, now) : null;
  const writer = new MailWriter(settings, { now, mailboxes, planned });
  const mails = [
    ...unreadable.map((message) => writer.unsent({ ...message, data: {} }, null, 'unreadable')),
    ...byOccasion(readable).flatMap((messages) => writer.mailsOf(messages, peopleOf)),
  ];
  await insert(tx, areNew ? withMessages(mails, taken) : mails, settings);
  await markSuperseded(tx, mails, readable);
}

/** Each message goes with the first of its mails. */
function withMessages(mails: readonly NewMail[], { readable, unreadable }: TakenMessages): NewMail[] {
  const missing = new Map<string, StoredMessage>([...readable, ...unreadable].map((message) => [message.id, message]));
  const rows = mails.map((mail): NewMail => {
    const message = missing.get(mail.outbox_message_id);
    if (message === undefined) return mail;
    missing.delete(message.id);
    const { timer_id, task_key, recipient, data } = message;
    return { ...mail, message: true, timer_id, task_key, recipient, data };
  });
  if (missing.size > 0) throw new Error(`Messages without a row of the ledger: ${[...missing.keys()].join(', ')}.`);
  return rows;
}

async function insert(tx: Tx, mails: readonly NewMail[], { clock, domain }: MailLedgerSettings): Promise<void> {
  const write = (rows: readonly NewMail[]) =>
    runPrepared<{ id: string }>(tx, insertMails, [clock.now(), domain, JSON.stringify(rows)]);
  const refused = await write(mails);
  if (refused.length === 0) return;
  const known = new Set(refused.map(({ id }) => id));
  const duplicate = { status: 'suppressed', suppressed_reason: 'duplicate', in_digest: false, message: false } as const;
  await write(mails.filter(({ id }) => known.has(id)).map((mail) => ({ ...mail, ...duplicate })));
}

async function markSuperseded(tx: Tx, mails: readonly NewMail[], messages: readonly DueMessage[]): Promise<void> {
  const deadlines = new Map(
    messages.flatMap(({ id, deadline_id }) => (deadline_id === null ? [] : [[id, deadline_id]])),
  );
  if (deadlines.size === 0) return;
  const keys = mails.flatMap(({ status, outbox_message_id, instance_id, person_id, occasion }) => {
    const deadline_id = deadlines.get(outbox_message_id);
    return status === 'planned' && deadline_id !== undefined ? [{ instance_id, person_id, deadline_id, occasion }] : [];
  });
  if (keys.length > 0) await runPrepared(tx, supersede, [JSON.stringify(keys)]);
}

/** Enough of a message to write a row about it, whether or not it can be read. */
type Addressable = Omit<DueMessage, 'recipient'>;

function byOccasion(messages: readonly DueMessage[]): DueMessage[][] {
  const occasions = new Map<string, DueMessage[]>();
  for (const message of messages) {
    const known = occasions.get(message.occasion);
    if (known) known.push(message);
    else occasions.set(message.occasion, [message]);
  }
  return [...occasions.values()];
}

/** Many messages of one batch go to the same few offices: each is asked for once. */
async function resolvePeople(
  tx: Tx,
  messages: readonly DueMessage[],
  { directory, clock }: MailLedgerSettings,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const now = clock.now();
  const recipients = new Map(messages.map(({ recipient }) => [assignmentKey(recipient), recipient]));
  // All questions leave at once; the connection answers them in order.
  const found = await Promise.all(
    [...recipients].map(async ([key, recipient]) => {
      const people = await directory.peopleFor(tx, recipient, now);
      return [key, people.map(({ personId }) => personId)] as const;
    }),
  );
  return new Map(found);
}

async function mailboxesOf(
  tx: Tx,
  personIds: readonly string[],
  { directory }: MailLedgerSettings,
): Promise<ReadonlyMap<string, Mailbox>> {
  const mailboxes = await directory.mailboxes(tx, personIds);
  return new Map(mailboxes.map((mailbox) => [mailbox.personId, mailbox]));
}

function assignmentKey(assignee: Assignee): string {
  return 'personId' in assignee ? assignee.personId : `${assignee.role}@${assignee.organisationId}`;
}

/** Writes the rows of one batch; nothing in it asks the database. */
class MailWriter {
  readonly #settings: MailLedgerSettings;
  readonly #now: Date;
  readonly #mailboxes: ReadonlyMap<string, Mailbox>;
  readonly #planned: PlannedDigests | null;
  readonly #openings = new Map<string, Pick<NewMail, 'not_before'>>();
  readonly #newId: () => string;

  constructor(
    settings: MailLedgerSettings,
    known: { now: Date; mailboxes: ReadonlyMap<string, Mailbox>; planned: PlannedDigests | null },
  ) {
    this.#settings = settings;
    this.#now = known.now;
    this.#mailboxes = known.mailboxes;
    this.#planned = known.planned;
    this.#newId = createOrderedIds(known.now);
  }

  /** The messages of one occasion: each person reads the most pressing one, which tells the others too. */
  mailsOf(messages: readonly DueMessage[], peopleOf: ReadonlyMap<string, readonly string[]>): NewMail[] {
    const told = new Map<string, DueMessage[]>();
    const unsent: NewMail[] = [];
    for (const message of messages) {
      const people = peopleOf.get(assignmentKey(message.recipient)) ?? [];
      if (people.length === 0) unsent.push(this.unsent(message, null, 'noRecipient'));
      for (const personId of people) {
        const reason = this.#reasonAgainst(message, personId);
        if (reason !== null) unsent.push(this.unsent(message, personId, reason));
        else {
          const own = told.get(personId);
          if (own) own.push(message);
          else told.set(personId, [message]);
        }
      }
    }
    return [...unsent, ...[...told].flatMap(([personId, own]) => this.#mailsTo(personId, own))];
  }

  unsent(message: Addressable, personId: string | null, reason: SuppressedReason): NewMail {
    return {
      ...this.#row(message, personId),
      status: 'suppressed',
      suppressed_reason: reason,
      in_digest: false,
    };
  }

  #reasonAgainst({ template, decided_by: decidedBy }: DueMessage, personId: string): SuppressedReason | null {
    if (!this.#settings.templates.isKnown(template)) return 'unknownTemplate';
    if (!this.#mailboxes.get(personId)?.active) return 'personLeft';
    return decidedBy === personId ? 'ownDecision' : null;
  }

  #mailsTo(personId: string, messages: readonly DueMessage[]): NewMail[] {
    const [main, ...others] =
      messages.length > 1 ? messages.toSorted((one, other) => this.#rank(one) - this.#rank(other)) : messages;
    if (main === undefined) return [];
    const mail: NewMail = {
      ...this.#row(main, personId),
      ...this.#when(personId, [main, ...others]),
      status: 'planned',
    };
    if (others.length === 0) return [mail];
    const also = others.map(({ id }) => id);
    return [{ ...mail, also }, ...others.map((message) => this.unsent(message, personId, 'duplicate'))];
  }

  /** What cannot wait, then what is asked of the reader, then what they may want to know. */
  #rank({ template, task_key }: DueMessage): number {
    const { templates } = this.#settings;
    if (templates.isUrgent(template)) return 0;
    return task_key !== null && !templates.isReminder(template) ? 1 : 2;
  }

  #when(personId: string, messages: readonly [DueMessage, ...DueMessage[]]): Pick<NewMail, 'in_digest' | 'not_before'> {
    const { templates, calendarFor } = this.#settings;
    const now = this.#now;
    const [{ province_id: provinceId }] = messages;
    const calendar = calendarFor(provinceId);
    if (messages.some(({ template }) => templates.isUrgent(template))) return { in_digest: false };
    const delivery = this.#mailboxes.get(personId)?.delivery ?? 'single';
    const digestDay = this.#planned?.nextDay(provinceId, calendar);
    const belongsInDigest =
      digestDay !== undefined &&
      (delivery === 'digest' || (delivery === 'both' && messages.every((one) => templates.isReminder(one.template)))) &&
      messages.every(({ data }) => canWait({ dueAt: dueOf(data), digestDay, now }));
    return belongsInDigest
      ? { in_digest: true, not_before: digestInstant(digestDay, calendar) }
      : { in_digest: false, ...this.#opening(provinceId) };
  }

  /** The same for every mail of a province in this batch. */
  #opening(provinceId: string): Pick<NewMail, 'not_before'> {
    const known = this.#openings.get(provinceId);
    if (known) return known;
    const opening = this.#settings.calendarFor(provinceId).nextWorkingInstant(this.#now);
    const when = opening > this.#now ? { not_before: opening } : {};
    this.#openings.set(provinceId, when);
    return when;
  }

  #row(message: Addressable, personId: string | null) {
    const { templates } = this.#settings;
    const mailbox = personId === null ? undefined : this.#mailboxes.get(personId);
    const language = mailbox?.language ?? 'vi';
    const { template, data, case_code: caseCode } = message;
    return {
      id: this.#newId(),
      province_id: message.province_id,
      outbox_message_id: message.id,
      occasion: message.occasion,
      person_id: personId,
      instance_id: message.instance_id,
      template,
      language,
      address: mailbox?.address ?? null,
      subject: templates.isKnown(template)
        ? templates.subject({ template, language, caseCode, data })
        : (caseCode ?? ''),
    };
  }
}

function dueOf(data: Readonly<Record<string, unknown>>): Date | null {
  const { dueAt } = data;
  if (typeof dueAt !== 'string') return null;
  const at = new Date(dueAt);
  return Number.isNaN(at.getTime()) ? null : at;
}
