import { describe, expect, test } from '@jest/globals';
import { createBusinessCalendar, type DeadlineRule, formatInstant, instantAt, vietnamHolidays } from '#libs/calendar';

const calendar = createBusinessCalendar(vietnamHolidays);
const units: Record<string, DeadlineRule['unit']> = { wd: 'workingDay', half: 'halfWorkingDay', day: 'calendarDay' };

/** '3 wd' → rule; 'YYYY-MM-DD HH:MM' → an instant, 'YYYY-MM-DD' → a day. Expected 'HH:MM DD/MM/YYYY'. */
function dueOf({ from, period, direction }: { from: string; period: string; direction: DeadlineRule['direction'] }) {
  const [amount, unit] = period.split(' ') as [string, string];
  const rule: DeadlineRule = { amount: Number(amount), unit: units[unit]!, direction, source: null };
  const [day, time] = from.split(' ') as [string, string | undefined];
  return calendar.due({ rule, from: time === undefined ? day : instantAt(day, time) });
}

type Case = readonly [from: string, period: string, due: string, why: string];

// Worked out by hand from the wall calendars of each year.
const after: readonly Case[] = [
  // 2019
  ['2019-01-04 09:00', '1 wd', '17:00 05/01/2019', 'Saturday worked for 31/12/2018'],
  ['2019-02-01 09:00', '1 wd', '17:00 11/02/2019', 'Tết'],
  ['2019-04-12 09:00', '1 wd', '17:00 16/04/2019', 'Hùng Kings on Sunday, Monday in lieu'],
  ['2019-04-26 09:00', '1 wd', '17:00 02/05/2019', 'swapped Monday joins 30/4 and 1/5'],
  ['2019-05-03 09:00', '1 wd', '17:00 04/05/2019', 'Saturday worked for 29/04'],
  ['2019-05-03 09:00', '2 wd', '17:00 06/05/2019', 'after the worked Saturday'],
  ['2019-08-30 09:00', '1 wd', '17:00 03/09/2019', 'National Day had one day then'],
  // 2020
  ['2019-12-31 09:00', '1 wd', '17:00 02/01/2020', 'New Year on Wednesday'],
  ['2020-01-22 09:00', '1 wd', '17:00 30/01/2020', 'Tết with two days in lieu'],
  ['2020-04-01 09:00', '1 wd', '17:00 03/04/2020', 'Hùng Kings on Thursday'],
  ['2020-04-29 09:00', '1 wd', '17:00 04/05/2020', 'Thursday and Friday off, then the weekend'],
  ['2020-09-01 09:00', '1 wd', '17:00 03/09/2020', 'National Day on Wednesday'],
  // 2021
  ['2020-12-31 09:00', '1 wd', '17:00 04/01/2021', 'year end, New Year on Friday'],
  ['2021-02-09 09:00', '1 wd', '17:00 17/02/2021', 'the eve of Tết'],
  ['2021-04-20 09:00', '1 wd', '17:00 22/04/2021', 'Hùng Kings on Wednesday'],
  ['2021-04-29 09:00', '1 wd', '17:00 04/05/2021', '1/5 on Saturday, Monday in lieu'],
  ['2021-09-01 09:00', '1 wd', '17:00 06/09/2021', 'National Day with two days'],
  // 2022
  ['2021-12-31 09:00', '1 wd', '17:00 04/01/2022', 'New Year on Saturday, Monday in lieu'],
  ['2022-01-28 09:00', '1 wd', '17:00 07/02/2022', 'Tết from Monday to Friday'],
  ['2022-04-08 09:00', '1 wd', '17:00 12/04/2022', 'Hùng Kings on Sunday'],
  ['2022-04-29 09:00', '1 wd', '17:00 04/05/2022', '30/4 and 1/5 on the weekend, two days in lieu'],
  ['2022-08-31 09:00', '1 wd', '17:00 05/09/2022', 'National Day on Thursday and Friday'],
  // 2023
  ['2022-12-30 09:00', '1 wd', '17:00 03/01/2023', 'New Year on Sunday'],
  ['2023-01-19 09:00', '1 wd', '17:00 27/01/2023', 'Tết'],
  ['2023-04-28 09:00', '1 wd', '17:00 04/05/2023', 'three holidays in a row, two days in lieu'],
  ['2023-08-31 09:00', '1 wd', '17:00 05/09/2023', 'National Day, Monday in lieu'],
  // 2024
  ['2023-12-29 09:00', '1 wd', '17:00 02/01/2024', 'year end over a weekend'],
  ['2024-02-07 09:00', '1 wd', '17:00 15/02/2024', 'Tết'],
  ['2024-02-28 09:00', '1 wd', '17:00 29/02/2024', 'a leap day is a day'],
  ['2024-02-29 09:00', '1 wd', '17:00 01/03/2024', 'after the leap day'],
  ['2024-04-17 09:00', '1 wd', '17:00 19/04/2024', 'Hùng Kings on Thursday'],
  ['2024-04-26 09:00', '1 wd', '17:00 02/05/2024', 'swapped Monday'],
  ['2024-05-03 09:00', '1 wd', '17:00 04/05/2024', 'Saturday worked'],
  ['2024-05-03 09:00', '2 wd', '17:00 06/05/2024', 'after the worked Saturday'],
  ['2024-08-30 09:00', '1 wd', '17:00 04/09/2024', 'National Day on Monday and Tuesday'],
  // 2025
  ['2024-12-31 09:00', '1 wd', '17:00 02/01/2025', 'year end'],
  ['2025-01-24 09:00', '1 wd', '17:00 03/02/2025', 'Tết, nine days'],
  ['2025-01-24 17:01', '1 wd', '17:00 04/02/2025', 'after hours on the eve of Tết'],
  ['2025-04-04 09:00', '1 wd', '17:00 08/04/2025', 'Hùng Kings on Monday'],
  ['2025-04-25 09:00', '1 wd', '17:00 26/04/2025', 'Saturday worked'],
  ['2025-04-25 09:00', '4 wd', '17:00 05/05/2025', 'worked Saturday counted, swapped Friday skipped'],
  ['2025-04-29 09:00', '1 wd', '17:00 05/05/2025', 'five days off'],
  ['2025-08-29 09:00', '1 wd', '17:00 03/09/2025', 'National Day'],
  // 2026
  ['2025-12-31 09:00', '1 wd', '17:00 05/01/2026', 'New Year and the swapped Friday'],
  ['2025-12-31 17:30', '1 wd', '17:00 06/01/2026', 'after hours on the last day of the year'],
  ['2026-01-02 10:00', '1 wd', '17:00 06/01/2026', 'arrived on a swapped-off Friday'],
  ['2026-01-09 16:59', '1 wd', '17:00 10/01/2026', 'the last working minute before a worked Saturday'],
  ['2026-01-09 17:00', '1 wd', '17:00 10/01/2026', '17:00 sharp is in time'],
  ['2026-01-09 17:01', '1 wd', '17:00 12/01/2026', 'a minute late counts as the worked Saturday'],
  ['2026-01-10 09:00', '1 wd', '17:00 12/01/2026', 'arrived on the worked Saturday'],
  ['2026-01-10 17:30', '1 wd', '17:00 13/01/2026', 'after hours on the worked Saturday'],
  ['2026-01-11 09:00', '1 wd', '17:00 13/01/2026', 'arrived on Sunday'],
  ['2026-01-14 10:00', '3 wd', '17:00 19/01/2026', 'over a weekend'],
  ['2026-01-14 00:00', '3 wd', '17:00 19/01/2026', 'before hours is the same day'],
  ['2026-01-16 16:59', '1 wd', '17:00 19/01/2026', 'Friday before five'],
  ['2026-01-16 17:01', '1 wd', '17:00 20/01/2026', 'Friday after five'],
  ['2026-02-12 10:00', '2 wd', '17:00 23/02/2026', 'one day before Tết, one after'],
  ['2026-02-13 10:00', '1 wd', '17:00 23/02/2026', 'last day before Tết'],
  ['2026-02-13 18:00', '1 wd', '17:00 24/02/2026', 'after hours on the last day before Tết'],
  ['2026-02-14 10:00', '1 wd', '17:00 24/02/2026', 'Saturday before Tết'],
  ['2026-02-17 09:00', '5 wd', '17:00 02/03/2026', 'first day of Tết'],
  ['2026-04-24 09:00', '1 wd', '17:00 28/04/2026', 'Hùng Kings on Sunday, Monday in lieu'],
  ['2026-04-29 09:00', '1 wd', '17:00 04/05/2026', '30/4 and 1/5'],
  ['2026-08-20 09:00', '8 wd', '17:00 03/09/2026', 'worked Saturday, swapped Monday, National Day'],
  ['2026-08-21 09:00', '1 wd', '17:00 22/08/2026', 'Saturday worked for 31/08'],
  ['2026-08-28 09:00', '1 wd', '17:00 03/09/2026', 'five days off'],
  ['2026-11-23 09:00', '1 wd', '17:00 24/11/2026', '24/11 is not a holiday until switched on'],
  // 2027 and beyond
  ['2026-12-31 09:00', '1 wd', '17:00 04/01/2027', 'year end'],
  ['2027-02-03 09:00', '1 wd', '17:00 11/02/2027', 'Tết'],
  ['2027-04-15 09:00', '1 wd', '17:00 19/04/2027', 'Hùng Kings on Friday'],
  ['2027-04-29 09:00', '1 wd', '17:00 04/05/2027', '1/5 on Saturday'],
  ['2027-09-01 09:00', '1 wd', '17:00 06/09/2027', 'National Day'],
  ['2027-12-31 09:00', '1 wd', '17:00 03/01/2028', 'beyond the data only weekends are known'],
  // half days
  ['2026-01-14 10:00', '1 half', '12:00 15/01/2026', 'half a day ends at noon of the next working day'],
  ['2026-01-14 10:00', '2 half', '17:00 15/01/2026', 'two halves are a day'],
  ['2026-01-14 10:00', '3 half', '12:00 16/01/2026', 'a day and a half'],
  ['2026-01-14 10:00', '5 half', '12:00 19/01/2026', 'two and a half over a weekend'],
  ['2026-01-14 10:00', '6 half', '17:00 19/01/2026', 'three days'],
  ['2026-01-09 17:30', '1 half', '12:00 12/01/2026', 'late on Friday, worked Saturday is the day of the event'],
  ['2026-02-13 10:00', '1 half', '12:00 23/02/2026', 'over Tết'],
  ['2026-02-13 10:00', '3 half', '12:00 24/02/2026', 'over Tết'],
  ['2025-04-25 10:00', '1 half', '12:00 26/04/2025', 'morning of a worked Saturday'],
  ['2024-05-03 10:00', '3 half', '12:00 06/05/2024', 'worked Saturday and Monday morning'],
  ['2022-04-29 10:00', '13 half', '12:00 12/05/2022', 'six and a half days, as in Huế'],
  // calendar days
  ['2026-06-01', '10 day', '17:00 11/06/2026', 'ends on a working day'],
  ['2026-06-03', '10 day', '17:00 15/06/2026', 'ends on Saturday'],
  ['2026-06-04', '10 day', '17:00 15/06/2026', 'ends on Sunday'],
  ['2026-06-05', '1 day', '17:00 08/06/2026', 'ends on the next day, a Saturday'],
  ['2026-02-06', '10 day', '17:00 23/02/2026', 'ends in Tết'],
  ['2026-02-10', '10 day', '17:00 23/02/2026', 'ends on the last day of Tết'],
  ['2025-12-22', '10 day', '17:00 05/01/2026', 'ends on New Year'],
  ['2025-12-31', '10 day', '17:00 10/01/2026', 'ends on a worked Saturday, so it stays'],
  ['2024-04-19', '10 day', '17:00 02/05/2024', 'ends on a swapped-off Monday'],
  ['2024-04-24', '10 day', '17:00 04/05/2024', 'ends on a worked Saturday'],
  ['2023-08-23', '10 day', '17:00 05/09/2023', 'ends on National Day'],
  ['2021-08-19', '15 day', '17:00 06/09/2021', 'ends on the second day of National Day'],
  ['2026-06-05 17:30', '10 day', '17:00 18/06/2026', 'late on Friday counts as Monday'],
  ['2026-06-01 09:00', '30 day', '17:00 01/07/2026', 'over the end of a month'],
  // nothing to count
  ['2026-06-06', '0 day', '17:00 06/06/2026', 'the day itself, also a Saturday'],
  ['2026-02-17', '0 day', '17:00 17/02/2026', 'the day itself, also in Tết'],
  ['2026-06-06', '0 wd', '17:00 08/06/2026', 'the nearest working day'],
  ['2026-06-05', '0 wd', '17:00 05/06/2026', 'a working day itself'],
];

const before: readonly Case[] = [
  ['2019-01-07', '1 wd', '17:00 05/01/2019', 'worked Saturday'],
  ['2019-05-06', '1 wd', '17:00 04/05/2019', 'worked Saturday'],
  ['2021-01-04', '1 wd', '17:00 31/12/2020', 'over New Year'],
  ['2023-05-04', '1 wd', '17:00 28/04/2023', 'over five days off'],
  ['2024-02-15', '1 wd', '17:00 07/02/2024', 'over Tết'],
  ['2024-05-06', '1 wd', '17:00 04/05/2024', 'worked Saturday'],
  ['2025-05-05', '1 wd', '17:00 29/04/2025', 'over 30/4 to the swapped Friday'],
  ['2025-05-05', '2 wd', '17:00 28/04/2025', 'over 30/4'],
  ['2025-05-05', '3 wd', '17:00 26/04/2025', 'worked Saturday'],
  ['2026-01-05', '1 wd', '17:00 31/12/2025', 'over New Year and the swapped Friday'],
  ['2026-01-12', '1 wd', '17:00 10/01/2026', 'worked Saturday'],
  ['2026-01-13', '3 wd', '17:00 09/01/2026', 'worked Saturday counted'],
  ['2026-02-23', '1 wd', '17:00 13/02/2026', 'over Tết'],
  ['2026-02-24', '10 wd', '17:00 03/02/2026', 'two weeks and Tết'],
  ['2026-06-07', '3 wd', '17:00 03/06/2026', 'departure on Sunday'],
  ['2026-06-29', '20 wd', '17:00 01/06/2026', 'four plain weeks'],
  ['2026-09-07', '10 wd', '17:00 20/08/2026', 'National Day and the worked Saturday'],
  ['2027-02-11', '5 wd', '17:00 28/01/2027', 'over Tết'],
  ['2026-06-10', '1 half', '17:00 09/06/2026', 'half a day needs the last working day before'],
  ['2026-06-10', '2 half', '17:00 09/06/2026', 'a day'],
  ['2026-06-10', '3 half', '12:00 09/06/2026', 'half a day more is left'],
  ['2026-06-10', '4 half', '17:00 08/06/2026', 'two days'],
  ['2026-06-10', '5 half', '12:00 08/06/2026', 'two and a half'],
  ['2026-06-20', '10 day', '17:00 10/06/2026', 'a working day'],
  ['2026-06-17', '10 day', '17:00 05/06/2026', 'Sunday, back to Friday'],
  ['2026-02-27', '10 day', '17:00 13/02/2026', 'Tết, back to the last day before it'],
  ['2026-06-06', '0 wd', '17:00 05/06/2026', 'Saturday itself, back to Friday'],
];

describe('due', () => {
  test.each(after)('%s + %s is %s: %s', (from, period, due) => {
    expect(formatInstant(dueOf({ from, period, direction: 'after' }).dueAt)).toBe(due);
  });

  test.each(before)('%s - %s is %s: %s', (from, period, due) => {
    expect(formatInstant(dueOf({ from, period, direction: 'before' }).dueAt)).toBe(due);
  });

  test('has at least 120 cases', () => {
    expect(after.length + before.length).toBeGreaterThanOrEqual(120);
  });

  test('counts from the day itself after hours when the setting says so', () => {
    const rule: DeadlineRule = {
      amount: 1,
      unit: 'workingDay',
      direction: 'after',
      source: null,
      afterClosing: 'sameDay',
    };
    expect(formatInstant(calendar.due({ rule, from: instantAt('2026-01-16', '17:30') }).dueAt)).toBe(
      '17:00 19/01/2026',
    );
  });

  test('skips 24/11 once it is switched on', () => {
    const on = createBusinessCalendar(vietnamHolidays, { enabledDays: ['2026-11-24'] });
    const rule: DeadlineRule = { amount: 1, unit: 'workingDay', direction: 'after', source: null };
    expect(formatInstant(on.due({ rule, from: '2026-11-23' }).dueAt)).toBe('17:00 25/11/2026');
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
