import { searchKey } from '#libs/organisation';

/** Lower case without diacritics, as `search_name` is stored; in any order. */
export function wordsOf(q: string | undefined): string[] {
  return searchKey(q ?? '')
    .split(' ')
    .filter((word) => word !== '');
}

/** The word anywhere; what LIKE would read as a pattern is taken literally. */
export function anywhere(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`;
}
