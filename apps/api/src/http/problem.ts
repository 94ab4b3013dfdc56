import { HttpException } from '@nestjs/common';
import { AppError, type ErrorCode, errorCodes } from '#contracts/errors.js';
import type { Problem } from '#contracts/problem.js';

/** Any error as what people may see of it: a refusal as it is, everything else without its inside. */
export function problemOf(error: unknown, request: { instance: string; requestId: string }): Problem {
  const refusal = refusalOf(error);
  const { status, text } = errorCodes[refusal.code];
  const { text: own, fields = [], ...rest } = refusal.details;
  return {
    ...rest,
    type: `urn:thong-hanh:problem:${refusal.code}`,
    title: text.vi,
    status,
    code: refusal.code,
    detail: own?.vi ?? text.vi,
    detailEn: own?.en ?? text.en,
    instance: request.instance,
    requestId: request.requestId,
    errors: fields.map((field) => ({ path: field.path, detail: field.text.vi, detailEn: field.text.en })),
  };
}

function refusalOf(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof HttpException) return fromHttp(error);
  if (isDatabaseAway(error)) return new AppError('UNAVAILABLE', {}, { cause: error });
  return new AppError('INTERNAL', {}, { cause: error });
}

/** What Nest and the body parser refuse before a controller is reached. */
function fromHttp(error: HttpException): AppError {
  const status = error.getStatus();
  const known: Partial<Record<number, ErrorCode>> = {
    401: 'UNAUTHENTICATED',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    413: 'REQUEST_TOO_LARGE',
    415: 'UNSUPPORTED_MEDIA_TYPE',
    503: 'UNAVAILABLE',
  };
  const code = known[status];
  if (code !== undefined) return new AppError(code, {}, { cause: error });
  if (status >= 500) return new AppError('INTERNAL', {}, { cause: error });
  const text = {
    vi: 'Không đọc được yêu cầu: JSON hoặc địa chỉ viết sai.',
    en: 'The request cannot be read: its JSON or its address is malformed.',
  };
  return new AppError('VALIDATION_FAILED', { text }, { cause: error });
}

/** Connection refused or lost, server starting or stopping, too many connections (PostgreSQL appendix A, classes 08, 53, 57P). */
function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, message } = ((error as { driverError?: unknown }).driverError ?? error) as {
    code?: unknown;
    message?: unknown;
  };
  if (typeof code === 'string') return /^(ECONN(REFUSED|RESET)|ETIMEDOUT|EPIPE|08\w{3}|53300|57P0[1-3])$/.test(code);
  return typeof message === 'string' && /^Connection terminated|^timeout exceeded when trying to connect/.test(message);
}
