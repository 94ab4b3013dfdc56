import type { Text } from '#contracts/text.js';
import type { PlanNoticeTemplate } from '#workflows/annual-plan/notices.js';
import type { NoticeTemplate } from '#workflows/outbound-delegation/waits.js';
import type { AbsenceTemplate } from './mail-template.js';

/** Colour of the band on top: what the reader should feel before reading. */
export type Tone = 'plain' | 'warning' | 'alarm' | 'good';

export interface NoticeText {
  readonly headline: Text;
  readonly body: Text;
  readonly tone: Tone;
}

export const noticeTexts = {
  supplementRequested: notice('warning', {
    headline: text('Hồ sơ cần bổ sung', 'The dossier needs a supplement'),
    body: text(
      'Cơ quan đầu mối đã lập một danh mục bổ sung đầy đủ; xem danh mục trong hồ sơ. Thời gian giải quyết chỉ tính khi hồ sơ đã đủ.',
      'The focal agency made one complete list of what is missing; it is in the case. The time for processing counts only once the dossier is complete.',
    ),
  }),
  supplementInactive: notice('alarm', {
    headline: text('Hồ sơ chờ bổ sung quá lâu', 'The supplement has been left unanswered'),
    body: text(
      'Yêu cầu bổ sung đã quá lâu không có trả lời. Đơn vị nộp bổ sung, hoặc rút hồ sơ nếu không đi nữa.',
      'The request for a supplement has had no answer for long. Supply it, or withdraw the case if the trip is off.',
    ),
  }),
  draftInactive: notice('warning', {
    headline: text('Dự thảo để lâu không sửa', 'A draft has been left untouched'),
    body: text(
      'Dự thảo này lâu không thay đổi. Hoàn thiện và trình, hoặc rút nếu không dùng nữa.',
      'This draft has not changed for long. Complete and submit it, or withdraw it.',
    ),
  }),
  returnedToDraft: notice('warning', {
    headline: text('Hồ sơ được trả lại để sửa', 'The case was returned to draft'),
    body: text(
      'Lý do trả lại nằm trong hồ sơ. Sửa rồi trình lại.',
      'The reason is in the case. Correct it and submit it again.',
    ),
  }),
  returnedForClarification: notice('warning', {
    headline: text('Hồ sơ được trả lại để làm rõ', 'The case was returned for clarification'),
    body: text(
      'Cấp có thẩm quyền cần làm rõ trước khi cho ý kiến. Yêu cầu nằm trong hồ sơ.',
      'The approving level needs a clarification before it decides. The request is in the case.',
    ),
  }),
  approvedWithCondition: notice('plain', {
    headline: text('Đồng ý có điều kiện', 'Approved with a condition'),
    body: text(
      'Một cấp có thẩm quyền đã đồng ý kèm điều kiện. Điều kiện nằm trong hồ sơ và phải được xác nhận trước khi ban hành quyết định.',
      'An approving level agreed with a condition. It is in the case and must be cleared before the decision is issued.',
    ),
  }),
  rejected: notice('alarm', {
    headline: text('Đoàn không được đồng ý', 'The delegation was rejected'),
    body: text(
      'Hồ sơ đã kết thúc. Lý do và văn bản nằm trong hồ sơ; nếu cần, lập hồ sơ mới từ hồ sơ này.',
      'The case is closed. The reason and the document are in it; a new case can be started from it.',
    ),
  }),
  withdrawn: notice('plain', {
    headline: text('Đơn vị đã rút hồ sơ', 'The case was withdrawn'),
    body: text('Hồ sơ đã kết thúc theo đề nghị của đơn vị.', 'The unit withdrew the case; it is closed.'),
  }),
  decisionIssued: notice('good', {
    headline: text('Quyết định cử đoàn đã ban hành', 'The decision has been issued'),
    body: text(
      'Số, ngày và bản đã ký của quyết định nằm trong hồ sơ. Các việc chuẩn bị được giao riêng cho từng đơn vị.',
      'Its number, date and signed copy are in the case. Each office gets its own tasks for the preparation.',
    ),
  }),
  amendmentDecided: notice('plain', {
    headline: text('Đề nghị điều chỉnh đã có kết quả', 'The amendment has been decided'),
    body: text('Xem kết quả và văn bản trong hồ sơ.', 'The result and the document are in the case.'),
  }),
  extensionDecided: notice('warning', {
    headline: text('Đề nghị gia hạn đã có kết quả', 'The extension has been decided'),
    body: text(
      'Xem kết quả và ngày về mới (nếu được gia hạn) trong hồ sơ.',
      'The result, and the new day of return if it was granted, are in the case.',
    ),
  }),
  cancelled: notice('alarm', {
    headline: text('Chuyến đi đã hủy', 'The trip was cancelled'),
    body: text(
      'Văn bản hủy và lý do nằm trong hồ sơ. Dừng các việc chuẩn bị còn lại.',
      'The document and the reason are in the case. Stop what is left of the preparation.',
    ),
  }),
  postponed: notice('warning', {
    headline: text('Chuyến đi hoãn, chưa có ngày mới', 'The trip is postponed'),
    body: text(
      'Chưa có ngày mới. Các thời hạn của chuyến đi dừng cho tới khi định ngày.',
      'There is no new date yet. The deadlines of the trip stand still until there is one.',
    ),
  }),
  rescheduled: notice('plain', {
    headline: text('Chuyến đi đã có ngày mới', 'The trip has new dates'),
    body: text(
      'Ngày mới nằm trong hồ sơ; các thời hạn đã tính lại.',
      'They are in the case; its deadlines were computed again.',
    ),
  }),
  passportsLost: notice('alarm', {
    headline: text('Báo mất hộ chiếu', 'A passport was reported lost'),
    body: text(
      'Đơn vị báo mất hộ chiếu của đoàn. Làm thủ tục trình báo theo quy định ngay.',
      'The unit reports that a passport of the delegation is lost. Report it to the authorities at once.',
    ),
  }),
  reportReturned: notice('warning', {
    headline: text('Báo cáo được trả lại để sửa', 'The report was returned'),
    body: text(
      'Yêu cầu sửa nằm trong hồ sơ. Sửa rồi nộp lại.',
      'What to correct is in the case. Correct it and file it again.',
    ),
  }),
  completed: notice('good', {
    headline: text('Hồ sơ đã hoàn thành', 'The case is completed'),
    body: text(
      'Báo cáo, hộ chiếu và quyết toán đã xong; hồ sơ được lưu.',
      'Report, passports and settlement are done; the case is filed.',
    ),
  }),
  frozen: notice('alarm', {
    headline: text('Tạm dừng theo chỉ đạo', 'Suspended by directive'),
    body: text(
      'Hồ sơ dừng ở bước hiện tại cho tới khi có chỉ đạo mới hoặc được phép ngoại lệ. Văn bản nằm trong hồ sơ.',
      'The case stands still until a new directive or an exception. The document is in the case.',
    ),
  }),
  unfrozen: notice('good', {
    headline: text('Hết tạm dừng', 'The suspension is lifted'),
    body: text('Hồ sơ tiếp tục từ bước đang dở.', 'The case goes on from where it stood.'),
  }),
  substitutionOffered: notice('plain', {
    headline: text('Cử người thay khi bạn đi công tác', 'Name a substitute for your trip'),
    body: text(
      'Bạn là thành viên của đoàn này và có việc chờ bạn quyết định. Mở hồ sơ để cử người thay đúng những ngày đi; việc và thư nhắc sẽ chuyển cho người đó rồi tự trở về bạn.',
      'You travel with this delegation and others wait for your decisions. Open the case to name somebody for exactly those days; tasks and reminders go to them and come back to you by themselves.',
    ),
  }),
  planReturned: notice('warning', {
    headline: text('Kế hoạch đoàn ra được trả lại', 'The annual plan was returned'),
    body: text(
      'Cấp có thẩm quyền đề nghị hoàn chỉnh. Lý do nằm ở trang kế hoạch.',
      'A deciding level returned it. The reason is on the page of the plan.',
    ),
  }),
  planApproved: notice('good', {
    headline: text('Tỉnh ủy đã cho ý kiến về kế hoạch đoàn ra', 'The annual plan has been approved'),
    body: text(
      'Xem kết quả từng dòng ở trang kế hoạch. Đơn vị lập hồ sơ đoàn được từ dòng đã duyệt, không phải chờ ban hành.',
      'The result of each line is on the page of the plan. A trip may be opened from an approved line before the plan is issued.',
    ),
  }),
  planIssued: notice('good', {
    headline: text('Kế hoạch đoàn ra đã ban hành', 'The annual plan has been issued'),
    body: text('Số, ngày văn bản nằm ở trang kế hoạch.', 'Its number and date are on the page of the plan.'),
  }),
  planAdjustmentOpened: notice('plain', {
    headline: text('Mở đợt điều chỉnh kế hoạch đoàn ra', 'The annual plan is being adjusted'),
    body: text(
      'Đơn vị có thể đề nghị thêm, đổi hoặc bỏ dòng kế hoạch trong đợt này.',
      'Units may ask to add, change or drop lines now.',
    ),
  }),
  planItemReturned: notice('warning', {
    headline: text('Đề xuất vào kế hoạch được trả lại', 'A proposed line was returned'),
    body: text(
      'Lý do nằm ở dòng kế hoạch. Sửa rồi gửi lại.',
      'The reason is with the line. Correct it and send it again.',
    ),
  }),
  planItemNotIncluded: notice('alarm', {
    headline: text('Đề xuất không đưa vào kế hoạch', 'A proposed line was left out'),
    body: text('Lý do nằm ở dòng kế hoạch.', 'The reason is with the line.'),
  }),
  planItemMerged: notice('plain', {
    headline: text('Đề xuất được gộp vào dòng khác', 'A proposed line was merged into another'),
    body: text('Xem dòng nhận gộp ở trang kế hoạch.', 'The other line is named with it.'),
  }),
  planItemDeferred: notice('plain', {
    headline: text('Đề xuất chuyển sang năm sau', 'A proposed line was deferred to the next year'),
    body: text('Lý do nằm ở dòng kế hoạch.', 'The reason is with the line.'),
  }),
  planItemDropped: notice('warning', {
    headline: text('Dòng đưa ra khỏi kế hoạch', 'A line was dropped from the plan'),
    body: text('Lý do nằm ở dòng kế hoạch.', 'The reason is with the line.'),
  }),
} satisfies Record<NoticeTemplate | AbsenceTemplate | PlanNoticeTemplate, NoticeText>;

function notice(tone: Tone, { headline, body }: { headline: Text; body: Text }): NoticeText {
  return { tone, headline, body };
}

function text(vi: string, en: string): Text {
  return { vi, en };
}
