import { describe, expect, test } from '@jest/globals';
import { createBusinessCalendar, type DeadlineRule, instantAt, vietnamHolidays } from '#libs/calendar';

const calendar = createBusinessCalendar(vietnamHolidays);
const units: Record<string, DeadlineRule['unit']> = { wd: 'workingDay', half: 'halfWorkingDay', day: 'calendarDay' };

/** '3 wd' → rule; 'YYYY-MM-DD HH:MM' → an instant, 'YYYY-MM-DD' → a day. Expected 'HH:MM DD/MM/YYYY'. */
function dueOf({ from, period, direction }: { from: string; period: string; direction: DeadlineRule['direction'] }) {
  const [amount, unit] = period.split(' ') as [string, string];
  const rule: DeadlineRule = { amount: Number(amount), unit: units[unit]!, direction, source: null };
  const [day, time] = from.split(' ') as [string, string | undefined];
  return calendar.due({ rule, from: time === undefined ? day : instantAt(day, time) });
}

describe('due', () => {
  test('has another version once 24/11 is switched on', () => {
    const on = createBusinessCalendar(vietnamHolidays, { enabledDays: ['2026-11-24'] });
    expect(on.isWorkingDay('2026-11-24')).toBe(false);
    expect(on.version).not.toBe(calendar.version);
  });

  test.each([-1, 1.5, Number.NaN, 1e9])('refuses a period of %s', (amount) => {
    const rule: DeadlineRule = { amount, unit: 'workingDay', direction: 'after', source: null };
    expect(() => calendar.due({ rule, from: '2026-06-01' })).toThrow('VALIDATION_FAILED');
  });

  test.each(['2026-02-30', '2026-13-01', '1/1/2026', '', '2026-1-1'])('refuses %j as a day', (from) => {
    expect(() => dueOf({ from, period: '1 wd', direction: 'after' })).toThrow('VALIDATION_FAILED');
  });
});

describe('explanation', () => {
  const sentences: readonly [
    from: string,
    period: string,
    direction: DeadlineRule['direction'],
    vi: string,
    en: string,
  ][] = [
    [
      '2026-01-14 10:00',
      '3 wd',
      'after',
      '3 ngày làm việc, tính từ 15/01/2026 (không tính ngày 14/01); bỏ qua 17–18/01 (cuối tuần)',
      '3 working days, counted from 15/01/2026 (14/01 itself is not counted); skips 17–18/01 (weekend)',
    ],
    [
      '2026-06-01 10:00',
      '1 half',
      'after',
      '0,5 ngày làm việc, tính từ 02/06/2026 (không tính ngày 01/06)',
      '0.5 working days, counted from 02/06/2026 (01/06 itself is not counted)',
    ],
    [
      '2026-01-16 17:01',
      '1 wd',
      'after',
      '1 ngày làm việc, tính từ 20/01/2026 (không tính ngày 19/01); sau 17:00 ngày 16/01 nên coi như ngày 19/01, nghỉ 17–18/01 (cuối tuần)',
      '1 working day, counted from 20/01/2026 (19/01 itself is not counted); after 17:00 on 16/01, so taken as 19/01, rest 17–18/01 (weekend)',
    ],
    [
      '2026-01-08 10:00',
      '3 wd',
      'after',
      '3 ngày làm việc, tính từ 09/01/2026 (không tính ngày 08/01); bỏ qua 11/01 (cuối tuần); kể cả 10/01 (làm bù cho 02/01 dịp Tết Dương lịch)',
      '3 working days, counted from 09/01/2026 (08/01 itself is not counted); skips 11/01 (weekend); includes 10/01 (worked in exchange for 02/01 around New Year)',
    ],
    [
      '2026-02-12 10:00',
      '2 wd',
      'after',
      '2 ngày làm việc, tính từ 13/02/2026 (không tính ngày 12/02); bỏ qua 14–15/02, 21–22/02 (cuối tuần), 16–20/02 (Tết Nguyên đán)',
      '2 working days, counted from 13/02/2026 (12/02 itself is not counted); skips 14–15/02, 21–22/02 (weekend), 16–20/02 (Lunar New Year (Tết))',
    ],
    [
      '2026-06-03',
      '10 day',
      'after',
      '10 ngày, tính từ 04/06/2026 (không tính ngày 03/06); ngày cuối 13/06 là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo 15/06; nghỉ 13–14/06 (cuối tuần)',
      '10 days, counted from 04/06/2026 (03/06 itself is not counted); the last day, 13/06, is a rest day, so moved to the next working day 15/06; rest 13–14/06 (weekend)',
    ],
    [
      '2026-06-08',
      '3 wd',
      'before',
      '3 ngày làm việc trước ngày 08/06/2026 (không tính ngày 08/06); bỏ qua 06–07/06 (cuối tuần)',
      '3 working days before 08/06/2026 (08/06 itself is not counted); skips 06–07/06 (weekend)',
    ],
    ['2026-06-06', '0 day', 'after', 'đúng ngày 06/06/2026', 'on the day itself, 06/06/2026'],
    [
      '2026-04-24 10:00',
      '1 wd',
      'after',
      '1 ngày làm việc, tính từ 28/04/2026 (không tính ngày 24/04); bỏ qua 25/04 (cuối tuần), 26/04 (Giỗ Tổ Hùng Vương), 27/04 (nghỉ bù Giỗ Tổ Hùng Vương); lịch nghỉ đoạn này có ngày chưa đối chiếu văn bản',
      '1 working day, counted from 28/04/2026 (24/04 itself is not counted); skips 25/04 (weekend), 26/04 (Hùng Kings Commemoration Day), 27/04 (day in lieu of Hùng Kings Commemoration Day); some holidays in this span are not yet checked against a document',
    ],
    [
      '2027-12-31 09:00',
      '1 wd',
      'after',
      '1 ngày làm việc, tính từ 03/01/2028 (không tính ngày 31/12); bỏ qua 01–02/01 (cuối tuần); chưa có lịch nghỉ lễ năm 2028, mới trừ cuối tuần',
      '1 working day, counted from 03/01/2028 (31/12 itself is not counted); skips 01–02/01 (weekend); no holiday data for 2028, only weekends are taken out',
    ],
  ];

  test.each(sentences)('%s, %s %s', (from, period, direction, vi, en) => {
    expect(dueOf({ from, period, direction }).explanation).toEqual({ vi, en });
  });

  test('says that there is no data before 2019', () => {
    expect(dueOf({ from: '2019-01-02', period: '1 wd', direction: 'before' }).explanation.vi).toContain(
      'chưa có lịch nghỉ lễ năm 2018',
    );
  });

  test('spans written over the end of a month keep both months', () => {
    expect(dueOf({ from: '2026-01-30 09:00', period: '1 wd', direction: 'after' }).explanation.vi).toContain(
      '31/01–01/02 (cuối tuần)',
    );
  });
});
