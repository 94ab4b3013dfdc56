import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  createBusinessCalendar,
  type DeadlineRule,
  dayOf,
  daysFrom,
  formatInstant,
  instantAt,
  vietnamHolidays,
} from '#libs/calendar';

const calendar = createBusinessCalendar(vietnamHolidays);
// Inside the data with room on both sides.
const day = fc.integer({ min: 90, max: 3100 }).map((n) => addDays('2019-01-01', n));
const workingDay = day.map((some) => calendar.addWorkingDays(some, 0));
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`);
const instant = fc.tuple(day, time).map(([on, at]) => instantAt(on, at));
const amount = fc.integer({ min: 1, max: 60 });
const unit = fc.constantFrom<DeadlineRule['unit']>('workingDay', 'halfWorkingDay', 'calendarDay');
const direction = fc.constantFrom<DeadlineRule['direction']>('after', 'before');

function due(rule: Omit<DeadlineRule, 'source'>, from: Date | string): Date {
  return calendar.due({ rule: { ...rule, source: null }, from }).dueAt;
}

test('a period never ends on a rest day and ends at noon or at 17:00', () => {
  fc.assert(
    fc.property(amount, unit, direction, day, (n, of, towards, from) => {
      const at = due({ amount: n, unit: of, direction: towards }, from);
      expect(calendar.isWorkingDay(dayOf(at))).toBe(true);
      expect(['12:00', '17:00']).toContain(formatInstant(at).slice(0, 5));
    }),
  );
});

test('a longer period never ends earlier, and counted backwards never later', () => {
  fc.assert(
    fc.property(amount, unit, direction, day, (n, of, towards, from) => {
      const shorter = due({ amount: n, unit: of, direction: towards }, from).getTime();
      const longer = due({ amount: n + 1, unit: of, direction: towards }, from).getTime();
      if (towards === 'after') expect(longer).toBeGreaterThanOrEqual(shorter);
      else expect(longer).toBeLessThanOrEqual(shorter);
    }),
  );
});

test('what happens later is never due earlier', () => {
  fc.assert(
    fc.property(amount, unit, instant, fc.integer({ min: 0, max: 10_000_000_000 }), (n, of, from, later) => {
      const first = due({ amount: n, unit: of, direction: 'after' }, from);
      const second = due({ amount: n, unit: of, direction: 'after' }, new Date(from.getTime() + later));
      expect(second.getTime()).toBeGreaterThanOrEqual(first.getTime());
    }),
  );
});

test('exactly the stated number of working days lies between the event and the due day', () => {
  fc.assert(
    fc.property(amount, day, (n, from) => {
      const last = dayOf(due({ amount: n, unit: 'workingDay', direction: 'after' }, from));
      let worked = 0;
      for (let offset = 1; offset <= daysFrom(from, last); offset += 1) {
        if (calendar.isWorkingDay(addDays(from, offset))) worked += 1;
      }
      expect(worked).toBe(n);
    }),
  );
});

test('working days add up', () => {
  fc.assert(
    fc.property(amount, amount, day, (a, b, from) => {
      expect(calendar.addWorkingDays(calendar.addWorkingDays(from, a), b)).toBe(calendar.addWorkingDays(from, a + b));
    }),
  );
});

test('two halves are a day', () => {
  fc.assert(
    fc.property(amount, direction, day, (n, towards, from) => {
      expect(due({ amount: 2 * n, unit: 'halfWorkingDay', direction: towards }, from)).toEqual(
        due({ amount: n, unit: 'workingDay', direction: towards }, from),
      );
    }),
  );
});

test('counting back undoes counting forwards from a working day', () => {
  fc.assert(
    fc.property(amount, workingDay, (n, from) => {
      const there = dayOf(due({ amount: n, unit: 'workingDay', direction: 'after' }, from));
      expect(dayOf(due({ amount: n, unit: 'workingDay', direction: 'before' }, there))).toBe(from);
      expect(calendar.addWorkingDays(calendar.addWorkingDays(from, n), -n)).toBe(from);
      expect(calendar.workingDaysBetween(from, there)).toBe(n);
      expect(calendar.workingDaysBetween(there, from)).toBe(-n);
    }),
  );
});

test('a day and a time make an instant of that day, wherever the server stands', () => {
  fc.assert(
    fc.property(day, time, (on, at) => {
      const made = instantAt(on, at);
      expect(dayOf(made)).toBe(on);
      expect(formatInstant(made).slice(0, 5)).toBe(at);
    }),
  );
});

test('the next working instant is working time, never earlier, and the first one', () => {
  fc.assert(
    fc.property(instant, (at) => {
      const next = calendar.nextWorkingInstant(at);
      expect(calendar.isWorkingTime(next)).toBe(true);
      expect(next.getTime()).toBeGreaterThanOrEqual(at.getTime());
      expect(calendar.nextWorkingInstant(next)).toEqual(next);
      if (next.getTime() > at.getTime()) {
        expect(formatInstant(next).slice(0, 5)).toBe('07:30');
        expect(calendar.isWorkingTime(new Date(next.getTime() - 1))).toBe(false);
        const half = new Date((at.getTime() + next.getTime()) / 2);
        expect(calendar.isWorkingTime(half)).toBe(false);
      }
    }),
  );
});

test('a point in a term lies inside it, in working time, and moves with the fraction', () => {
  fc.assert(
    fc.property(
      instant,
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (from, n, one, other) => {
        const end = due({ amount: n, unit: 'workingDay', direction: 'after' }, from);
        const points = [Math.min(one, other), Math.max(one, other)].map((fraction) =>
          calendar.pointInTerm({ from, due: end, fraction }),
        );
        const [low, high] = points as [Date, Date];
        expect(low.getTime()).toBeLessThanOrEqual(high.getTime());
        for (const point of points) {
          expect(point.getTime()).toBeGreaterThanOrEqual(from.getTime());
          expect(point.getTime()).toBeLessThanOrEqual(end.getTime());
          // 17:00 sharp closes a day: still the last working instant of it.
          expect(calendar.isWorkingTime(new Date(point.getTime() - 1)) || calendar.isWorkingTime(point)).toBe(true);
        }
      },
    ),
  );
});

test('a period in calendar days that may stay ends exactly that many days later', () => {
  fc.assert(
    fc.property(amount, direction, day, (n, towards, from) => {
      const last = dayOf(due({ amount: n, unit: 'calendarDay', direction: towards, lastRestDay: 'stays' }, from));
      expect(daysFrom(from, last)).toBe(towards === 'after' ? n : -n);
      const moved = dayOf(due({ amount: n, unit: 'calendarDay', direction: towards }, from));
      expect(moved === last || !calendar.isWorkingDay(last)).toBe(true);
    }),
  );
});

test('what comes late is never due earlier than on the same day, and at most one working day later', () => {
  fc.assert(
    fc.property(amount, instant, (n, from) => {
      const rule = { amount: n, unit: 'workingDay', direction: 'after' } as const;
      const [same, next] = [due({ ...rule, afterClosing: 'sameDay' }, from), due(rule, from)];
      expect(next.getTime()).toBeGreaterThanOrEqual(same.getTime());
      expect(dayOf(next) <= calendar.addWorkingDays(dayOf(same), 1)).toBe(true);
    }),
  );
});

test('a clock that stops at once has the whole period left, and later never more than before', () => {
  fc.assert(
    fc.property(amount, unit, instant, fc.integer({ min: 0, max: 5_000_000_000 }), (n, of, from, later) => {
      const rule: DeadlineRule = { amount: n, unit: of, direction: 'after', source: null };
      const end = due(rule, from);
      const left = (at: Date) => calendar.remaining({ rule, from: at, due: end });
      expect(left(from).amount).toBe(of === 'workingDay' ? 2 * n : n);
      expect(left(new Date(from.getTime() + later)).amount).toBeLessThanOrEqual(left(from).amount);
      expect(left(new Date(from.getTime() + later)).amount).toBeGreaterThanOrEqual(1);
    }),
  );
});
