import type { DataSource } from 'typeorm';
import { AppError } from '#contracts/errors.js';
import { type Clock, systemClock } from '#libs/calendar';

/** A clock whose hands somebody may set, shared by every process of one database. */
export interface DatabaseClock extends Clock {
  /** Reads the row: call it at the beginning of each request and each sweep. */
  refresh(): Promise<void>;
  /** Moves the hands for everybody. AppError VALIDATION_FAILED when the log would run backwards, or a running clock. */
  set(at: Date): Promise<void>;
}

interface DatabaseClockSettings {
  /** Where the hands stand when the row does not exist yet; the present when absent. */
  readonly startAt?: Date;
  /** True: it goes on by itself from where it was set, and only forward. False: it stands until it is set again. */
  readonly runs: boolean;
  /** Refused: in production the time is not a setting. */
  readonly production: boolean;
}

/** What the hands showed, and when they were put there by the clock of the machine. */
interface Hands {
  readonly now: Date;
  readonly setAt: Date;
}

const selectHands = 'select now, set_at as "setAt" from test_clock';

export async function createDatabaseClock(
  dataSource: DataSource,
  { startAt = systemClock.now(), runs, production }: DatabaseClockSettings,
): Promise<DatabaseClock> {
  if (production) throw new Error('CLOCK=manual and CLOCK=trial are refused with NODE_ENV=production.');
  const { now: wall } = systemClock;
  let hands: Hands = { now: startAt, setAt: wall() };
  const take = async (sql: string, values: readonly unknown[]): Promise<boolean> => {
    const answer: Hands[] = await dataSource.query(`with hands as (${sql}) select now, "setAt" from hands`, [
      ...values,
    ]);
    if (answer[0]) hands = answer[0];
    return answer.length === 1;
  };
  const refresh = async () => {
    await take(selectHands, []);
  };
  await dataSource.query('insert into test_clock (id, now, set_at) values (1, $1, $2) on conflict do nothing', [
    hands.now,
    hands.setAt,
  ]);
  await refresh();
  return {
    now: () => shownBy(hands, runs),
    refresh,
    async set(at) {
      const moved = await take(
        `update test_clock set now = $1, set_at = $2 where not exists (select 1 from events where events.at > $1)
           and ($3 = false or now + ($2::timestamptz - set_at) <= $1) returning now, set_at as "setAt"`,
        [at, wall(), runs],
      );
      if (!moved) throw new AppError('VALIDATION_FAILED', { text: runs ? onlyForward : notBeforeEvents });
    },
  };
}

const onlyForward = {
  vi: 'Giờ của bản dùng thử chỉ tới, không lùi.',
  en: 'The time of a trial only moves forward.',
};
const notBeforeEvents = {
  vi: 'Đồng hồ không lùi được về trước một sự kiện đã ghi.',
  en: 'The clock cannot go back to before an event that is recorded.',
};

/** The same clock for who only reads it: null where the system has made none yet. */
export async function readDatabaseClock(dataSource: DataSource, { runs }: { runs: boolean }): Promise<Clock | null> {
  const [table]: { exists: boolean }[] = await dataSource.query(
    "select to_regclass('test_clock') is not null as exists",
  );
  const rows: Hands[] = table?.exists ? await dataSource.query(selectHands) : [];
  const [hands] = rows;
  return hands === undefined ? null : { now: () => shownBy(hands, runs) };
}

function shownBy({ now, setAt }: Hands, runs: boolean): Date {
  return runs ? new Date(now.getTime() + systemClock.now().getTime() - setAt.getTime()) : now;
}
