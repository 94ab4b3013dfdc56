import { AppError } from '#contracts/errors.js';
import type { Clock } from '#libs/calendar';

const windowMs = 15 * 60_000;
const attemptsAllowed = 10;
/** So that a flood of invented accounts cannot fill the memory; the oldest entry goes first. */
const entriesKept = 50_000;

/**
 * Counts failed sign-ins of one account from one address, in the memory of this process. Another person, and the same
 * person from elsewhere, is never locked out by somebody's guessing. With n replicas the limit is n times as high.
 */
export class SignInLimiter {
  private readonly failures = new Map<string, { count: number; until: number }>();

  constructor(private readonly clock: Clock) {}

  /** Takes one attempt before the password is looked at, so that parallel guesses count. Throws TOO_MANY_ATTEMPTS. */
  take(key: { account: string; address: string }): void {
    const id = `${key.account}\n${key.address}`;
    const now = this.clock.now().getTime();
    const known = this.failures.get(id);
    const entry = known !== undefined && known.until > now ? known : { count: 0, until: now + windowMs };
    if (entry.count >= attemptsAllowed) throw new AppError('TOO_MANY_ATTEMPTS');
    entry.count += 1;
    this.failures.delete(id);
    this.failures.set(id, entry);
    const oldest = this.failures.size > entriesKept ? this.failures.keys().next().value : undefined;
    if (oldest !== undefined) this.failures.delete(oldest);
  }

  /** The right password clears the count. */
  clear(key: { account: string; address: string }): void {
    this.failures.delete(`${key.account}\n${key.address}`);
  }
}
