import { type ArgumentMetadata, StandardSchemaValidationPipe } from '@nestjs/common';
import type { z } from 'zod';
import { AppError } from '#contracts/errors.js';
import type { Text } from '#contracts/text.js';
import { requireStorable } from './storable.js';

type Issue = z.core.$ZodIssue;

/** Every `@Body({ schema })`, `@Query({ schema })` and `@Param('id', { schema })` goes through it. Throws VALIDATION_FAILED. */
export function createValidationPipe(): StandardSchemaValidationPipe {
  return new StorableValidationPipe({
    // The issues of a zod schema are zod's own; the standard interface only promises message and path.
    exceptionFactory: (issues) => validationFailed(issues as readonly Issue[]),
  });
}

class StorableValidationPipe extends StandardSchemaValidationPipe {
  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    // Values of our own decorators, such as the principal, come without a schema.
    if (metadata.schema !== undefined) requireStorable(value);
    const parsed = await super.transform(value, metadata);
    if (metadata.schema !== undefined && metadata.type === 'body') requireKnownFields(value, parsed);
    return parsed;
  }
}

/**
 * A schema drops what it does not know; here that is refused, so that a field written wrong, or one somebody hopes will be taken over
 * (a role, a province, a state), is not ignored in silence. Throws VALIDATION_FAILED.
 */
function requireKnownFields(sent: unknown, taken: unknown): void {
  const unknown = findUnknown(sent, taken, []);
  if (unknown === null) return;
  const name = (unknown.at(-1) ?? '').slice(0, 100);
  const problem = text(`Có trường không biết: ${name}.`, `Unknown field: ${name}.`);
  throw new AppError('VALIDATION_FAILED', { fields: [{ path: unknown.join('.').slice(0, 200), text: problem }] });
}

function findUnknown(sent: unknown, taken: unknown, path: readonly string[]): readonly string[] | null {
  if (typeof sent !== 'object' || sent === null || typeof taken !== 'object' || taken === null) return null;
  for (const [key, member] of Object.entries(sent)) {
    const here = [...path, key];
    if (!Object.hasOwn(taken, key)) return here;
    const found = findUnknown(member, (taken as Record<string, unknown>)[key], here);
    if (found !== null) return found;
  }
  return null;
}

/** For parsing outside the pipe (cursors, form fields). Throws VALIDATION_FAILED. */
export function parseWith<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  requireStorable(value);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw validationFailed(parsed.error.issues);
  requireKnownFields(value, parsed.data);
  return parsed.data;
}

function validationFailed(issues: readonly Issue[]): AppError {
  const fields = issues.slice(0, 100).map((issue) => ({
    path: (issue.path ?? []).map(String).join('.'),
    text: fieldText(issue),
  }));
  return new AppError('VALIDATION_FAILED', { fields });
}

/** What is wrong with one field, without repeating the value. */
function fieldText(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return text('Thiếu, hoặc sai kiểu dữ liệu.', `Missing or of the wrong type: ${issue.expected} expected.`);
    case 'too_small':
      return limitText({ vi: 'Ít nhất', en: 'At least', limit: issue.minimum, origin: issue.origin });
    case 'too_big':
      return limitText({ vi: 'Nhiều nhất', en: 'At most', limit: issue.maximum, origin: issue.origin });
    case 'invalid_format':
      return text(`Sai dạng (${issue.format}).`, `Not in the right form (${issue.format}).`);
    case 'invalid_value': {
      const values = issue.values.map(String).join(', ');
      return text(`Chỉ nhận một trong: ${values}.`, `Must be one of: ${values}.`);
    }
    case 'unrecognized_keys':
      return text(`Có trường không biết: ${issue.keys.join(', ')}.`, `Unknown fields: ${issue.keys.join(', ')}.`);
    case 'custom':
      return customText(issue);
    default:
      return text('Giá trị không đúng.', 'The value is not valid.');
  }
}

/** A rule of ours may bring both sentences in `params.text`; otherwise its message stands for both. */
function customText(issue: Extract<Issue, { code: 'custom' }>): Text {
  const own = (issue.params as { text?: Partial<Text> } | undefined)?.text;
  return text(own?.vi ?? issue.message, own?.en ?? issue.message);
}

function limitText(given: { vi: string; en: string; limit: number | bigint; origin: string }): Text {
  const { vi, en, limit, origin } = given;
  if (origin === 'string') return text(`${vi} ${limit} ký tự.`, `${en} ${limit} characters.`);
  if (origin === 'array') return text(`${vi} ${limit} mục.`, `${en} ${limit} items.`);
  return text(`${vi} ${limit}.`, `${en} ${limit}.`);
}

function text(vi: string, en: string): Text {
  return { vi, en };
}
