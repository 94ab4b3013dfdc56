import { EventEntity } from './event.entity.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { InstanceEntity } from './instance.entity.js';
import { OutboxMessageEntity } from './outbox-message.entity.js';
import { RefusalEntity } from './refusal.entity.js';
import { TaskEntity } from './task.entity.js';
import { TimerEntity } from './timer.entity.js';

export type {
  Applied,
  ApplyCommand,
  AvailableEvent,
  Idempotency,
  LockedInstance,
  OpenTask,
  Outcome,
  Principal,
  RecipientDirectory,
  RefusedOutcome,
  StartCommand,
  StoredAnswer,
} from './types.js';
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
