import type { PeriodicReport } from '#contracts/periodic-report.js';
import type { UnitRemarks } from '#contracts/report-round.js';
import type { Form } from '#libs/correspondence';
import type { Block, TableBlock } from '#libs/documents';
import { amountInDigits, shortDate } from '#libs/documents';
import type { StoredRound, StoredUnitReport } from './report-rounds.repository.js';
import { reportTables } from './report-tables.js';

/**
 * Báo cáo 6 tháng, năm, đột xuất of the focal agency to the People's Committee (DOMAIN 7; Nghị định 30/2020/NĐ-CP, form "báo cáo"): the
 * figures in words, what the units write side by side, and tables 1 to 7 as annexes.
 */
export function periodicReportForm(given: {
  round: Pick<StoredRound, 'title' | 'periodFrom' | 'periodTo'>;
  units: readonly StoredUnitReport[];
  report: PeriodicReport;
  authorityName: string;
}): Form {
  const { round, units, report, authorityName } = given;
  const included = units.filter(({ state }) => state === 'accepted' || state === 'consolidated');
  const missing = units.filter(({ state }) => state === 'requested' || state === 'returned' || state === 'leftOut');
  const name = round.title.replace(/^Báo cáo /, '');
  return {
    code: 'BC',
    title: 'BÁO CÁO',
    subject: `Kết quả công tác ${name}`,
    addressees: [authorityName],
    body: [
      paragraph(
        `Thực hiện chế độ báo cáo định kỳ về công tác đối ngoại, trên cơ sở báo cáo của ${twoDigits(included.length)} cơ quan, đơn vị và số liệu theo dõi các đoàn có ngày đi từ ${shortDate(round.periodFrom)} đến hết ${shortDate(round.periodTo)}, xin báo cáo như sau:`,
      ),
      heading('1. Tình hình chung'),
      ...overall(report),
      heading('2. Kết quả'),
      ...results(report),
      ...remarksOf(included, 'achievements'),
      heading('3. Khó khăn, vướng mắc'),
      ...orNone(remarksOf(included, 'difficulties')),
      heading('4. Kiến nghị, đề xuất'),
      ...orNone(remarksOf(included, 'proposals')),
      heading('5. Chế độ báo cáo'),
      paragraph(
        missing.length === 0
          ? 'Tất cả cơ quan, đơn vị được yêu cầu đã gửi báo cáo.'
          : `Chưa có báo cáo của: ${missing.map(({ organisationName }) => organisationName).join('; ')}.`,
      ),
      paragraph('Số liệu chi tiết tại các phụ lục kèm theo. Trân trọng báo cáo.'),
    ],
    recipients: ['Như trên', 'Các cơ quan, đơn vị gửi báo cáo', 'Lưu: VT'],
    annexes: [
      {
        title: 'PHỤ LỤC SỐ LIỆU ĐOÀN RA',
        subtitle: `(Kèm theo Báo cáo {reference})\n${report.countingRule.vi}`,
        landscape: true,
        body: annexTables(report),
      },
    ],
  };
}

function overall({ total, plan, byCountry, byFunding }: PeriodicReport): Block[] {
  const money = byFunding
    .filter(({ estimated }) => Number(estimated) > 0)
    .map(({ currency, estimated }) => [currency, Number(estimated)] as const);
  const sums = [...new Set(money.map(([currency]) => currency))].map((currency) =>
    amountInDigits(
      money.filter(([one]) => one === currency).reduce((sum, [, amount]) => sum + amount, 0),
      currency,
    ),
  );
  const most = byCountry.slice(0, 5).map(({ name, key, trips }) => `${name ?? key} (${trips})`);
  return [
    item(
      `Tổng số ${twoDigits(total.trips)} đoàn với ${twoDigits(total.people)} lượt người: ${twoDigits(total.inPlan)} đoàn trong kế hoạch, ${twoDigits(total.outOfPlan)} đoàn ngoài kế hoạch; đã thực hiện ${twoDigits(total.done)}, đang thực hiện ${twoDigits(total.underway)}, đã hủy ${twoDigits(total.cancelled)}.`,
    ),
    item(`Kế hoạch trong kỳ có ${twoDigits(plan.lines)} dòng, ${twoDigits(plan.withTrip)} dòng đã có đoàn.`),
    ...(most.length === 0
      ? []
      : [item(`Nước đến nhiều nhất (mỗi nước tính một lần cho mỗi đoàn): ${most.join(', ')}.`)]),
    ...(sums.length === 0 ? [] : [item(`Kinh phí dự toán: ${sums.join('; ')}.`)]),
  ];
}

function results({ results: found, duties }: PeriodicReport): Block[] {
  const names = { submitReport: 'Báo cáo kết quả chuyến đi', returnPassports: 'Nộp lại hộ chiếu' } as const;
  return [
    item(
      `Đã nghiệm thu ${twoDigits(found.reports)} báo cáo chuyến đi: ${twoDigits(found.meetings)} cuộc làm việc, ${twoDigits(found.agreements)} thỏa thuận đã ký; ${twoDigits(found.followUps)} việc cần thực hiện sau chuyến đi, đã xong ${twoDigits(found.followUpsDone)}, quá hạn ${twoDigits(found.followUpsOverdue)}.`,
    ),
    ...duties.map(({ key, onTime, late, missing, open }) =>
      item(
        `${names[key]}: đúng hạn ${twoDigits(onTime)}, quá hạn ${twoDigits(late)}, quá hạn chưa làm ${twoDigits(missing)}, còn hạn ${twoDigits(open)}.`,
      ),
    ),
  ];
}

/** What each unit says, under its name; a unit that writes nothing stands nowhere. */
function remarksOf(units: readonly StoredUnitReport[], part: keyof UnitRemarks): Block[] {
  return units.flatMap(({ organisationName, remarks }) => {
    const lines = (remarks?.[part] ?? '').split(/\n+/).map((line) => line.trim());
    const [first, ...rest] = lines.filter((line) => line !== '');
    return first === undefined ? [] : [item(`${organisationName}: ${first}`), ...rest.map(paragraph)];
  });
}

const orNone = (blocks: Block[]): Block[] => (blocks.length > 0 ? blocks : [paragraph('Không.')]);

/** The tables of the page and of the file, one under the other; a title above each. */
function annexTables(report: PeriodicReport): Block[] {
  return reportTables(report).flatMap(({ name, columns, rows }, at): Block[] => {
    const table: TableBlock = {
      kind: 'table',
      columns,
      rows: rows.flatMap((row) => (row.kind === 'cells' ? [row.texts] : [[row.text]])),
    };
    const title = `Bảng ${at + 1}. ${name}`;
    return [{ kind: 'centred', text: title }, ...(rows.length === 0 ? [paragraph('Không.')] : [table])];
  });
}

function heading(text: string): Block {
  return { kind: 'paragraph', text, bold: true };
}
function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}
function item(text: string): Block {
  return { kind: 'item', text };
}
/** Numbers below ten with a zero, as official documents write them; nought as it is. */
const twoDigits = (count: number) => (count === 0 ? '0' : String(count).padStart(2, '0'));
