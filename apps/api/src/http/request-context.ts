import { randomUUID } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { ApiRequest } from './api-request.js';

const acceptable = /^[A-Za-z0-9-]{8,64}$/;

/** Gives each request an id (the caller's own `x-request-id` when it is a harmless one, else that of its trace) and logs one line when it is done. */
export function requestContext(logger: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const given = request.get('x-request-id');
    const own = (request as ApiRequest).traceId ?? randomUUID();
    const requestId = given !== undefined && acceptable.test(given) ? given : own;
    (request as ApiRequest).requestId = requestId;
    response.setHeader('x-request-id', requestId);
    const startedAt = process.hrtime.bigint();
    response.once('finish', () => logRequest(logger, { request: request as ApiRequest, response, startedAt }));
    next();
  };
}

/** Ids only: no query (people search by name), no body, no address. */
function logRequest(
  logger: Logger,
  { request, response, startedAt }: { request: ApiRequest; response: Response; startedAt: bigint },
): void {
  const { requestId, method, principal } = request;
  const status = response.statusCode;
  const path = request.route === undefined ? null : withoutSecret(request.originalUrl.split('?', 1)[0] ?? '');
  const ms = Number((process.hrtime.bigint() - startedAt) / 1000n) / 1000;
  const line = {
    requestId,
    caseId: caseIdOf(request),
    method,
    path,
    status,
    ms,
    personId: principal?.personId ?? null,
  };
  if (status >= 500) logger.error(line, 'request');
  else logger.info(line, 'request');
}

/** The address of a private calendar opens it, so no log may keep it. */
export function withoutSecret(path: string): string {
  return path.replace(/^(\/api\/v1\/calendar-feeds\/).+$/i, '$1…');
}

const casePath = /^\/api\/v1\/cases\/([0-9a-f-]{36})(?:[/?]|$)/i;

/** The case a request is about, by its address; null when the address names none. */
export function caseIdOf(request: Pick<Request, 'originalUrl'>): string | null {
  return casePath.exec(request.originalUrl)?.[1]?.toLowerCase() ?? null;
}

export const RequestId = createParamDecorator(
  (_: unknown, context: ExecutionContext): string => context.switchToHttp().getRequest<ApiRequest>().requestId,
);
