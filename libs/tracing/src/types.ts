export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** What travels with a job: the header of W3C Trace Context. Ids only. */
export interface TraceCarrier {
  readonly traceparent?: string;
}

export interface SpanStart {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  readonly attributes?: SpanAttributes;
  /** Goes on with the trace somebody else began. Absent: the present one, or a new one. */
  readonly parent?: TraceCarrier;
}

export interface OpenSpan {
  /** 32 hex digits. */
  readonly traceId: string;
  set(attributes: SpanAttributes): void;
  /** `error`: its name only is kept; what it says may hold a value of a row. */
  end(given?: { name?: string; error?: unknown }): void;
  /** What `work` does, and all it starts, belongs to this span. */
  within<T>(work: () => T): T;
}

/** The traces of this process. There is none unless the setting asks for it, and then nothing of this is loaded. */
export interface Tracing {
  open(start: SpanStart): OpenSpan;
  /** A span around work that ends with it. */
  span<T>(start: SpanStart, work: () => Promise<T>): Promise<T>;
  /** The present span for somebody far away; empty without one. */
  carry(): TraceCarrier;
  /** Sends what is left. */
  close(): Promise<void>;
}
