export type Span = 'month' | 'quarter' | 'year';

export interface Period {
  readonly span: Span;
  /** First and last day, `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
}

const months: Readonly<Record<Span, number>> = { month: 1, quarter: 3, year: 12 };
const two = (n: number) => String(n).padStart(2, '0');
/** Calendar days are counted in UTC, where every day has 24 hours. */
const utc = (day: string) => Date.parse(`${day}T00:00:00Z`);
const dayMs = 86_400_000;

/** Days from one calendar day to another. */
export const daysBetween = (from: string, to: string) => Math.round((utc(to) - utc(from)) / dayMs);

/** Days of a month, 1..12. */
const lengthOf = (year: number, month: number) =>
  month === 2
    ? year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;

/** The month, quarter or year around a day, `steps` later. */
export function periodAround(day: string, span: Span, steps = 0): Period {
  const [year = 0, month = 1] = day.split('-').map(Number);
  const size = months[span];
  const first = year * 12 + Math.floor((month - 1) / size) * size + steps * size;
  const last = first + size - 1;
  const at = (count: number) => ({ year: Math.floor(count / 12), month: (count % 12) + 1 });
  const [a, b] = [at(first), at(last)];
  return {
    span,
    from: `${a.year}-${two(a.month)}-01`,
    to: `${b.year}-${two(b.month)}-${two(lengthOf(b.year, b.month))}`,
  };
}

/** '2023-04-01' to '2023-06-30' → '04–06/2023'. */
export function periodName({ span, from, to }: Period): string {
  const [year, first] = from.split('-');
  if (span === 'year') return year ?? '';
  return span === 'month' ? `${first}/${year}` : `${first}–${to.slice(5, 7)}/${year}`;
}

/** Where a stretch of days lies within a period, in percent; cut at its ends. */
export function placeIn(
  period: Pick<Period, 'from' | 'to'>,
  from: string,
  to: string,
): { left: number; width: number } {
  const all = daysBetween(period.from, period.to) + 1;
  const start = Math.max(0, daysBetween(period.from, from));
  const end = Math.min(all, daysBetween(period.from, to) + 1);
  return { left: (start / all) * 100, width: Math.max(0.6, ((end - start) / all) * 100) };
}

/** First days of the months in a period, with their place in percent. */
export function monthMarks(period: Pick<Period, 'from' | 'to'>): { day: string; left: number }[] {
  const marks: { day: string; left: number }[] = [];
  for (let steps = 0; ; steps += 1) {
    const day = periodAround(period.from, 'month', steps).from;
    if (day > period.to) return marks;
    marks.push({ day, left: placeIn(period, day, day).left });
  }
}

/** A calendar day so many days later. */
export const addDays = (day: string, days: number) => new Date(utc(day) + days * dayMs).toISOString().slice(0, 10);

/** Monday 0 … Sunday 6. */
export const weekdayOf = (day: string) => (new Date(utc(day)).getUTCDay() + 6) % 7;
