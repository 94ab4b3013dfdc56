import type { SuppressedReason } from '#contracts/mail-ledger.js';
import type { Assignee } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { canWait, digestInstant, type PlannedDigests, readPlannedDigests } from './digest-plan.js';
import type { Mailbox, MailLedgerSettings } from './mail-ledger-types.js';
import { insertMails, type NewMail } from './mail-rows.js';
import { createOrderedIds } from './ordered-id.js';
import { type DueMessage, type TakenMessages, takeDueMessages } from './outbox-take.js';

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
  await insertMails(tx, {
    mails,
    messages: areNew ? [...readable, ...unreadable] : [],
    at: now,
    domain: settings.domain,
  });
  await markSuperseded(tx, mails, readable);
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

/** What becomes of a mail. */
type Fate = Pick<NewMail, 'status' | 'suppressed_reason' | 'in_digest' | 'not_before' | 'also'>;

const none: readonly string[] = [];

/** Writes the rows of one batch; nothing in it asks the database. */
class MailWriter {
  readonly #settings: MailLedgerSettings;
  readonly #now: Date;
  readonly #mailboxes: ReadonlyMap<string, Mailbox>;
  readonly #planned: PlannedDigests | null;
  readonly #openings = new Map<string, Date | null>();
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
    const fate = { status: 'suppressed', suppressed_reason: reason, in_digest: false, not_before: null } as const;
    return this.#row(message, personId, { ...fate, also: none });
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
    const { in_digest, not_before } = this.#when(personId, [main, ...others]);
    const also = others.length > 0 ? others.map(({ id }) => id) : none;
    const mail = this.#row(main, personId, { status: 'planned', suppressed_reason: null, in_digest, not_before, also });
    return [mail, ...others.map((message) => this.unsent(message, personId, 'duplicate'))];
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
    if (messages.some(({ template }) => templates.isUrgent(template))) return { in_digest: false, not_before: null };
    const delivery = this.#mailboxes.get(personId)?.delivery ?? 'single';
    const digestDay = this.#planned?.nextDay(provinceId, calendar);
    const belongsInDigest =
      digestDay !== undefined &&
      (delivery === 'digest' || (delivery === 'both' && messages.every((one) => templates.isReminder(one.template)))) &&
      messages.every(({ data }) => canWait({ dueAt: dueOf(data), digestDay, now }));
    return belongsInDigest
      ? { in_digest: true, not_before: digestInstant(digestDay, calendar) }
      : { in_digest: false, not_before: this.#opening(provinceId) };
  }

  /** The same for every mail of a province in this batch. */
  #opening(provinceId: string): Date | null {
    const known = this.#openings.get(provinceId);
    if (known !== undefined) return known;
    const opening = this.#settings.calendarFor(provinceId).nextWorkingInstant(this.#now);
    const when = opening > this.#now ? opening : null;
    this.#openings.set(provinceId, when);
    return when;
  }

  /** Field by field: taking rows apart and together again was a sixth of the worker's share of a reminder. */
  #row(message: Addressable, personId: string | null, fate: Fate): NewMail {
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
      status: fate.status,
      suppressed_reason: fate.suppressed_reason,
      in_digest: fate.in_digest,
      not_before: fate.not_before,
      also: fate.also,
    };
  }
}

function dueOf(data: Readonly<Record<string, unknown>>): Date | null {
  const { dueAt } = data;
  if (typeof dueAt !== 'string') return null;
  const at = new Date(dueAt);
  return Number.isNaN(at.getTime()) ? null : at;
}
