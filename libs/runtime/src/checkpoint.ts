import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** What is signed. `leaves`: how many; `previousHash`: of the checkpoint before, 32 zero bytes for the first. */
export interface CheckpointBody {
  readonly number: number;
  readonly at: Date;
  readonly leafCount: number;
  readonly root: Buffer;
  readonly previousHash: Buffer;
  readonly keyId: string;
}

export interface Checkpoint extends CheckpointBody {
  readonly horizon: Date | null;
  readonly hash: Buffer;
  /** SPKI, base64. */
  readonly publicKey: string;
  readonly signature: Buffer;
}

export interface Signer {
  readonly keyId: string;
  /** SPKI, base64. */
  readonly publicKey: string;
  sign(bytes: Buffer): Buffer;
}

/** Ed25519. The id is made from the public key, so a key cannot be passed off as another. */
export function createSigner(privateKey: KeyObject): Signer {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    keyId: keyIdOf(der),
    publicKey: der.toString('base64'),
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}

function keyIdOf(spki: Buffer): string {
  return createHash('sha256').update(spki).digest('hex').slice(0, 16);
}

/** The text a checkpoint's hash and signature are made over. */
export function checkpointText({ number, at, leafCount, root, previousHash, keyId }: CheckpointBody): string {
  return canonicalJson({
    format: 'thong-hanh-checkpoint-1',
    ...{ number, at, leafCount, keyId },
    root: root.toString('hex'),
    previousHash: previousHash.toString('hex'),
  });
}

export function checkpointHash(body: CheckpointBody): Buffer {
  return createHash('sha256').update(checkpointText(body)).digest();
}

/** Signed by the key it names, and nothing in it was changed since. Says nothing about whose key it is. */
export function isSigned(checkpoint: Checkpoint): boolean {
  const spki = Buffer.from(checkpoint.publicKey, 'base64');
  if (keyIdOf(spki) !== checkpoint.keyId || !checkpoint.hash.equals(checkpointHash(checkpoint))) return false;
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  return verify(null, Buffer.from(checkpointText(checkpoint)), key, checkpoint.signature);
}

/** As it stands in a file and in an exported case. */
export function checkpointJson(checkpoint: Checkpoint): Record<string, unknown> {
  const { number, at, leafCount, keyId, publicKey } = checkpoint;
  return {
    ...{ number, at, leafCount, keyId, publicKey },
    root: checkpoint.root.toString('hex'),
    previousHash: checkpoint.previousHash.toString('hex'),
    signature: checkpoint.signature.toString('base64'),
  };
}
