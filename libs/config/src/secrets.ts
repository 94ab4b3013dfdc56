import { createPrivateKey, type KeyObject } from 'node:crypto';

export interface DataKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

/** Null when the text is no Ed25519 private key. */
function signingKeyOf(text: string): KeyObject | null {
  try {
    const isPem = text.includes('-----BEGIN');
    const key = isPem
      ? createPrivateKey(text)
      : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch (error) {
    // Whatever node:crypto says about the bytes might repeat them.
    if (error instanceof Error) return null;
    throw error;
  }
}

export function isSigningKey(text: string): boolean {
  return signingKeyOf(text) !== null;
}

/** Call it with text that `isSigningKey` accepted. */
export function parseSigningKey(text: string): KeyObject {
  const key = signingKeyOf(text);
  if (key === null) throw new Error('The signing key was not checked before it was read.');
  return key;
}

const keyPattern = /^([a-z0-9][a-z0-9_-]{0,31}):([A-Za-z0-9+/]{43}=)$/;

/** In order: the first encrypts. Empty when the text is no list of keys with names of their own. */
export function parseKeyRing(text: string): readonly DataKey[] {
  const keys: DataKey[] = [];
  for (const part of text.split(',')) {
    const [, id, base64] = keyPattern.exec(part.trim()) ?? [];
    if (id === undefined || base64 === undefined || keys.some((key) => key.id === id)) return [];
    keys.push({ id, key: Buffer.from(base64, 'base64') });
  }
  return keys;
}

export function isKeyRing(text: string): boolean {
  return parseKeyRing(text).length > 0;
}

/** A key of random bytes repeats few of them; one typed by hand, or all zero, repeats many. */
export function looksRandom(key: Buffer): boolean {
  return new Set(key).size >= 20;
}

const knownPasswords = [
  'postgres',
  'password',
  'passw0rd',
  'thong_hanh',
  'thonghanh',
  'thong-hanh',
  'admin',
  'changeme',
];

/** Too short, one that is in every example, or the name of the account again. */
export function isWeakPassword(password: string, user: string): boolean {
  const plain = password.toLowerCase();
  return password.length < 12 || knownPasswords.includes(plain) || plain === user.toLowerCase();
}
