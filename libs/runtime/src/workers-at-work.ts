import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

/** A beat takes seconds when much is due; a worker that says nothing for so many real seconds hangs or has ended. */
const longestSilenceSeconds = 60;

const sign: PreparedStatement = {
  name: 'workers_sign',
  text: `with forgotten as (
      delete from workers where id <> $1 and seen_at < clock_timestamp() - interval '1 day'
    )
    insert into workers as known (id, started_at, seen_at, queue, queue_away_since)
    values ($1, clock_timestamp(), clock_timestamp(), $2, case when $3::boolean then clock_timestamp() end)
    on conflict (id) do update set seen_at = excluded.seen_at,
      queue_away_since = case when $3::boolean then coalesce(known.queue_away_since, excluded.seen_at) end`,
};

export interface WorkerSign {
  readonly id: string;
  readonly queue: 'redis' | 'postgres';
  readonly isQueueAway: boolean;
}

/** A worker says that it is at work. Those that vanished a day ago are forgotten. */
export async function signAtWork(tx: Tx, { id, queue, isQueueAway }: WorkerSign): Promise<void> {
  await runPrepared(tx, sign, [id, queue, isQueueAway]);
}

const leave: PreparedStatement = { name: 'workers_leave', text: 'delete from workers where id = $1' };

export async function signLeave(tx: Tx, id: string): Promise<void> {
  await runPrepared(tx, leave, [id]);
}

const list: PreparedStatement = {
  name: 'workers_list',
  text: `select id, queue, extract(epoch from clock_timestamp() - seen_at)::int as "silentSeconds",
      extract(epoch from clock_timestamp() - queue_away_since)::int as "queueAwaySeconds",
      clock_timestamp() - seen_at <= make_interval(secs => $1) as "isAtWork"
    from workers order by seen_at desc, id`,
};

export interface WorkerState {
  readonly id: string;
  readonly queue: 'redis' | 'postgres';
  /** Since it last said that it is at work, in real time. */
  readonly silentSeconds: number;
  /** Null: its queue answers. */
  readonly queueAwaySeconds: number | null;
  readonly isAtWork: boolean;
}

/** The last seen first. One that is not at work ended without taking leave, or hangs. */
export function listWorkers(tx: Tx): Promise<WorkerState[]> {
  return runPrepared<WorkerState>(tx, list, [longestSilenceSeconds]);
}
