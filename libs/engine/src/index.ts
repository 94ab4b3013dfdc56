export { checkDefinition } from './check-definition.js';
export { stateNodes } from './compiled.js';
export { availableEvents, decide, start } from './decide.js';
export {
  type Accepted,
  type Assignee,
  type AvailableEvent,
  type DeadlineSpec,
  type Decision,
  type Effect,
  type HandOver,
  isTaskOf,
  type Refused,
  type ReminderStep,
  type Rule,
  type StoredSnapshot,
  type WorkflowDefinition,
  type WorkflowEvent,
  withIdReplaced,
} from './definition.js';
export { goesAlong, guardLeaves } from './rules.js';
