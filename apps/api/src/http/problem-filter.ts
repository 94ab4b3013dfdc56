import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { errorCodes } from '#contracts/errors.js';
import type { ApiRequest } from './api-request.js';
import { problemOf } from './problem.js';
import { caseIdOf } from './request-context.js';

/** The only place of the API that catches everything. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<ApiRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const { requestId } = request;
    const problem = problemOf(error, { instance: request.originalUrl.split('?', 1)[0] ?? '', requestId });
    if (problem.status >= 500)
      this.logger.error({ requestId, caseId: caseIdOf(request), code: problem.code, fault: faultOf(error) }, 'fault');
    if (response.headersSent) {
      // Part of an answer is out already; cutting the connection is the only honest end.
      response.destroy();
      return;
    }
    if (errorCodes[problem.code as keyof typeof errorCodes].retryable)
      response.setHeader('retry-after', String(problem.retryAfterSeconds ?? 60));
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

const sqlState = /^[0-9A-Z]{5}$/;

/** Where it broke. A database error's own text may hold the values of a row, so only its code and constraint are kept. */
function faultOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const fields = ((error as { driverError?: unknown }).driverError ?? error) as {
    code?: unknown;
    constraint?: unknown;
  };
  const isDatabase = typeof fields.code === 'string' && sqlState.test(fields.code);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    message: isDatabase ? null : error.message,
    code: fields.code ?? null,
    constraint: fields.constraint ?? null,
    stack: frames.slice(0, 20).map((line) => line.trim()),
    cause: error.cause instanceof Error ? faultOf(error.cause) : null,
  };
}
