import { connectionOf, knownConnection, type RawStatement } from './connection.js';
import type { Tx } from './unit-of-work.js';

/**
 * A statement the server parses and plans once for each connection. `name` must be unique in the whole product; null: planned each time
 * for its values, for a long statement over many rows whose best plan depends on them.
 */
export interface PreparedStatement {
  readonly name: string | null;
  readonly text: string;
}

/**
 * Runs a named statement on the connection of the transaction. TypeORM's own `query` sends text only, which the server
 * parses and plans every time. Errors are those of the driver (`code` = SQLSTATE), see `isUniqueViolation`.
 */
export async function runPrepared<Row>(
  tx: Tx,
  statement: PreparedStatement,
  values: readonly unknown[],
): Promise<Row[]> {
  if (!tx.queryRunner)
    throw new Error(
      `Statement ${statement.name ?? statement.text} needs a transaction: call it inside unitOfWork.run.`,
    );
  const client = knownConnection(tx.queryRunner) ?? (await connectionOf(tx.queryRunner));
  const result = await client.query(rawStatement(statement, values));
  return result.rows as Row[];
}

export function rawStatement({ name, text }: PreparedStatement, values: readonly unknown[]): RawStatement {
  return name === null ? { text, values } : { name, text, values };
}

/** True for SQLSTATE 23505, of the named constraint when one is given. Reads the driver's error and TypeORM's wrapper. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const { code, constraint: violated } = driverFields(error);
  return code === '23505' && (constraint === undefined || violated === constraint);
}

function driverFields(error: unknown): { code?: string; constraint?: string } {
  if (typeof error !== 'object' || error === null) return {};
  const wrapped = (error as { driverError?: unknown }).driverError;
  return (wrapped ?? error) as { code?: string; constraint?: string };
}
