import type { z } from 'zod';
import { AppError } from '#contracts/errors.js';
import type { Page } from '#contracts/page.js';
import { isStorable } from './storable.js';

/** Opaque to callers: the sort key and the id of the last row shown. It grants nothing; a list is scoped by the session. */
export function encodeCursor(position: object): string {
  return Buffer.from(JSON.stringify(position), 'utf8').toString('base64url');
}

/** Throws VALIDATION_FAILED for anything `encodeCursor` did not make for this list. Absent stays absent. */
export function decodeCursor<Schema extends z.ZodType>(
  schema: Schema,
  cursor: string | undefined,
): z.output<Schema> | undefined {
  if (cursor === undefined) return undefined;
  const decoded = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'));
  const parsed = schema.safeParse(decoded);
  if (!parsed.success || !isStorable(decoded)) {
    const text = {
      vi: 'Con trỏ trang không đúng. Lấy lại từ trang đầu.',
      en: 'The page cursor is not valid. Start again from the first page.',
    };
    throw new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'cursor', text }] });
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `next`: the position after which the following page starts; null at the end. */
export function toPage<Item>(found: { items: readonly Item[]; next: object | null }): Page<Item> {
  return { items: found.items, nextCursor: found.next === null ? null : encodeCursor(found.next) };
}
