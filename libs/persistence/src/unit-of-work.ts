import type { DataSource, EntityManager } from 'typeorm';
import { connectionOf, cutOff, holdTogether, type RawClient } from './connection.js';

export type Tx = EntityManager;

/** One use case, one transaction. Everything read, checked and written for a decision happens inside `work`. */
export interface UnitOfWork {
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** What was sent without being waited for: the commit waits for it. */
interface Sent {
  readonly client: RawClient;
  readonly statements: Promise<unknown>[];
  /** Lets go what is held back to travel together. */
  release: () => void;
}

const sentIn = new WeakMap<Tx, Sent>();

/**
 * READ COMMITTED (the connection's setting, see createDataSource): correctness comes from locking the instance row
 * first, not from the isolation level.
 *
 * BEGIN travels with the first statements of `work`, and COMMIT with writes left to it by `untilCommit`: round trips decide the
 * throughput. PostgreSQL turns the COMMIT of a transaction in which a statement failed into a rollback.
 */
export function createUnitOfWork(dataSource: DataSource): UnitOfWork {
  return {
    async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      const runner = dataSource.createQueryRunner();
      try {
        const client = await connectionOf(runner);
        // TypeORM joins a transaction that is open instead of beginning one.
        Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
        return await transact(client, runner.manager, work);
      } finally {
        Object.assign(runner, { isTransactionActive: false, transactionDepth: 0 });
        await runner.release();
      }
    },
  };
}

async function transact<T>(client: RawClient, tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const sent: Sent = { client, statements: [], release: holdTogether(client) };
  sentIn.set(tx, sent);
  const begun = client.query('begin');
  // What follows would otherwise be committed statement by statement.
  begun.catch(() => cutOff(client));
  sent.statements.push(begun);
  try {
    const working = work(tx);
    sent.release();
    const result = await working;
    const committed = client.query('commit');
    sent.release();
    const [{ command }] = await Promise.all([committed, ...sent.statements]);
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back: a statement in it had failed.');
    return result;
  } catch (error) {
    const rolledBack = client.query('rollback').catch(() => undefined);
    sent.release();
    await rolledBack;
    // After a failed write every later statement fails only because of it: the first failure is the one to tell.
    const failed = (await Promise.allSettled(sent.statements)).find((one) => one.status === 'rejected');
    throw failed?.reason ?? error;
  }
}

/**
 * Leaves a write to the commit: `work` goes on, and `run` fails with this error when the write did. What the write answers must
 * not matter to what follows. Outside a unit of work the write is simply waited for.
 */
export async function untilCommit(tx: Tx, write: () => Promise<unknown>): Promise<void> {
  const sent = sentIn.get(tx);
  if (!sent) {
    await write();
    return;
  }
  sent.release();
  sent.release = holdTogether(sent.client);
  const statement = write();
  sent.statements.push(statement);
  // Not unhandled: `run` looks at it.
  statement.catch(() => undefined);
}
