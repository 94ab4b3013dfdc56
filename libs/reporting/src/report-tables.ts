import type { PeriodicReport, ReportCounts } from '#contracts/periodic-report.js';
import type { fundingSources } from '#contracts/proposal-kinds.js';
import { type MemberRank, memberRankTexts } from '#contracts/ranks.js';
import type { Text } from '#contracts/text.js';
import { formatDay } from '#libs/calendar';
import { purposeNames } from '#libs/delegation';
import { amountInDigits, type TableFile } from '#libs/documents';

type Cell = string | number;

const countHeaders = [
  'Số đoàn',
  'Trong kế hoạch',
  'Ngoài kế hoạch',
  'Đã thực hiện',
  'Đang thực hiện',
  'Đã hủy',
  'Lượt người',
];

/** The tables of a report as they are printed, in Vietnamese; the counting rule stands below each. */
export function reportTables(report: PeriodicReport): TableFile[] {
  const title = `Đoàn đi công tác nước ngoài, ${formatDay(report.from)} – ${formatDay(report.to)}`;
  const sheet = (name: string, header: readonly string[], rows: readonly (readonly Cell[])[]): TableFile => ({
    name,
    headings: [title, name],
    columns: header.map((text, at) => ({ header: text, share: at === 0 ? 3 : 1, align: at === 0 ? 'left' : 'right' })),
    rows: rows.map((cells) => ({ kind: 'cells', texts: cells.map(String) })),
    footnotes: [report.countingRule.vi],
  });
  const table = (
    name: string,
    first: string,
    rows: PeriodicReport['byLevel'],
    say: (key: string) => string | undefined,
  ) =>
    sheet(
      name,
      [first, ...countHeaders],
      [...rows.map((row) => [row.name ?? say(row.key) ?? row.key, ...countsOf(row)]), totalOf(name, report)],
    );
  return [
    table('Theo cấp', 'Cấp', report.byLevel, (key) => levelText(key)),
    table('Theo nước', 'Nước', report.byCountry, () => undefined),
    table('Theo mục đích', 'Mục đích', report.byPurpose, (key) => nameIn(purposeNames, key)),
    table('Theo đơn vị', 'Đơn vị', report.byUnit, () => undefined),
    sheet(
      'Theo kinh phí',
      ['Nguồn', 'Loại tiền', 'Số đoàn', 'Dự toán', 'Thực chi theo báo cáo'],
      report.byFunding.map((row) => [
        nameIn(fundingNames, row.key) ?? row.key,
        row.currency,
        row.trips,
        amountInDigits(Number(row.estimated), row.currency),
        amountInDigits(Number(row.actual), row.currency),
      ]),
    ),
    sheet(
      'Theo người',
      ['Họ và tên', 'Chức vụ', 'Số chuyến', 'Số ngày ở nước ngoài'],
      report.byPerson.map((row) => [row.name, row.position, row.trips, row.daysAbroad]),
    ),
    sheet(
      'Chấp hành',
      ['Nghĩa vụ', 'Đúng hạn', 'Quá hạn', 'Chưa làm, đã quá hạn', 'Chưa làm, còn hạn'],
      report.duties.map((row) => [dutyTexts[row.key], row.onTime, row.late, row.missing, row.open]),
    ),
    sheet(
      'Kết quả',
      ['Báo cáo đã nghiệm thu', 'Cuộc làm việc', 'Thỏa thuận đã ký', 'Việc sau chuyến đi', 'Đã thực hiện', 'Quá hạn'],
      [
        [
          report.results.reports,
          report.results.meetings,
          report.results.agreements,
          report.results.followUps,
          report.results.followUpsDone,
          report.results.followUpsOverdue,
        ],
      ],
    ),
    sheet(
      'Kế hoạch',
      ['Dòng kế hoạch trong kỳ', 'Đã có đoàn', 'Chưa có đoàn', 'Đoàn ngoài kế hoạch'],
      [[report.plan.lines, report.plan.withTrip, report.plan.lines - report.plan.withTrip, report.total.outOfPlan]],
    ),
  ];
}

const fundingNames = {
  stateBudget: 'ngân sách nhà nước',
  partyBudget: 'kinh phí Đảng',
  socialised: 'xã hội hóa',
  partner: 'đối tác đài thọ',
  other: 'nguồn khác',
} as const satisfies Record<(typeof fundingSources)[number], string>;

const dutyTexts = { submitReport: 'Báo cáo kết quả chuyến đi', returnPassports: 'Nộp lại hộ chiếu' } as const;

function totalOf(name: string, { total }: PeriodicReport): Cell[] {
  return [name === 'Theo nước' ? 'Tổng số đoàn (mỗi đoàn một lần)' : 'Tổng', ...countsOf(total)];
}

function countsOf(row: ReportCounts): number[] {
  return [row.trips, row.inPlan, row.outOfPlan, row.done, row.underway, row.cancelled, row.people];
}

function levelText(key: string): string {
  return key in memberRankTexts ? memberRankTexts[key as MemberRank].vi : 'Chưa rõ cấp';
}

function nameIn(names: Readonly<Record<string, string | Text>>, key: string): string | undefined {
  const found = names[key];
  const name = typeof found === 'object' ? found.vi : found;
  return name && name.charAt(0).toLocaleUpperCase('vi') + name.slice(1);
}
