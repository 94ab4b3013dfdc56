import { describe, expect, it } from '@jest/globals';
import { withoutAddresses } from './mail.handler.js';

describe('the answer of a mail server in the log', () => {
  it.each([
    ['550 5.1.1 <le.van@so.tinh.vn>: Recipient address rejected', '550 5.1.1 <…@…>: Recipient address rejected'],
    ['452 mailbox of LE.VAN+a@so.tinh.vn is full', '452 mailbox of …@… is full'],
    ['250 2.0.0 OK id=abc', '250 2.0.0 OK id=abc'],
  ])('says %s without whom', (said, logged) => {
    expect(withoutAddresses(said)).toBe(logged);
  });
});
