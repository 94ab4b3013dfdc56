import { describe, expect, it } from '@jest/globals';
import { pairs, table } from './table.js';

describe('table', () => {
  it('aligns Vietnamese text, composed or not, and shows empty cells as a dash', () => {
    const decomposed = 'Sở'.normalize('NFD');
    expect(
      table(
        ['Mã', 'Tên'],
        [
          ['A', 'x'],
          [decomposed, null],
          ['Đoàn ra', 7],
        ],
      ),
    ).toBe(['Mã       Tên', '───────  ───', 'A        x', `${decomposed}       –`, 'Đoàn ra  7'].join('\n'));
  });
});

describe('pairs', () => {
  it('puts one pair on a line', () => {
    expect(
      pairs([
        ['Mã', 'DR-1'],
        ['Trạng thái', null],
      ]),
    ).toBe('Mã          DR-1\nTrạng thái  –');
  });
});
