import type { tripOutcomes } from '#contracts/periodic-report.js';
import type { Text } from '#contracts/text.js';

/** Words of the periodic report alone. */
export const reportTexts = {
  report: { vi: 'Báo cáo định kỳ', en: 'Periodic report' },
  from: { vi: 'Từ ngày', en: 'From' },
  to: { vi: 'Đến hết ngày', en: 'To and including' },
  presets: { vi: 'Kỳ thường dùng', en: 'Usual periods' },
  file: { vi: 'Tải {format}', en: 'Download {format}' },
  countingRule: { vi: 'Cách đếm', en: 'How trips are counted' },
  ownOnly: {
    vi: 'Chỉ gồm đoàn của cơ quan bạn; cơ quan đầu mối xem được cả tỉnh.',
    en: 'Only the trips of your own organisation; the focal agency sees the whole province.',
  },
  inSum: { vi: 'Tổng hợp', en: 'In sum' },
  table: { vi: 'Bảng {n}. {name}', en: 'Table {n}. {name}' },
  level: { vi: 'Theo cấp của đoàn', en: 'By level of the delegation' },
  country: { vi: 'Theo nước đến', en: 'By country' },
  purpose: { vi: 'Theo mục đích', en: 'By purpose' },
  unit: { vi: 'Theo đơn vị', en: 'By unit' },
  funding: { vi: 'Theo nguồn kinh phí', en: 'By funding' },
  person: { vi: 'Theo người đi', en: 'By traveller' },
  duties: { vi: 'Báo cáo và nộp lại hộ chiếu sau chuyến đi', en: 'Reports and passports after the trip' },
  trips: { vi: 'Số đoàn', en: 'Trips' },
  inPlan: { vi: 'Trong kế hoạch', en: 'In plan' },
  outOfPlan: { vi: 'Ngoài kế hoạch', en: 'Out of plan' },
  done: { vi: 'Đã xong', en: 'Done' },
  underway: { vi: 'Đang thực hiện', en: 'Under way' },
  cancelled: { vi: 'Đã hủy', en: 'Cancelled' },
  people: { vi: 'Lượt người', en: 'Travellers' },
  currency: { vi: 'Loại tiền', en: 'Currency' },
  estimated: { vi: 'Dự toán', en: 'Estimate' },
  daysAbroad: { vi: 'Số ngày', en: 'Days abroad' },
  position: { vi: 'Chức vụ', en: 'Position' },
  submitReport: { vi: 'Nộp báo cáo kết quả', en: 'Report' },
  returnPassports: { vi: 'Nộp lại hộ chiếu', en: 'Passports' },
  onTime: { vi: 'Đúng hạn', en: 'In time' },
  late: { vi: 'Muộn', en: 'Late' },
  missing: { vi: 'Quá hạn chưa làm', en: 'Missing' },
  open: { vi: 'Còn hạn', en: 'Open' },
  planLines: {
    vi: 'Kế hoạch: {withTrip}/{lines} dòng đã có đoàn.',
    en: 'Plan: {withTrip} of {lines} lines have a trip.',
  },
  behind: { vi: 'Các đoàn của con số này', en: 'Trips behind this figure' },
  truncated: { vi: 'Chỉ hiện những đoàn đầu; tải tệp để có đủ.', en: 'Only the first are shown; the file has all.' },
  unknown: { vi: 'Chưa rõ', en: 'Not known' },
  nothing: { vi: 'Không có đoàn nào trong kỳ này.', en: 'No trip in this period.' },
  close: { vi: 'Đóng', en: 'Close' },
  print: { vi: 'In', en: 'Print' },
} as const satisfies Record<string, Text>;

export const outcomeTexts: Readonly<Record<(typeof tripOutcomes)[number], Text>> = {
  done: reportTexts.done,
  underway: reportTexts.underway,
  cancelled: reportTexts.cancelled,
};
