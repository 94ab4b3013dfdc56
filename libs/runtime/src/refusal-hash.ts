import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

export interface RefusalRow {
  readonly id: string;
  readonly instanceId: string;
  readonly eventType: string;
  readonly rules: unknown;
  readonly principalId: string | null;
  readonly requestId: string | null;
  readonly at: Date;
}

/** A refusal carries no hash of its own: it is taken when a checkpoint seals it, over every column but the checkpoint. */
export function refusalHash({ id, instanceId, eventType, rules, principalId, requestId, at }: RefusalRow): Buffer {
  const covered = { id, instanceId, eventType, rules, principalId, requestId, at };
  return createHash('sha256').update(canonicalJson(covered)).digest();
}
