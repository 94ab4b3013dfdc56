import { addDays, type CalendarDay, dayOf } from '#libs/calendar';
import type { SealingKey } from '#libs/organisation';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { signingKeysUsed } from '#libs/runtime';

/** How long one key is used, in days. Giả định: within the one to two years of NIST SP 800-57 part 1 rev. 5, section 5.3.6. */
export const keyPeriodDays = 730;

export interface KeyAge {
  readonly kind: 'signing' | 'data';
  readonly id: string;
  /** The day it was first used; null: not used yet, or, of a data key, never put in front of another by a rotation. */
  readonly since: CalendarDay | null;
  /** New things are signed, or sealed, with it. */
  readonly inUse: boolean;
  /** The day another one should take its place; null for a key that is not in use, or whose first day is not known. */
  readonly changeBy: CalendarDay | null;
  readonly isDue: boolean;
}

/** A rotation that sealed nothing anew is one that only looked. */
const rotations: PreparedStatement = {
  name: 'privacy_first_rotation_to_key',
  text: `select details->>'firstKey' as id, min(at) as since from audit_records
    where action = 'dataKeys.rotated' and (details->>'resealed')::int > 0 group by 1`,
};

/** Every key the installation signs or seals with, or did, and when the present ones are to be changed. */
export async function keyAges(
  tx: Tx,
  given: { readonly keys: readonly SealingKey[]; readonly signingKeyId: string | null; readonly now: Date },
): Promise<readonly KeyAge[]> {
  const { keys, signingKeyId, now } = given;
  const today = dayOf(now);
  const age = (key: Pick<KeyAge, 'kind' | 'id' | 'inUse'>, at: Date | undefined): KeyAge => {
    const since = at === undefined ? null : dayOf(at);
    const changeBy = since === null || !key.inUse ? null : addDays(since, keyPeriodDays);
    return { ...key, since, changeBy, isDue: changeBy !== null && changeBy <= today };
  };
  const signing = new Map((await signingKeysUsed(tx)).map(({ id, since }) => [id, since]));
  const first = new Map(
    (await runPrepared<{ id: string; since: Date }>(tx, rotations, [])).map(({ id, since }) => [id, since]),
  );
  const signers = new Set([...signing.keys(), ...(signingKeyId === null ? [] : [signingKeyId])]);
  return [
    ...[...signers].map((id) => age({ kind: 'signing', id, inUse: id === signingKeyId }, signing.get(id))),
    ...keys.map(({ id }, place) => age({ kind: 'data', id, inUse: place === 0 }, first.get(id))),
  ];
}
