import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createBusinessCalendar, createManualClock, vietnamHolidays } from '#libs/calendar';
import { mailDirectory } from '#libs/organisation';
import { createUnitOfWork } from '#libs/persistence';
import { isSettled, type PendingWork, pendingWork, Runtime } from '#libs/runtime';
import { createAppDataSource } from '#migrations/data-source.js';
import type { MailRow } from '#test/simulation/check.js';
import { workflowDefinitions } from '#workflows/definitions.js';
import { outboundDelegation } from '#workflows/outbound-delegation/definition.js';
import { sampleIds, sampleInput } from '#workflows/outbound-delegation/sample-case.js';
import { createStagedSmtp, type StagedSmtp } from './staged-smtp.js';

/** Also when this file runs compiled, from below dist. */
const root = ['../..', '../../..']
  .map((up) => path.resolve(import.meta.dirname, up))
  .find((folder) => fs.existsSync(path.join(folder, 'scripts/start.mjs'))) as string;
const provinceId = '00000000-0000-4000-8000-000000000001';
/** A Monday, 09:00 in Viet Nam. */
const mondayMorning = new Date('2026-03-02T02:00:00.000Z');

/** A database with cases, a real mail server, and real workers as processes of their own, to be killed. */
export interface FaultHouse {
  readonly smtp: StagedSmtp;
  readonly clock: { now(): Date };
  rows<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Each opens a task, which is a mail, and arms a ladder, whose first step is a reminder. */
  startCases(count: number): Promise<void>;
  /**
   * Every worker reads the same row: the hands move to the half of the term, when each case has a reminder due, or so many milliseconds
   * before it, for a clock that runs.
   */
  moveToReminders(beforeMs?: number): Promise<void>;
  worker(settings?: WorkerSettings): WorkerProcess;
  work(): Promise<PendingWork>;
  /** Everything due is done. Throws with what is left when it takes longer. */
  settled(limitMs?: number): Promise<void>;
  /** The same, but for mails whose sending was cut off. */
  settledExceptSending(limitMs?: number): Promise<void>;
  mails(): Promise<LedgerRow[]>;
  /** Rows left in sending belong to processes that are gone; ten minutes later the sweep takes them up. */
  ageSending(): Promise<void>;
  /** Copies the case that was started last, with its open task, its deadline and its ladder. */
  copyNewestCase(count: number): Promise<void>;
  close(): Promise<void>;
}

export type LedgerRow = MailRow & { readonly instanceId: string };

export interface WorkerSettings {
  readonly databaseUrl?: string;
  readonly redisUrl?: string | undefined;
  readonly concurrency?: number;
  /** As many as `concurrency` when absent. */
  readonly mailConnections?: number;
  /** Hands that stand where they were set, or go on from there. */
  readonly clock?: 'manual' | 'trial';
}

export interface WorkerProcess {
  readonly pid: number;
  said(): string;
  ready(): Promise<void>;
  /** SIGKILL: nothing in it runs any more. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as a service manager ends it. */
  stop(): Promise<void>;
}

export async function openFaultHouse(databaseUrl: string): Promise<FaultHouse> {
  const dataSource = await createAppDataSource({ url: databaseUrl, poolSize: 6 }).initialize();
  const clock = createManualClock(mondayMorning);
  const calendar = createBusinessCalendar(vietnamHolidays);
  const runtime = new Runtime({ clock, definitions: workflowDefinitions, calendarFor: () => calendar });
  const unitOfWork = createUnitOfWork(dataSource);
  const smtp = await createStagedSmtp(() => clock.now());
  const workers: WorkerProcess[] = [];
  const rows: FaultHouse['rows'] = (sql, values = []) => dataSource.query(sql, [...values]);
  await rows('insert into test_clock (id, now, set_at) values (1, $1, now()) on conflict (id) do update set now = $1', [
    mondayMorning,
  ]);
  const ids = await addPeople(rows);
  const start = () =>
    unitOfWork.run((tx) =>
      runtime.start(tx, {
        instanceId: randomUUID(),
        definitionId: outboundDelegation.id,
        provinceId,
        caseCode: `DR-${randomUUID().slice(0, 13)}`,
        input: inputOf(ids),
        // Somebody else's decision: nobody is written to about their own.
        principal: { personId: ids.get(sampleIds.officer)! },
      }),
    );
  const work = () =>
    unitOfWork.run((tx) => pendingWork(tx, { clock, calendarFor: () => calendar, directory: mailDirectory }));
  return {
    smtp,
    clock,
    rows,
    work,
    async startCases(count) {
      for (let number = 0; number < count; number += 1) await start();
    },
    async moveToReminders(beforeMs = 0) {
      const [last] = await rows<{ at: Date }>(
        `select max(due_at) as at from timers where kind = 'reminder' and coalesce(fired_at, cancelled_at) is null`,
      );
      clock.set(last!.at);
      await rows('update test_clock set now = $1, set_at = clock_timestamp()', [
        new Date(last!.at.getTime() - beforeMs),
      ]);
    },
    worker(settings = {}) {
      const one = spawnWorker({ databaseUrl, ...settings, smtpUrl: smtp.url });
      workers.push(one);
      return one;
    },
    async settled(limitMs = 60_000) {
      // The database itself may be away at this moment.
      const isDone = () => work().then(isSettled, () => false);
      await waitUntil(isDone, { limitMs, what: async () => JSON.stringify(await work()) });
    },
    async settledExceptSending(limitMs = 60_000) {
      const isDone = () =>
        work().then(
          (left) => isSettled({ ...left, sendingMails: 0 }),
          () => false,
        );
      await waitUntil(isDone, { limitMs, what: async () => JSON.stringify(await work()) });
    },
    mails: () =>
      rows<LedgerRow>(
        `select id, instance_id as "instanceId", outbox_message_id as "outboxMessageId", message_id as "messageId", template,
           status, suppressed_reason as "suppressedReason", last_response as "lastResponse" from mails order by created_at, id`,
      ),
    async ageSending() {
      // Row by row, and each waited for: a killed worker's is held until the server notices, a living one records many at once.
      for (const { id } of await rows<{ id: string }>(`select id from mails where status = 'sending'`))
        await rows(
          `update mails set claimed_at = claimed_at - interval '11 minutes' where id = $1 and status = 'sending'`,
          [id],
        );
    },
    copyNewestCase: (count) => copyNewestCase(rows, count),
    async close() {
      await Promise.all(workers.map((worker) => worker.kill()));
      await smtp.close();
      await dataSource.destroy();
    },
  };
}

/** Rows as they stand, under new ids: thousands of cases in a second. Their logs are left out, nobody decides on them. */
async function copyNewestCase(rows: FaultHouse['rows'], count: number): Promise<void> {
  const copied = (table: string, change: string) => `insert into ${table}
    select (jsonb_populate_record(original, ${change})).* from ${table} original, copies
    where original.${table === 'instances' ? 'id' : 'instance_id'} = copies.old_id`;
  await rows(
    `create table copies as select gen_random_uuid() as new_id, gen_random_uuid() as deadline_id, old.id as old_id
     from (select id from instances order by created_at desc, id desc limit 1) old, generate_series(1, ${count})`,
  );
  await rows(
    copied('instances', `jsonb_build_object('id', new_id, 'case_code', 'COPY-' || substr(new_id::text, 1, 18))`),
  );
  await rows(
    `${copied('timers', `jsonb_build_object('id', copies.deadline_id, 'instance_id', new_id)`)} and kind = 'deadline'`,
  );
  await rows(
    `${copied('timers', `jsonb_build_object('id', gen_random_uuid(), 'instance_id', new_id, 'deadline_id', copies.deadline_id)`)}
     and kind = 'reminder'`,
  );
  await rows(
    copied(
      'tasks',
      `jsonb_build_object('id', gen_random_uuid(), 'instance_id', new_id, 'timer_id', copies.deadline_id)`,
    ),
  );
  await rows('drop table copies');
  await rows('analyze instances, timers, tasks');
}

/** The sample case with ids that exist, and the template of its reminders under a name that is written. */
function inputOf(ids: ReadonlyMap<string, string>): unknown {
  const named = new Map([...ids, ['deadlineHalf', 'deadlineApproaching']]);
  return JSON.parse(JSON.stringify(sampleInput(), (_, value: unknown) => named.get(value as string) ?? value));
}

/** Whoever the sample case names, with the role its tasks ask for. Returns the ids by the words of the sample. */
async function addPeople(rows: FaultHouse['rows']): Promise<Map<string, string>> {
  const ids = new Map(Object.values(sampleIds).map((name) => [name, randomUUID()]));
  await rows(`insert into provinces values ($1, 'TQ', 'Tuyên Quang') on conflict do nothing`, [provinceId]);
  const [personId, unitId] = [ids.get(sampleIds.proposer), ids.get(sampleIds.unit)];
  await rows(
    `insert into people (id, province_id, full_name, search_name, email, language, mail_delivery, active, created_at)
     values ($1, $2, 'Demo', 'demo', 'officer@tuyenquang.example', 'vi', 'single', true, now())`,
    [personId, provinceId],
  );
  await rows(`insert into organisations (id, province_id, code, kind) values ($1, $2, 'unit', 'department')`, [
    unitId,
    provinceId,
  ]);
  await rows(
    `insert into role_assignments (id, person_id, organisation_id, role, valid_from)
     values ($1, $2, $3, 'unitOfficer', '2020-01-01')`,
    [randomUUID(), personId, unitId],
  );
  return ids;
}

function spawnWorker({
  databaseUrl,
  redisUrl,
  smtpUrl,
  concurrency = 4,
  mailConnections = concurrency,
  clock = 'manual',
}: WorkerSettings & { smtpUrl: string }): WorkerProcess {
  const child: ChildProcess = spawn(process.execPath, ['dist/apps/worker/src/main.js'], {
    cwd: root,
    env: {
      TZ: 'America/St_Johns',
      NODE_ENV: 'test',
      CLOCK: clock,
      DATABASE_URL: databaseUrl!,
      ...(redisUrl && { REDIS_URL: redisUrl }),
      SMTP_URL: smtpUrl,
      MAIL_FROM: 'Thông Hành <thong-hanh@tuyenquang.example>',
      WORKER_CONCURRENCY: String(concurrency),
      SMTP_CONNECTIONS: String(mailConnections),
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    return ended;
  };
  return {
    pid: child.pid!,
    said: () => output,
    ready: () =>
      waitUntil(async () => output.includes('The worker is ready.') || child.exitCode !== null, {
        limitMs: 90_000,
        what: async () => `the worker is not ready: ${output}`,
      }),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** Polls a condition of the outside world. Real time, because processes live in it. */
export async function waitUntil(
  condition: () => Promise<boolean>,
  { limitMs, what }: { limitMs: number; what: () => Promise<string> },
): Promise<void> {
  const began = performance.now();
  while (!(await condition())) {
    if (performance.now() - began > limitMs) throw new Error(`After ${limitMs} ms: ${await what()}`);
    await pause(20);
  }
}
