import { AppError } from '#contracts/errors.js';

/** What a part of a cursor may be; anything else was made up and must not reach the database. */
const shapes = {
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$|^none$/,
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
} as const;

/** Opaque to clients: base64url of an instant (or "none") and an id. */
export function encodeCursor({ at, id }: { at: Date | null; id: string }): string {
  return Buffer.from(`${at?.toISOString() ?? 'none'} ${id}`).toString('base64url');
}

/** Throws VALIDATION_FAILED when somebody made the cursor up. */
export function decodeCursor(cursor: string): { at: string; id: string } {
  const [at, id] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  if (at !== undefined && id !== undefined && shapes.instant.test(at) && shapes.id.test(id)) return { at, id };
  throw new AppError('VALIDATION_FAILED', {
    fields: [
      {
        path: 'cursor',
        text: { vi: 'Dấu trang không đọc được; mở lại từ đầu.', en: 'The cursor cannot be read; start over.' },
      },
    ],
  });
}
