import type { Rule } from '#libs/engine';
import type { GuardName } from './guards.js';

const amendmentSource = 'Thông tư 08/2025/TT-BNG (nội dung văn bản cử đi công tác)';
const directive38 = 'Chỉ thị 38-CT/TW ngày 21/07/2014';

/** What a person reads when a guard says no. A source is named only where the rule has one; null is "giả định". */
export const rules = {
  isInPlanOrJustified: rule(
    'Đoàn phải có trong kế hoạch đoàn ra năm, hoặc nêu rõ lý do đi ngoài kế hoạch.',
    'The delegation must be in the annual plan, or say why it travels out of plan.',
    directive38,
  ),
  planItemApproved: rule(
    'Dòng kế hoạch của đoàn chưa được phê duyệt.',
    'The line of the annual plan has not been approved.',
  ),
  noClassifiedContent: rule(
    'Hồ sơ có nội dung mật: không xử lý trên hệ thống này, chuyển theo đường văn bản mật.',
    'The dossier has classified content: it may not be handled in this system.',
    'Luật Bảo vệ bí mật nhà nước 117/2025/QH15, hiệu lực 01/03/2026',
  ),
  dossierComplete: rule(
    'Hồ sơ còn thiếu tài liệu bắt buộc.',
    'Mandatory documents of the dossier are missing.',
    'TP. Hồ Chí Minh 2023: hồ sơ thiếu hoặc trễ thì không thẩm định',
  ),
  datesKnown: rule(
    'Chưa có ngày đi và ngày về, hoặc ngày về trước ngày đi.',
    'The days of departure and return are missing, or the return is before the departure.',
  ),
  leadTimeOkOrUrgent: rule(
    'Hồ sơ nộp quá sát ngày đi mà chưa nêu lý do gấp.',
    'The dossier comes too close to the departure and gives no reason for urgency.',
    'Bộ Giáo dục và Đào tạo: ít nhất 20 ngày làm việc trước ngày đi (tham khảo; tỉnh tự đặt số)',
  ),
  limitsOkOrJustified: rule(
    'Vượt giới hạn (số chuyến trong năm, số người, số ngày, số nước hoặc hai lãnh đạo chủ chốt cùng đoàn) mà chưa nêu lý do đặc biệt.',
    'A limit (trips a year, members, days, countries, two key leaders) is exceeded without a justification.',
    directive38,
  ),
  noEligibilityBlock: rule(
    'Có thành viên thuộc diện chưa được cử đi (tạm hoãn xuất cảnh, đang bị xem xét kỷ luật, đang bị kiểm tra…).',
    'A member may not travel at present (exit suspension, disciplinary review, inspection …).',
    'Thành ủy TP. Hồ Chí Minh, công văn 2184 (tham khảo)',
  ),
  notFrozen: rule(
    'Đang tạm dừng cử đoàn theo chỉ đạo, hồ sơ này chưa được xét ngoại lệ.',
    'Delegations are suspended at present and this case has no exception.',
    'Kết luận 167-KL/TW (2025)',
  ),
  hasDocument: rule('Phải ghi số và ngày của văn bản.', 'Number and date of the document must be given.'),
  notOwnProposal: rule(
    'Không tự duyệt chuyến đi của mình: bạn, hoặc người bạn thay mặt, là người đề xuất hay thành viên đoàn.',
    'Nobody approves their own trip: you, or the person you act for, proposed it or travel with it.',
  ),
  dossierAccepted: rule('Chưa xác nhận hồ sơ đầy đủ, hợp lệ.', 'The dossier has not been accepted as complete yet.'),
  hasApprovalRoute: rule(
    'Chưa xác định cấp phê duyệt cho đoàn này trong quy chế của tỉnh.',
    'The province’s rules name no approving level for this delegation.',
  ),
  isRejectRecommended: rule('Chỉ khi đề nghị không đồng ý.', 'Only when a refusal is recommended.'),
  opinionsNeverAsked: rule('Đã hỏi ý kiến cơ quan khác.', 'Opinions have been asked.'),
  allOpinionsIn: rule(
    'Còn cơ quan được hỏi chưa trả lời ý kiến.',
    'An agency that was asked has not given its opinion yet.',
  ),
  opinionInWriting: rule(
    'Quy chế yêu cầu cơ quan này trả lời bằng văn bản: phải ghi số và ngày văn bản.',
    'The rules ask this agency for a written answer: number and date of its document must be given.',
  ),
  requiredOpinionsIn: rule(
    'Chưa có ý kiến của cơ quan mà quy chế bắt buộc phải hỏi (đoàn ngoài kế hoạch dùng ngân sách: Sở Tài chính thẩm định dự toán).',
    'An agency that the rules require has not been heard (out of plan on the budget: the Department of Finance appraises the costs).',
  ),
  requiredNotAsked: rule(
    'Các cơ quan quy chế bắt buộc hỏi đều đã được hỏi.',
    'Every agency the rules require has been asked.',
  ),
  notYetAsked: rule('Cơ quan này đã được hỏi ý kiến.', 'This agency has already been asked.'),
  opinionIsAwaited: rule(
    'Cơ quan này không được hỏi, hoặc đã trả lời.',
    'This agency was not asked, or has answered already.',
  ),
  silenceMeansConsent: rule(
    'Theo quy chế của tỉnh, không trả lời không có nghĩa là đồng ý.',
    'By the province’s rules silence is not consent.',
  ),
  notRecommendedAgainst: rule(
    'Cơ quan đầu mối đề nghị không đồng ý. Muốn đồng ý thì trả lại để làm rõ, thẩm định lại.',
    'The focal agency recommends a refusal. To approve, return the dossier for clarification first.',
  ),
  stepDocumentRecorded: rule(
    'Quy chế yêu cầu bước này ghi đúng loại văn bản trả lời; văn bản đã ghi không thuộc loại đó hoặc chưa chọn loại.',
    'The rules say which type of document this step records; the one given is of another type, or of none.',
  ),
  stepAgreed: rule(
    'Bước này chưa có ý kiến đồng ý còn hiệu lực: văn bản được ghi cùng với ý kiến của bước.',
    'This level has not agreed, or its approval no longer counts: the document is recorded with its answer.',
  ),
  stepDocumentNew: rule('Văn bản này đã được ghi cho bước đó.', 'This document is already recorded for that level.'),
  stepsRemain: rule('Các cấp đã cho ý kiến đủ.', 'All levels have decided.'),
  conditionOpen: rule('Không có điều kiện nào đang chờ.', 'No condition is open.'),
  conditionCleared: rule(
    'Điều kiện kèm theo khi đồng ý (của cấp duyệt hoặc của kế hoạch năm) chưa được đáp ứng.',
    'A condition set by an approving level or by the annual plan has not been cleared.',
    'Kế hoạch 43 (2019) tỉnh Thái Nguyên, cột ghi chú',
  ),
  everyStepDecided: rule(
    'Mỗi cấp phê duyệt phải có người quyết định, số và ngày văn bản.',
    'Each approving level needs a recorded decider, document number and date.',
  ),
  approvalsMatchContent: rule(
    'Nội dung đã sửa sau khi phê duyệt: ý kiến đồng ý trước đó không còn hiệu lực, phải trình lại.',
    'The content was changed after it was approved: earlier approvals no longer count and must be asked again.',
  ),
  noDecisionYet: rule(
    'Đã có quyết định cử đoàn: không rút được hồ sơ, phải hủy chuyến.',
    'A decision has been issued: the dossier can no longer be withdrawn, the trip must be cancelled.',
  ),
  hasDecision: rule(
    'Chưa có quyết định cử đoàn: rút hồ sơ thay vì hủy chuyến.',
    'No decision has been issued: withdraw the dossier instead of cancelling the trip.',
  ),
  signerHasAuthority: rule(
    'Người ký không có thẩm quyền ký quyết định này, hoặc chính là người trong đoàn.',
    'The signer may not sign this decision, or travels with the delegation.',
  ),
  isNotNeeded: rule('Chuyến đi này cần bước chuẩn bị đó.', 'This trip needs that preparation.'),
  isPrepared: rule('Bước chuẩn bị đó chưa xong.', 'That preparation is not done.'),
  preparationsDone: rule(
    'Còn bước chuẩn bị bắt buộc chưa xong (hộ chiếu, công hàm, thông báo Bộ Ngoại giao và cơ quan đại diện, kinh phí).',
    'A mandatory preparation is not done (passports, note verbale, notifications, funding).',
  ),
  contentMatchesDecision: rule(
    'Nội dung chuyến đi khác với quyết định đã ban hành: phải điều chỉnh quyết định trước.',
    'The trip differs from the decision issued: amend the decision first.',
    amendmentSource,
  ),
  noAmendmentOpen: rule('Đang có đề nghị điều chỉnh chưa xử lý.', 'An amendment request is still open.'),
  amendmentNamesChanges: rule(
    'Nội dung đã sửa khác với nội dung đề nghị điều chỉnh. Từ chối đề nghị này để đơn vị đề nghị lại cho đủ.',
    'Other contents were edited than the amendment asks for. Reject it, so that the unit asks again for all of them.',
    amendmentSource,
  ),
  amendmentChangesContent: rule(
    'Chưa sửa nội dung nào so với quyết định: không có gì để đồng ý. Đơn vị sửa hồ sơ, hoặc từ chối đề nghị này.',
    'Nothing differs from the decision, so there is nothing to approve. Edit the dossier, or reject the request.',
    amendmentSource,
  ),
  amendmentInTime: rule(
    'Đề nghị điều chỉnh quá sát ngày đi: quy chế của tỉnh không nhận khi không nêu lý do gấp, hoặc không nhận dù có lý do.',
    'The amendment comes too close to the departure: the province’s rules do not take it without a reason for the urgency, or at all.',
  ),
  amendmentOpen: rule('Không có đề nghị điều chỉnh nào đang chờ.', 'No amendment request is open.'),
  fewerThanTwoChanges: rule(
    'Thay đổi từ hai nội dung trở lên: phải ban hành quyết định mới.',
    'Two or more contents are changed: a new decision must be issued.',
    amendmentSource,
  ),
  tooManyChanges: rule('Số nội dung thay đổi chưa tới mức phải thẩm định lại.', 'Too few changes for a new appraisal.'),
  needsNewDecision: rule(
    'Thay đổi một nội dung: xác nhận ngay trên quyết định đã có.',
    'One content is changed: it is confirmed on the decision itself.',
    amendmentSource,
  ),
  datesInOrder: rule('Ngày về phải sau ngày đi.', 'The return must not be before the departure.'),
  newDatesNotPast: rule('Ngày đi mới đã qua.', 'The new day of departure has passed.'),
  newDecisionAwaited: rule(
    'Không có đề nghị điều chỉnh nào đang chờ quyết định mới.',
    'No amendment waits for a new decision.',
  ),
  noFurtherLevel: rule(
    'Đoàn sau khi điều chỉnh phải có thêm cấp phê duyệt: từ chối điều chỉnh này, hủy hoặc hoãn chuyến và trình lại.',
    'As amended the delegation needs a further approving level: reject the amendment, then cancel or postpone and submit again.',
  ),
  departureNotInFuture: rule('Ngày xuất cảnh chưa tới.', 'The day of departure is still to come.'),
  returnAfterDeparture: rule(
    'Ngày về nước phải từ ngày xuất cảnh đến hôm nay.',
    'The day of return must lie between the departure and today.',
  ),
  returnsOnPlannedDay: rule(
    'Theo quy chế của tỉnh, ngày về phải có người xác nhận.',
    'By the province’s rules somebody must confirm the return.',
  ),
  laterThanPlannedReturn: rule(
    'Ngày về mới phải sau ngày về đã duyệt.',
    'The new day of return must be after the approved one.',
  ),
  beforePlannedReturn: rule(
    'Phải đề nghị gia hạn trước khi hết ngày về đã duyệt.',
    'An extension must be requested before the approved day of return is over.',
    'TP. Hồ Chí Minh 2023: gia hạn phải có ý kiến trước (tham khảo)',
  ),
  extensionInTime: rule(
    'Đề nghị gia hạn quá sát ngày về: quy chế của tỉnh không nhận khi không nêu lý do gấp, hoặc không nhận dù có lý do.',
    'The extension comes too close to the return: the province’s rules do not take it without a reason for the urgency, or at all.',
  ),
  extensionOpen: rule('Không có đề nghị gia hạn nào đang chờ.', 'No extension request is open.'),
  settlementNotNeeded: rule('Chuyến đi này phải quyết toán.', 'The expenses of this trip must be settled.'),
  noExceptionGranted: rule(
    'Hồ sơ này đã được xét ngoại lệ, không thuộc diện tạm dừng.',
    'This case has an exception and is not suspended.',
  ),
  frozenIn: rule('Hồ sơ được tạm dừng ở bước khác.', 'The case was suspended in another phase.'),
} satisfies Record<GuardName, Rule>;

function rule(vi: string, en: string, source: string | null = null): Rule {
  return { text: { vi, en }, source };
}
