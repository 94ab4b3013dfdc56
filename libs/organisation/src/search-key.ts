/**
 * What people type when they look for a Vietnamese name: lower case, no diacritics, "đ" as "d", single spaces.
 * Stored and sought text go through the same function, so the database needs no extension.
 */
export function searchKey(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}
