import { EventEntity } from './event.entity.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { InstanceEntity } from './instance.entity.js';
import { OutboxMessageEntity } from './outbox-message.entity.js';
import { RefusalEntity } from './refusal.entity.js';
import { TaskEntity } from './task.entity.js';
import { TimerEntity } from './timer.entity.js';

export type { AvailableEvent } from '#libs/engine';
export { canonicalJson } from './canonical-json.js';
export { Runtime, type RuntimeSettings } from './runtime.js';
export { findStoredAnswer } from './stored-answer.js';
export type {
  Applied,
  ApplyCommand,
  ChainFault,
  ChainFaultKind,
  ChainReport,
  FireOutcome,
  Idempotency,
  LockedInstance,
  OpenTask,
  Outcome,
  Principal,
  RecipientDirectory,
  RefusedOutcome,
  ReplayReport,
  StartCommand,
  StoredAnswer,
} from './types.js';
export type { ChainFilter } from './verify-chains.js';
export {
  EventEntity,
  IdempotencyKeyEntity,
  InstanceEntity,
  OutboxMessageEntity,
  RefusalEntity,
  TaskEntity,
  TimerEntity,
};

/** For the data source. */
export const runtimeEntities = [
  InstanceEntity,
  EventEntity,
  TimerEntity,
  TaskEntity,
  OutboxMessageEntity,
  IdempotencyKeyEntity,
  RefusalEntity,
];
