import type { RoundEventType, RoundState, UnitReportEventType, UnitReportState } from '#contracts/report-round.js';
import type { Text } from '#contracts/text.js';
import type { RoundTaskKind } from './report-round.js';
import type { UnitReportTaskKind } from './unit-report.js';

export const reportTaskNames = {
  fileUnitReport: text('Nộp báo cáo đoàn ra định kỳ của đơn vị', "Hand in the unit's periodic report on trips"),
  reviseUnitReport: text('Sửa báo cáo định kỳ bị trả lại', 'Revise the returned periodic report'),
  reviewUnitReport: text('Xem báo cáo định kỳ của đơn vị', "Examine a unit's periodic report"),
  consolidateReports: text('Tổng hợp báo cáo định kỳ của tỉnh', "Consolidate the province's periodic report"),
  issueReport: text('Cấp số, ban hành báo cáo định kỳ', 'Number and issue the periodic report'),
} satisfies Record<UnitReportTaskKind | RoundTaskKind, Text>;

export const reportEventNames = {
  SUBMIT_UNIT_REPORT: text('Nộp báo cáo', 'Hand in'),
  RETURN_UNIT_REPORT: text('Trả lại', 'Return'),
  ACCEPT_UNIT_REPORT: text('Chấp nhận', 'Accept'),
  CONSOLIDATE_REPORTS: text('Tổng hợp', 'Consolidate'),
  CANCEL_ROUND: text('Hủy đợt báo cáo', 'Cancel the request'),
  ISSUE_REPORT: text('Cấp số, ban hành', 'Number and issue'),
} satisfies Record<UnitReportEventType | RoundEventType, Text>;

export const unitReportStateNames = {
  requested: text('Chưa nộp', 'Not handed in'),
  submitted: text('Đã nộp, chờ xem', 'Handed in'),
  returned: text('Bị trả lại', 'Returned'),
  accepted: text('Đã chấp nhận', 'Accepted'),
  consolidated: text('Đã tổng hợp', 'Consolidated'),
  leftOut: text('Không có báo cáo', 'No report'),
  cancelled: text('Đã hủy', 'Cancelled'),
} satisfies Record<UnitReportState, Text>;

export const roundStateNames = {
  collecting: text('Đang thu báo cáo', 'Being collected'),
  consolidated: text('Đã tổng hợp, chờ cấp số', 'Consolidated, to be numbered'),
  issued: text('Đã ban hành', 'Issued'),
  cancelled: text('Đã hủy', 'Cancelled'),
} satisfies Record<RoundState, Text>;

export const reportDeadlineTexts = {
  unitReportDue: text('Hạn đơn vị nộp báo cáo định kỳ', 'Units hand in the periodic report'),
  unitReportRevisionDue: text('Hạn sửa báo cáo định kỳ bị trả lại', 'The returned periodic report is revised'),
  reportConsolidationDue: text('Hạn tổng hợp báo cáo định kỳ', 'The periodic report is consolidated'),
};

function text(vi: string, en: string): Text {
  return { vi, en };
}
