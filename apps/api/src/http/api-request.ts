import type { Request } from 'express';
import type { SessionPrincipal } from '#libs/organisation';

/** A request after the first middleware. `principal` is set by the session guard, so on every route but the public ones. */
export interface ApiRequest extends Request {
  requestId: string;
  /** Of the trace, when there are traces. */
  traceId?: string;
  principal?: SessionPrincipal;
}
