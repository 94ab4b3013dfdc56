import { describe, expect, it } from '@jest/globals';
import { isMailAddress, isMessageId, parseSender } from './address.js';

describe('a mail address', () => {
  it.each(['an@tuyenquang.example', 'a.b+c@localhost', 'x@a-b.gov.vn'])('takes %s', (address) => {
    expect(isMailAddress(address)).toBe(true);
  });
  it.each([
    '',
    'an',
    'an@',
    '@a.vn',
    'an@a.vn\r\nBcc: x@y.z',
    'an@a.vn, b@c.d',
    '"an"@a.vn',
    'an <an@a.vn>',
    'a..b@c.vn',
    '.a@c.vn',
    'nguyễn@a.vn',
    `${'a'.repeat(65)}@a.vn`,
  ])('refuses %j', (address) => {
    expect(isMailAddress(address)).toBe(false);
  });
});

describe('a message id', () => {
  it('has one form only', () => {
    expect(isMessageId('<0f-1@tuyenquang.example>')).toBe(true);
    expect(isMessageId('<a@b>\r\nBcc: <c@d>')).toBe(false);
    expect(isMessageId('a@b')).toBe(false);
  });
});

describe('the sender', () => {
  it('is read with and without a name', () => {
    expect(parseSender('Thông Hành <th@a.vn>')).toEqual({ name: 'Thông Hành', address: 'th@a.vn', domain: 'a.vn' });
    expect(parseSender('th@a.vn')).toEqual({ name: '', address: 'th@a.vn', domain: 'a.vn' });
  });
  it.each(['', 'Thông Hành', 'x <a@b> <c@d>', 'x\r\nBcc: y <a@b.c>'])('refuses %j', (from) => {
    expect(() => parseSender(from)).toThrow(/MAIL_FROM must be/);
  });
});
