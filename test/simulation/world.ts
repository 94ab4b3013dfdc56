import { randomUUID } from 'node:crypto';
import { type BusinessCalendar, createBusinessCalendar, createManualClock, vietnamHolidays } from '#libs/calendar';
import { delegationMails } from '#libs/delegation';
import { mailDirectory } from '#libs/organisation';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { type MailLedgerSettings, Runtime } from '#libs/runtime';
import { createTestDatabase } from '#test/support/database.js';
import type { Evidence, MailRow, MessageRow } from './check.js';
import { chiefId, permitWithLadder } from './permit-ladder.js';

export const provinceId = '00000000-0000-4000-8000-000000000001';
export const officers = [1, 2, 3].map((number) => `00000000-0000-4000-8000-0000000000a${number}`);
export const leaders = [1, 2].map((number) => `00000000-0000-4000-8000-0000000000b${number}`);

/** One database for any number of runs after each other, and everything of the product that a worker is made of. */
export interface World {
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly ledger: MailLedgerSettings;
  readonly clock: ReturnType<typeof createManualClock>;
  readonly calendar: BusinessCalendar;
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Empties the tables of cases and brings everybody back. */
  reset(): Promise<void>;
  gather(): Promise<Pick<Evidence, 'messages' | 'mails' | 'cases'>>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const database = await createTestDatabase({ poolSize: 4 });
  const clock = createManualClock(new Date('2026-01-05T01:00:00Z'));
  const calendar = createBusinessCalendar(vietnamHolidays);
  const calendarFor = () => calendar;
  const runtime = new Runtime({ clock, definitions: [permitWithLadder()], calendarFor });
  const rows: World['rows'] = (sql, values = []) => database.dataSource.query(sql, [...values]);
  await rows(`insert into provinces values ($1, 'TQ', 'Tuyên Quang')`, [provinceId]);
  const people = [...officers, ...leaders, chiefId].map((id) => ({ id, email: `p${id.slice(-2)}@tuyenquang.example` }));
  await rows(
    `insert into people (id, province_id, full_name, search_name, email, language, mail_delivery, active, created_at)
     select n.id, $1, 'Demo', 'demo', n.email, 'vi', 'single', true, now() from json_to_recordset($2) as n(id uuid, email text)`,
    [provinceId, JSON.stringify(people)],
  );
  const unitOfWork = createUnitOfWork(database.dataSource);
  return {
    unitOfWork,
    runtime,
    ledger: { clock, calendarFor, directory: mailDirectory, templates: delegationMails, domain: 'tuyenquang.example' },
    clock,
    calendar,
    rows,
    async reset() {
      // The log refuses to be emptied; only a superuser of a test may switch its trigger off.
      await unitOfWork.run(async (tx) => {
        await tx.query(`set local session_replication_role = 'replica'`);
        await tx.query('truncate instances, mails, digest_days cascade');
      });
      await rows('update people set active = true where not active');
    },
    gather: () => gather(rows),
    close: () => database.drop(),
  };
}

export interface NewCase {
  readonly officerId: string;
  readonly leaderId: string;
  readonly mayLapse: boolean;
}

export async function startCase({ unitOfWork, runtime }: World, one: NewCase): Promise<string> {
  const instanceId = randomUUID();
  const input = {
    officer: { personId: one.officerId },
    leader: { personId: one.leaderId },
    mayLapse: one.mayLapse,
  };
  const principal = { personId: one.officerId };
  const caseCode = `DR-${instanceId.slice(0, 8)}`;
  await unitOfWork.run((tx) =>
    runtime.start(tx, { instanceId, definitionId: 'permit', provinceId, caseCode, input, principal }),
  );
  return instanceId;
}

/** The state the case is in now; null when nothing was sent because `choose` gave nothing. */
export async function act(
  { unitOfWork, runtime }: World,
  instanceId: string,
  choose: (state: string) => string | null,
): Promise<void> {
  await unitOfWork.run(async (tx) => {
    const locked = await runtime.lock(tx, { instanceId });
    const type = choose(locked.states[0] ?? '');
    if (type !== null) await runtime.apply(tx, locked, { event: { type }, principal: { personId: officers[0]! } });
  });
}

async function gather(rows: World['rows']): Promise<Pick<Evidence, 'messages' | 'mails' | 'cases'>> {
  const events = await rows<{ instance_id: string; seq: number; type: string; at: Date; input: NewCaseInput | null }>(
    `select instance_id, seq, type, at, payload->'input' as input from events order by instance_id, seq`,
  );
  const messages = await rows<MessageRow>(
    `select o.id, o.instance_id as "instanceId", o.template, o.recipient->>'personId' as "personId",
       r.armed_seq as "armedSeq", o.data->>'deadline' as deadline, o.data->>'reminderKey' as step,
       o.data->'missed' as missed, o.created_at as "createdAt"
     from outbox_messages o left join timers r on r.id = o.timer_id order by o.created_at, o.id`,
  );
  const mails = await rows<MailRow>(
    `select id, outbox_message_id as "outboxMessageId", message_id as "messageId", template, status,
       suppressed_reason as "suppressedReason", last_response as "lastResponse" from mails order by created_at, id`,
  );
  const logs = new Map<string, typeof events>();
  for (const event of events) logs.set(event.instance_id, [...(logs.get(event.instance_id) ?? []), event]);
  const cases = [...logs].map(([instanceId, log]) => {
    const { officer, leader, mayLapse = true } = log[0]!.input!;
    return { instanceId, officerId: officer.personId, leaderId: leader.personId, mayLapse, events: log };
  });
  return { cases, messages, mails };
}

interface NewCaseInput {
  readonly officer: { readonly personId: string };
  readonly leader: { readonly personId: string };
  readonly mayLapse?: boolean;
}
