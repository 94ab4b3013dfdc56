export { openTracing } from './open-tracing.js';
export { traceDatabase } from './trace-database.js';
export type { OpenSpan, SpanStart, TraceCarrier, Tracing } from './types.js';
