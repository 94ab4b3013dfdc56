import type { ChangedDayKind } from '#contracts/calendar.js';
import type { Text } from '#contracts/text.js';

/** Words of the calendar alone; they come with its page. */
export const calendarTexts = {
  calendar: { vi: 'Lịch làm việc', en: 'Working calendar' },
  intro: {
    vi: 'Mọi thời hạn được tính theo lịch này. Ngày nghỉ và hoán đổi mới công bố được ghi kèm văn bản; trước khi áp dụng, xem thời hạn nào đổi và ai được báo.',
    en: 'Every deadline is counted by this calendar. Newly announced holidays and swaps are entered with their document; before they apply, see which deadlines move and who is told.',
  },
  year: { vi: 'Năm', en: 'Year' },
  versionNow: { vi: 'Phiên bản lịch', en: 'Calendar version' },
  day: { vi: 'Ngày', en: 'Day' },
  weekday: { vi: 'Thứ', en: 'Weekday' },
  kind: { vi: 'Loại', en: 'Kind' },
  name: { vi: 'Tên', en: 'Name' },
  source: { vi: 'Căn cứ', en: 'Source' },
  verified: { vi: 'đã đối chiếu', en: 'verified' },
  unverified: { vi: 'chưa xác minh', en: 'not verified' },
  notApplied: { vi: 'chưa áp dụng', en: 'not applied' },
  confirm: { vi: 'Xác minh', en: 'Verify' },
  changeNumber: { vi: 'thay đổi số {n}', en: 'change {n}' },
  none: {
    vi: 'Năm này chưa có ngày nào trong lịch; chỉ trừ thứ Bảy và Chủ nhật.',
    en: 'No days are known for this year; only Saturdays and Sundays are taken out.',
  },
  changes: { vi: 'Các thay đổi đã ghi', en: 'Changes entered' },
  noChanges: {
    vi: 'Chưa có thay đổi nào ngoài lịch kèm theo sản phẩm.',
    en: 'No change beside the calendar that came with the product.',
  },
  number: { vi: 'Số', en: 'No.' },
  document: { vi: 'Văn bản', en: 'Document' },
  days: { vi: 'Ngày thay đổi', en: 'Days' },
  enteredBy: { vi: 'Người ghi', en: 'Entered by' },
  operator: { vi: 'người vận hành', en: 'the operator' },
  wholeCountry: { vi: 'cả nước', en: 'whole country' },
  ownProvince: { vi: 'riêng tỉnh', en: 'this province' },
  withdrew: { vi: 'Rút thay đổi số {n}', en: 'Withdraws change {n}' },
  withdrawnBy: { vi: 'đã rút bởi số {n}', en: 'withdrawn by {n}' },
  withdraw: { vi: 'Rút', en: 'Withdraw' },
  withdrawTitle: { vi: 'Rút thay đổi số {n}', en: 'Withdraw change {n}' },
  add: { vi: 'Thêm thay đổi', en: 'Add a change' },
  addTitle: { vi: 'Thay đổi mới công bố', en: 'A newly announced change' },
  scope: { vi: 'Phạm vi', en: 'Scope' },
  documentNumber: { vi: 'Số, ký hiệu văn bản', en: 'Document number' },
  documentDate: { vi: 'Ngày văn bản', en: 'Document date' },
  reason: { vi: 'Lý do', en: 'Reason' },
  nameVi: { vi: 'Tên ngày (tiếng Việt)', en: 'Name of the day (Vietnamese)' },
  nameEn: { vi: 'Tên ngày (tiếng Anh)', en: 'Name of the day (English)' },
  addDay: { vi: 'Thêm ngày', en: 'Add a day' },
  removeDay: { vi: 'Bỏ ngày này', en: 'Remove this day' },
  preview: { vi: 'Xem ai bị ảnh hưởng', en: 'See who is affected' },
  cancel: { vi: 'Thôi', en: 'Cancel' },
  apply: { vi: 'Áp dụng và tính lại', en: 'Apply and recompute' },
  applied: {
    vi: 'Đã áp dụng thay đổi số {n}: {deadlines} thời hạn của {cases} hồ sơ được tính lại.',
    en: 'Change {n} applied: {deadlines} deadlines of {cases} cases were recomputed.',
  },
  impact: { vi: 'Ai bị ảnh hưởng', en: 'Who is affected' },
  before: { vi: 'Đang là', en: 'Now' },
  after: { vi: 'Sẽ là', en: 'Then' },
  works: { vi: 'làm việc', en: 'worked' },
  off: { vi: 'nghỉ', en: 'off' },
  deadline: { vi: 'Thời hạn', en: 'Deadline' },
  told: { vi: 'Người được báo', en: 'Who is told' },
  nobody: { vi: 'không ai', en: 'nobody' },
  counts: {
    vi: '{deadlines} thời hạn của {cases} hồ sơ đổi ngày (trong {open} hồ sơ đang chạy); {people} người được báo.',
    en: '{deadlines} deadlines of {cases} cases move (of {open} running cases); {people} people are told.',
  },
  nothingMoves: {
    vi: 'Không thời hạn nào trong {open} hồ sơ đang chạy đổi ngày; không ai bị báo.',
    en: 'No deadline of the {open} running cases moves; nobody is told.',
  },
  onlyReminders: {
    vi: '{reminders} thời hạn khác giữ nguyên ngày, chỉ các lần nhắc trước đó được tính lại; không ai nhận thư vì việc này.',
    en: '{reminders} more deadlines stay on their day; only the reminders before it are recounted, and nobody gets a mail about that.',
  },
  more: { vi: 'Còn {n} hồ sơ nữa không hiện ở đây.', en: '{n} more cases are not shown here.' },
} satisfies Record<string, Text>;

export const dayKindTexts: Readonly<Record<ChangedDayKind, Text>> = {
  publicHoliday: { vi: 'ngày lễ', en: 'public holiday' },
  compensatory: { vi: 'nghỉ bù', en: 'day in lieu' },
  swappedOff: { vi: 'nghỉ hoán đổi', en: 'swapped day off' },
  swappedWorked: { vi: 'làm bù', en: 'worked for a swap' },
  ordinary: { vi: 'bãi bỏ ngày nghỉ', en: 'called off' },
};

const weekdays: readonly Text[] = [
  { vi: 'Chủ nhật', en: 'Sunday' },
  { vi: 'thứ Hai', en: 'Monday' },
  { vi: 'thứ Ba', en: 'Tuesday' },
  { vi: 'thứ Tư', en: 'Wednesday' },
  { vi: 'thứ Năm', en: 'Thursday' },
  { vi: 'thứ Sáu', en: 'Friday' },
  { vi: 'thứ Bảy', en: 'Saturday' },
];

/** `day`: YYYY-MM-DD. */
export function weekdayText(day: string): Text {
  // Days from a Monday: 01/01/2001 was one.
  const passed = Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse('2001-01-01T00:00:00Z')) / 86_400_000);
  return weekdays[(((passed + 1) % 7) + 7) % 7] ?? { vi: '', en: '' };
}
