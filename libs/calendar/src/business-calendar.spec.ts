import { describe, expect, test } from '@jest/globals';
import {
  createBusinessCalendar,
  createManualClock,
  type DeadlineRule,
  dayOf,
  formatDay,
  formatInstant,
  instantAt,
  systemClock,
  vietnamHolidays,
} from '#libs/calendar';

const calendar = createBusinessCalendar(vietnamHolidays);
const at = (text: string): Date => instantAt(text.slice(0, 10), text.slice(11));

describe('working time', () => {
  test.each([
    ['2026-01-14 07:29', false],
    ['2026-01-14 07:30', true],
    ['2026-01-14 12:15', true],
    ['2026-01-14 16:59', true],
    ['2026-01-14 17:00', false],
    ['2026-01-10 09:00', true],
    ['2026-01-17 09:00', false],
    ['2026-01-02 09:00', false],
    ['2026-02-17 09:00', false],
  ])('%s is working time: %s', (text, working) => {
    expect(calendar.isWorkingTime(at(text))).toBe(working);
  });

  test.each([
    ['2026-01-14 06:00', '07:30 14/01/2026'],
    ['2026-01-14 10:00', '10:00 14/01/2026'],
    ['2026-01-14 17:00', '07:30 15/01/2026'],
    ['2026-01-16 17:00', '07:30 19/01/2026'],
    ['2026-01-09 20:00', '07:30 10/01/2026'],
    ['2026-02-13 17:00', '07:30 23/02/2026'],
    ['2026-01-03 10:00', '07:30 05/01/2026'],
  ])('the next working instant after %s is %s', (text, next) => {
    expect(formatInstant(calendar.nextWorkingInstant(at(text)))).toBe(next);
  });

  test.each([
    ['2026-01-19 17:00', 0, '07:30 19/01/2026'],
    ['2026-01-19 17:00', -1, '07:30 16/01/2026'],
    ['2026-01-19 17:00', 1, '07:30 20/01/2026'],
    ['2026-01-16 17:00', 1, '07:30 19/01/2026'],
    ['2026-01-17 17:00', 0, '07:30 16/01/2026'],
    ['2026-01-12 17:00', -1, '07:30 10/01/2026'],
    ['2026-02-23 17:00', -2, '07:30 12/02/2026'],
    ['2026-02-13 17:00', 5, '07:30 27/02/2026'],
  ])('%s shifted by %i working days is %s', (text, offset, shifted) => {
    expect(formatInstant(calendar.shiftWorkingDays({ from: at(text), offset }))).toBe(shifted);
  });

  test.each([
    // 9.5 hours a day; 10:00 to 17:00 is 7 hours, then whole days.
    ['2026-01-14 10:00', '2026-01-14 17:00', 0.5, '13:30 14/01/2026'],
    ['2026-01-14 17:00', '2026-01-16 17:00', 0.5, '17:00 15/01/2026'],
    ['2026-01-14 17:00', '2026-01-16 17:00', 0.8, '13:12 16/01/2026'],
    ['2026-01-16 17:00', '2026-01-19 17:00', 0.5, '12:15 19/01/2026'],
    ['2026-02-13 07:30', '2026-02-23 17:00', 0.5, '17:00 13/02/2026'],
    ['2026-01-14 10:00', '2026-01-16 17:00', 1, '17:00 16/01/2026'],
    ['2026-01-14 10:00', '2026-01-16 17:00', 0, '10:00 14/01/2026'],
    ['2026-01-17 10:00', '2026-01-20 17:00', 0, '07:30 19/01/2026'],
  ])('between %s and %s, %d of the working time is over at %s', (from, due, fraction, point) => {
    expect(formatInstant(calendar.pointInTerm({ from: at(from), due: at(due), fraction }))).toBe(point);
  });

  test('a term that is already over is over', () => {
    const due = at('2026-01-14 10:00');
    expect(calendar.pointInTerm({ from: at('2026-01-15 10:00'), due, fraction: 0.5 })).toEqual(due);
    // No working time between the two: a Saturday.
    expect(calendar.pointInTerm({ from: at('2026-01-17 08:00'), due: at('2026-01-17 17:00'), fraction: 0.5 })).toEqual(
      at('2026-01-17 17:00'),
    );
  });
});

describe('working days', () => {
  test.each([
    ['2026-01-12', '2026-01-16', 4],
    ['2026-01-09', '2026-01-12', 2],
    ['2026-02-13', '2026-02-23', 1],
    ['2026-01-12', '2026-01-12', 0],
    ['2026-01-16', '2026-01-12', -4],
    ['2025-12-31', '2026-01-05', 1],
  ])('between %s and %s lie %i', (a, b, n) => {
    expect(calendar.workingDaysBetween(a, b)).toBe(n);
  });

  test('a day has a status with the row that decides it', () => {
    expect(calendar.dayStatus('2026-02-17')).toMatchObject({ working: false, holiday: { verified: true } });
    expect(calendar.dayStatus('2026-01-10')).toMatchObject({ working: true, holiday: { kind: 'swappedWorked' } });
    expect(calendar.dayStatus('2026-01-17')).toEqual({ working: false, holiday: null, covered: true });
    expect(calendar.dayStatus('2028-01-03')).toEqual({ working: true, holiday: null, covered: false });
    expect(calendar.dayStatus('2026-11-24')).toMatchObject({ working: true, holiday: null });
  });
});

describe('clock and zone', () => {
  test('the manual clock stands still until set, also backwards', () => {
    const clock = createManualClock(at('2026-01-14 10:00'));
    expect(clock.now()).toEqual(at('2026-01-14 10:00'));
    clock.now().setFullYear(2000);
    expect(clock.now()).toEqual(at('2026-01-14 10:00'));
    clock.set(at('2026-01-13 10:00'));
    expect(clock.now()).toEqual(at('2026-01-13 10:00'));
  });

  test('the system clock moves forwards', () => {
    expect(systemClock.now().getTime()).toBeLessThanOrEqual(systemClock.now().getTime());
  });

  test('a day begins at midnight in Viet Nam', () => {
    expect(dayOf(new Date('2026-01-13T16:59:59.999Z'))).toBe('2026-01-13');
    expect(dayOf(new Date('2026-01-13T17:00:00.000Z'))).toBe('2026-01-14');
    expect(instantAt('2026-01-14', '00:00').toISOString()).toBe('2026-01-13T17:00:00.000Z');
    expect(instantAt('2026-01-12', '17:00').toISOString()).toBe('2026-01-12T10:00:00.000Z');
  });

  test('writes days and instants the Vietnamese way', () => {
    expect(formatDay('2026-01-12')).toBe('12/01/2026');
    expect(formatInstant(new Date('2026-01-12T10:00:59.999Z'))).toBe('17:00 12/01/2026');
  });

  test.each(['24:00', '7:30', '07:60', '', '07:30:00'])('refuses %j as a time', (time) => {
    expect(() => instantAt('2026-01-12', time)).toThrow('VALIDATION_FAILED');
  });
});

describe('what is left of a period', () => {
  const left = (text: string, amount: number, unit: DeadlineRule['unit'], due: string) =>
    calendar.remaining({ rule: { amount, unit, direction: 'after', source: null }, from: at(text), due: at(due) });

  test.each([
    // Three working days from Monday 12/01/2026 end on Thursday 15/01.
    ['2026-01-12 15:00', 6],
    ['2026-01-13 07:30', 6],
    ['2026-01-13 07:31', 5],
    ['2026-01-13 12:00', 5],
    ['2026-01-13 12:01', 4],
    ['2026-01-13 18:00', 4],
    ['2026-01-15 09:00', 1],
    ['2026-01-15 14:00', 1],
    ['2026-01-20 09:00', 1],
  ])('at %s, of three working days until the 15th: %i halves', (text, halves) => {
    expect(left(text, 3, 'workingDay', '2026-01-15 17:00')).toEqual({ amount: halves, unit: 'halfWorkingDay' });
  });

  test('rest days are not left, and half a due day is half a day', () => {
    expect(left('2026-02-13 18:00', 9, 'workingDay', '2026-02-24 12:00').amount).toBe(3);
    expect(left('2026-01-09 18:00', 9, 'halfWorkingDay', '2026-01-12 17:00').amount).toBe(4);
  });

  test('calendar days are left as they are, at least one and never more than there were', () => {
    expect(left('2026-06-10 09:00', 14, 'calendarDay', '2026-06-15 17:00')).toEqual({ amount: 5, unit: 'calendarDay' });
    expect(left('2026-06-01 09:00', 12, 'calendarDay', '2026-06-15 17:00').amount).toBe(12);
    expect(left('2026-06-20 09:00', 12, 'calendarDay', '2026-06-15 17:00').amount).toBe(1);
  });
});
