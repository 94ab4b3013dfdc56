import { describe, expect, it } from '@jest/globals';
import { readTogether } from './read-together.js';

describe('reads asked for together', () => {
  it('are one reading of each key, and the next turn reads anew', async () => {
    const asked: (readonly string[])[] = [];
    const read = readTogether(async (keys) => {
      asked.push(keys);
      return new Map(keys.filter((key) => key !== 'gone').map((key) => [key, `${key}${asked.length}`]));
    });
    expect(await Promise.all([read('a'), read('b'), read('a'), read('gone')])).toEqual(['a1', 'b1', 'a1', null]);
    expect(await read('a')).toBe('a2');
    expect(asked).toEqual([['a', 'b', 'gone'], ['a']]);
  });

  it('all fail with the reason when the reading fails', async () => {
    const read = readTogether(() => Promise.reject(new Error('connection lost')));
    const both = await Promise.allSettled([read('a'), read('b')]);
    expect(both.map((one) => one.status === 'rejected' && (one.reason as Error).message)).toEqual([
      'connection lost',
      'connection lost',
    ]);
  });
});
