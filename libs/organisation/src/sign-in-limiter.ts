import { createHash } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import type { Clock } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';

const windowMs = 15 * 60_000;
/** Failed attempts in one window, all giả định: of one account from one address; from one address at all accounts; of one account from addresses it has never been used at. */
const limits = { pair: 10, address: 100, strangers: 50 } as const;

export interface SignInAttempt {
  readonly account: string;
  readonly address: string;
  /** Counts under this account and address only, not against the address of the whole office: who asks is signed in, or holds a link. */
  readonly countsAlone?: boolean;
}

/**
 * Counts attempts in the database, so that several replicas have one limit between them. Nobody can lock somebody else out: what
 * counts against an account as a whole are attempts from addresses its owner has never signed in at, and it stops only such
 * addresses. Keys are hashes: the table tells neither accounts nor addresses.
 */
export class SignInLimiter {
  constructor(private readonly room: { readonly unitOfWork: UnitOfWork; readonly wallClock: Clock }) {}

  /** Takes one attempt before the password is looked at, so that parallel guesses count. Throws TOO_MANY_ATTEMPTS. */
  async take(attempt: SignInAttempt): Promise<void> {
    const now = this.room.wallClock.now();
    const counts = await this.room.unitOfWork.run(async (tx) => {
      const known = (await runPrepared(tx, findPlace, [placeKey(attempt)])).length > 0;
      return count(tx, keysOf(attempt, { known }), now);
    });
    if (counts.some(({ kind, count: attempts }) => attempts > limits[kind])) throw new AppError('TOO_MANY_ATTEMPTS');
  }

  /** Counts one more under a name of its own, such as ['reset from', address], and says how many that makes in this window. */
  async countMore(name: readonly string[]): Promise<number> {
    const until = new Date(this.room.wallClock.now().getTime() + windowMs);
    const values = [[digest(name)], this.room.wallClock.now(), until];
    const [row] = await this.room.unitOfWork.run((tx) => runPrepared<{ count: number }>(tx, countAttempts, values));
    return row?.count ?? 0;
  }

  /** It was the right password: it counts against nobody. */
  async clear(attempt: SignInAttempt): Promise<void> {
    await this.room.unitOfWork.run(async (tx) => {
      await runPrepared(tx, forget, [keyOf('pair', attempt)]);
      if (attempt.countsAlone) return;
      await runPrepared(tx, giveBack, [[keyOf('address', attempt), keyOf('strangers', attempt)]]);
    });
  }
}

type Kind = keyof typeof limits;

interface Keyed {
  readonly kind: Kind;
  readonly key: Buffer;
}

function keysOf(attempt: SignInAttempt, { known }: { known: boolean }): Keyed[] {
  if (attempt.countsAlone) return [{ kind: 'pair', key: keyOf('pair', attempt) }];
  const kinds: readonly Kind[] = known ? ['pair', 'address'] : ['pair', 'address', 'strangers'];
  return kinds.map((kind) => ({ kind, key: keyOf(kind, attempt) }));
}

function keyOf(kind: Kind, { account, address }: SignInAttempt): Buffer {
  const parts = { pair: [account, address], address: [address], strangers: [account] }[kind];
  return digest([kind, ...parts]);
}

/** Under which an address is remembered as one this account has signed in at. */
export function placeKey({ account, address }: SignInAttempt): Buffer {
  return digest(['place', account, address]);
}

/** Under which a browser is remembered as one this account was used with. Without numbers: a new version is no new browser. */
export function browserKey(account: string, userAgent: string | undefined): Buffer {
  return digest(['browser', account, (userAgent ?? '').replace(/[\d._]+/g, '')]);
}

function digest(parts: readonly string[]): Buffer {
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

const findPlace: PreparedStatement = {
  name: 'organisation_sign_in_place',
  text: 'select 1 from sign_in_places where key = $1',
};

/** In the order of the keys, so that two attempts at once never wait for each other in a ring. */
const countAttempts: PreparedStatement = {
  name: 'organisation_count_attempts',
  text: `insert into sign_in_attempts as a (key, count, until)
    select k, 1, $3::timestamptz from unnest($1::bytea[]) k order by k
    on conflict (key) do update set
      count = case when a.until <= $2::timestamptz then 1 else a.count + 1 end,
      until = case when a.until <= $2::timestamptz then $3::timestamptz else a.until end
    returning key, count`,
};

async function count(tx: Tx, keyed: readonly Keyed[], now: Date): Promise<{ kind: Kind; count: number }[]> {
  const until = new Date(now.getTime() + windowMs);
  const values = [keyed.map(({ key }) => key), now, until];
  const rows = await runPrepared<{ key: Buffer; count: number }>(tx, countAttempts, values);
  return keyed.map(({ kind, key }) => ({ kind, count: rows.find((row) => row.key.equals(key))?.count ?? 0 }));
}

const forget: PreparedStatement = {
  name: 'organisation_forget_attempts',
  text: 'delete from sign_in_attempts where key = $1',
};

const giveBack: PreparedStatement = {
  name: 'organisation_give_back_attempt',
  text: `update sign_in_attempts set count = greatest(count - 1, 0)
    where key in (select key from sign_in_attempts where key = any($1::bytea[]) order by key for update)`,
};
