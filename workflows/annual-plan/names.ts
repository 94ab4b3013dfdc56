import type { PlanCycleEventType, PlanItemEventType } from '#contracts/plan-events.js';
import type { Text } from '#contracts/text.js';
import type { planCycleStates } from './cycle-machine.js';
import type { PlanCycleTaskKind } from './cycle-tasks.js';
import type { planItemStates } from './item-machine.js';
import type { PlanItemTaskKind } from './item-tasks.js';

/** Routing states are passed through and never stored. */
type Passing = 'routing' | 'entering' | 'deciding';
type StatePaths<States> = {
  [Key in Exclude<keyof States & string, Passing>]: States[Key] extends { states: infer Children }
    ? Key | `${Key}.${StatePaths<Children>}`
    : Key;
}[Exclude<keyof States & string, Passing>];

export const planCycleStateNames = {
  notOpened: text('Chưa mở đăng ký', 'Not opened'),
  open: text('Đang mở đăng ký', 'Registration open'),
  locked: text('Đã khóa đăng ký', 'Registration closed'),
  reopened: text('Mở đăng ký bổ sung', 'Registration reopened'),
  consolidating: text('Cơ quan đầu mối tổng hợp', 'Consolidation'),
  'consolidating.opinions': text('Lấy ý kiến', 'Opinions'),
  'consolidating.opinions.notAsked': text('Chưa lấy ý kiến', 'No opinion asked'),
  'consolidating.opinions.asking': text('Đang lấy ý kiến', 'Opinions being asked'),
  'consolidating.opinions.complete': text('Đã đủ ý kiến', 'All opinions in'),
  submitted: text('Trình duyệt', 'Submitted'),
  'submitted.committee': text('Chờ UBND tỉnh trình Tỉnh ủy', "Before the People's Committee"),
  'submitted.ministryFirst': text(
    'Chờ văn bản của Bộ Ngoại giao trước khi Tỉnh ủy cho ý kiến',
    "Awaiting the Ministry's letter before the Party committee",
  ),
  'submitted.party': text('Chờ Tỉnh ủy cho ý kiến', 'Before the Party committee'),
  approved: text('Tỉnh ủy đã duyệt', 'Approved'),
  'approved.awaitingMinistry': text('Chờ văn bản của Bộ Ngoại giao', "Awaiting the Ministry's letter"),
  'approved.awaitingIssue': text('Chờ ban hành', 'Awaiting issue'),
  issued: text('Đã ban hành', 'Issued'),
  'issued.running': text('Đang thực hiện', 'Being carried out'),
  'issued.yearOver': text('Hết năm, chờ đóng', 'The year is over'),
  adjusting: text('Điều chỉnh giữa năm', 'Mid-year adjustment'),
  'adjusting.collecting': text('Đang tổng hợp điều chỉnh', 'Collecting the changes'),
  'adjusting.committee': text('Điều chỉnh chờ UBND tỉnh trình Tỉnh ủy', "Adjustment before the People's Committee"),
  'adjusting.ministryFirst': text(
    'Điều chỉnh chờ văn bản của Bộ Ngoại giao trước khi Tỉnh ủy cho ý kiến',
    "Adjustment awaiting the Ministry's letter before the Party committee",
  ),
  'adjusting.party': text('Điều chỉnh chờ Tỉnh ủy cho ý kiến', 'Adjustment before the Party committee'),
  'adjusting.awaitingMinistry': text(
    'Điều chỉnh chờ văn bản của Bộ Ngoại giao',
    "Adjustment awaiting the Ministry's letter",
  ),
  'adjusting.awaitingIssue': text('Điều chỉnh chờ ban hành', 'Adjustment awaiting issue'),
  closed: text('Đã đóng năm', 'Closed'),
} satisfies Record<StatePaths<typeof planCycleStates>, Text>;

export const planItemStateNames = {
  draft: text('Nháp', 'Draft'),
  awaitingReceipt: text('Chờ tiếp nhận', 'Awaiting receipt'),
  consolidating: text('Cơ quan đầu mối đang tổng hợp', 'Being consolidated'),
  supplementRequested: text('Chờ bổ sung', 'Supplement requested'),
  committee: text('Đưa vào kế hoạch, trình UBND tỉnh', "Included, before the People's Committee"),
  party: text('Chờ Tỉnh ủy', 'Before the Party committee'),
  central: text('Chờ Trung ương', 'Before the central level'),
  approved: text('Đã duyệt', 'Approved'),
  approvedWithCondition: text('Đã duyệt có điều kiện', 'Approved with a condition'),
  notIncluded: text('Không đưa vào kế hoạch', 'Not included'),
  merged: text('Gộp vào dòng khác', 'Merged into another line'),
  deferred: text('Chuyển năm sau', 'Deferred to the next year'),
  withdrawn: text('Đơn vị đã rút', 'Withdrawn'),
  dropped: text('Đưa ra khỏi kế hoạch', 'Dropped from the plan'),
  closed: text('Đã đóng theo năm', 'Closed with the year'),
} satisfies Record<StatePaths<typeof planItemStates>, Text>;

export const planCycleEventNames = {
  OPEN_REGISTRATION: text('Mở đăng ký', 'Open the registration'),
  UNIT_REGISTERED: text('Hoàn tất đăng ký của đơn vị', "Complete the unit's registration"),
  CLOSE_REGISTRATION: text('Khóa đăng ký', 'Close the registration'),
  REOPEN_REGISTRATION: text('Mở đăng ký bổ sung', 'Reopen the registration'),
  START_CONSOLIDATION: text('Bắt đầu tổng hợp', 'Start the consolidation'),
  REQUEST_OPINION: text('Lấy ý kiến về dự thảo', 'Ask for opinions'),
  OPINION_RECEIVED: text('Ghi ý kiến trả lời', 'Record an opinion'),
  SUBMIT_PLAN: text('Trình UBND tỉnh', "Submit to the People's Committee"),
  FORWARD_PLAN: text('Trình Tỉnh ủy', 'Forward to the Party committee'),
  RETURN_PLAN: text('Trả lại để hoàn chỉnh', 'Return'),
  APPROVE_PLAN: text('Đồng ý kế hoạch', 'Approve the plan'),
  MINISTRY_NOTIFIED: text('Ghi văn bản của Bộ Ngoại giao', "Record the Ministry's letter"),
  ISSUE_PLAN: text('Ban hành', 'Issue'),
  BEGIN_ADJUSTMENT: text('Mở đợt điều chỉnh', 'Open an adjustment'),
  ABANDON_ADJUSTMENT: text('Bỏ đợt điều chỉnh', 'Abandon the adjustment'),
  CLOSE_YEAR: text('Đóng năm kế hoạch', 'Close the year'),
} satisfies Record<PlanCycleEventType, Text>;

export const planItemEventNames = {
  SUBMIT: text('Gửi cơ quan đầu mối', 'Submit to the focal agency'),
  RECEIVE: text('Tiếp nhận', 'Receive'),
  RETURN_TO_DRAFT: text('Trả lại để sửa', 'Return to draft'),
  REQUEST_SUPPLEMENT: text('Yêu cầu bổ sung', 'Request a supplement'),
  RESUBMIT: text('Nộp bổ sung', 'Resubmit'),
  INCLUDE: text('Đưa vào dự thảo kế hoạch', 'Include in the draft plan'),
  REJECT: text('Không đưa vào kế hoạch', 'Leave out'),
  MERGE: text('Gộp vào dòng khác', 'Merge into another line'),
  DEFER: text('Chuyển năm sau', 'Defer to the next year'),
  WITHDRAW: text('Rút đề xuất', 'Withdraw'),
  CONDITION_CLEARED: text('Xác nhận đã báo cáo cụ thể', 'Confirm the condition is met'),
  CHANGE: text('Đề nghị điều chỉnh dòng', 'Change the line'),
  DROP: text('Đưa ra khỏi kế hoạch', 'Drop from the plan'),
  FORWARD: text('UBND tỉnh trình Tỉnh ủy', 'Forwarded with the plan'),
  RETURN: text('Trả lại cùng kế hoạch', 'Returned with the plan'),
  APPROVE: text('Tỉnh ủy đồng ý', 'Approved with the plan'),
  APPROVE_WITH_CONDITION: text('Tỉnh ủy đồng ý có điều kiện', 'Approved with a condition'),
  CENTRAL_NOTIFIED: text('Trung ương đã thông báo', 'The central level has answered'),
  CLOSE: text('Đóng theo năm', 'Closed with the year'),
} satisfies Record<PlanItemEventType, Text>;

export const planTaskNames = {
  openRegistration: text('Mở đăng ký kế hoạch đoàn ra năm', 'Open the registration for the annual plan'),
  registerUnit: text('Đăng ký kế hoạch đoàn ra của đơn vị', "Register the unit's trips for the plan"),
  startConsolidation: text('Bắt đầu tổng hợp kế hoạch', 'Start consolidating the plan'),
  consolidatePlan: text('Tổng hợp và trình kế hoạch đoàn ra', 'Consolidate and submit the plan'),
  givePlanOpinion: text('Cho ý kiến về dự thảo kế hoạch đoàn ra', 'Give an opinion on the draft plan'),
  forwardPlan: text('Xem xét, trình Tỉnh ủy kế hoạch đoàn ra', 'Forward the plan to the Party committee'),
  approvePlan: text('Cho ý kiến về kế hoạch đoàn ra', 'Decide on the annual plan'),
  recordMinistryLetter: text('Ghi văn bản Bộ Ngoại giao về kế hoạch', "Record the Ministry's letter on the plan"),
  issuePlan: text('Ban hành kế hoạch đoàn ra', 'Issue the annual plan'),
  adjustPlan: text('Tổng hợp điều chỉnh kế hoạch giữa năm', 'Put the mid-year adjustment together'),
  closeYear: text('Đóng năm kế hoạch', 'Close the year of the plan'),
  receiveItem: text('Tiếp nhận đề xuất vào kế hoạch', 'Receive a proposed line'),
  supplementItem: text('Bổ sung đề xuất vào kế hoạch', 'Supplement the proposed line'),
  clearItemCondition: text('Báo cáo cụ thể theo điều kiện của dòng kế hoạch', 'Report what the plan line requires'),
} satisfies Record<PlanCycleTaskKind | PlanItemTaskKind, Text>;

function text(vi: string, en: string): Text {
  return { vi, en };
}
