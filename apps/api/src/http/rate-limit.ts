import type { NextFunction, Request, Response } from 'express';
import { AppError } from '#contracts/errors.js';

/** Keys that may be remembered at once; beyond it those that owe nothing are forgotten first, then the oldest. */
const mostKeys = 20_000;

/**
 * So many requests a minute for each key, with as many at once (GCRA): one number a key, the moment its allowance would be whole
 * again. Kept in the memory of this process: a look-up and no round trip (ADR 0024).
 */
export class RateLimiter {
  private readonly wholeAt = new Map<string, number>();
  private readonly costMs: number;

  /** `perMinute` 0: no limit. `nowMs`: of any clock that only goes forward. */
  constructor(
    private readonly perMinute: number,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.costMs = perMinute === 0 ? 0 : 60_000 / perMinute;
  }

  /** Throws TOO_MANY_REQUESTS with the seconds to wait. A refused request costs nothing. */
  take(key: string): void {
    if (this.perMinute === 0) return;
    const now = this.nowMs();
    const next = Math.max(this.wholeAt.get(key) ?? 0, now) + this.costMs;
    const waitMs = next - now - 60_000;
    if (waitMs > 0.001) throw tooMany(Math.max(1, Math.ceil(waitMs / 1000)));
    if (!this.wholeAt.has(key) && this.wholeAt.size >= mostKeys) this.forget(now);
    this.wholeAt.set(key, next);
  }

  private forget(now: number): void {
    for (const [key, at] of this.wholeAt) if (at <= now) this.wholeAt.delete(key);
    for (const key of this.wholeAt.keys()) {
      if (this.wholeAt.size < mostKeys) return;
      this.wholeAt.delete(key);
    }
  }
}

function tooMany(retryAfterSeconds: number): AppError {
  return new AppError('TOO_MANY_REQUESTS', { retryAfterSeconds });
}

/** Requests of the API for each address, before anything is read of them. Pages and health checks are not counted. */
export function limitAddresses(limiter: RateLimiter) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    if (request.path.startsWith('/api/v1/')) limiter.take(networkOf(request.ip ?? ''));
    next();
  };
}

/** Of an IPv6 address the first 64 bits: one household or office has them all. */
export function networkOf(address: string): string {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::', 2);
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  return [...front, ...Array<string>(zeros).fill('0'), ...back].slice(0, 4).join(':');
}
