export type {
  Accepted,
  Assignee,
  DeadlineSpec,
  Decision,
  Effect,
  Refused,
  ReminderStep,
  Rule,
  StoredSnapshot,
  WorkflowDefinition,
  WorkflowEvent,
} from './definition.js';
