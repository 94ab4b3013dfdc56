import type { Text } from '#contracts/text.js';
import type { TaskKind } from '#workflows/outbound-delegation/tasks.js';

/** What somebody has to do, as an inbox says it. */
const taskTexts: Record<TaskKind, Text> = {
  completeDraft: text('Hoàn thiện và trình dự thảo', 'Complete and submit the draft'),
  signSubmission: text('Ký trình hồ sơ', 'Sign the submission'),
  receive: text('Tiếp nhận hồ sơ', 'Receive the dossier'),
  appraise: text('Thẩm định hồ sơ', 'Appraise the dossier'),
  giveOpinion: text('Cho ý kiến', 'Give an opinion'),
  supplement: text('Bổ sung, hoàn thiện hồ sơ', 'Supplement the dossier'),
  approveStep: text('Xem xét, phê duyệt', 'Consider and approve'),
  clarify: text('Làm rõ hồ sơ bị trả lại', 'Clarify the returned dossier'),
  clearCondition: text('Xác nhận đáp ứng điều kiện', 'Confirm the condition is met'),
  issueDecision: text('Ban hành quyết định cử đoàn', 'Issue the decision'),
  preparePassports: text('Chuẩn bị và giao hộ chiếu', 'Prepare and hand over passports'),
  noteVerbale: text('Xin công hàm', 'Obtain the note verbale'),
  notifyMofa: text('Thông báo Bộ Ngoại giao', 'Notify the Ministry of Foreign Affairs'),
  notifyEmbassy: text('Thông báo cơ quan đại diện Việt Nam', 'Notify the Vietnamese mission'),
  confirmFunding: text('Xác nhận kinh phí', 'Confirm the funding'),
  decideAmendment: text('Quyết định đề nghị điều chỉnh', 'Decide the amendment'),
  issueAmendedDecision: text('Ban hành quyết định điều chỉnh', 'Issue the amended decision'),
  reschedule: text('Ấn định ngày đi mới', 'Set new dates'),
  recordDeparture: text('Xác nhận đoàn xuất cảnh', 'Confirm the departure'),
  decideExtension: text('Quyết định đề nghị gia hạn', 'Decide the extension'),
  recordReturn: text('Xác nhận đoàn về nước', 'Confirm the return home'),
  submitReport: text('Nộp báo cáo kết quả chuyến đi', 'File the trip report'),
  acceptReport: text('Nghiệm thu báo cáo', 'Accept the report'),
  reviseReport: text('Sửa báo cáo theo yêu cầu', 'Revise the report'),
  returnPassports: text('Nộp lại hộ chiếu', 'Return the passports'),
  settle: text('Quyết toán kinh phí', 'Settle the expenses'),
  watchFreeze: text('Theo dõi hồ sơ đang tạm dừng', 'Watch the frozen case'),
};

/** A kind that an older version of the workflow knew keeps its id. */
export function taskText(kind: string): Text {
  return taskTexts[kind as TaskKind] ?? text(kind, kind);
}

function text(vi: string, en: string): Text {
  return { vi, en };
}
