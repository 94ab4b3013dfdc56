export { describeEnvironment, environmentNames, secretNames } from './environment.js';
export { type AppConfig, ConfigError, loadConfig } from './load-config.js';
export { loadOperatorConfig, type RunningSystem, SystemNotRunningError } from './running-system.js';
