import { describe, expect, test } from '@jest/globals';
import { createBusinessCalendar, holidaysOfYear, vietnamHolidays } from '#libs/calendar';
import { dayNumber, weekdayOf } from '../zone.js';

const { days } = vietnamHolidays;
const weekday = (day: string): number => weekdayOf(dayNumber(day));
const years = Array.from({ length: 9 }, (_, index) => 2019 + index);

describe('the holiday table of Viet Nam', () => {
  test('names each day once, in both languages, with a source', () => {
    expect(new Set(days.map(({ day }) => day)).size).toBe(days.length);
    for (const row of days) {
      expect(row.source).not.toBe('');
      expect(row.name.vi).not.toBe('');
      expect(row.name.en).not.toBe('');
    }
  });

  test('gives a day in lieu or off on weekdays only and works on Saturdays only', () => {
    for (const { day, kind } of days) {
      if (kind === 'swappedWorked') expect([day, weekday(day)]).toEqual([day, 6]);
      if (kind === 'swappedOff' || kind === 'compensatory') expect([1, 2, 3, 4, 5]).toContain(weekday(day));
    }
  });

  test.each(years)('%i has the legal number of days, and each one on a weekend is given back', (year) => {
    const rows = holidaysOfYear(vietnamHolidays, year).filter(({ offByDefault }) => !offByDefault);
    const legal = rows.filter(({ kind }) => kind === 'publicHoliday');
    // Điều 112 Bộ luật Lao động 2019: 11 days; before 2021 National Day had one day, so 10.
    expect(legal.length).toBe(year < 2021 ? 10 : 11);
    const onWeekend = legal.filter(({ day }) => [0, 6].includes(weekday(day))).length;
    expect(rows.filter(({ kind }) => kind === 'compensatory').length).toBe(onWeekend);
    // The Saturday 05/01/2019 was worked for a Monday of 2018.
    const swaps = rows.filter(({ kind }) => kind === 'swappedWorked').length - (year === 2019 ? 1 : 0);
    expect(swaps).toBe(rows.filter(({ kind }) => kind === 'swappedOff').length);
  });

  test.each(['2026-04-27', '2026-04-30', '2026-05-01', '2026-08-22', '2026-08-31', '2026-09-01', '2026-09-02'])(
    '%s stays marked as unconfirmed',
    (day) => {
      expect(days.find((row) => row.day === day)).toMatchObject({ verified: false });
    },
  );

  test.each(['2026-01-01', '2026-01-02', '2026-01-10', '2026-02-16', '2026-02-20'])('%s is confirmed', (day) => {
    expect(days.find((row) => row.day === day)).toMatchObject({ verified: true });
  });

  test('every swap but that of 02/01/2026 is unconfirmed', () => {
    const confirmed = days.filter(({ kind, verified }) => verified && kind.startsWith('swapped'));
    expect(confirmed.map(({ day }) => day)).toEqual(['2026-01-02', '2026-01-10']);
  });

  test('24/11 is a row, off by default, and a day off once enabled', () => {
    expect(days.find(({ day }) => day === '2026-11-24')).toMatchObject({ offByDefault: true, verified: false });
    expect(createBusinessCalendar(vietnamHolidays).isWorkingDay('2026-11-24')).toBe(true);
    expect(createBusinessCalendar(vietnamHolidays, { enabledDays: ['2026-11-24'] }).isWorkingDay('2026-11-24')).toBe(
      false,
    );
  });

  test('lists a year in order of day', () => {
    const listed = holidaysOfYear(vietnamHolidays, 2026).map(({ day }) => day);
    expect(listed).toEqual(listed.toSorted());
    expect(listed[0]).toBe('2026-01-01');
    expect(holidaysOfYear(vietnamHolidays, 2030)).toEqual([]);
  });
});
