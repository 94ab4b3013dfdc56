import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openFaultHouse } from '#test/faults/fault-house.js';
import { processMicros } from './cpu.js';

/**
 * Run by scripts/bench-reminders.mjs. `count` cases have a reminder due at the same instant; one worker in a process of its own,
 * as delivered but for its clock, which runs from just before that instant, so that the office is open. How late each is in the ledger
 * is seen from outside, by counting. Then the mails of `seconds` seconds to a mail server that takes everything.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    redis: { type: 'string' },
    count: { type: 'string', default: '20000' },
    seconds: { type: 'string', default: '20' },
  },
});
const count = Number(values.count);
/** Enough for the worker to see when the next timer is due. */
const beforeDueMs = 2000;
const house = await openFaultHouse(values.url!);
await house.startCases(1);
const seedingBegan = performance.now();
await house.copyNewestCase(count - 1);
// The same rows written by the server alone, in four statements: how fast this machine was at this hour.
const seedingMs = Math.round(performance.now() - seedingBegan);
// A database that has rested, so that its own housekeeping does not fall into the measurement.
await house.rows('vacuum (analyze)');
await countInserts();
const worker = house.worker({ redisUrl: values.redis, mailConnections: 10, clock: 'trial' });
await worker.ready();
await house.settled();
const beforeDue = await processorTimes();
const dueAt = performance.now() + beforeDueMs;
await house.moveToReminders(beforeDueMs);
await pause(dueAt - performance.now());
const lateness = await watchLedger();
const planning = spent(beforeDue, await processorTimes(), count);
const sending = await measureSending();
const reminders = await house.rows<{ cases: number; mails: number }>(
  `select count(distinct instance_id)::int as cases, count(*)::int as mails from mails where template = 'deadlineApproaching'`,
);
await worker.stop();
await house.close();
const result = {
  reminders: count,
  seedingMs,
  lost: count - reminders[0]!.cases,
  doubled: reminders[0]!.mails - reminders[0]!.cases,
};
process.stdout.write(`${JSON.stringify({ ...result, ...lateness, planning, ...sending })}\n`);

/** Each insert leaves its number of reminders in a small table, seen when it is committed: counting the ledger itself would be a load. */
async function countInserts(): Promise<void> {
  await house.rows('create table bench_planned (reminders integer)');
  await house.rows(`create function bench_count() returns trigger language plpgsql as $$ begin
    insert into bench_planned select count(*) from added where template = 'deadlineApproaching'; return null; end $$`);
  await house.rows(`create trigger bench_count after insert on mails referencing new table as added
    for each statement execute function bench_count()`);
}

/** Milliseconds after the instant at which half, 99 of 100 and all were rows of the ledger. */
async function watchLedger(): Promise<{ p50Ms: number; p99Ms: number; maxMs: number }> {
  const reached = new Map<number, number>();
  const marks = [0.5, 0.99, 1].map((share) => Math.ceil(share * count));
  while (reached.size < marks.length) {
    const [row] = await house.rows<{ rows: number }>(
      'select coalesce(sum(reminders), 0)::int as rows from bench_planned',
    );
    const now = performance.now() - dueAt;
    for (const mark of marks) if (row!.rows >= mark && !reached.has(mark)) reached.set(mark, Math.round(now));
    await pause(25);
  }
  const [p50Ms, p99Ms, maxMs] = marks.map((mark) => reached.get(mark)!) as [number, number, number];
  return { p50Ms, p99Ms, maxMs };
}

async function measureSending() {
  const before = { mails: house.smtp.accepted.length, cpu: await processorTimes(), at: performance.now() };
  await pause(Number(values.seconds) * 1000);
  const mails = house.smtp.accepted.length - before.mails;
  const seconds = (performance.now() - before.at) / 1000;
  const perMail = spent(before.cpu, await processorTimes(), mails);
  return { mailsPerSecond: Math.round(mails / seconds), sending: perMail };
}

interface ProcessorTimes {
  readonly worker: number;
  /** By process: connections come and go. */
  readonly database: ReadonlyMap<number, number>;
  /** This process: the mail server. */
  readonly mailServer: number;
}

/** Microseconds used so far. On a machine that is busy with other things they say more than the clock does. */
async function processorTimes(): Promise<ProcessorTimes> {
  const servers = await house.rows<{ pid: number }>('select pid from pg_stat_activity');
  const database = new Map(servers.map(({ pid }) => [pid, processMicros(pid) ?? 0]));
  const { user, system } = process.cpuUsage();
  return { worker: processMicros(worker.pid) ?? 0, database, mailServer: user + system };
}

/** Processor milliseconds for one reminder or mail. */
function spent(before: ProcessorTimes, after: ProcessorTimes, many: number) {
  let database = 0;
  for (const [pid, micros] of after.database) database += micros - (before.database.get(pid) ?? 0);
  const each = (micros: number) => Math.round(micros / many) / 1000;
  return {
    workerMs: each(after.worker - before.worker),
    databaseMs: each(database),
    mailServerMs: each(after.mailServer - before.mailServer),
  };
}
