import type { NextFunction, Request, Response } from 'express';
import type { Tracing } from '#libs/tracing';
import type { ApiRequest } from './api-request.js';

/** One span for each request of the API, named by its route; ids and names of fields only. What the request does belongs to it. */
export function traceRequests(tracing: Tracing) {
  return (request: Request, response: Response, next: NextFunction): void => {
    if (!request.path.startsWith('/api/v1/')) {
      next();
      return;
    }
    const traceparent = request.get('traceparent');
    const span = tracing.open({
      name: request.method,
      kind: 'server',
      attributes: { 'http.request.method': request.method },
      ...(traceparent !== undefined && { parent: { traceparent } }),
    });
    (request as ApiRequest).traceId = span.traceId;
    response.once('close', () => {
      const route: unknown = (request.route as { path?: unknown } | undefined)?.path;
      const name = typeof route === 'string' ? `${request.method} ${route}` : request.method;
      const { requestId } = request as ApiRequest;
      span.set({ 'http.response.status_code': response.statusCode, 'request.id': requestId });
      if (typeof route === 'string') span.set({ 'http.route': route });
      span.end({ name, ...(response.statusCode >= 500 && { error: new Error('answered with a fault') }) });
    });
    span.within(next);
  };
}
