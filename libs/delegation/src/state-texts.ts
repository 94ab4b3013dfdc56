import type { Text } from '#contracts/text.js';

interface NamedState {
  readonly id: string;
  readonly text: Text;
}

/** The five phases people are told about (DESIGN section 4), and the endings. */
const phaseTexts: Readonly<Record<string, Text>> = {
  proposal: text('Đề xuất', 'Proposal'),
  appraisal: text('Thẩm định', 'Appraisal'),
  approval: text('Phê duyệt', 'Approval'),
  notification: text('Thông báo Bộ Ngoại giao', 'Notification of the Ministry'),
  trip: text('Chuyến đi và báo cáo', 'Trip and report'),
  frozen: text('Tạm dừng theo chỉ đạo', 'Frozen by directive'),
  completed: text('Hoàn thành', 'Completed'),
  rejected: text('Từ chối', 'Rejected'),
  withdrawn: text('Đơn vị đã rút', 'Withdrawn'),
  cancelled: text('Đã hủy chuyến', 'Cancelled'),
};

/** States somebody waits in; a state that only routes, and the regions themselves, have no name of their own. */
const stateTexts: Readonly<Record<string, Text>> = {
  ...phaseTexts,
  'proposal.draft': text('Đang soạn dự thảo', 'Drafting'),
  'proposal.awaitingUnitHead': text('Chờ thủ trưởng đơn vị ký trình', 'Awaiting the unit head'),
  'appraisal.intake': text('Chờ cơ quan đầu mối tiếp nhận', 'Awaiting receipt'),
  'appraisal.review': text('Đang thẩm định', 'Under appraisal'),
  'appraisal.review.dossier.checking': text('Đang kiểm tra hồ sơ', 'Dossier being checked'),
  'appraisal.review.dossier.accepted': text('Hồ sơ đầy đủ, hợp lệ', 'Dossier accepted'),
  'appraisal.review.opinions.notNeeded': text('Chưa lấy ý kiến', 'No opinion asked'),
  'appraisal.review.opinions.asking': text('Đang lấy ý kiến', 'Opinions being asked'),
  'appraisal.review.opinions.complete': text('Đã đủ ý kiến', 'All opinions in'),
  'appraisal.supplementRequested': text('Chờ bổ sung, hoàn thiện hồ sơ', 'Awaiting a supplement'),
  'approval.step': text('Chờ phê duyệt', 'Awaiting approval'),
  'approval.awaitingCondition': text('Chờ đáp ứng điều kiện', 'Awaiting a condition'),
  'approval.returnedForClarification': text('Trả lại để làm rõ', 'Returned for clarification'),
  'notification.awaitingDecision': text('Chờ ban hành quyết định', 'Awaiting the decision'),
  'notification.preparing': text('Đã có quyết định, chuẩn bị xuất cảnh', 'Decided, preparing to leave'),
  'notification.preparing.passports.pending': text('Chờ giao hộ chiếu', 'Passports pending'),
  'notification.preparing.noteVerbale.pending': text('Chờ công hàm', 'Note verbale pending'),
  'notification.preparing.mofaNotification.pending': text('Chờ thông báo Bộ Ngoại giao', 'Ministry to be notified'),
  'notification.preparing.embassyNotification.pending': text(
    'Chờ thông báo cơ quan đại diện',
    'Mission to be notified',
  ),
  'notification.preparing.funding.pending': text('Chờ xác nhận kinh phí', 'Funding to be confirmed'),
  'notification.preparing.departure.due': text('Đến ngày đi, chờ xác nhận', 'Departure to be confirmed'),
  'notification.preparing.amendment.requested': text('Đang điều chỉnh', 'Amendment requested'),
  'notification.postponed': text('Hoãn, chưa có ngày mới', 'Postponed'),
  'trip.abroad': text('Đang ở nước ngoài', 'Abroad'),
  'trip.abroad.extension.extensionRequested': text('Đang xin gia hạn', 'Extension requested'),
  'trip.abroad.amendment.requested': text('Đang điều chỉnh', 'Amendment requested'),
  'trip.abroad.amendment.newDecisionRequested': text('Chờ quyết định điều chỉnh', 'Amended decision awaited'),
  'trip.closing': text('Đã về nước, hoàn tất nghĩa vụ', 'Back home, closing'),
  'trip.closing.report.due.notSubmitted': text('Chờ báo cáo', 'Report awaited'),
  'trip.closing.report.due.overdue': text('Quá hạn báo cáo', 'Report overdue'),
  'trip.closing.report.submitted': text('Báo cáo chờ nghiệm thu', 'Report to be accepted'),
  'trip.closing.report.returned': text('Báo cáo phải sửa', 'Report returned'),
  'trip.closing.report.accepted': text('Báo cáo đã nghiệm thu', 'Report accepted'),
  'trip.closing.passports.due.awaiting': text('Chờ nộp lại hộ chiếu', 'Passports to be returned'),
  'trip.closing.passports.due.overdue': text('Quá hạn nộp hộ chiếu', 'Passports overdue'),
  'trip.closing.passports.returned': text('Đã nộp lại hộ chiếu', 'Passports returned'),
  'trip.closing.passports.lost': text('Mất hộ chiếu', 'Passport lost'),
  'trip.closing.settlement.due.pending': text('Chờ quyết toán', 'Settlement awaited'),
  'trip.closing.settlement.due.overdue': text('Quá hạn quyết toán', 'Settlement overdue'),
  'trip.closing.settlement.settled': text('Đã quyết toán', 'Settled'),
};

/** The active states that have a name, the most general first. */
export function namedStates(states: readonly string[]): NamedState[] {
  return states.flatMap((id) => (stateTexts[id] ? [{ id, text: stateTexts[id] }] : []));
}

/** The one line for a list: the first named state below the phase, or the phase itself. */
export function stateText(states: readonly string[]): NamedState {
  const named = namedStates(states);
  return named.find(({ id }) => id.includes('.')) ?? named[0] ?? unnamed(states);
}

export function phaseOf(states: readonly string[]): NamedState {
  const id = states.find((state) => phaseTexts[state]);
  return id === undefined ? unnamed(states) : { id, text: phaseTexts[id]! };
}

/** A state an older version of the machine had. */
function unnamed(states: readonly string[]): NamedState {
  const id = states.at(-1) ?? 'unknown';
  return { id, text: text(id, id) };
}

function text(vi: string, en: string): Text {
  return { vi, en };
}
