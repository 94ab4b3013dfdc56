export {
  describeEnvironment,
  type EnvironmentName,
  environmentNames,
  secretNames,
  type VariableDescription,
  type VariableNote,
} from './environment.js';
export {
  type AppConfig,
  type AuditConfig,
  ConfigError,
  type ConfigProblem,
  type Environment,
  loadConfig,
  type QueueConfig,
} from './load-config.js';
export { loadOperatorConfig, type RunningSystem, readRunningSystem, SystemNotRunningError } from './running-system.js';
export type { DataKey } from './secrets.js';
