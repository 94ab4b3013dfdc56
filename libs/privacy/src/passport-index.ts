import { createHmac, hkdfSync } from 'node:crypto';
import type { SealingKey } from '#libs/organisation';

/** A key for this one purpose, derived from a data key: what finds a number again cannot open what is sealed. */
function indexKey({ key }: SealingKey): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', 'thong-hanh passport index', 32));
}

/** `passportNumber`: as the contract leaves it, without spaces, in capitals. Null without a key. */
export function passportIndex(keys: readonly SealingKey[], passportNumber: string): Buffer | null {
  return passportIndexes(keys, passportNumber)[0] ?? null;
}

/** The index of the number under every key: while keys are being changed some rows still have the one before. */
export function passportIndexes(keys: readonly SealingKey[], passportNumber: string): Buffer[] {
  return keys.map((key) => createHmac('sha256', indexKey(key)).update(passportNumber).digest());
}
