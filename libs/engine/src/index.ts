export { checkDefinition } from './check-definition.js';
export { stateNodes } from './compiled.js';
export { availableEvents, decide, start } from './decide.js';
export type {
  Accepted,
  Assignee,
  AvailableEvent,
  DeadlineSpec,
  Decision,
  Effect,
  FailedRule,
  Refused,
  ReminderStep,
  Rule,
  StoredSnapshot,
  WorkflowDefinition,
  WorkflowEvent,
} from './definition.js';
export { type GuardLeaf, guardLeaves } from './rules.js';
