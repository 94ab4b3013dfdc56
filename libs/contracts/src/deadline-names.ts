import type { Text } from './text.js';

/**
 * Every named delay of the outbound-delegation machine and every row of a province's deadline table. The machine uses the name in
 * `after: { appraisalDeadline: … }`, the profile of rules holds its number under the same name.
 */
export const deadlineNames = [
  'unitHeadDeadline',
  'intakeDeadline',
  'appraisalDeadline',
  'opinionDeadline',
  'supplementDeadline',
  'approvalDeadline',
  'clarificationDeadline',
  'decisionDeadline',
  'mofaNotificationDeadline',
  'embassyNotificationDeadline',
  'passportIssueDeadline',
  'amendmentDeadline',
  'departureDue',
  'extensionDeadline',
  'returnDue',
  'reportDeadline',
  'passportReturnDeadline',
  'settlementDeadline',
  'partyReportDeadline',
  'absenceReportDeadline',
  'draftInactive',
  'supplementInactive',
] as const;

export type DeadlineName = (typeof deadlineNames)[number];

/** What people read where a deadline is listed. */
export const deadlineTexts = {
  unitHeadDeadline: text('Hạn thủ trưởng đơn vị ký trình', 'Unit head signs the submission'),
  intakeDeadline: text('Hạn tiếp nhận hồ sơ', 'Dossier is received'),
  appraisalDeadline: text('Hạn cơ quan đầu mối thẩm định', 'Focal agency appraises'),
  opinionDeadline: text('Hạn cơ quan được hỏi trả lời ý kiến', 'Consulted agencies answer'),
  supplementDeadline: text('Hạn đơn vị bổ sung hồ sơ', 'Unit supplements the dossier'),
  approvalDeadline: text('Hạn cấp có thẩm quyền cho ý kiến', 'Approving level decides'),
  clarificationDeadline: text('Hạn làm rõ hồ sơ bị trả lại', 'Returned dossier is clarified'),
  decisionDeadline: text('Hạn ban hành quyết định cử đoàn', 'Decision is issued'),
  mofaNotificationDeadline: text('Hạn thông báo Bộ Ngoại giao', 'Ministry of Foreign Affairs is notified'),
  embassyNotificationDeadline: text('Hạn thông báo cơ quan đại diện', 'Vietnamese mission abroad is notified'),
  passportIssueDeadline: text('Hạn giao hộ chiếu cho đoàn', 'Passports are handed to the delegation'),
  amendmentDeadline: text('Hạn xử lý đề nghị điều chỉnh', 'Amendment request is decided'),
  departureDue: text('Ngày xuất cảnh', 'Day of departure'),
  extensionDeadline: text('Hạn quyết định gia hạn', 'Extension request is decided'),
  returnDue: text('Ngày về nước theo kế hoạch', 'Planned day of return'),
  reportDeadline: text('Hạn nộp báo cáo kết quả chuyến đi', 'Trip report is filed'),
  passportReturnDeadline: text('Hạn nộp lại hộ chiếu', 'Passports are returned'),
  settlementDeadline: text('Hạn quyết toán kinh phí', 'Expenses are settled'),
  partyReportDeadline: text('Hạn đảng viên báo cáo chi bộ', 'Party members report to their cell'),
  absenceReportDeadline: text('Hạn người đứng đầu báo cáo vắng mặt', 'Heads report their absence'),
  draftInactive: text('Dự thảo để lâu không sửa', 'Draft left untouched'),
  supplementInactive: text('Hồ sơ chờ bổ sung quá lâu', 'Supplement left unanswered'),
} satisfies Record<DeadlineName, Text>;

function text(vi: string, en: string): Text {
  return { vi, en };
}
