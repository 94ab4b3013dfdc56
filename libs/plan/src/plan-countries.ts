import type { PlanCountry } from '#contracts/plan.js';
import { countryNames } from './country-names.js';
import { oneLine, plain } from './plain.js';

const codeByKey = new Map<string, string>(
  Object.entries(countryNames).flatMap(([code, names]) => names.map((name) => [key(name), code] as const)),
);
const formOfState = /^(?:nước|các nước|cộng hòa|ch|vương quốc|liên bang)\s+/iu;

/** Countries in the order of the cell: "Nhật Bản (tỉnh Oita); Lào" gives JP with its detail, then LA. */
export function readCountries(cell: string): PlanCountry[] {
  return split(oneLine(cell)).map(readCountry);
}

/** ISO 3166-1 alpha-2 of a name in any of its known spellings; null when it is not known. */
export function countryCode(name: string): string | null {
  return codeByKey.get(key(name)) ?? codeByKey.get(key(name.replace(formOfState, ''))) ?? null;
}

function readCountry(piece: string): PlanCountry {
  const open = piece.indexOf('(');
  const name = tidy(open < 0 ? piece : piece.slice(0, open));
  const detail = open < 0 ? '' : tidy(piece.slice(open + 1).replace(/\)\s*$/, ''));
  if (name === '') return { code: countryCode(detail), name: detail, detail: null };
  return { code: countryCode(name), name, detail: detail === '' ? null : detail };
}

/** At separators outside brackets. A dash separates only between spaces, "và" only when the whole is no country. */
function split(cell: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let piece = '';
  for (const [at, sign] of [...cell].entries()) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth = Math.max(0, depth - 1);
    const dash = /[-–—]/.test(sign) && cell[at - 1] === ' ' && cell[at + 1] === ' ';
    if (depth === 0 && (/[,;/+&]/.test(sign) || dash)) {
      pieces.push(piece);
      piece = '';
    } else {
      piece += sign;
    }
  }
  return [...pieces, piece]
    .flatMap((part) => (countryCode(tidy(part)) ? [part] : part.split(/\s+(?:và|rồi|đến)\s+(?![^(]*\))/iu)))
    .filter((part) => tidy(part) !== '');
}

function tidy(name: string): string {
  return oneLine(name).replace(/^[-–—.:\s]+|[-–—.:…\s]+$/gu, '');
}

function key(name: string): string {
  return plain(name).replace(/[^a-z0-9]/g, '');
}
