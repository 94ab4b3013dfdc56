import type { Text } from '#contracts/text.js';
import type { planTaskNames } from '#workflows/annual-plan/names.js';
import type { TaskKind } from '#workflows/outbound-delegation/tasks.js';
import type { reportTaskNames } from '#workflows/periodic-report/names.js';

/** What a mail about a new task asks its holder to do. One sentence; no name, no itinerary. */
const taskRequests = {
  completeDraft: text(
    'Hoàn thiện đề xuất, đính kèm đủ thành phần hồ sơ rồi trình thủ trưởng đơn vị.',
    'Complete the proposal, attach the dossier and submit it to the head of your unit.',
  ),
  signSubmission: text(
    'Xem đề xuất của đơn vị; ký trình, hoặc trả lại kèm lý do.',
    'Read the proposal of your unit; sign and submit it, or return it with a reason.',
  ),
  receive: text(
    'Kiểm tra thành phần hồ sơ và tiếp nhận, hoặc trả lại kèm lý do.',
    'Check what the dossier holds and receive it, or return it with a reason.',
  ),
  appraise: text(
    'Thẩm định hồ sơ: đối chiếu quy chế, lấy ý kiến nếu cần, yêu cầu bổ sung một lần nếu thiếu, rồi trình cấp có thẩm quyền.',
    'Appraise the dossier: check it against the rules, ask for opinions where needed, request one complete supplement if something is missing, then forward it.',
  ),
  giveOpinion: text(
    'Cơ quan đầu mối đề nghị quý cơ quan cho ý kiến về đoàn này.',
    'The focal agency asks your office for its opinion on this delegation.',
  ),
  supplement: text(
    'Bổ sung các mục đã nêu trong yêu cầu rồi nộp lại. Danh mục nằm trong hồ sơ.',
    'Supply what the request lists and submit again. The list is in the case.',
  ),
  approveStep: text(
    'Xem xét hồ sơ: đồng ý, đồng ý có điều kiện, trả lại để làm rõ hoặc không đồng ý.',
    'Decide on the delegation: approve, approve with a condition, return for clarification or reject.',
  ),
  clarify: text(
    'Cấp có thẩm quyền trả lại hồ sơ để làm rõ. Xem yêu cầu trong hồ sơ rồi trình lại.',
    'The approving level returned the dossier for clarification. Read the request in the case and submit it again.',
  ),
  clearCondition: text(
    'Đoàn được đồng ý kèm điều kiện. Xác nhận khi điều kiện đã đáp ứng.',
    'The delegation was approved with a condition. Confirm once it is met.',
  ),
  issueDecision: text(
    'Ban hành quyết định cử đoàn: lấy số, ngày, người ký và đính kèm bản đã ký.',
    'Issue the decision: record its number, date and signer and attach the signed copy.',
  ),
  preparePassports: text(
    'Chuẩn bị hộ chiếu cho đoàn và xác nhận khi đã giao.',
    'Prepare the passports of the delegation and confirm when they are handed over.',
  ),
  noteVerbale: text(
    'Làm công hàm đề nghị cấp thị thực và ghi số, ngày.',
    'Prepare the note verbale for the visas and record its number and date.',
  ),
  notifyMofa: text(
    'Thông báo chuyến đi cho Bộ Ngoại giao và ghi số, ngày văn bản.',
    'Notify the Ministry of Foreign Affairs and record the number and date of the document.',
  ),
  notifyEmbassy: text(
    'Thông báo chuyến đi cho cơ quan đại diện Việt Nam ở nước ngoài và ghi số, ngày văn bản.',
    'Notify the Vietnamese mission abroad and record the number and date of the document.',
  ),
  confirmFunding: text('Xác nhận nguồn kinh phí của chuyến đi.', 'Confirm the funding of the trip.'),
  decideAmendment: text(
    'Có đề nghị điều chỉnh chuyến đi. Xem các mục thay đổi và quyết định.',
    'A change of the trip is requested. Look at what changes and decide.',
  ),
  issueAmendedDecision: text(
    'Điều chỉnh đã được đồng ý và cần quyết định mới. Ban hành và ghi số, ngày.',
    'The amendment was approved and needs a new decision. Issue it and record its number and date.',
  ),
  reschedule: text(
    'Chuyến đi đang hoãn. Khi có ngày mới, ghi lại để hồ sơ tiếp tục.',
    'The trip is postponed. Record the new dates when they are known.',
  ),
  recordDeparture: text(
    'Đã tới ngày đi theo kế hoạch. Xác nhận đoàn đã xuất cảnh hay chưa.',
    'The planned day of departure has come. Confirm whether the delegation has left.',
  ),
  decideExtension: text(
    'Đoàn xin gia hạn thời gian ở nước ngoài; cần quyết định trước ngày về theo kế hoạch.',
    'The delegation asks to stay longer; a decision is needed before the planned return.',
  ),
  recordReturn: text(
    'Đã tới ngày về theo kế hoạch. Xác nhận ngày đoàn về nước.',
    'The planned day of return has come. Record the day the delegation came back.',
  ),
  submitReport: text('Nộp báo cáo kết quả chuyến đi.', 'File the report on the results of the trip.'),
  acceptReport: text(
    'Đơn vị đã nộp báo cáo. Nghiệm thu, hoặc trả lại kèm yêu cầu sửa.',
    'The unit filed its report. Accept it, or return it with what to correct.',
  ),
  reviseReport: text(
    'Báo cáo được trả lại để sửa. Xem yêu cầu trong hồ sơ rồi nộp lại.',
    'The report was returned. Read the request in the case and file it again.',
  ),
  returnPassports: text(
    'Nộp lại hộ chiếu ngoại giao, công vụ cho cơ quan quản lý.',
    'Return the diplomatic and official passports to the office that keeps them.',
  ),
  settle: text('Quyết toán kinh phí chuyến đi.', 'Settle the expenses of the trip.'),
  watchFreeze: text(
    'Hồ sơ đang tạm dừng theo chỉ đạo. Bỏ tạm dừng hoặc cho phép ngoại lệ khi có văn bản.',
    'The case is suspended by directive. Lift the suspension or grant an exception when a document allows it.',
  ),
} satisfies Record<TaskKind, Text>;

const planRequests = {
  openRegistration: text(
    'Mở đăng ký kế hoạch đoàn ra năm để các đơn vị gửi đề xuất.',
    'Open the registration for the annual plan so that the units can send in their trips.',
  ),
  registerUnit: text(
    'Gửi các đề xuất đoàn ra năm của đơn vị rồi xác nhận đã đăng ký xong, kể cả khi không có đoàn.',
    "Send in your unit's trips of the year, then confirm that the registration is complete, also when there is none.",
  ),
  startConsolidation: text(
    'Đăng ký đã khóa. Bắt đầu tổng hợp kế hoạch, hoặc mở đăng ký bổ sung.',
    'The registration is closed. Start the consolidation, or reopen it.',
  ),
  consolidatePlan: text(
    'Xem xét từng đề xuất, lấy ý kiến nếu cần, rồi trình UBND tỉnh dự thảo kế hoạch.',
    "Examine each line, ask for opinions where needed, then submit the draft to the People's Committee.",
  ),
  givePlanOpinion: text(
    'Cơ quan đầu mối đề nghị quý cơ quan cho ý kiến về dự thảo kế hoạch đoàn ra.',
    'The focal agency asks your office for its opinion on the draft plan.',
  ),
  forwardPlan: text(
    'Xem dự thảo kế hoạch: trình Tỉnh ủy, hoặc trả lại để hoàn chỉnh.',
    'Read the draft plan: forward it to the Party committee, or return it.',
  ),
  approvePlan: text(
    'Cho ý kiến về kế hoạch: đồng ý, nêu điều kiện của từng dòng, hoặc trả lại.',
    'Decide on the plan: approve it, attach conditions to single lines, or return it.',
  ),
  recordMinistryLetter: text(
    'Ghi số, ngày văn bản Bộ Ngoại giao thông báo kế hoạch đã được duyệt.',
    "Record the number and date of the Ministry's letter on the plan.",
  ),
  issuePlan: text('Ban hành kế hoạch: ghi số, ngày văn bản.', 'Issue the plan: record its number and date.'),
  adjustPlan: text(
    'Tổng hợp các đề nghị điều chỉnh rồi trình UBND tỉnh, hoặc bỏ đợt điều chỉnh.',
    "Put the changes together and submit them to the People's Committee, or abandon the adjustment.",
  ),
  closeYear: text('Năm kế hoạch đã hết. Đóng kế hoạch.', 'The year of the plan is over. Close it.'),
  receiveItem: text(
    'Xem đề xuất của đơn vị: tiếp nhận, hoặc trả lại kèm lý do.',
    'Read the proposed line: receive it, or return it with a reason.',
  ),
  supplementItem: text(
    'Bổ sung đề xuất theo yêu cầu rồi nộp lại. Danh mục nằm ở dòng kế hoạch.',
    'Supply what the request lists and submit again. The list is with the line.',
  ),
  clearItemCondition: text(
    'Dòng kế hoạch được duyệt kèm điều kiện. Báo cáo cụ thể với cơ quan đầu mối trước khi trình quyết định cử đoàn.',
    'The line was approved on a condition. Report to the focal agency before the decision on the trip.',
  ),
} satisfies Record<keyof typeof planTaskNames, Text>;

const followUp = text(
  'Báo cáo của một đoàn giao đơn vị bạn việc này. Thực hiện và ghi kết quả; việc được nhắc tới khi đóng.',
  'The report of a trip gives this to your unit. Carry it out and record the result; it is reminded until closed.',
);

const reportRequests = {
  fileUnitReport: text(
    'Cơ quan đầu mối yêu cầu báo cáo đoàn ra định kỳ. Số liệu đã điền sẵn từ các đoàn của đơn vị: kiểm tra, viết nhận xét rồi nộp.',
    "The focal agency asks for the periodic report. Its figures are filled in from your unit's trips: check them, add your remarks and hand it in.",
  ),
  reviseUnitReport: text(
    'Báo cáo định kỳ của đơn vị bị trả lại. Lý do nằm ở báo cáo; sửa rồi nộp lại.',
    "Your unit's periodic report was returned. The reason is with the report; revise it and hand it in again.",
  ),
  reviewUnitReport: text(
    'Một đơn vị đã nộp báo cáo định kỳ. Chấp nhận, hoặc trả lại kèm lý do.',
    'A unit has handed in its periodic report. Accept it, or return it with a reason.',
  ),
  consolidateReports: text(
    'Theo dõi các đơn vị nộp báo cáo định kỳ, rồi tổng hợp báo cáo của tỉnh.',
    "Follow the units' periodic reports, then consolidate the province's report.",
  ),
  issueReport: text(
    'Báo cáo định kỳ của tỉnh đã tổng hợp. Cấp số và ban hành.',
    "The province's periodic report is consolidated. Number and issue it.",
  ),
} satisfies Record<keyof typeof reportTaskNames, Text>;

/** Undefined: a kind of an older version of a workflow. */
export function taskRequestOf(kind: string): Text | undefined {
  const requests: Readonly<Record<string, Text>> = { ...taskRequests, ...planRequests, ...reportRequests, followUp };
  return requests[kind];
}

function text(vi: string, en: string): Text {
  return { vi, en };
}
