export { openTracing } from './open-tracing.js';
export { traceDatabase } from './trace-database.js';
export type { TraceCarrier, Tracing } from './types.js';
