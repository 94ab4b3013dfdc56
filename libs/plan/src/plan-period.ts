import type { Period } from '#contracts/plan.js';
import { oneLine, plain } from './plain.js';

interface MonthDay {
  readonly month: number;
  readonly day: number;
}

/** A stretch inside one year; `year` null takes the year of its neighbours or of the plan. */
interface Part {
  readonly from: MonthDay;
  readonly to: MonthDay;
  readonly year: number | null;
  /** Written after "-" or "đến": it ends what the part before begins. */
  readonly endsRange: boolean;
  /** The whole year: gives its year to the other parts and counts as a stretch only when there is none. */
  readonly isYear: boolean;
}

type Match = readonly (string | undefined)[];
type Stretch = Omit<Part, 'endsRange' | 'isYear'> & { readonly isYear?: boolean; readonly endsRange?: boolean };
interface Pattern {
  readonly expression: RegExp;
  readonly read: (match: Match) => readonly Stretch[];
}

const year = '((?:19|20)\\d{2})(?!\\d)';
const yearAfter = `(?:\\s*(?:[/.,-]|cua)?\\s*(?:nam\\s*)?${year})?`;
const listSign = '\\s*(?:-|,|;|/|&|\\+|\\bva\\b|\\bhoac\\b|\\bden\\b)\\s*';
const quarter = '(?:iv|iii|ii|i|[1-4])(?![a-z0-9])';
const month = '(?:1[0-2]|0?[1-9])(?!\\d)';
const quarterList = `(${quarter}(?:${listSign}(?:den\\s*)?(?:quy\\s*)?${quarter})*)`;
const monthList = `(${month}(?:${listSign}(?:den\\s*)?(?:thang\\s*|t\\.?\\s*)?${month}(?!\\s*/\\s*\\d{1,2}\\s*/))*)`;
const monthWords: readonly (readonly [RegExp, string])[] = [
  [/thang (?:muoi hai|chap)\b/g, 'thang 12'],
  [/thang muoi mot\b/g, 'thang 11'],
  [/thang muoi\b/g, 'thang 10'],
  [/thang (?:mot|gieng)\b/g, 'thang 1'],
  [/thang hai\b/g, 'thang 2'],
  [/thang ba\b/g, 'thang 3'],
  [/thang tu\b(?! ngay)/g, 'thang 4'],
  [/thang nam\b(?! \d)/g, 'thang 5'],
  [/thang sau\b/g, 'thang 6'],
  [/thang bay\b/g, 'thang 7'],
  [/thang tam\b/g, 'thang 8'],
  [/thang chin\b/g, 'thang 9'],
];
const quarterOf: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };

/** Tried in this order at each place of the text; the first that fits is taken. */
const patterns: readonly Pattern[] = [
  pattern('(\\d{4})-(\\d{1,2})-(\\d{1,2})(?!\\d)', ([, y, m, d]) => day(d, m, y)),
  pattern(`(?:ngay\\s*)?(\\d{1,2})\\s*-\\s*(\\d{1,2})\\s*/\\s*(\\d{1,2})\\s*/\\s*${year}`, ([, a, b, m, y]) =>
    dayRange(a, b, m, y),
  ),
  pattern(
    `ngay\\s*(\\d{1,2})\\s*(?:-|den(?:\\s*ngay)?)\\s*(\\d{1,2})\\s*(?:/|thang)\\s*(\\d{1,2})(?!\\d)${yearAfter}`,
    ([, a, b, m, y]) => dayRange(a, b, m, y),
  ),
  pattern(`(?:ngay\\s*)?(\\d{1,2})\\s*([/.-])\\s*(\\d{1,2})\\s*\\2\\s*${year}`, ([, d, , m, y]) => day(d, m, y)),
  pattern(`ngay\\s*(\\d{1,2})\\s*(?:/|-|thang)\\s*(\\d{1,2})(?!\\d)${yearAfter}`, ([, d, m, y]) => day(d, m, y)),
  pattern(`(\\d{1,2}|sau|chin|ba)\\s*thang\\s*(dau|cuoi)\\s*(?:cua\\s*)?nam${yearAfter}`, ([, n, side, y]) =>
    monthsOfYear(countOf(n), side, y),
  ),
  pattern(`(?:nua|1/2)\\s*(dau|cuoi)\\s*(?:cua\\s*)?nam${yearAfter}`, ([, side, y]) => monthsOfYear(6, side, y)),
  pattern(`nua\\s*nam\\s*(dau|cuoi)${yearAfter}`, ([, side, y]) => monthsOfYear(6, side, y)),
  pattern(`(dau|giua|cuoi)\\s*nam${yearAfter}`, ([, side, y]) => partOfYear(side, y)),
  pattern(`(?:(dau|giua|cuoi)\\s*)?quy\\s*${quarterList}${yearAfter}`, ([, side, list, y]) => quarters(side, list, y)),
  pattern(`tuan\\s*(?:thu\\s*)?(\\d)\\s*(?:cua\\s*)?thang\\s*(${month})${yearAfter}`, ([, w, m, y]) => week(w, m, y)),
  pattern(
    `(?:(nua dau|nua cuoi|dau|giua|cuoi|thuong tuan|trung tuan|ha tuan)\\s*)?(?:thang\\s*|\\bt\\.?)${monthList}${yearAfter}`,
    ([, side, list, y]) => months(side, list, y),
  ),
  pattern(`(${quarter})\\s*[/-]\\s*${year}`, ([, list, y]) => quarters(undefined, list, y)),
  pattern(`(${month}(?:${listSign}${month})*)\\s*[/-]\\s*${year}`, ([, list, y]) => months(undefined, list, y)),
  pattern('(\\d{1,2})/(\\d{1,2})(?![/\\d])', ([, d, m]) => day(d, m, undefined)),
  pattern(`(?:nam\\s*)?${year}`, ([, y]) => wholeYear(y)),
  pattern('(?:trong|ca|quanh|hang|suot)\\s*nam\\b|thuong xuyen|dinh ky', () => wholeYear(undefined)),
];
const rangeSign = /\s*(?:-|\bden(?:\s*het)?\b)\s*/y;

/**
 * Reads a time as Vietnamese plans write it. `planYear` fills in a year the text leaves out. Null when nothing in it is a
 * time, or when no year is known. The label is the text as printed, on one line.
 */
export function parsePeriod(label: string, planYear: number | null): Period | null {
  const text = monthWords.reduce((read, [word, digits]) => read.replace(word, digits), plain(label).slice(0, 300));
  const parts = readParts(text);
  const spans = parts.some((part) => !part.isYear) ? withGivenYear(parts) : parts;
  const years = resolveYears(spans, planYear);
  const days = spans.flatMap((part, at) => {
    const inYear = years[at];
    return typeof inYear === 'number' ? [{ from: dayText(inYear, part.from), to: dayText(inYear, part.to) }] : [];
  });
  const from = days.map((span) => span.from).sort()[0];
  const to = days
    .map((span) => span.to)
    .sort()
    .at(-1);
  return from && to ? { from, to, label: oneLine(label) } : null;
}

function readParts(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  let endsRange = false;
  while (at < text.length && parts.length < 20) {
    const range = matchAt(rangeSign, text, at);
    const found = range ? null : readAt(text, at);
    if (range) {
      endsRange = parts.length > 0;
      at += Math.max(1, range[0]?.length ?? 1);
    } else if (found) {
      for (const [index, stretch] of found.stretches.entries()) {
        parts.push({
          ...stretch,
          isYear: stretch.isYear ?? false,
          endsRange: stretch.endsRange ?? (index === 0 && endsRange),
        });
      }
      endsRange = false;
      at += found.length;
    } else {
      // A number or a date that is none ("31/2/2024") is skipped as a whole: the "12" of "112" is no month.
      at += /^(?:\d+(?:[/.]\d+)*|[a-z]+|.)/su.exec(text.slice(at))?.[0].length ?? 1;
    }
  }
  return parts;
}

function readAt(text: string, at: number): { stretches: readonly Stretch[]; length: number } | null {
  for (const { expression, read } of patterns) {
    const match = matchAt(expression, text, at);
    const stretches = match ? read(match) : [];
    if (match?.[0] && stretches.length > 0) return { stretches, length: match[0].length };
  }
  return null;
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

/** "Trong năm 2023 (Quý II)": the year alone is no stretch here, but the year of the parts that have none. */
function withGivenYear(parts: readonly Part[]): Part[] {
  const given = parts.find((part) => part.isYear && part.year !== null)?.year ?? null;
  return parts.filter((part) => !part.isYear).map((part) => ({ ...part, year: part.year ?? given }));
}

/** "Tháng 12 - tháng 01/2024" begins in 2023; "Quý I, II/2023" is all 2023; a range that runs backwards crosses New Year. */
function resolveYears(parts: readonly Part[], planYear: number | null): (number | null)[] {
  const years: (number | null)[] = parts.map((part) => part.year);
  for (let at = parts.length - 2; at >= 0; at -= 1) {
    const next = years[at + 1] ?? null;
    const [part, following] = [parts[at], parts[at + 1]];
    if (years[at] !== null || next === null || !part || !following) continue;
    years[at] = following.endsRange && isAfter(part.from, following.from) ? next - 1 : next;
  }
  for (let at = 0; at < parts.length; at += 1) {
    if (years[at] !== null) continue;
    const [part, before] = [parts[at], parts[at - 1]];
    const previous = at > 0 ? (years[at - 1] ?? null) : planYear;
    const crosses = part?.endsRange && before && isAfter(before.from, part.from);
    years[at] = previous !== null && crosses ? previous + 1 : previous;
  }
  return years;
}

function pattern(source: string, read: Pattern['read']): Pattern {
  return { expression: new RegExp(source, 'y'), read };
}

function day(d: string | undefined, m: string | undefined, y: string | undefined): Stretch[] {
  return dayRange(d, d, m, y);
}

function dayRange(
  a: string | undefined,
  b: string | undefined,
  m: string | undefined,
  y: string | undefined,
): Stretch[] {
  const [from, to, inMonth] = [Number(a), Number(b), Number(m)];
  const inYear = y ? Number(y) : null;
  if (inMonth < 1 || inMonth > 12 || from < 1 || to < from || to > lastDay(inYear ?? 2024, inMonth)) return [];
  return [{ from: { month: inMonth, day: from }, to: { month: inMonth, day: to }, year: inYear }];
}

function countOf(word: string | undefined): number {
  const words: Readonly<Record<string, number>> = { ba: 3, sau: 6, chin: 9 };
  return words[word ?? ''] ?? Number(word);
}

function monthsOfYear(count: number, side: string | undefined, y: string | undefined): Stretch[] {
  if (count < 1 || count > 12) return [];
  return side === 'dau' ? [monthSpan(1, count, y)] : [monthSpan(13 - count, 12, y)];
}

function partOfYear(side: string | undefined, y: string | undefined): Stretch[] {
  if (side === 'dau') return [monthSpan(1, 3, y)];
  return side === 'cuoi' ? [monthSpan(10, 12, y)] : [monthSpan(4, 9, y)];
}

function quarters(side: string | undefined, list: string | undefined, y: string | undefined): Stretch[] {
  return readList(list, /iv|i{1,3}|[1-4]/g, y, (item) => {
    const first = ((quarterOf[item] ?? Number(item)) - 1) * 3 + 1;
    if (side === 'dau') return monthSpan(first, first, undefined);
    if (side === 'giua') return monthSpan(first + 1, first + 1, undefined);
    return side === 'cuoi' ? monthSpan(first + 2, first + 2, undefined) : monthSpan(first, first + 2, undefined);
  });
}

/** Thirds and halves of a month: 1-10, 11-20, 21-end; 1-15, 16-end. */
const dayBounds: Readonly<Record<string, readonly [number, number]>> = {
  'nua dau': [1, 15],
  'nua cuoi': [16, 31],
  dau: [1, 10],
  giua: [11, 20],
  cuoi: [21, 31],
  'thuong tuan': [1, 10],
  'trung tuan': [11, 20],
  'ha tuan': [21, 31],
};

function months(side: string | undefined, list: string | undefined, y: string | undefined): Stretch[] {
  const [first, last] = dayBounds[side ?? ''] ?? [1, 31];
  return readList(list, /\d{1,2}/g, y, (item) => ({
    from: { month: Number(item), day: first },
    to: { month: Number(item), day: last },
    year: null,
  }));
}

function week(w: string | undefined, m: string | undefined, y: string | undefined): Stretch[] {
  const first = (Number(w) - 1) * 7 + 1;
  if (first < 1 || first > 29) return [];
  const last = Number(w) >= 4 ? 31 : first + 6;
  return [{ from: { month: Number(m), day: first }, to: { month: Number(m), day: last }, year: y ? Number(y) : null }];
}

function wholeYear(y: string | undefined): Stretch[] {
  return [{ ...monthSpan(1, 12, y), isYear: true }];
}

function readList(
  list: string | undefined,
  item: RegExp,
  y: string | undefined,
  read: (item: string) => Stretch,
): Stretch[] {
  const text = (list ?? '').replace(/quy|thang|\bt\.?(?=\s*\d)/g, ' ');
  const stretches: Stretch[] = [];
  let end = 0;
  for (const match of text.matchAll(item)) {
    const endsRange = stretches.length > 0 ? /-|den/.test(text.slice(end, match.index)) : undefined;
    end = match.index + match[0].length;
    stretches.push({ ...read(match[0]), ...(endsRange === undefined ? {} : { endsRange }) });
  }
  const last = stretches.pop();
  return last ? [...stretches, { ...last, year: y ? Number(y) : null }] : [];
}

function monthSpan(first: number, last: number, y: string | undefined): Stretch {
  return { from: { month: first, day: 1 }, to: { month: last, day: 31 }, year: y ? Number(y) : null };
}

function isAfter(a: MonthDay, b: MonthDay): boolean {
  return a.month > b.month || (a.month === b.month && a.day > b.day);
}

/** A day beyond the end of its month means the last day of the month. */
function dayText(inYear: number, { month: inMonth, day: inDay }: MonthDay): string {
  const bounded = Math.min(inDay, lastDay(inYear, inMonth));
  return `${inYear}-${String(inMonth).padStart(2, '0')}-${String(bounded).padStart(2, '0')}`;
}

function lastDay(inYear: number, inMonth: number): number {
  if (inMonth === 2) return inYear % 4 === 0 && (inYear % 100 !== 0 || inYear % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(inMonth) ? 30 : 31;
}
