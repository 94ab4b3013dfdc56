import type { DataSource, EntityManager } from 'typeorm';

export type Tx = EntityManager;

/** One use case, one transaction. Everything read, checked and written for a decision happens inside `work`. */
export interface UnitOfWork {
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/**
 * READ COMMITTED (the connection's setting, see createDataSource): correctness comes from locking the instance row
 * first, not from the isolation level.
 */
export function createUnitOfWork(dataSource: DataSource): UnitOfWork {
  return { run: (work) => dataSource.transaction(work) };
}
