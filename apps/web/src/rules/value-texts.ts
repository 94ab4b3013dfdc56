import type { documentKinds, fundingSources, purposeKinds } from '#contracts/proposal-kinds.js';
import { type MemberRank, memberRankTexts } from '#contracts/ranks.js';
import { type Role, roleTexts } from '#contracts/roles.js';
import {
  type countedFroms,
  type ladderRecipients,
  type ministryLetterOrders,
  type planRecipients,
  type reminderTemplates,
  type severities,
  severityTexts,
  stepDocumentTexts,
  type stepDocumentTypes,
} from '#contracts/rule-profile-kinds.js';
import type { Text } from '#contracts/text.js';
import { documentTexts, fundingTexts, purposeTexts } from '../case/kind-texts';
import { type TextKey, texts } from '../texts';

type Own =
  | (typeof countedFroms)[number]
  | (typeof ladderRecipients)[number]
  | (typeof planRecipients)[number]
  | (typeof reminderTemplates)[number]
  | (typeof ministryLetterOrders)[number]
  | 'halfWorkingDay'
  | 'workingDay'
  | 'calendarDay'
  | 'after'
  | 'before'
  | 'nextWorkingDay'
  | 'sameDay'
  | 'moves'
  | 'stays'
  | 'restart'
  | 'pauseAndResume'
  | 'start'
  | 'fraction'
  | 'workingDays'
  | 'due'
  | 'trip'
  | 'country'
  | 'thisYear'
  | 'nextYear'
  | 'inPlan'
  | 'outOfPlan';
type Value =
  | Own
  | MemberRank
  | Role
  | (typeof severities)[number]
  | (typeof stepDocumentTypes)[number]
  | (typeof purposeKinds)[number]
  | (typeof fundingSources)[number]
  | (typeof documentKinds)[number];

const own: Readonly<Record<Own, Text>> = {
  now: { vi: 'lúc bước bắt đầu', en: 'when the step begins' },
  departureDate: { vi: 'ngày đi', en: 'the departure' },
  plannedReturnDate: { vi: 'ngày về dự kiến', en: 'the planned return' },
  actualReturnDate: { vi: 'ngày về thực tế', en: 'the actual return' },
  assignee: { vi: 'người giữ việc', en: 'whoever holds the task' },
  members: { vi: 'thành viên đoàn', en: 'members' },
  delegationLeader: { vi: 'trưởng đoàn', en: 'leader of the delegation' },
  unitHead: roleTexts.unitHead,
  focalReviewer: { vi: 'chuyên viên cơ quan đầu mối', en: 'focal reviewer' },
  focalLeader: { vi: 'lãnh đạo cơ quan đầu mối', en: 'focal leader' },
  passportKeeper: { vi: 'người giữ hộ chiếu', en: 'passport keeper' },
  decisionClerk: { vi: 'văn thư ban hành quyết định', en: 'decision clerk' },
  decisionOfficeLeader: { vi: 'lãnh đạo văn phòng ban hành', en: 'leader of the issuing office' },
  provincialLeader: { vi: 'lãnh đạo tỉnh', en: 'leader of the province' },
  units: { vi: 'các đơn vị', en: 'units' },
  deadlineApproaching: { vi: 'sắp đến hạn', en: 'approaching' },
  deadlineToday: { vi: 'đến hạn', en: 'due' },
  deadlineOverdue: { vi: 'quá hạn', en: 'overdue' },
  caseUntouched: { vi: 'hồ sơ để lâu', en: 'untouched' },
  halfWorkingDay: { vi: 'buổi làm việc', en: 'half working days' },
  workingDay: { vi: 'ngày làm việc', en: 'working days' },
  calendarDay: { vi: 'ngày', en: 'days' },
  after: { vi: 'sau', en: 'after' },
  before: { vi: 'trước', en: 'before' },
  nextWorkingDay: { vi: 'tính từ ngày làm việc tiếp theo', en: 'from the next working day' },
  sameDay: { vi: 'tính ngay ngày đó', en: 'from that day' },
  moves: { vi: 'chuyển sang ngày làm việc kế tiếp', en: 'moves to the next working day' },
  stays: { vi: 'giữ nguyên', en: 'stays' },
  restart: { vi: 'tính lại từ đầu', en: 'begins anew' },
  pauseAndResume: { vi: 'tạm dừng rồi tính tiếp', en: 'pauses and goes on' },
  start: { vi: 'lúc bắt đầu', en: 'at the start' },
  fraction: { vi: 'khi qua một phần thời hạn', en: 'after a fraction of the period' },
  workingDays: { vi: 'lệch ngày làm việc so với hạn', en: 'working days from the deadline' },
  due: { vi: 'lúc đến hạn', en: 'at the deadline' },
  beforeApproval: { vi: 'phải có trước khi Tỉnh ủy phê duyệt', en: 'before the Party committee approves' },
  beforeIssue: { vi: 'phải có trước khi ban hành kế hoạch', en: 'before the plan is issued' },
  notAwaited: { vi: 'không phải chờ', en: 'not waited for' },
  trip: { vi: 'mỗi chuyến', en: 'a trip' },
  country: { vi: 'mỗi nước', en: 'a country' },
  thisYear: { vi: 'năm nay', en: 'this year' },
  nextYear: { vi: 'năm sau', en: 'next year' },
  inPlan: { vi: 'trong kế hoạch năm', en: 'in the annual plan' },
  outOfPlan: { vi: 'ngoài kế hoạch năm', en: 'out of plan' },
};

const textsOf = <Key extends string>(keys: Readonly<Record<Key, TextKey>>) =>
  Object.fromEntries(Object.entries<TextKey>(keys).map(([kind, key]) => [kind, texts[key]])) as Record<Key, Text>;

const values: Readonly<Record<Value, Text>> = {
  ...textsOf(purposeTexts),
  ...textsOf(fundingTexts),
  ...textsOf(documentTexts),
  ...memberRankTexts,
  ...roleTexts,
  ...severityTexts,
  ...stepDocumentTexts,
  ...own,
};

/** A value of a closed list of a profile in words; one without a name is shown as it is written. */
export const valueText = (value: string): Text =>
  (values as Readonly<Record<string, Text>>)[value] ?? { vi: value, en: value };
