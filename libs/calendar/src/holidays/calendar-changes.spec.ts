import { describe, expect, it } from '@jest/globals';
import { createBusinessCalendar } from '../business-calendar.js';
import { type CalendarChange, changedTable } from './calendar-changes.js';
import { vietnamHolidays } from './viet-nam.js';

const name = { vi: 'Nghỉ hoán đổi thử', en: 'Trial swap' };
const swap: CalendarChange = {
  version: 1,
  source: '15/TB-UBND ngày 05/01/2026',
  days: [
    { day: '2026-03-06', kind: 'swappedOff', name },
    { day: '2026-03-14', kind: 'swappedWorked', name },
  ],
};
const calledOff: CalendarChange = {
  version: 2,
  source: '20/TB-UBND ngày 20/01/2026',
  days: [{ day: '2026-08-31', kind: 'ordinary', name: { vi: 'Không hoán đổi nữa', en: 'No swap any more' } }],
};
const calendarOf = (...changes: CalendarChange[]) => createBusinessCalendar(changedTable(vietnamHolidays, changes));

describe('days announced after the table was shipped', () => {
  it('are worked or off as announced, and the document is the source of the row', () => {
    const calendar = calendarOf(swap);
    expect(calendar.isWorkingDay('2026-03-06')).toBe(false);
    expect(calendar.isWorkingDay('2026-03-14')).toBe(true);
    expect(calendar.dayStatus('2026-03-06').holiday).toMatchObject({ verified: true, source: swap.source });
    const { explanation } = calendar.due({
      rule: { amount: 3, unit: 'workingDay', direction: 'after', source: null },
      from: '2026-03-04',
    });
    expect(explanation.vi).toContain('bỏ qua 06/03 (Nghỉ hoán đổi thử)');
  });

  it('may call off a day of the table', () => {
    expect(calendarOf().isWorkingDay('2026-08-31')).toBe(false);
    expect(calendarOf(calledOff).isWorkingDay('2026-08-31')).toBe(true);
  });

  it('are laid over each other in the order of their versions, whatever the order given', () => {
    const back: CalendarChange = { ...swap, version: 3, days: [{ day: '2026-03-06', kind: 'ordinary', name }] };
    expect(calendarOf(back, swap).isWorkingDay('2026-03-06')).toBe(true);
    expect(calendarOf({ ...back, version: 0 }, swap).isWorkingDay('2026-03-06')).toBe(false);
  });

  it('give the calendar a version of its own, and none leave it as it was', () => {
    expect(calendarOf().version).toBe(vietnamHolidays.version);
    expect(calendarOf(swap).version).toBe(`${vietnamHolidays.version}+c1`);
    expect(calendarOf(calledOff, swap).version).toBe(`${vietnamHolidays.version}+c1+c2`);
  });

  it('confirm a day that was background knowledge, so that the sentence no longer doubts it', () => {
    const rule = { amount: 1, unit: 'workingDay', direction: 'after', source: null } as const;
    const confirmed: CalendarChange = {
      version: 1,
      source: '6150/TB-BLĐTBXH ngày 12/12/2025',
      days: [{ day: '2026-08-31', kind: 'swappedOff', name }],
    };
    const doubt = 'chưa đối chiếu';
    expect(calendarOf().due({ rule, from: '2026-08-28' }).explanation.vi).toContain(doubt);
    const days = ['2026-09-01', '2026-09-02'].map((day) => ({ day, kind: 'publicHoliday' as const, name }));
    const all = { ...confirmed, days: [...confirmed.days, ...days] };
    expect(calendarOf(all).due({ rule, from: '2026-08-28' }).explanation.vi).not.toContain(doubt);
  });
});
