import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createBusinessCalendar, type DeadlineRule, formatInstant, instantAt, vietnamHolidays } from '#libs/calendar';

/** The page people read and dispute is the test data. */
const page = readFileSync(new URL('../../../docs/calendar-cases.md', import.meta.url), 'utf8');
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const cases = rows
  .filter((cells) => /^\d{4}-\d{2}-\d{2}/.test(cells[1] ?? ''))
  .map(([, from = '', period = '', due = '', why = '']) => ({ from, period, due, why }));
const daysOff = rows.filter((cells) => /^\d{4}$/.test(cells[1] ?? ''));

describe('the product', () => {
  const usual = createBusinessCalendar(vietnamHolidays);
  const with2411 = createBusinessCalendar(vietnamHolidays, { enabledDays: ['2026-11-24'] });
  const units: Record<string, DeadlineRule['unit']> = { wd: 'workingDay', half: 'halfWorkingDay', day: 'calendarDay' };

  test.each(cases)('$from, $period is due $due: $why', ({ from, period, due }) => {
    const [amount, unit, ...words] = period.split(' ');
    const rule: DeadlineRule = {
      amount: Number(amount),
      unit: units[unit ?? '']!,
      direction: words.includes('before') ? 'before' : 'after',
      source: null,
      ...(words.includes('sameDay') && { afterClosing: 'sameDay' }),
      ...(words.includes('stays') && { lastRestDay: 'stays' }),
    };
    const [day = '', time] = from.split(' ');
    const calendar = words.includes('with24/11') ? with2411 : usual;
    const answer = calendar.due({ rule, from: time === undefined ? day : instantAt(day, time) });
    expect(formatInstant(answer.dueAt)).toBe(due);
    expect(answer.explanation.vi).not.toBe('');
  });
});

/**
 * A second opinion that shares nothing with the product: dates of the language, the days off written on the page, one day at a time.
 * It is slow and knows no explanation.
 */
describe('a naive counter', () => {
  const off = new Set<string>();
  const worked = new Set<string>();
  for (const [, year = '', offText = '', workedText = ''] of daysOff) {
    for (const day of spanDays(year, offText)) off.add(day);
    for (const day of spanDays(year, workedText)) worked.add(day);
  }

  test.each(cases)('$from, $period is due $due', ({ from, period, due }) => {
    expect(naiveDue(from, period)).toBe(due);
  });

  function spanDays(year: string, text: string): string[] {
    return [...text.matchAll(/(\d\d)\/(\d\d)(?:–(\d\d)\/(\d\d))?/g)].flatMap(([, day, month, lastDay, lastMonth]) => {
      const days = [`${year}-${month}-${day}`];
      const last = lastDay === undefined ? days[0]! : `${year}-${lastMonth}-${lastDay}`;
      while (days.at(-1)! < last) days.push(step(days.at(-1)!, 1));
      return days;
    });
  }

  function step(day: string, by: number): string {
    const date = new Date(`${day}T00:00:00Z`);
    date.setUTCDate(date.getUTCDate() + by);
    return date.toISOString().slice(0, 10);
  }

  function isWorked(day: string, extra: readonly string[]): boolean {
    if (worked.has(day)) return true;
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !off.has(day) && !extra.includes(day);
  }

  function naiveDue(from: string, period: string): string {
    const [size, unit, ...words] = period.split(' ');
    const amount = Number(size);
    const extra = words.includes('with24/11') ? ['2026-11-24'] : [];
    const by = words.includes('before') ? -1 : 1;
    const [start = '', time] = from.split(' ');
    let day = start;
    if (time !== undefined && by === 1 && !words.includes('sameDay')) {
      if (time > '17:00') day = step(day, 1);
      while (!isWorked(day, extra)) day = step(day, 1);
    }
    let halves = 0;
    let end = '17:00';
    if (unit === 'day') {
      for (let n = 0; n < amount; n += 1) day = step(day, by);
      while (amount > 0 && !words.includes('stays') && !isWorked(day, extra)) day = step(day, by);
    } else if (amount === 0) {
      while (!isWorked(day, extra)) day = step(day, by);
    } else {
      const wanted = unit === 'half' ? amount : 2 * amount;
      while (halves < wanted) {
        day = step(day, by);
        if (isWorked(day, extra)) halves += 2;
      }
      // One half too many. Forwards the last day ends at noon; backwards the spare half is left over before the event.
      if (halves > wanted && by === 1) end = '12:00';
      if (halves > wanted && by === -1 && wanted > 1) {
        do day = step(day, 1);
        while (!isWorked(day, extra));
        end = '12:00';
      }
    }
    return `${end} ${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
  }
});

test('the page has at least 300 different cases over 2019–2027, each with a reason', () => {
  expect(cases.length).toBeGreaterThanOrEqual(300);
  expect(new Set(cases.map(({ from, period }) => `${from} ${period}`)).size).toBe(cases.length);
  expect(cases.filter(({ why }) => why.length < 4)).toEqual([]);
  const years = new Set(cases.map(({ from }) => Number(from.slice(0, 4))));
  expect([...years].toSorted()).toEqual([2019, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027]);
});
