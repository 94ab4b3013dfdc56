import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Response } from 'express';
import { AppError } from '#contracts/errors.js';
import type { ApiRequest } from './api-request.js';
import { requireStorable } from './storable.js';

/** `key`: chosen by the caller. `bodyHash`: sha256 hex of method, path, canonical body and uploaded file. */
export interface IdempotencyInput {
  readonly key: string;
  readonly bodyHash: string;
}

const keyPattern = /^[\x21-\x7e]{8,128}$/;
const versionPattern = /^"(0|[1-9]\d{0,9})"$/;

/** Throws VALIDATION_FAILED for a key that is not 8 to 128 visible ASCII characters and for a body that is not storable. */
export function idempotencyOf(request: ApiRequest): IdempotencyInput | undefined {
  const key = request.get('idempotency-key');
  if (key === undefined) return undefined;
  if (!keyPattern.test(key)) {
    throw headerProblem('idempotency-key', {
      vi: 'Khóa chống gửi lặp dài 8 đến 128 ký tự, không dấu cách.',
      en: 'An idempotency key has 8 to 128 visible characters.',
    });
  }
  // Taken before the body is validated: what is nested without end must not end in a stack overflow here.
  requireStorable(request.body);
  const path = request.originalUrl.split('?', 1)[0];
  const hash = createHash('sha256').update(`${request.method} ${path}\n${canonical(request.body)}`);
  // An uploaded file is part of what was sent, and `OneFileUpload` keeps its hash beside the body.
  const { file } = request as { file?: { sha256?: string } };
  if (file?.sha256 !== undefined) hash.update('\n').update(file.sha256);
  return { key, bodyHash: hash.digest('hex') };
}

/** The version in `If-Match: "7"`. Absent: undefined. Throws VALIDATION_FAILED for another form, a list, a weak tag or `*`. */
export function ifMatchOf(request: ApiRequest): number | undefined {
  const header = request.get('if-match');
  if (header === undefined) return undefined;
  const version = versionPattern.exec(header.trim())?.[1];
  if (version === undefined) {
    throw headerProblem('if-match', {
      vi: 'If-Match phải là phiên bản trong ngoặc kép, ví dụ "7".',
      en: 'If-Match must be a version in double quotes, such as "7".',
    });
  }
  return Number(version);
}

const idempotencyParam = createParamDecorator((_: unknown, context: ExecutionContext) =>
  idempotencyOf(context.switchToHttp().getRequest<ApiRequest>()),
);
const ifMatchParam = createParamDecorator((options: { required: boolean }, context: ExecutionContext) => {
  const version = ifMatchOf(context.switchToHttp().getRequest<ApiRequest>());
  if (version === undefined && options.required) throw new AppError('PRECONDITION_REQUIRED');
  return version;
});

/** Parameter of type `IdempotencyInput | undefined`. */
export function IdempotencyKey(): ParameterDecorator {
  return withHeader(idempotencyParam(), {
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key with the same body gives the same answer; with another body it is refused.',
    schema: { type: 'string', minLength: 8, maxLength: 128 },
  });
}

/** Parameter of type `number` when required (PRECONDITION_REQUIRED without it), otherwise `number | undefined`. */
export function IfMatch(options: { required: boolean } = { required: true }): ParameterDecorator {
  return withHeader(ifMatchParam(options), {
    name: 'If-Match',
    required: options.required,
    description: 'The version being changed, as given in ETag: "7".',
    schema: { type: 'string', pattern: '^"\\d+"$' },
  });
}

/** `ETag: "<version>"`, to be sent back as If-Match. */
export function setVersion(response: Response, version: number): void {
  response.setHeader('etag', `"${version}"`);
}

function withHeader(param: ParameterDecorator, header: Parameters<typeof ApiHeader>[0]): ParameterDecorator {
  return (target, key, index) => {
    param(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor !== undefined) ApiHeader(header)(target, key, descriptor);
  };
}

function headerProblem(path: string, text: { vi: string; en: string }): AppError {
  return new AppError('VALIDATION_FAILED', { text, fields: [{ path, text }] });
}

/** JSON with sorted keys: the same body however the client orders its members. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(',')}}`;
}
