import { randomUUID } from 'node:crypto';
import { dayOf } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { digestInstant, lockDigests } from './digest-plan.js';
import { digestTemplate, type Mailbox, type MailLedgerSettings } from './mail-ledger-types.js';

/** After this a digest leaves although something of the night is still being worked off. */
const patienceMs = 60 * 60_000;

const plannedToday: PreparedStatement = {
  name: 'mail_digest_provinces_planned',
  text: 'select province_id from digest_days where day = $1::date',
};

/** What is due now belongs in the digest of this morning, so it goes first. */
const workLeft: PreparedStatement = {
  name: 'mail_digest_work_left',
  text: `select exists (select from timers where kind = 'reminder' and due_at <= $1 and fired_at is null
      and cancelled_at is null) or exists (select from outbox_messages where relayed_at is null and not_before <= $1) as left`,
};

/** Who has open work, as it is assigned, and for whom something waits. */
const openAssignments: PreparedStatement = {
  name: 'mail_digest_open_assignments',
  text: `select distinct role, organisation_id as "organisationId", person_id as "personId" from tasks
    where province_id = $1 and closed_at is null
    union
    select null, null, person_id from mails where province_id = $1 and status = 'planned' and in_digest`,
};

const insertDigests: PreparedStatement = {
  name: 'mail_insert_digests',
  text: `insert into mails (id, province_id, occasion, person_id, template, language, address, subject, message_id, status,
      not_before, created_at)
    select n.id, $2, $3, n.person_id, $4, n.language, n.address, n.subject, n.message_id, 'planned', $5, $5
    from json_to_recordset($1::json) as n(id uuid, person_id uuid, language text, address text, subject text, message_id text)
    on conflict do nothing`,
};

const insertDay: PreparedStatement = {
  name: 'mail_insert_digest_day',
  text: 'insert into digest_days (province_id, day, planned_at) values ($1, $2::date, $3) on conflict do nothing returning day::text',
};

export type DigestSettings = Pick<MailLedgerSettings, 'clock' | 'calendarFor' | 'directory'>;

/** Provinces in whose working hours it is, with no digests planned for the day yet. */
export async function provincesWithoutDigest(tx: Tx, settings: DigestSettings): Promise<string[]> {
  const now = settings.clock.now();
  const [provinces, planned] = await Promise.all([
    settings.directory.provinceIds(tx),
    runPrepared<{ province_id: string }>(tx, plannedToday, [dayOf(now)]),
  ]);
  const open = provinces.filter((provinceId) => settings.calendarFor(provinceId).isWorkingTime(now));
  const done = new Set(planned.map((row) => row.province_id));
  return open.filter((provinceId) => !done.has(provinceId));
}

/**
 * Once a working morning: one ledger row for everybody who wants a digest and has open work, or for whom something waits. What
 * stands in it is looked up when it is sent. Returns how many rows.
 */
export async function planDigests(tx: Tx, settings: MailLedgerSettings): Promise<number> {
  const now = settings.clock.now();
  let planned = 0;
  for (const provinceId of await provincesWithoutDigest(tx, settings)) {
    const calendar = settings.calendarFor(provinceId);
    const [work] = await runPrepared<{ left: boolean }>(tx, workLeft, [now]);
    const isLate = now.getTime() > digestInstant(dayOf(now), calendar).getTime() + patienceMs;
    if (work?.left === true && !isLate) continue;
    const { nextDay } = await lockDigests(tx, now);
    if (nextDay(provinceId, calendar) === dayOf(now)) planned += await planFor(tx, provinceId, settings);
  }
  return planned;
}

async function planFor(tx: Tx, provinceId: string, settings: MailLedgerSettings): Promise<number> {
  const { clock, domain, templates } = settings;
  const now = clock.now();
  const day = dayOf(now);
  const [taken] = await runPrepared(tx, insertDay, [provinceId, day, now]);
  if (taken === undefined) return 0;
  const rows = (await readersWithWork(tx, provinceId, settings)).map((mailbox) => {
    const id = randomUUID();
    const counts = { overdue: 0, today: 0, soon: 0, later: 0, notes: 0 };
    const { personId, language, address } = mailbox;
    const subject = templates.digestSubject({ day, language, counts });
    return { id, person_id: personId, language, address, subject, message_id: `<${id}@${domain}>` };
  });
  const values = [JSON.stringify(rows), provinceId, `digest:${day}`, digestTemplate, now];
  await runPrepared(tx, insertDigests, values);
  return rows.length;
}

async function readersWithWork(
  tx: Tx,
  provinceId: string,
  { directory, clock }: MailLedgerSettings,
): Promise<readonly Mailbox[]> {
  const readers = await directory.digestReaders(tx, provinceId);
  const rows = await runPrepared<{ role: string | null; organisationId: string | null; personId: string | null }>(
    tx,
    openAssignments,
    [provinceId],
  );
  const people = new Set(rows.flatMap(({ personId }) => (personId === null ? [] : [personId])));
  const offices = new Set(rows.map(({ role, organisationId }) => `${role}@${organisationId}`));
  const ids = readers.map(({ personId }) => personId);
  for (const held of await directory.assignmentsOf(tx, ids, clock.now()))
    if (offices.has(`${held.role}@${held.organisationId}`)) people.add(held.personId);
  const known = new Map(readers.map((mailbox) => [mailbox.personId, mailbox]));
  const waiting = rows.flatMap(({ personId, role }) =>
    role === null && personId !== null && !known.has(personId) ? [personId] : [],
  );
  // Somebody who has just chosen single mails still gets what was put by for the morning.
  const others = await waitingMailboxes(tx, waiting, directory);
  return [...readers.filter(({ personId }) => people.has(personId)), ...others];
}

const reallyWaiting: PreparedStatement = {
  name: 'mail_digest_really_waiting',
  text: `select distinct person_id as "personId" from mails where person_id = any($1::uuid[]) and status = 'planned' and in_digest`,
};

async function waitingMailboxes(
  tx: Tx,
  personIds: readonly string[],
  directory: MailLedgerSettings['directory'],
): Promise<readonly Mailbox[]> {
  if (personIds.length === 0) return [];
  const rows = await runPrepared<{ personId: string }>(tx, reallyWaiting, [personIds]);
  const ids = rows.map(({ personId }) => personId);
  return directory.mailboxes(tx, ids);
}
