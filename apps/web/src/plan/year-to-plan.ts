/** From this day on the coming year is planned first: the rules open its registration (`registrationOpens`). Source: none, giả định. */
const nextYearFrom = '08-15';

/** `today`: `YYYY-MM-DD`; `known`: years that have a plan. Null: the years within reach have one. */
export function yearToPlan(today: string, known: readonly number[]): number | null {
  const thisYear = Number(today.slice(0, 4));
  const next = [thisYear + 1, thisYear + 2];
  const isLate = today.slice(5) >= nextYearFrom;
  // Late in the year a plan of this year is still to be had, after those to come.
  const inTurn = isLate ? [...next, thisYear] : [thisYear, ...next];
  return inTurn.find((year) => !known.includes(year)) ?? null;
}
