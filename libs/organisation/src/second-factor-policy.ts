import type { Role } from '#contracts/roles.js';
import { holdingsOf, type SessionPrincipal } from './permissions.js';

/** Whom the installation asks for a second factor. */
export interface SecondFactorPolicy {
  /** Whoever holds one of these, in their own right or for somebody absent; an empty list: nobody has to. */
  readonly requiredFor: 'everybody' | readonly Role[];
  /** Whether ours is asked for after a sign-in at the identity provider, too. */
  readonly afterProvider: boolean;
}

/** By what the person holds at this request: a role given, or a setting changed, while they are signed in counts from the next one. */
export function needsSecondFactor(
  { requiredFor }: Pick<SecondFactorPolicy, 'requiredFor'>,
  principal: Pick<SessionPrincipal, 'roles' | 'substituting'>,
): boolean {
  if (requiredFor === 'everybody') return true;
  return holdingsOf(principal).some(({ role }) => requiredFor.includes(role));
}
