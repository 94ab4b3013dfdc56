import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A key of the installation; the first of several seals, all of them open. */
export interface SealingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

const ivLength = 12;
const tagLength = 16;
/** AES-256-GCM as below. Another algorithm, or another layout, gets the next number and reads this one until all is sealed anew. */
export const sealVersion = 1;

/**
 * Version of the algorithm, length of the key's id, its id, nonce, tag, text. `belongsTo` is bound in, so that a row copied to another
 * person opens nothing.
 */
export function seal(keys: readonly SealingKey[], given: { text: string; belongsTo: string }): Buffer | null {
  const [first] = keys;
  if (first === undefined) return null;
  const id = Buffer.from(first.id);
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', first.key, iv).setAAD(Buffer.from(given.belongsTo));
  const sealed = Buffer.concat([cipher.update(given.text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([sealVersion, id.length]), id, iv, cipher.getAuthTag(), sealed]);
}

/** Throws when the key is not among these, or the bytes are not what was sealed. */
export function unseal(keys: readonly SealingKey[], given: { sealed: Buffer; belongsTo: string }): string {
  const { sealed } = given;
  if (sealed[0] !== sealVersion)
    throw new Error(`Sealed by version ${sealed[0]}; this build knows ${sealVersion} only.`);
  const idEnd = 2 + (sealed[1] ?? 0);
  const id = sealed.subarray(2, idEnd).toString();
  const key = keys.find((one) => one.id === id);
  if (key === undefined) throw new Error(`No data key "${id}". Put it back into DATA_KEYS, behind the one in use.`);
  const iv = sealed.subarray(idEnd, idEnd + ivLength);
  const tag = sealed.subarray(idEnd + ivLength, idEnd + ivLength + tagLength);
  const decipher = createDecipheriv('aes-256-gcm', key.key, iv).setAAD(Buffer.from(given.belongsTo)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(idEnd + ivLength + tagLength)), decipher.final()]).toString();
}
