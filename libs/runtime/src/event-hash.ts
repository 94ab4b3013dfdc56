import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** What an event's hash covers, besides the hash of the event before it. */
export interface HashedEvent {
  readonly instanceId: string;
  readonly seq: number;
  readonly type: string;
  readonly payload: unknown;
  readonly principalId: string | null;
  readonly onBehalfOfId: string | null;
  readonly organisationVersionId: string | null;
  readonly requestId: string | null;
  readonly at: Date;
  /** Covered although the private part is not: a changed private part shows, an erased one leaves the chain valid. */
  readonly privateDigest: Buffer | null;
}

export interface PrivatePart {
  readonly content: Readonly<Record<string, unknown>>;
  readonly salt: Buffer;
  readonly digest: Buffer;
}

/** `prevHash` of the first event of an instance. */
export const genesisHash: Buffer = Buffer.alloc(32);

export function eventHash(prevHash: Buffer, event: HashedEvent): Buffer {
  const content = canonicalJson({ ...event, privateDigest: event.privateDigest?.toString('hex') ?? null });
  return createHash('sha256').update(prevHash).update(content).digest();
}

/** Null when there is nothing to keep. The salt goes when the content is erased: the digest left behind tells nothing. */
export function sealPrivate(content: Readonly<Record<string, unknown>> | undefined): PrivatePart | null {
  if (!content || Object.keys(content).length === 0) return null;
  const salt = randomBytes(16);
  return { content, salt, digest: privateDigest(salt, content) };
}

export function privateDigest(salt: Buffer, content: unknown): Buffer {
  return createHash('sha256').update(salt).update(canonicalJson(content)).digest();
}
