import { describe, expect, it } from '@jest/globals';
import { AppError } from '#contracts/errors.js';
import { networkOf, RateLimiter } from './rate-limit.js';

describe('the limit of requests', () => {
  const taken = (limiter: RateLimiter, key: string, times: number) => {
    let count = 0;
    for (let at = 0; at < times; at += 1)
      try {
        limiter.take(key);
        count += 1;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
    return count;
  };

  it('lets a minute’s worth through at once, then as many as time brings, for each key alone', () => {
    let now = 1_000_000;
    const limiter = new RateLimiter(60, () => now);
    expect(taken(limiter, 'a', 100)).toBe(60);
    expect(taken(limiter, 'b', 100)).toBe(60);
    now += 5_000;
    expect(taken(limiter, 'a', 100)).toBe(5);
    now += 3_600_000;
    expect(taken(limiter, 'a', 100)).toBe(60);
  });

  it('says how long to wait', () => {
    const limiter = new RateLimiter(2, () => 0);
    limiter.take('a');
    limiter.take('a');
    expect(() => limiter.take('a')).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_REQUESTS', details: { retryAfterSeconds: 30 } }),
    );
  });

  it('is off at 0 and remembers no more keys than it should', () => {
    expect(taken(new RateLimiter(0), 'a', 1000)).toBe(1000);
    const limiter = new RateLimiter(1, () => 0);
    for (let at = 0; at < 50_000; at += 1) limiter.take(`key ${at}`);
    expect((limiter as unknown as { wholeAt: Map<string, number> }).wholeAt.size).toBeLessThanOrEqual(20_000);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ])('takes %s for %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
