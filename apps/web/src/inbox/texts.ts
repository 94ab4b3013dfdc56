import type { Text } from '#contracts/text.js';

/** Words of the inbox. */
export const inboxTexts = {
  dueFilter: { vi: 'Thời hạn', en: 'Due' },
  dueAny: { vi: 'Mọi hạn', en: 'Any date' },
  dueOverdue: { vi: 'Đã quá hạn', en: 'Overdue' },
  dueToday: { vi: 'Đến hạn hôm nay', en: 'Due by today' },
  dueWeek: { vi: 'Trong 7 ngày', en: 'Within 7 days' },
  savedViews: { vi: 'Cách xem đã lưu', en: 'Saved views' },
  saveView: { vi: 'Lưu cách xem', en: 'Save this view' },
  viewName: { vi: 'Tên cách xem', en: 'Name of the view' },
  save: { vi: 'Lưu', en: 'Save' },
  removeView: { vi: 'Xóa cách xem {name}', en: 'Remove the view {name}' },
  clearFilters: { vi: 'Bỏ lọc', en: 'Clear filters' },
  chooseRow: { vi: 'Chọn {code}', en: 'Choose {code}' },
  chosenCount: { vi: 'Đã chọn {n} việc', en: '{n} chosen' },
  unchoose: { vi: 'Bỏ chọn', en: 'Clear the choice' },
  chooseAll: { vi: 'Chọn tất cả loại này', en: 'Choose all of this kind' },
  bulkTitle: { vi: '{action}: {n} hồ sơ', en: '{action}: {n} cases' },
  bulkProgress: {
    vi: 'Đã ghi nhận {done}, bị từ chối {refused}, trong {all} hồ sơ.',
    en: '{done} recorded, {refused} refused, of {all} cases.',
  },
  bulkResults: { vi: 'Kết quả từng hồ sơ', en: 'Result of each case' },
  bulkRecorded: { vi: 'Đã ghi nhận', en: 'Recorded' },
  keySelect: { vi: 'Chọn để làm nhiều việc một lúc', en: 'Choose for several at once' },
  keyForward: { vi: 'Làm việc đi tiếp (duyệt, tiếp nhận, ký…)', en: 'Take it on (approve, receive, sign…)' },
  keyBack: { vi: 'Trả lại', en: 'Return it' },
  keyInbox: { vi: 'Về Việc cần làm', en: 'Back to the inbox' },
} as const satisfies Record<string, Text>;
