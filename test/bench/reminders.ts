import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openFaultHouse } from '#test/faults/fault-house.js';

/**
 * Run by scripts/bench-reminders.mjs. `count` cases have a reminder due at the same instant; one worker in a process of its own,
 * as delivered but for its clock, which is set by hand so that the office is open. How late each is in the ledger is seen from
 * outside, by counting. Then the mails of `seconds` seconds to a mail server that takes everything.
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
const house = await openFaultHouse(values.url!);
await house.startCases(1);
await house.copyNewestCase(count - 1);
const worker = house.worker({ redisUrl: values.redis });
await worker.ready();
await house.settled();
await house.moveToReminders();
const lateness = await watchLedger();
const sending = await measureSending();
const reminders = await house.rows<{ cases: number; mails: number }>(
  `select count(distinct instance_id)::int as cases, count(*)::int as mails from mails where template = 'deadlineApproaching'`,
);
await worker.stop();
await house.close();
const result = {
  reminders: count,
  lost: count - reminders[0]!.cases,
  doubled: reminders[0]!.mails - reminders[0]!.cases,
};
process.stdout.write(`${JSON.stringify({ ...result, ...lateness, ...sending })}\n`);

/** Milliseconds after the instant at which half, 99 of 100 and all were rows of the ledger. */
async function watchLedger(): Promise<{ p50Ms: number; p99Ms: number; maxMs: number }> {
  const began = performance.now();
  const reached = new Map<number, number>();
  const marks = [0.5, 0.99, 1].map((share) => Math.ceil(share * count));
  while (reached.size < marks.length) {
    const [row] = await house.rows<{ rows: number }>(
      `select count(*)::int as rows from mails where template = 'deadlineApproaching'`,
    );
    const now = performance.now() - began;
    for (const mark of marks) if (row!.rows >= mark && !reached.has(mark)) reached.set(mark, Math.round(now));
    await pause(25);
  }
  const [p50Ms, p99Ms, maxMs] = marks.map((mark) => reached.get(mark)!) as [number, number, number];
  return { p50Ms, p99Ms, maxMs };
}

async function measureSending(): Promise<{ mailsPerSecond: number; workerCpuMsPerMail: number }> {
  const before = { mails: house.smtp.accepted.length, cpu: processorMs(worker.pid), at: performance.now() };
  await pause(Number(values.seconds) * 1000);
  const mails = house.smtp.accepted.length - before.mails;
  const seconds = (performance.now() - before.at) / 1000;
  const cpu = processorMs(worker.pid) - before.cpu;
  return { mailsPerSecond: Math.round(mails / seconds), workerCpuMsPerMail: Math.round((100 * cpu) / mails) / 100 };
}

/** User and system time from /proc, counted there in hundredths of a second. */
function processorMs(pid: number): number {
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
