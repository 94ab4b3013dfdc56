import type { Text } from '#contracts/text.js';
import type { HolidayDay, HolidayKind, HolidayTable } from './holiday-table.js';

/**
 * Holidays and swapped days of public offices, 2019–2027. A row is `verified` only where its day was read in the source beside
 * it; the other rows are background knowledge or follow from a rule and wait for an administrator to compare them with the notice
 * of that year. A correction changes `version` below.
 */
const sources = {
  labourCode: 'Điều 112 Bộ luật Lao động 2019 (hiệu lực 01/01/2021)',
  oldLabourCode: 'Điều 115 Bộ luật Lao động 2012; kiến thức nền, chưa đối chiếu',
  newYear2026: 'Hoán đổi Tết Dương lịch 2026, 24h.com.vn (ai được hoán đổi để nghỉ Tết Dương lịch 4 ngày)',
  tet2026: 'Lịch nghỉ Tết Nguyên đán và Quốc khánh 2026, TTXVN (vietnammedia.vnanet.vn); congan.com.vn',
  implied2026: 'Suy ra từ số ngày nghỉ 2026 (thanhnien.vn, 13/01/2026); chưa đối chiếu văn bản',
  compensation: 'Suy từ quy tắc nghỉ bù khi ngày lễ trùng ngày nghỉ hằng tuần; chưa đối chiếu thông báo của năm',
  background: 'Kiến thức nền về lịch nghỉ đã công bố của năm; chưa đối chiếu văn bản',
  expected2027: 'Dự kiến theo mẫu các năm trước; chưa có quyết định cho năm 2027',
  cultureDay: 'NQ 80-NQ/TW; cần sửa Điều 112 Bộ luật Lao động (dantri.com.vn, 25/02/2026); chưa thành luật',
} as const;

type Row = readonly [day: string, kind: HolidayKind, name: Text, source: string, verified: boolean];

const newYear = name('Tết Dương lịch', 'New Year');
const tet = name('Tết Nguyên đán', 'Lunar New Year (Tết)');
const hungKings = name('Giỗ Tổ Hùng Vương', 'Hùng Kings Commemoration Day');
const reunification = name('Ngày Chiến thắng 30/4', 'Reunification Day');
const labourDay = name('Quốc tế Lao động 1/5', 'International Labour Day');
const nationalDay = name('Quốc khánh', 'National Day');
const cultureDay = name('Ngày Văn hóa Việt Nam', 'Viet Nam Culture Day');

const rows: readonly Row[] = [
  // 2019. The Monday before New Year 2019 (31/12/2018) was swapped with Saturday 05/01/2019.
  ['2019-01-01', 'publicHoliday', newYear, sources.oldLabourCode, false],
  ['2019-01-05', 'swappedWorked', worked(newYear, '31/12/2018'), sources.background, false],
  ...each(['2019-02-04', '2019-02-05', '2019-02-06', '2019-02-07', '2019-02-08'], tet, sources.background),
  ['2019-04-14', 'publicHoliday', hungKings, sources.background, false],
  ['2019-04-15', 'compensatory', compensatory(hungKings), sources.compensation, false],
  ['2019-04-29', 'swappedOff', swapped(reunification, '04/05'), sources.background, false],
  ['2019-04-30', 'publicHoliday', reunification, sources.oldLabourCode, false],
  ['2019-05-01', 'publicHoliday', labourDay, sources.oldLabourCode, false],
  ['2019-05-04', 'swappedWorked', worked(reunification, '29/04'), sources.background, false],
  ['2019-09-02', 'publicHoliday', nationalDay, sources.oldLabourCode, false],
  // 2020
  ['2020-01-01', 'publicHoliday', newYear, sources.oldLabourCode, false],
  ...each(['2020-01-23', '2020-01-24', '2020-01-25', '2020-01-26', '2020-01-27'], tet, sources.background),
  ['2020-01-28', 'compensatory', compensatory(tet), sources.compensation, false],
  ['2020-01-29', 'compensatory', compensatory(tet), sources.compensation, false],
  ['2020-04-02', 'publicHoliday', hungKings, sources.background, false],
  ['2020-04-30', 'publicHoliday', reunification, sources.oldLabourCode, false],
  ['2020-05-01', 'publicHoliday', labourDay, sources.oldLabourCode, false],
  ['2020-09-02', 'publicHoliday', nationalDay, sources.oldLabourCode, false],
  // 2021. From here National Day has two days.
  ['2021-01-01', 'publicHoliday', newYear, sources.labourCode, true],
  ...each(['2021-02-10', '2021-02-11', '2021-02-12', '2021-02-13', '2021-02-14'], tet, sources.background),
  ['2021-02-15', 'compensatory', compensatory(tet), sources.compensation, false],
  ['2021-02-16', 'compensatory', compensatory(tet), sources.compensation, false],
  ['2021-04-21', 'publicHoliday', hungKings, sources.background, false],
  ['2021-04-30', 'publicHoliday', reunification, sources.labourCode, true],
  ['2021-05-01', 'publicHoliday', labourDay, sources.labourCode, true],
  ['2021-05-03', 'compensatory', compensatory(labourDay), sources.compensation, false],
  ['2021-09-02', 'publicHoliday', nationalDay, sources.labourCode, true],
  ['2021-09-03', 'publicHoliday', nationalDay, sources.background, false],
  // 2022
  ['2022-01-01', 'publicHoliday', newYear, sources.labourCode, true],
  ['2022-01-03', 'compensatory', compensatory(newYear), sources.compensation, false],
  ...each(['2022-01-31', '2022-02-01', '2022-02-02', '2022-02-03', '2022-02-04'], tet, sources.background),
  ['2022-04-10', 'publicHoliday', hungKings, sources.background, false],
  ['2022-04-11', 'compensatory', compensatory(hungKings), sources.compensation, false],
  ['2022-04-30', 'publicHoliday', reunification, sources.labourCode, true],
  ['2022-05-01', 'publicHoliday', labourDay, sources.labourCode, true],
  ['2022-05-02', 'compensatory', compensatory(reunification), sources.compensation, false],
  ['2022-05-03', 'compensatory', compensatory(labourDay), sources.compensation, false],
  ['2022-09-01', 'publicHoliday', nationalDay, sources.background, false],
  ['2022-09-02', 'publicHoliday', nationalDay, sources.labourCode, true],
  // 2023
  ['2023-01-01', 'publicHoliday', newYear, sources.labourCode, true],
  ['2023-01-02', 'compensatory', compensatory(newYear), sources.compensation, false],
  ...each(['2023-01-20', '2023-01-21', '2023-01-22', '2023-01-23', '2023-01-24'], tet, sources.background),
  ['2023-01-25', 'compensatory', compensatory(tet), sources.compensation, false],
  ['2023-01-26', 'compensatory', compensatory(tet), sources.compensation, false],
  ['2023-04-29', 'publicHoliday', hungKings, sources.background, false],
  ['2023-04-30', 'publicHoliday', reunification, sources.labourCode, true],
  ['2023-05-01', 'publicHoliday', labourDay, sources.labourCode, true],
  ['2023-05-02', 'compensatory', compensatory(hungKings), sources.compensation, false],
  ['2023-05-03', 'compensatory', compensatory(reunification), sources.compensation, false],
  ['2023-09-01', 'publicHoliday', nationalDay, sources.background, false],
  ['2023-09-02', 'publicHoliday', nationalDay, sources.labourCode, true],
  ['2023-09-04', 'compensatory', compensatory(nationalDay), sources.compensation, false],
  // 2024
  ['2024-01-01', 'publicHoliday', newYear, sources.labourCode, true],
  ...each(['2024-02-08', '2024-02-09', '2024-02-10', '2024-02-11', '2024-02-12'], tet, sources.background),
  ['2024-02-13', 'compensatory', compensatory(tet), sources.compensation, false],
  ['2024-02-14', 'compensatory', compensatory(tet), sources.compensation, false],
  ['2024-04-18', 'publicHoliday', hungKings, sources.background, false],
  ['2024-04-29', 'swappedOff', swapped(reunification, '04/05'), sources.background, false],
  ['2024-04-30', 'publicHoliday', reunification, sources.labourCode, true],
  ['2024-05-01', 'publicHoliday', labourDay, sources.labourCode, true],
  ['2024-05-04', 'swappedWorked', worked(reunification, '29/04'), sources.background, false],
  ['2024-09-02', 'publicHoliday', nationalDay, sources.labourCode, true],
  ['2024-09-03', 'publicHoliday', nationalDay, sources.background, false],
  // 2025
  ['2025-01-01', 'publicHoliday', newYear, sources.labourCode, true],
  ...each(['2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'], tet, sources.background),
  ['2025-04-07', 'publicHoliday', hungKings, sources.background, false],
  ['2025-04-26', 'swappedWorked', worked(labourDay, '02/05'), sources.background, false],
  ['2025-04-30', 'publicHoliday', reunification, sources.labourCode, true],
  ['2025-05-01', 'publicHoliday', labourDay, sources.labourCode, true],
  ['2025-05-02', 'swappedOff', swapped(labourDay, '26/04'), sources.background, false],
  ['2025-09-01', 'publicHoliday', nationalDay, sources.background, false],
  ['2025-09-02', 'publicHoliday', nationalDay, sources.labourCode, true],
  // 2026. The dates around 30/4 and 2/9 are implied by the published numbers of days and wait for confirmation.
  ['2026-01-01', 'publicHoliday', newYear, sources.newYear2026, true],
  ['2026-01-02', 'swappedOff', swapped(newYear, '10/01'), sources.newYear2026, true],
  ['2026-01-10', 'swappedWorked', worked(newYear, '02/01'), sources.newYear2026, true],
  ...each(['2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20'], tet, sources.tet2026, true),
  ['2026-04-26', 'publicHoliday', hungKings, sources.implied2026, false],
  ['2026-04-27', 'compensatory', compensatory(hungKings), sources.implied2026, false],
  ['2026-04-30', 'publicHoliday', reunification, sources.implied2026, false],
  ['2026-05-01', 'publicHoliday', labourDay, sources.implied2026, false],
  ['2026-08-22', 'swappedWorked', worked(nationalDay, '31/08'), sources.implied2026, false],
  ['2026-08-31', 'swappedOff', swapped(nationalDay, '22/08'), sources.implied2026, false],
  ['2026-09-01', 'publicHoliday', nationalDay, sources.implied2026, false],
  ['2026-09-02', 'publicHoliday', nationalDay, sources.implied2026, false],
  // 2027. No decision yet: fixed days by law, lunar days computed, the spread of Tết and National Day as in 2021 and 2024.
  ['2027-01-01', 'publicHoliday', newYear, sources.labourCode, true],
  ...each(['2027-02-04', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08'], tet, sources.expected2027),
  ['2027-02-09', 'compensatory', compensatory(tet), sources.expected2027, false],
  ['2027-02-10', 'compensatory', compensatory(tet), sources.expected2027, false],
  ['2027-04-16', 'publicHoliday', hungKings, sources.expected2027, false],
  ['2027-04-30', 'publicHoliday', reunification, sources.labourCode, true],
  ['2027-05-01', 'publicHoliday', labourDay, sources.labourCode, true],
  ['2027-05-03', 'compensatory', compensatory(labourDay), sources.expected2027, false],
  ['2027-09-02', 'publicHoliday', nationalDay, sources.labourCode, true],
  ['2027-09-03', 'publicHoliday', nationalDay, sources.expected2027, false],
];

const notYetLaw: readonly HolidayDay[] = ['2026-11-24', '2027-11-24'].map((day) => ({
  day,
  kind: 'publicHoliday',
  name: cultureDay,
  verified: false,
  source: sources.cultureDay,
  offByDefault: true,
}));

export const vietnamHolidays: HolidayTable = {
  country: 'VN',
  version: 'VN-2019-2027.1',
  firstYear: 2019,
  lastYear: 2027,
  days: [
    ...rows.map(([day, kind, text, source, verified]) => ({ day, kind, name: text, verified, source })),
    ...notYetLaw,
  ],
};

function each(days: readonly string[], text: Text, source: string, verified = false): readonly Row[] {
  return days.map((day) => [day, 'publicHoliday', text, source, verified]);
}

function name(vi: string, en: string): Text {
  return { vi, en };
}

function compensatory(of: Text): Text {
  return { vi: `nghỉ bù ${of.vi}`, en: `day in lieu of ${of.en}` };
}

function swapped(around: Text, workedOn: string): Text {
  return {
    vi: `nghỉ hoán đổi dịp ${around.vi}, làm bù ${workedOn}`,
    en: `swapped off around ${around.en}, worked on ${workedOn}`,
  };
}

function worked(around: Text, offOn: string): Text {
  return { vi: `làm bù cho ${offOn} dịp ${around.vi}`, en: `worked in exchange for ${offOn} around ${around.en}` };
}
