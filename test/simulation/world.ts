import { randomUUID } from 'node:crypto';
import {
  addDays,
  type BusinessCalendar,
  createBusinessCalendar,
  createManualClock,
  dayOf,
  vietnamHolidays,
} from '#libs/calendar';
import { delegationMails } from '#libs/delegation';
import type { WorkflowEvent } from '#libs/engine';
import { mailDirectory } from '#libs/organisation';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { type MailLedgerSettings, Runtime } from '#libs/runtime';
import { createTestDatabase } from '#test/support/database.js';
import type { Evidence, MessageRow, SimulatedMail } from './check.js';
import type { Delivery } from './delivery.js';
import type { CaseHistory } from './expected.js';
import { chiefId, permitWithLadder } from './permit-ladder.js';

export const provinceId = '00000000-0000-4000-8000-000000000001';
export const officers = [1, 2, 3].map((number) => `00000000-0000-4000-8000-0000000000a${number}`);
export const leaders = [1, 2].map((number) => `00000000-0000-4000-8000-0000000000b${number}`);
/** Each leads an office of their own; what a leader has to decide is the task of the office. */
const offices = [1, 2].map((number) => `00000000-0000-4000-8000-0000000000e${number}`);
/** Whoever stands in for the leader of the same number. */
const deputies = [1, 2].map((number) => `00000000-0000-4000-8000-0000000000d${number}`);
const everybody = [...officers, ...leaders, ...deputies, chiefId];

/** One database for any number of runs after each other, and everything of the product that a worker is made of. */
export interface World {
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly ledger: MailLedgerSettings;
  readonly clock: ReturnType<typeof createManualClock>;
  /** The calendar that was known at that instant. */
  calendarAt(at: Date): BusinessCalendar;
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Empties the tables of cases and brings everybody back. */
  reset(): Promise<void>;
  /** A day is made a holiday from now on, and the open deadlines are counted anew. Returns how many cases moved. */
  announceHoliday(day: string): Promise<number>;
  /** From today the deputy stands in for the leader of that number, for so many days. */
  substitute(given: { readonly number: number; readonly days: number }): Promise<void>;
  chooseDelivery(given: { readonly number: number; readonly delivery: Delivery }): Promise<void>;
  gather(): Promise<Pick<Evidence, 'messages' | 'mails' | 'cases' | 'absences'>>;
  close(): Promise<void>;
}

interface KnownCalendar {
  readonly from: Date;
  readonly days: readonly string[];
  readonly calendar: BusinessCalendar;
}

/** The national calendar and the holidays announced since, each from the instant at which it was. */
function createCalendars() {
  const always: KnownCalendar = { from: new Date(0), days: [], calendar: createBusinessCalendar(vietnamHolidays) };
  let known = [always];
  const at = (instant: Date) => known.findLast(({ from }) => from <= instant)!.calendar;
  return {
    at,
    newest: () => known.at(-1)!.calendar,
    announce(day: string, from: Date) {
      const days = [...known.at(-1)!.days, day];
      const added = days.map((one) => ({
        day: one,
        kind: 'swappedOff' as const,
        name: { vi: 'Nghỉ đột xuất', en: 'A day off at short notice' },
        verified: false,
        source: 'simulation',
      }));
      const table = {
        ...vietnamHolidays,
        version: `${vietnamHolidays.version}+${days.length}`,
        days: [...vietnamHolidays.days, ...added],
      };
      known = [...known, { from, days, calendar: createBusinessCalendar(table) }];
    },
    forget() {
      known = [always];
    },
  };
}

export async function openWorld(): Promise<World> {
  const database = await createTestDatabase({ poolSize: 4 });
  const clock = createManualClock(new Date('2026-01-05T01:00:00Z'));
  const calendars = createCalendars();
  const calendarFor = () => calendars.newest();
  const runtime = new Runtime({ clock, definitions: [permitWithLadder()], calendarFor });
  const rows: World['rows'] = (sql, values = []) => database.dataSource.query(sql, [...values]);
  await rows(`insert into provinces values ($1, 'TQ', 'Tuyên Quang')`, [provinceId]);
  const people = everybody.map((id) => ({ id, email: `p${id.slice(-2)}@tuyenquang.example` }));
  await rows(
    `insert into people (id, province_id, full_name, search_name, email, language, mail_delivery, active, created_at)
     select n.id, $1, 'Demo', 'demo', n.email, 'vi', 'single', true, now() from json_to_recordset($2) as n(id uuid, email text)`,
    [provinceId, JSON.stringify(people)],
  );
  for (const [number, office] of offices.entries()) {
    await rows(`insert into organisations (id, province_id, code, kind) values ($1, $2, $3, 'department')`, [
      ...[office, provinceId, `office-${number}`],
    ]);
    await rows(
      `insert into role_assignments (id, person_id, organisation_id, role, valid_from)
       values ($1, $2, $1, 'leader', '2020-01-01')`,
      [office, leaders[number]],
    );
  }
  const unitOfWork = createUnitOfWork(database.dataSource);
  return {
    unitOfWork,
    runtime,
    ledger: { clock, calendarFor, directory: mailDirectory, templates: delegationMails, domain: 'tuyenquang.example' },
    clock,
    calendarAt: calendars.at,
    rows,
    async reset() {
      // The log refuses to be emptied; only a superuser of a test may switch its trigger off.
      await unitOfWork.run(async (tx) => {
        await tx.query(`set local session_replication_role = 'replica'`);
        await tx.query('truncate instances, mails, digest_days, substitutions cascade');
      });
      await rows(`update people set active = true, mail_delivery = 'single'`);
      calendars.forget();
    },
    async announceHoliday(day) {
      calendars.announce(day, clock.now());
      const ids = await unitOfWork.run((tx) => runtime.casesWithOpenDeadlines(tx, { provinceId }));
      let moved = 0;
      for (const instanceId of ids)
        await unitOfWork.run(async (tx) => {
          const locked = await runtime.lock(tx, { instanceId });
          const moves = await runtime.recomputeDeadlines(tx, locked, { principal: { personId: null } });
          if (moves.length > 0) moved += 1;
        });
      return moved;
    },
    async substitute({ number, days }) {
      const today = dayOf(clock.now());
      await rows(
        `insert into substitutions (id, province_id, person_id, substitute_id, first_day, last_day, created_at, created_by_id)
         select $1, $2, $3, $4, $5, $6, $7, $3 where not exists (select from substitutions where person_id = $3 and last_day >= $5)`,
        [randomUUID(), provinceId, leaders[number], deputies[number], today, addDays(today, days), clock.now()],
      );
    },
    async chooseDelivery({ number, delivery }) {
      await rows('update people set mail_delivery = $2 where id = $1', [everybody[number], delivery]);
    },
    gather: () => gather(rows),
    close: () => database.drop(),
  };
}

/** Who leads the office when nobody stands in. */
export function leaderOf(office: string): string | null {
  return leaders[offices.indexOf(office)] ?? null;
}

export interface NewCase {
  readonly officerId: string;
  readonly leaderId: string;
  readonly mayLapse: boolean;
  readonly departureDate: string;
}

export async function startCase({ unitOfWork, runtime }: World, one: NewCase): Promise<string> {
  const instanceId = randomUUID();
  const input = {
    officer: { personId: one.officerId },
    leader: { role: 'leader', organisationId: offices[leaders.indexOf(one.leaderId)] },
    mayLapse: one.mayLapse,
    departureDate: one.departureDate,
  };
  const principal = { personId: one.officerId };
  const caseCode = `DR-${instanceId.slice(0, 8)}`;
  await unitOfWork.run((tx) =>
    runtime.start(tx, { instanceId, definitionId: 'permit', provinceId, caseCode, input, principal }),
  );
  return instanceId;
}

/** Sends what `choose` gives for the state the case is in now, if anything. */
export async function act(
  { unitOfWork, runtime }: World,
  instanceId: string,
  choose: (state: string) => WorkflowEvent | null,
): Promise<void> {
  await unitOfWork.run(async (tx) => {
    const locked = await runtime.lock(tx, { instanceId });
    const event = choose(locked.states[0] ?? '');
    if (event !== null) await runtime.apply(tx, locked, { event, principal: { personId: officers[0]! } });
  });
}

async function gather(rows: World['rows']): ReturnType<World['gather']> {
  const events = await rows<CaseHistory['events'][number] & { instance_id: string; input: NewCaseInput | null }>(
    `select instance_id, seq, type, at, payload->>'day' as day, payload->'input' as input from events order by instance_id, seq`,
  );
  const messages = await rows<MessageRow>(
    `select o.id, o.instance_id as "instanceId", o.template, coalesce(o.recipient->>'personId', o.recipient->>'organisationId') as "personId",
       r.armed_seq as "armedSeq", o.data->>'deadline' as deadline, o.data->>'reminderKey' as step,
       o.data->'missed' as missed, o.data->>'wasDueAt' is not null as "tellsMove", o.created_at as "createdAt"
     from outbox_messages o left join timers r on r.id = o.timer_id order by o.created_at, o.id`,
  );
  const mails = await rows<SimulatedMail>(
    `select id, outbox_message_id as "outboxMessageId", message_id as "messageId", template, status,
       suppressed_reason as "suppressedReason", last_response as "lastResponse", person_id as "personId",
       created_at as "createdAt", digest_mail_id as "digestMailId", in_digest as "inDigest" from mails order by created_at, id`,
  );
  const absences = await rows<Evidence['absences'][number]>(
    `select r.organisation_id as office, s.substitute_id as "substituteId", s.first_day::text as "firstDay",
       s.last_day::text as "lastDay", s.created_at as "createdAt" from substitutions s join role_assignments r on r.person_id = s.person_id order by s.id`,
  );
  const logs = new Map<string, typeof events>();
  for (const event of events) logs.set(event.instance_id, [...(logs.get(event.instance_id) ?? []), event]);
  const cases = [...logs].map(([instanceId, log]) => {
    const { officer, leader, mayLapse = true, departureDate } = log[0]!.input!;
    const people = { officerId: officer.personId, leaderId: leader.organisationId };
    return { instanceId, ...people, mayLapse, departureDate, events: log };
  });
  return { cases, messages, mails, absences };
}

interface NewCaseInput {
  readonly officer: { readonly personId: string };
  readonly leader: { readonly organisationId: string };
  readonly mayLapse?: boolean;
  readonly departureDate: string;
}
