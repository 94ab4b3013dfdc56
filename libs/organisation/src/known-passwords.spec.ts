import { describe, expect, it } from '@jest/globals';
import { isKnownPassword } from './known-passwords.js';

describe('a password from a breach', () => {
  it.each([
    '1qaz2wsx3edc',
    'motherfucker',
    'password12345',
    'P@ssw0rd2026!',
    'Mật khẩu 123456',
    'matkhau@2026!',
    'Qwerty123456789',
    '123456789012345',
    'abcabcabcabc',
    'aaaaaaaaaaaaaaaa',
    'iloveyou iloveyou',
    'DoanRa2026!!!',
    'anhyeuem-anhyeuem',
  ])('is known: %s', async (password) => {
    expect(await isKnownPassword(password)).toBe(true);
  });

  it.each([
    'mật khẩu của bản thử',
    'ba con mèo đen ngủ trên mái',
    'trời hôm nay xanh quá',
    'correct horse battery staple',
    'k7#Vd2!qLm9zTx',
    '1Qx-9rTwaKz_0pPm',
  ])('is not: %s', async (password) => {
    expect(await isKnownPassword(password)).toBe(false);
  });
});
