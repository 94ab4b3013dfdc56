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
