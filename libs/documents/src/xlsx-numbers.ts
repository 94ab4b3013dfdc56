import type { ReadLimits } from './limits.js';
import { readXml } from './xml-events.js';

/** How a numeric cell is shown: `month` is a date format without a day ("04/2024"). */
export type NumberStyle = 'number' | 'day' | 'month';

/** Number format per cell style, by the style's index. Sources: ECMA-376 part 1, 18.8.30 (built-in formats). */
export async function readStyles(bytes: Buffer | null, limits: ReadLimits): Promise<NumberStyle[]> {
  const styles: NumberStyle[] = [];
  if (!bytes) return styles;
  const custom = new Map<string, NumberStyle>();
  let inCellStyles = false;
  await readXml(bytes, limits, {
    open(name, { numFmtId, formatCode }) {
      if (name === 'numFmt' && numFmtId) custom.set(numFmtId, styleOfFormat(formatCode ?? ''));
      if (name === 'cellXfs') inCellStyles = true;
      if (name === 'xf' && inCellStyles) styles.push(custom.get(numFmtId ?? '') ?? builtIn(Number(numFmtId ?? 0)));
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return styles;
}

function builtIn(id: number): NumberStyle {
  if (id === 17) return 'month';
  return (id >= 14 && id <= 16) || id === 22 || (id >= 27 && id <= 31) || (id >= 50 && id <= 58) ? 'day' : 'number';
}

function styleOfFormat(format: string): NumberStyle {
  const letters = format
    .replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
    .toLowerCase()
    .replace(/general/g, '');
  if (letters.includes('d')) return 'day';
  return letters.includes('m') && letters.includes('y') ? 'month' : 'number';
}

const msPerDay = 86_400_000;
/** Excel counts 29 February 1900, a day that never was; serials from 60 on are days since 30 December 1899. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);
const lastSerial = 2_958_465;

/** A date serial as `YYYY-MM-DD`, or as `MM/YYYY` for a month format. Null when it is no date of the years 1900 to 9999. */
export function serialDayText(
  serial: number,
  { style, startsIn1904 }: { readonly style: 'day' | 'month'; readonly startsIn1904: boolean },
): string | null {
  if (serial < (startsIn1904 ? 0 : 60) || serial > lastSerial) return null;
  const day = new Date((startsIn1904 ? epoch1904 : epoch1900) + Math.floor(serial) * msPerDay)
    .toISOString()
    .slice(0, 10);
  return style === 'day' ? day : `${day.slice(5, 7)}/${day.slice(0, 4)}`;
}
