import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type DigestSettings, provincesWithoutDigest } from './plan-digests.js';

const open = 'due_at <= $1 and fired_at is null and cancelled_at is null';

/**
 * An ordered first row and not `exists`: that lets the planner read a whole table, in which its figures after a burst promise rows
 * that are no longer due.
 */
const statement: PreparedStatement = {
  name: 'runtime_due_work',
  text: `select
      (select count(*)::int from (
        select from timers where ${open} and kind = 'reminder' order by due_at, id limit $2) waiting) as reminders,
      (select true from timers where ${open} and kind = 'deadline' order by due_at, id limit 1) is not null as deadlines,
      (select count(*)::int from (
        select from outbox_messages where relayed_at is null and not_before <= $1
        order by not_before, id limit $2) waiting) as messages,
      (select true from mails where status in ('planned', 'queued') and not in_digest and not_before <= $1
        order by not_before, id limit 1) is not null as mails,
      (select due_at from timers where due_at > $1 and fired_at is null and cancelled_at is null
        order by due_at, id limit 1) as "nextTimerAt"`,
};

/** What there is to do at this instant, of each kind: yes or no, or how many. */
export interface DueWork {
  /** No more than were to be counted. */
  readonly reminders: number;
  readonly deadlines: boolean;
  /** Of the outbox; no more than were to be counted. */
  readonly messages: number;
  readonly mails: boolean;
  readonly digests: boolean;
  /** When the next timer becomes due; null when none is armed. */
  readonly nextTimerAt: Date | null;
}

/** What an idle worker asks once a beat, instead of trying everything. `countTo`: 1..1,000. */
export async function dueWork(
  tx: Tx,
  { countTo, ...settings }: DigestSettings & { readonly countTo: number },
): Promise<DueWork> {
  const [rows, provinces] = await Promise.all([
    runPrepared<Omit<DueWork, 'digests'>>(tx, statement, [settings.clock.now(), countTo]),
    provincesWithoutDigest(tx, settings),
  ]);
  return { ...rows[0]!, digests: provinces.length > 0 };
}
