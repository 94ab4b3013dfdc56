import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { hashSecret } from './password.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { type SealingKey, unseal } from './sealed.js';
import { SecondFactorEntity } from './second-factor.entity.js';

/** RFC 6238 with the parameters every authenticator application knows; Thông Hành is the name it shows. */
const stepSeconds = 30;
/** A telephone's clock may be off by one step either way (RFC 6238, section 5.2). */
const window = 1;
const recoveryCodeCount = 10;
/** Crockford's alphabet: no letter that is taken for a digit. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

export function authenticatorOf(given: { secret: string; email: string }): TOTP {
  return new TOTP({
    issuer: 'Thông Hành',
    label: given.email,
    algorithm: 'SHA1',
    digits: 6,
    period: stepSeconds,
    secret: Secret.fromBase32(given.secret),
  });
}

/** The step the code belongs to, when it is one of now and younger than the last one taken; else null. */
export function stepOf(given: { secret: string; code: string; lastStep: number; now: Date }): number | null {
  const timestamp = given.now.getTime();
  const delta = authenticatorOf({ secret: given.secret, email: '' }).validate({ token: given.code, timestamp, window });
  if (delta === null) return null;
  const step = Math.floor(timestamp / 1000 / stepSeconds) + delta;
  return step > given.lastStep ? step : null;
}

/** Ten codes to print. Fifty bits each. */
function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const letters = Array.from(randomBytes(10), (byte) => alphabet[byte % alphabet.length]).join('');
    return `${letters.slice(0, 5)}-${letters.slice(5)}`;
  });
}

/** Of a code as somebody typed it from paper. */
function recoveryCodeHash(code: string, salt: Buffer): Promise<Buffer> {
  const letters = code.toLowerCase().replace(/[\s-]/g, '').replace(/o/g, '0').replace(/[il]/g, '1');
  return hashSecret(letters, salt);
}

/** New codes in the place of those of before. They are shown this once: only hashes under a salt of the person are kept. */
export async function replaceRecoveryCodes(tx: Tx, personId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  const recoverySalt = randomBytes(16);
  const hashes = await Promise.all(codes.map((code) => recoveryCodeHash(code, recoverySalt)));
  await tx.delete(RecoveryCodeEntity, { personId });
  await tx.update(SecondFactorEntity, { personId }, { recoverySalt });
  await tx.insert(
    RecoveryCodeEntity,
    hashes.map((codeHash) => ({ personId, codeHash, usedAt: null })),
  );
  return codes;
}

const useRecoveryCode: PreparedStatement = {
  name: 'organisation_use_recovery_code',
  text: `update recovery_codes set used_at = $3 where person_id = $1 and code_hash = $2 and used_at is null returning 1`,
};

export type SecondFactorAnswer = 'notAsked' | 'missing' | 'wrong' | 'right';

/** Takes a code: the one of the authenticator, or one of paper, each once. In the transaction that lets the person in. */
export async function takeSecondFactor(
  tx: Tx,
  given: { personId: string; code: string | undefined; keys: readonly SealingKey[]; now: Date },
): Promise<SecondFactorAnswer> {
  const { personId, now } = given;
  const factor = await tx.findOne(SecondFactorEntity, { where: { personId }, lock: { mode: 'pessimistic_write' } });
  if (factor === null || factor.confirmedAt === null) return 'notAsked';
  const code = given.code?.replace(/\s/g, '') ?? '';
  if (code === '') return 'missing';
  if (!/^\d{6}$/.test(code)) {
    if (factor.recoverySalt === null) return 'wrong';
    const codeHash = await recoveryCodeHash(code, factor.recoverySalt);
    const used = await runPrepared(tx, useRecoveryCode, [personId, codeHash, now]);
    return used.length === 1 ? 'right' : 'wrong';
  }
  const secret = unseal(given.keys, { sealed: factor.sealedSecret, belongsTo: personId });
  const step = stepOf({ secret, code, lastStep: factor.lastStep, now });
  if (step === null) return 'wrong';
  await tx.update(SecondFactorEntity, { personId }, { lastStep: step });
  return 'right';
}

/** Whether it is asked for, and how many codes of paper are left. */
export async function readSecondFactor(tx: Tx, personId: string): Promise<{ enabled: boolean; codesLeft: number }> {
  const factor = await tx.findOneBy(SecondFactorEntity, { personId });
  if (factor === null || factor.confirmedAt === null) return { enabled: false, codesLeft: 0 };
  const codes = await tx.findBy(RecoveryCodeEntity, { personId });
  return { enabled: true, codesLeft: codes.filter((code) => code.usedAt === null).length };
}
