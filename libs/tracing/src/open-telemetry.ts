import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { OpenSpan, SpanStart, Tracing } from './types.js';

const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const;

/** The SDK behind `Tracing`; imported only when an endpoint is set. */
export function createOpenTelemetry(settings: { endpoint: string; service: string; delayMs?: number }): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${settings.endpoint.replace(/\/+$/, '')}/v1/traces` });
  const spanProcessors = [new BatchSpanProcessor(exporter, { scheduledDelayMillis: settings.delayMs ?? 2000 })];
  const resource = resourceFromAttributes({ 'service.name': settings.service });
  const provider = new NodeTracerProvider({ resource, spanProcessors });
  provider.register();
  const tracer = provider.getTracer(settings.service);

  const open = ({ name, kind, attributes = {}, parent }: SpanStart): OpenSpan => {
    const from = parent?.traceparent === undefined ? context.active() : propagation.extract(context.active(), parent);
    const span = tracer.startSpan(name, { kind: kinds[kind], attributes }, from);
    return openSpan(span, trace.setSpan(from, span));
  };
  return {
    open,
    async span(start, work) {
      const one = open(start);
      try {
        const result = await one.within(work);
        one.end();
        return result;
      } catch (error) {
        one.end({ error });
        throw error;
      }
    },
    carry() {
      const carrier: { traceparent?: string } = {};
      propagation.inject(context.active(), carrier);
      return carrier.traceparent === undefined ? {} : { traceparent: carrier.traceparent };
    },
    close: () => provider.shutdown(),
  };
}

function openSpan(span: Span, within: ReturnType<typeof trace.setSpan>): OpenSpan {
  return {
    traceId: span.spanContext().traceId,
    set: (attributes) => void span.setAttributes(attributes),
    end({ name, error } = {}) {
      if (name !== undefined) span.updateName(name);
      if (error !== undefined) {
        const errorName = error instanceof Error ? error.name : typeof error;
        span.setAttribute('error.type', (error as { code?: string }).code ?? errorName);
        span.setStatus({ code: SpanStatusCode.ERROR });
      }
      span.end();
    },
    within: (work) => context.with(within, work),
  };
}
