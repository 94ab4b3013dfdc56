import type { DataSource } from 'typeorm';
import { AppError } from '#contracts/errors.js';
import { type Clock, systemClock } from '#libs/calendar';

/** A clock that stands still until somebody sets it, shared by every process of one database. */
export interface DatabaseClock extends Clock {
  /** Reads the row: call it at the beginning of each request and each sweep. */
  refresh(): Promise<void>;
  /** Moves the hands for everybody. AppError VALIDATION_FAILED before an event that happened: the log would run backwards. */
  set(at: Date): Promise<void>;
}

interface DatabaseClockSettings {
  /** Where the hands stand when the row does not exist yet; the present when absent. */
  readonly startAt?: Date;
  /** Refused: in production the time is not a setting. */
  readonly production: boolean;
}

export async function createDatabaseClock(
  dataSource: DataSource,
  { startAt = systemClock.now(), production }: DatabaseClockSettings,
): Promise<DatabaseClock> {
  if (production)
    throw new Error('CLOCK=manual is for tests and the walk-through; it is refused with NODE_ENV=production.');
  let now = startAt;
  const take = async (sql: string, values: readonly unknown[]): Promise<boolean> => {
    const answer: { now: Date }[] = await dataSource.query(`with hands as (${sql}) select now from hands`, [...values]);
    if (answer[0]) now = answer[0].now;
    return answer.length === 1;
  };
  const refresh = async () => {
    await take('select now from test_clock', []);
  };
  await dataSource.query('insert into test_clock (id, now) values (1, $1) on conflict do nothing', [startAt]);
  await refresh();
  return {
    now: () => now,
    refresh,
    async set(at) {
      const moved = await take(
        'update test_clock set now = $1 where not exists (select 1 from events where events.at > $1) returning now',
        [at],
      );
      if (moved) return;
      throw new AppError('VALIDATION_FAILED', {
        text: {
          vi: 'Đồng hồ không lùi được về trước một sự kiện đã ghi.',
          en: 'The clock cannot go back to before an event that is recorded.',
        },
      });
    },
  };
}
