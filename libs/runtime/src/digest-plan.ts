import { addDays, type BusinessCalendar, dayOf, instantAt } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

/** Any number of our own: who bundles a mail for "the next digest" and who plans that digest must not pass each other. */
const digestLock = 763_700_011;

const shareLock: PreparedStatement = {
  name: 'mail_digest_lock_shared',
  text: 'select pg_advisory_xact_lock_shared($1)',
};
const ownLock: PreparedStatement = { name: 'mail_digest_lock', text: 'select pg_advisory_xact_lock($1)' };
const plannedDays: PreparedStatement = {
  name: 'mail_digest_days',
  text: 'select province_id, day::text from digest_days where day >= $1::date',
};

export interface PlannedDigests {
  /** The working day whose digest is the next to come for that province. */
  nextDay(provinceId: string, calendar: BusinessCalendar): string;
}

/** Holds off the planning of digests until the end of this transaction. */
export async function readPlannedDigests(tx: Tx, now: Date): Promise<PlannedDigests> {
  await runPrepared(tx, shareLock, [digestLock]);
  return plannedFrom(tx, now);
}

/** The same for who is going to plan them: nobody bundles anything meanwhile. */
export async function lockDigests(tx: Tx, now: Date): Promise<PlannedDigests> {
  await runPrepared(tx, ownLock, [digestLock]);
  return plannedFrom(tx, now);
}

async function plannedFrom(tx: Tx, now: Date): Promise<PlannedDigests> {
  const today = dayOf(now);
  const rows = await runPrepared<{ province_id: string; day: string }>(tx, plannedDays, [today]);
  const planned = new Set(rows.map((row) => `${row.province_id} ${row.day}`));
  return {
    nextDay(provinceId, calendar) {
      const comesToday = calendar.isWorkingDay(today) && !planned.has(`${provinceId} ${today}`);
      // After the office has closed nothing leaves any more today.
      return comesToday && dayOf(calendar.nextWorkingInstant(now)) === today
        ? today
        : calendar.addWorkingDays(today, 1);
    },
  };
}

/** The first working moment of that day. */
export function digestInstant(day: string, calendar: BusinessCalendar): Date {
  return calendar.nextWorkingInstant(instantAt(day, '00:00'));
}

/** Told with the digest of `digestDay`, a whole day is left to act; what is due that day must be known before. */
export function canWait({ dueAt, digestDay, now }: { dueAt: Date | null; digestDay: string; now: Date }): boolean {
  if (digestDay === dayOf(now)) return true;
  return dueAt === null || dayOf(dueAt) >= addDays(digestDay, 1);
}
