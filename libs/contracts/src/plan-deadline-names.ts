import type { Text } from './text.js';

/** Named delays of the two machines of the annual plan: the cycle of a year, and one line of it. */
export const planCycleDeadlineNames = [
  'registrationOpensDue',
  'registrationClosesDue',
  'consolidationDue',
  'planOpinionDue',
  'committeeDue',
  'partyDue',
  'planIssueDue',
  'adjustmentDue',
  'yearEndDue',
] as const;
export type PlanCycleDeadlineName = (typeof planCycleDeadlineNames)[number];

export const planItemDeadlineNames = ['itemReceiptDue', 'itemSupplementDue', 'itemConditionDue'] as const;
export type PlanItemDeadlineName = (typeof planItemDeadlineNames)[number];

export const planDeadlineTexts = {
  registrationOpensDue: text('Hạn mở đăng ký kế hoạch đoàn ra', 'Registration for the plan opens'),
  registrationClosesDue: text('Hạn đăng ký kế hoạch đoàn ra', 'Registration for the plan closes'),
  consolidationDue: text('Hạn tổng hợp kế hoạch đoàn ra', 'The plan is consolidated'),
  planOpinionDue: text('Hạn trả lời ý kiến về dự thảo kế hoạch', 'Agencies answer about the draft plan'),
  committeeDue: text('Hạn UBND tỉnh trình Tỉnh ủy kế hoạch', "The People's Committee submits the plan"),
  partyDue: text('Hạn Tỉnh ủy cho ý kiến về kế hoạch', 'The Party committee decides on the plan'),
  planIssueDue: text('Hạn ban hành kế hoạch đoàn ra', 'The plan is issued'),
  adjustmentDue: text('Hạn điều chỉnh kế hoạch giữa năm', 'The mid-year adjustment is submitted'),
  yearEndDue: text('Hết năm kế hoạch', 'The year of the plan ends'),
  itemReceiptDue: text('Hạn tiếp nhận đề xuất vào kế hoạch', 'The proposed line is received'),
  itemSupplementDue: text('Hạn bổ sung đề xuất vào kế hoạch', 'The proposed line is supplemented'),
  itemConditionDue: text('Hạn đáp ứng điều kiện của dòng kế hoạch', 'The condition of the plan line is met'),
} satisfies Record<PlanCycleDeadlineName | PlanItemDeadlineName, Text>;

function text(vi: string, en: string): Text {
  return { vi, en };
}
