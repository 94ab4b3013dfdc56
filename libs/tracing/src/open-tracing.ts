import type { Tracing } from './types.js';

/** `endpoint`: of an OTLP collector over HTTP, without /v1/traces. Undefined: no traces, and no package for them is loaded. */
export async function openTracing(settings: {
  readonly endpoint: string | undefined;
  readonly service: string;
  readonly delayMs?: number;
}): Promise<Tracing | undefined> {
  const { endpoint } = settings;
  if (endpoint === undefined) return undefined;
  const { createOpenTelemetry } = await import('./open-telemetry.js');
  return createOpenTelemetry({ ...settings, endpoint });
}
