import { describe, expect, it } from '@jest/globals';
import { joined } from './joined-remarks';

const base = { achievements: 'a', difficulties: 'b', proposals: 'c' };

describe('words two people of a unit wrote at once', () => {
  it('are taken from who changed them, and stand one under the other where both did', () => {
    const mine = { achievements: 'a của tôi', difficulties: 'b', proposals: 'c của tôi' };
    const theirs = { achievements: 'a', difficulties: 'b của họ', proposals: 'c của họ' };
    expect(joined({ base, mine, theirs })).toEqual({
      achievements: 'a của tôi',
      difficulties: 'b của họ',
      proposals: 'c của họ\n\nc của tôi',
    });
  });

  it('are not doubled when both wrote the same', () => {
    const same = { ...base, proposals: 'như nhau' };
    expect(joined({ base, mine: same, theirs: same })).toEqual(same);
  });
});
