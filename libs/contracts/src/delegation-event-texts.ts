import type { DelegationEventType } from './delegation-events.js';
import type { Text } from './text.js';

/** What a button says and what the timeline says happened: an infinitive serves both. */
export const delegationEventTexts = {
  SUBMIT: text('Trình thủ trưởng đơn vị', 'Submit to the unit head'),
  SIGN_SUBMIT: text('Ký trình cơ quan đầu mối', 'Sign and send to the focal agency'),
  RETURN_TO_DRAFT: text('Trả lại để sửa dự thảo', 'Return to draft'),
  WITHDRAW: text('Rút hồ sơ', 'Withdraw'),
  RECEIVE: text('Tiếp nhận hồ sơ', 'Receive the dossier'),
  REFUSE_RECEIPT: text('Từ chối tiếp nhận', 'Refuse receipt'),
  ACCEPT_DOSSIER: text('Xác nhận hồ sơ đầy đủ', 'Confirm the dossier is complete'),
  REQUEST_SUPPLEMENT: text('Yêu cầu bổ sung hồ sơ', 'Request a supplement'),
  RESUBMIT: text('Nộp hồ sơ đã bổ sung', 'Resubmit the supplemented dossier'),
  REQUEST_OPINION: text('Lấy ý kiến cơ quan liên quan', 'Ask agencies for their opinion'),
  OPINION_RECEIVED: text('Ghi nhận ý kiến', 'Record an opinion'),
  FORWARD: text('Trình phê duyệt', 'Forward for approval'),
  APPROVE: text('Đồng ý', 'Approve'),
  APPROVE_WITH_CONDITION: text('Đồng ý có điều kiện', 'Approve with a condition'),
  CONDITION_CLEARED: text('Xác nhận đã đáp ứng điều kiện', 'Confirm the condition is met'),
  RETURN: text('Trả lại để làm rõ', 'Return for clarification'),
  REJECT: text('Từ chối', 'Reject'),
  CLARIFY: text('Giải trình, trình lại', 'Clarify and send again'),
  ISSUE_DECISION: text('Ban hành quyết định cử đoàn', 'Issue the decision'),
  PASSPORT_GIVEN: text('Giao hộ chiếu', 'Hand over passports'),
  NOTE_VERBALE_ISSUED: text('Cấp công hàm', 'Issue the note verbale'),
  MOFA_NOTIFIED: text('Thông báo Bộ Ngoại giao', 'Notify the Ministry of Foreign Affairs'),
  EMBASSY_NOTIFIED: text('Thông báo cơ quan đại diện', 'Notify the mission abroad'),
  FUNDING_CONFIRMED: text('Xác nhận kinh phí', 'Confirm the funding'),
  REQUEST_AMENDMENT: text('Đề nghị điều chỉnh', 'Request an amendment'),
  AMENDMENT_APPROVED: text('Đồng ý điều chỉnh', 'Approve the amendment'),
  AMENDMENT_REJECTED: text('Không đồng ý điều chỉnh', 'Reject the amendment'),
  POSTPONE: text('Hoãn chuyến đi', 'Postpone the trip'),
  RESCHEDULE: text('Ấn định ngày mới', 'Set new dates'),
  CANCEL: text('Hủy chuyến đi', 'Cancel the trip'),
  DEPART: text('Xác nhận xuất cảnh', 'Confirm departure'),
  REQUEST_EXTENSION: text('Xin gia hạn ở nước ngoài', 'Ask to stay longer'),
  EXTENSION_GRANTED: text('Đồng ý gia hạn', 'Grant the extension'),
  EXTENSION_REFUSED: text('Không đồng ý gia hạn', 'Refuse the extension'),
  RETURN_HOME: text('Xác nhận đã về nước', 'Confirm the return home'),
  PASSPORT_RETURNED: text('Nhận lại hộ chiếu', 'Take back passports'),
  PASSPORT_LOST: text('Báo mất hộ chiếu', 'Report a lost passport'),
  SUBMIT_REPORT: text('Nộp báo cáo kết quả', 'File the report'),
  RETURN_REPORT: text('Trả lại báo cáo để sửa', 'Return the report'),
  ACCEPT_REPORT: text('Nghiệm thu báo cáo', 'Accept the report'),
  SETTLEMENT_DONE: text('Hoàn tất quyết toán', 'Settle the expenses'),
  FREEZE: text('Tạm dừng theo chỉ đạo', 'Freeze by directive'),
  UNFREEZE: text('Cho tiếp tục', 'Unfreeze'),
  GRANT_EXCEPTION: text('Cho phép ngoại lệ', 'Grant an exception'),
} satisfies Record<DelegationEventType, Text>;

function text(vi: string, en: string): Text {
  return { vi, en };
}
