import { AppError } from '#contracts/errors.js';

/** What a part of a cursor may be; anything else was made up and must not reach the database. */
const shapes = {
  instant: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
} as const;

/** Opaque to clients: base64url of an instant (or "none") and an id. */
export function encodeCursor({ at, id }: { at: Date | null; id: string }): string {
  return Buffer.from(`${at?.toISOString() ?? 'none'} ${id}`).toString('base64url');
}

/** `undated`: the list has rows without an instant, so "none" is a place in it. Throws VALIDATION_FAILED when somebody made it up. */
export function decodeCursor(cursor: string, { undated = false } = {}): { at: string; id: string } {
  const [at, id] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  if (at !== undefined && id !== undefined && isPlace(at, undated) && shapes.id.test(id)) return { at, id };
  throw new AppError('VALIDATION_FAILED', {
    fields: [
      {
        path: 'cursor',
        text: { vi: 'Dấu trang không đọc được; mở lại từ đầu.', en: 'The cursor cannot be read; start over.' },
      },
    ],
  });
}

function isPlace(at: string, undated: boolean): boolean {
  if (at === 'none') return undated;
  // 30 February has the shape, too.
  return shapes.instant.test(at) && !Number.isNaN(Date.parse(at)) && new Date(at).toISOString() === at;
}
