import { describe, expect, it } from '@jest/globals';
import { searchKey } from './search-key.js';

describe('searchKey', () => {
  it.each([
    ['Đặng Thị Huệ', 'dang thi hue'],
    ['  NGUYỄN   Văn\tƯớc ', 'nguyen van uoc'],
    ['Trần Đức'.normalize('NFD'), 'tran duc'],
    ['Y Khoa Niê', 'y khoa nie'],
    ['', ''],
  ])('makes %j into %j', (text, key) => expect(searchKey(text)).toBe(key));
});
