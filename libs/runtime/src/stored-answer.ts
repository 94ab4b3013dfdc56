import { AppError } from '#contracts/errors.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { Idempotency, Principal, StoredAnswer } from './types.js';

const serialise: PreparedStatement = {
  name: 'runtime_serialise_key',
  text: 'select pg_advisory_xact_lock(hashtextextended($1::text || $2::text, 0))',
};

const selectAnswer: PreparedStatement = {
  name: 'runtime_select_answer',
  text: 'select body_hash, status, body from idempotency_keys where principal_id = $1 and key = $2',
};

/**
 * The answer given earlier to the same request, or null. For requests that have no instance to lock, such as the one
 * that starts a case: until this transaction ends, the same key of the same person waits.
 * AppError IDEMPOTENCY_KEY_REUSED when the body differs.
 */
export async function findStoredAnswer(
  tx: Tx,
  { principal, idempotency }: { principal: Principal; idempotency: Idempotency },
): Promise<StoredAnswer | null> {
  if (!principal.personId) throw new Error('An idempotency key needs a person.');
  const values = [principal.personId, idempotency.key];
  await runPrepared(tx, serialise, values);
  const [row] = await runPrepared<StoredAnswer & { body_hash: string }>(tx, selectAnswer, values);
  if (!row) return null;
  if (row.body_hash !== idempotency.bodyHash) throw new AppError('IDEMPOTENCY_KEY_REUSED');
  return { status: row.status, body: row.body };
}
