import { hash, hashRaw, verify } from '@node-rs/argon2';
import { AppError } from '#contracts/errors.js';
import { passwordMaxLength, passwordMinLength } from '#contracts/session.js';
import { isKnownPassword } from './known-passwords.js';

/** OWASP Password Storage Cheat Sheet (2025), Argon2id: m = 19 MiB, t = 2, p = 1. The package's default algorithm is Argon2id. */
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/**
 * The hash of a password nobody has, with the parameters above: an unknown account costs the same time as a known one.
 * A change of parameters makes another one; a test compares the two.
 */
let nobodysHash: Promise<string> | undefined;

/** The same characters typed on another keyboard may be composed differently; both are the same password. */
const composed = (password: string) => password.normalize('NFC');

/** Throws VALIDATION_FAILED for a password too short, too long or known from breaches: a long one is refused, never cut. */
export async function hashPassword(password: string): Promise<string> {
  const length = composed(password).length;
  if (length < passwordMinLength || length > passwordMaxLength) {
    throw new AppError('VALIDATION_FAILED', {
      text: {
        vi: `Mật khẩu phải có từ ${passwordMinLength} đến ${passwordMaxLength} ký tự.`,
        en: `A password has ${passwordMinLength} to ${passwordMaxLength} characters.`,
      },
    });
  }
  if (await isKnownPassword(composed(password))) {
    const text = {
      vi: 'Mật khẩu này nằm trong danh sách đã lộ hoặc quá dễ đoán. Hãy dùng một câu của riêng bạn.',
      en: 'This password is on the list of breached ones, or is too easy to guess. Use a sentence of your own.',
    };
    throw new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'newPassword', text }] });
  }
  return hash(composed(password), parameters);
}

/** The same for a secret of ours, which nobody chose: under one salt it always makes the same bytes, so that it can be looked up. */
export function hashSecret(secret: string, salt: Buffer): Promise<Buffer> {
  return hashRaw(secret, { ...parameters, salt });
}

/** `stored` null: no such account. The work done is the same either way. */
export async function verifyPassword({
  stored,
  password,
}: {
  stored: string | null;
  password: string;
}): Promise<boolean> {
  if (password.length > passwordMaxLength) return false;
  nobodysHash ??= hash('nobody has this password', parameters);
  const matches = await verify(stored ?? (await nobodysHash), composed(password));
  return matches && stored !== null;
}

/** Makes the hash for unknown accounts ahead of the first sign-in, which would otherwise take twice as long. */
export async function preparePasswords(): Promise<void> {
  await verifyPassword({ stored: null, password: 'warm up' });
}
