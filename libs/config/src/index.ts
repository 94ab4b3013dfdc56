export {
  describeEnvironment,
  type EnvironmentName,
  environmentNames,
  type VariableDescription,
  type VariableNote,
} from './environment.js';
export {
  type AppConfig,
  ConfigError,
  type ConfigProblem,
  type Environment,
  loadConfig,
  type QueueConfig,
} from './load-config.js';
export { loadOperatorConfig, type RunningSystem, readRunningSystem, SystemNotRunningError } from './running-system.js';
