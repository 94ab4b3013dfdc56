import type { DelegationEventType } from '#contracts/delegation-events.js';
import type { Text } from '#contracts/text.js';

/** What follows from an action, in one sentence, read before it is confirmed; an event without one does not compile. */
export const consequences: Readonly<Record<DelegationEventType, Text>> = {
  SUBMIT: text(
    'Hồ sơ chuyển tới thủ trưởng đơn vị ký trình.',
    'The dossier goes to the head of the unit to be signed.',
  ),
  SIGN_SUBMIT: text(
    'Hồ sơ được gửi tới cơ quan đầu mối; đơn vị không sửa được nữa trừ khi bị yêu cầu bổ sung.',
    'The dossier goes to the focal agency; the unit can no longer edit it unless a supplement is requested.',
  ),
  RETURN_TO_DRAFT: text('Hồ sơ trở lại chuyên viên để sửa.', 'The dossier goes back to the officer to be edited.'),
  WITHDRAW: text('Hồ sơ kết thúc; muốn đi phải lập hồ sơ mới.', 'The case ends; a new one is needed to travel.'),
  RECEIVE: text('Thời hạn thẩm định bắt đầu tính.', 'The term of appraisal begins to run.'),
  REFUSE_RECEIPT: text('Hồ sơ trở lại đơn vị kèm lý do.', 'The dossier goes back to the unit with the reason.'),
  ACCEPT_DOSSIER: text(
    'Hồ sơ được coi là đầy đủ và có thể trình cấp có thẩm quyền; cơ quan quy chế bắt buộc hỏi được hỏi ý kiến ngay.',
    'The dossier counts as complete and can be forwarded; the agencies the rules require are asked at once.',
  ),
  REQUEST_SUPPLEMENT: text(
    'Đơn vị được báo danh mục cần bổ sung; thời hạn thẩm định tạm ngừng.',
    'The unit is told what to supply; the term of appraisal pauses.',
  ),
  RESUBMIT: text(
    'Hồ sơ trở lại cơ quan đầu mối để thẩm định tiếp.',
    'The dossier returns to the focal agency for appraisal.',
  ),
  REQUEST_OPINION: text(
    'Mỗi cơ quan được chọn nhận một việc và một thời hạn trả lời.',
    'Each chosen agency gets a task and a date to answer by.',
  ),
  OPINION_RECEIVED: text('Ý kiến được ghi vào hồ sơ.', 'The opinion is recorded in the dossier.'),
  FORWARD: text('Hồ sơ chuyển tới cấp phê duyệt đầu tiên.', 'The dossier goes to the first approving level.'),
  APPROVE: text(
    'Hồ sơ chuyển sang cấp phê duyệt tiếp theo, hoặc sang ban hành quyết định nếu đây là cấp cuối.',
    'The dossier goes to the next approving level, or to the decision if this is the last one.',
  ),
  APPROVE_WITH_CONDITION: text(
    'Hồ sơ chờ cơ quan đầu mối xác nhận điều kiện đã đáp ứng.',
    'The dossier waits until the focal agency confirms that the condition is met.',
  ),
  CONDITION_CLEARED: text('Hồ sơ đi tiếp theo trình tự phê duyệt.', 'The dossier goes on through the approval.'),
  RETURN: text(
    'Hồ sơ trở lại cơ quan đầu mối để làm rõ.',
    'The dossier goes back to the focal agency for clarification.',
  ),
  REJECT: text('Đoàn không được cử đi; hồ sơ kết thúc.', 'The delegation is not sent; the case ends.'),
  CLARIFY: text('Hồ sơ trở lại cấp đã trả.', 'The dossier returns to the level that sent it back.'),
  RECORD_STEP_DOCUMENT: text(
    'Văn bản được ghi thêm vào bước này; ý kiến của bước và các thời hạn không đổi.',
    'The document is added to this step; its decision and the deadlines stay as they are.',
  ),
  ISSUE_DECISION: text(
    'Quyết định có hiệu lực; việc hộ chiếu, công hàm, thông báo và kinh phí được mở.',
    'The decision is in force; the tasks for passports, note verbale, notifications and funding open.',
  ),
  PASSPORT_GIVEN: text('Hộ chiếu được ghi là đã giao cho đoàn.', 'The passports are recorded as handed over.'),
  NOTE_VERBALE_ISSUED: text('Công hàm được ghi vào hồ sơ.', 'The note verbale is recorded in the dossier.'),
  MOFA_NOTIFIED: text(
    'Việc thông báo Bộ Ngoại giao được ghi là đã xong.',
    'The notification of the Ministry is recorded as done.',
  ),
  EMBASSY_NOTIFIED: text(
    'Việc thông báo cơ quan đại diện được ghi là đã xong.',
    'The notification of the mission is recorded as done.',
  ),
  FUNDING_CONFIRMED: text('Kinh phí được ghi là đã bảo đảm.', 'The funding is recorded as secured.'),
  REQUEST_AMENDMENT: text(
    'Cấp có thẩm quyền nhận đề nghị; quyết định cũ còn hiệu lực cho đến khi có quyết định mới.',
    'The authority gets the request; the old decision holds until there is a new one.',
  ),
  AMENDMENT_APPROVED: text(
    'Nội dung điều chỉnh được áp dụng theo văn bản này.',
    'The change applies under this document.',
  ),
  AMENDMENT_REJECTED: text('Đoàn đi theo quyết định đã có.', 'The delegation travels under the existing decision.'),
  POSTPONE: text('Chuyến đi dừng cho đến khi có ngày mới.', 'The trip stops until there are new dates.'),
  RESCHEDULE: text(
    'Ngày đi mới được ghi và các thời hạn tính lại.',
    'The new dates are recorded and the deadlines counted again.',
  ),
  CANCEL: text('Chuyến đi bị hủy; hồ sơ kết thúc.', 'The trip is cancelled; the case ends.'),
  DEPART: text('Đoàn được ghi là đang ở nước ngoài.', 'The delegation is recorded as abroad.'),
  REQUEST_EXTENSION: text('Cấp có thẩm quyền nhận đề nghị gia hạn.', 'The authority gets the request to extend.'),
  EXTENSION_GRANTED: text('Ngày về mới có hiệu lực.', 'The new day of return is in force.'),
  EXTENSION_REFUSED: text('Đoàn phải về theo ngày đã định.', 'The delegation must return on the day fixed before.'),
  RETURN_HOME: text(
    'Thời hạn báo cáo, nộp hộ chiếu và quyết toán bắt đầu tính.',
    'The terms for report, passports and settlement begin to run.',
  ),
  PASSPORT_RETURNED: text('Hộ chiếu được ghi là đã nộp lại.', 'The passports are recorded as returned.'),
  PASSPORT_LOST: text(
    'Việc mất hộ chiếu được ghi vào hồ sơ và báo cơ quan đầu mối.',
    'The loss is recorded and the focal agency is told.',
  ),
  SUBMIT_REPORT: text(
    'Báo cáo chuyển tới cơ quan đầu mối nghiệm thu.',
    'The report goes to the focal agency to be accepted.',
  ),
  RETURN_REPORT: text('Báo cáo trở lại đơn vị để sửa.', 'The report goes back to the unit to be revised.'),
  ACCEPT_REPORT: text('Nghĩa vụ báo cáo hoàn thành.', 'The duty to report is fulfilled.'),
  SETTLEMENT_DONE: text('Nghĩa vụ quyết toán hoàn thành.', 'The duty to settle is fulfilled.'),
  FREEZE: text(
    'Mọi thời hạn của hồ sơ dừng cho đến khi bỏ tạm dừng.',
    'Every deadline of the case stops until the suspension is lifted.',
  ),
  UNFREEZE: text(
    'Hồ sơ trở lại đúng bước đã dừng và thời hạn tính tiếp.',
    'The case returns to the step where it stopped and its deadlines go on.',
  ),
  GRANT_EXCEPTION: text(
    'Ngoại lệ được ghi vào hồ sơ kèm văn bản cho phép.',
    'The exception is recorded with the document that allows it.',
  ),
};

function text(vi: string, en: string): Text {
  return { vi, en };
}
