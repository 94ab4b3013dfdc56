import { AppError } from '#contracts/errors.js';

/** Deeper than any form of ours. */
const deepest = 32;
const halfPair = /\p{Surrogate}/u;

/** Text the database could not keep, or JSON nested without end, is refused before anything is done. Throws VALIDATION_FAILED. */
export function requireStorable(value: unknown): void {
  const path = findUnstorable(value, []);
  if (path === null) return;
  const text = {
    vi: 'Có ký tự không lưu được, hoặc dữ liệu lồng quá sâu.',
    en: 'It has a character that cannot be stored, or is nested too deeply.',
  };
  throw new AppError('VALIDATION_FAILED', { fields: [{ path: path.join('.'), text }] });
}

export function isStorable(value: unknown): boolean {
  return findUnstorable(value, []) === null;
}

/** A zero byte, or half of a surrogate pair: JSON may carry them, PostgreSQL keeps neither. */
function isUnstorable(text: string): boolean {
  return text.includes('\0') || halfPair.test(text);
}

function findUnstorable(value: unknown, path: readonly string[]): readonly string[] | null {
  if (typeof value === 'string') return isUnstorable(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  if (path.length >= deepest) return path;
  for (const [key, member] of Object.entries(value)) {
    if (isUnstorable(key)) return path;
    const found = findUnstorable(member, [...path, key]);
    if (found) return found;
  }
  return null;
}
