import type { DataSource } from 'typeorm';
import type { RawStatement } from './connection.js';
import { type PreparedStatement, rawStatement } from './prepared.js';

/** Reads outside a transaction: one statement, one round trip, on any free connection. Never for writes that belong together. */
export interface PreparedReader {
  read<Row>(statement: PreparedStatement, values: readonly unknown[]): Promise<Row[]>;
}

interface RawPool {
  query(config: RawStatement): Promise<{ rows: unknown[] }>;
}

/** The data source must be connected by the first read. */
export function createPreparedReader(dataSource: DataSource): PreparedReader {
  return {
    async read<Row>(statement: PreparedStatement, values: readonly unknown[]): Promise<Row[]> {
      const pool = (dataSource.driver as unknown as { master: RawPool }).master;
      const result = await pool.query(rawStatement(statement, values));
      return result.rows as Row[];
    },
  };
}
