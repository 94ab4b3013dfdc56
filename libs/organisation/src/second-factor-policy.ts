import type { Role } from '#contracts/roles.js';
import type { CalendarDay } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { isLent, isRunning } from './substitution-sql.js';

/** Whom the installation asks for a second factor. */
export interface SecondFactorPolicy {
  /** Whoever holds one of these, in their own right or for somebody absent; an empty list: nobody has to. */
  readonly requiredFor: 'everybody' | readonly Role[];
  /** Whether ours is asked for after a sign-in at the identity provider, too. */
  readonly afterProvider: boolean;
}

const holdsOneOf: PreparedStatement = {
  name: 'organisation_second_factor_needed',
  text: `select exists (select from role_assignments r where r.person_id = $1 and r.role = any($2::text[])
      and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date))
    or exists (select from substitutions x join role_assignments r on ${isLent}
      where x.substitute_id = $1 and ${isRunning('$3')} and r.role = any($2::text[])
        and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date)) as needed`,
};

/** Asked at sign-in: who gets such a role meanwhile sets the factor up at the next one. */
export async function needsSecondFactor(
  tx: Tx,
  { requiredFor }: SecondFactorPolicy,
  { personId, on }: { personId: string; on: CalendarDay },
): Promise<boolean> {
  if (requiredFor === 'everybody') return true;
  if (requiredFor.length === 0) return false;
  const [row] = await runPrepared<{ needed: boolean }>(tx, holdsOneOf, [personId, requiredFor, on]);
  return row!.needed;
}
