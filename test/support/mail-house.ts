import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { Worker } from '#apps/worker/src/worker.js';
import { type BusinessCalendar, createBusinessCalendar, createManualClock, vietnamHolidays } from '#libs/calendar';
import { delegationMails } from '#libs/delegation';
import type { DeadlineSpec, WorkflowDefinition } from '#libs/engine';
import { createMailTransport, type MailTransport } from '#libs/mail';
import { mailDirectory } from '#libs/organisation';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { openQueues, type QueueOptions, type Queues } from '#libs/queue';
import { type MailLedgerSettings, type Outcome, Runtime } from '#libs/runtime';
import { createTestDatabase, type TestDatabase } from './database.js';
import { permitDefinition } from './permit-definition.js';
import { createSmtpSink, type SmtpSink } from './smtp-sink.js';

export const provinceId = '00000000-0000-4000-8000-000000000001';
export const officer = { personId: '00000000-0000-4000-8000-0000000000a1', address: 'officer@tuyenquang.example' };
export const leader = { personId: '00000000-0000-4000-8000-0000000000b1', address: 'leader@tuyenquang.example' };
/** Decides everything unless a spec says otherwise: nobody is written to about a decision of their own. */
const clerk = { personId: '00000000-0000-4000-8000-0000000000c1' };
/** A Monday, 09:00 in Viet Nam. */
export const mondayMorning = new Date('2026-03-02T02:00:00.000Z');

/** Permit cases, two people with mailboxes, a real SMTP server, and workers on whatever queue a spec wants. */
export interface MailHouse {
  readonly database: TestDatabase;
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly ledger: MailLedgerSettings;
  readonly clock: ReturnType<typeof createManualClock>;
  readonly calendar: BusinessCalendar;
  readonly sink: SmtpSink;
  transport(): MailTransport;
  startPermit(input?: Record<string, unknown>, by?: { readonly personId: string }): Promise<string>;
  apply(instanceId: string, type: string): Promise<Outcome>;
  /** Started; stopped again by `close`. */
  startWorker(where?: Partial<QueueOptions>, transport?: MailTransport): Promise<{ worker: Worker; queues: Queues }>;
  rows<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Stops the workers and empties the tables, so that a spec begins with nothing due. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function openMailHouse(): Promise<MailHouse> {
  const database = await createTestDatabase({ poolSize: 20 });
  const sink = await createSmtpSink();
  const clock = createManualClock(mondayMorning);
  const calendar = createBusinessCalendar(vietnamHolidays);
  const calendarFor = () => calendar;
  const runtime = new Runtime({ clock, definitions: [withRealTemplates()], calendarFor });
  const unitOfWork = createUnitOfWork(database.dataSource);
  const ledger = {
    clock,
    calendarFor,
    directory: mailDirectory,
    templates: delegationMails,
    domain: 'tuyenquang.example',
  };
  const rows: MailHouse['rows'] = (sql, values = []) => database.dataSource.query(sql, [...values]);
  await rows(`insert into provinces values ($1, 'TQ', 'Tuyên Quang')`, [provinceId]);
  await rows(
    `insert into people (id, province_id, full_name, search_name, email, language, mail_delivery, active, created_at)
     select n.id, $1, 'Demo', 'demo', n.email, 'vi', 'single', true, now() from json_to_recordset($2) as n(id uuid, email text)`,
    [provinceId, JSON.stringify([officer, leader].map(({ personId, address }) => ({ id: personId, email: address })))],
  );
  const running: Worker[] = [];
  const transport = () => createMailTransport({ smtpUrl: sink.url, from: 'Thông Hành <th@tuyenquang.example>' });
  const stopWorkers = async () => {
    await Promise.all(running.splice(0).map((worker) => worker.stop()));
  };
  return {
    database,
    unitOfWork,
    runtime,
    ledger,
    clock,
    calendar,
    sink,
    rows,
    transport,
    startPermit: (input = {}, by = clerk) => startPermit({ unitOfWork, runtime }, input, by.personId),
    apply: (instanceId, type) =>
      unitOfWork.run(async (tx) => {
        const locked = await runtime.lock(tx, { instanceId });
        return runtime.apply(tx, locked, { event: { type }, principal: clerk });
      }),
    async startWorker(where = { databaseUrl: database.url }, own = transport()) {
      const logger = pino({ level: 'silent' });
      const prefix = `t-${randomUUID()}`;
      const queues = await openQueues({ names: ['timers', 'mails'], prefix, log: logger, timeoutMs: 1000, ...where });
      const settings = { unitOfWork, runtime, ledger, queues, transport: own, publicUrl: 'https://thong-hanh.example' };
      const pace = { concurrency: 4, mailConnections: 10, intervalMs: 20, refreshClock: async () => undefined };
      const worker = new Worker({ ...settings, ...pace, chores: [], logger });
      running.push(worker);
      await worker.start();
      return { worker, queues };
    },
    async reset() {
      await stopWorkers();
      // The log refuses to be emptied; only a superuser of a test may switch its trigger off.
      await unitOfWork.run(async (tx) => {
        await tx.query(`set local session_replication_role = 'replica'`);
        await tx.query('truncate instances, mails, digest_days cascade');
      });
      await rows(`update people set active = true, mail_delivery = 'single', language = 'vi'`);
      clock.set(mondayMorning);
      sink.mails.length = 0;
      sink.answer = null;
      sink.refused.count = 0;
    },
    async close() {
      await stopWorkers();
      await sink.close();
      await database.drop();
    },
  };
}

async function startPermit(
  { unitOfWork, runtime }: Pick<MailHouse, 'unitOfWork' | 'runtime'>,
  input: Record<string, unknown>,
  personId: string,
): Promise<string> {
  const instanceId = randomUUID();
  const start = {
    instanceId,
    definitionId: 'permit',
    provinceId,
    caseCode: `DR-${instanceId.slice(0, 8)}`,
    input: { officer: { personId: officer.personId }, leader: { personId: leader.personId }, ...input },
    principal: { personId },
  };
  await unitOfWork.run((tx) => runtime.start(tx, start));
  return instanceId;
}

/** The permit's reminders under the names of templates that are written. */
function withRealTemplates(): WorkflowDefinition {
  const definition = permitDefinition({ withReminders: true });
  const names: Record<string, string> = { reminder: 'deadlineApproaching', overdue: 'deadlineOverdue' };
  const deadlines = Object.fromEntries(
    Object.entries(definition.deadlines).map(([name, spec]) => [
      name,
      (context: never) => renamed(spec(context), names),
    ]),
  );
  return { ...definition, deadlines };
}

function renamed(spec: DeadlineSpec | null, names: Record<string, string>): DeadlineSpec | null {
  return spec && { ...spec, reminders: spec.reminders.map((step) => ({ ...step, template: names[step.template]! })) };
}
