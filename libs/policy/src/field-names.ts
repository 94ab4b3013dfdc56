import { deadlineTexts } from '#contracts/deadline-names.js';
import { restrictionTexts } from '#contracts/restriction-kinds.js';
import type { Text } from '#contracts/text.js';

/** What each field of a profile is called where a person reads about it: messages, the page, the JSON schema. */
const names: Readonly<Record<string, Text>> = {
  ...deadlineTexts,
  ...restrictionTexts,
  $schema: text('Lược đồ JSON', 'JSON schema'),
  id: text('Mã', 'Id'),
  version: text('Phiên bản', 'Version'),
  provinceCode: text('Mã tỉnh', 'Province code'),
  name: text('Tên', 'Name'),
  vi: text('Tiếng Việt', 'Vietnamese'),
  en: text('Tiếng Anh', 'English'),
  validFrom: text('Có hiệu lực từ', 'In force from'),
  validTo: text('Hết hiệu lực từ', 'No longer in force from'),
  focalOrganisationCode: text('Cơ quan đầu mối', 'Focal agency'),
  decisionOfficeCode: text('Cơ quan ban hành quyết định', 'Office that issues decisions'),
  authorityOrganisationCode: text('Cơ quan quyết định', 'Deciding authority'),
  clock: text('Cách tính thời hạn', 'Clock'),
  supplement: text('Khi chờ bổ sung hồ sơ', 'During a supplement'),
  afterClosing: text('Nộp sau giờ làm việc', 'Submitted after closing'),
  lastRestDay: text('Ngày cuối là ngày nghỉ', 'Last day is a rest day'),
  tightWithin: text('Còn bao nhiêu ngày làm việc thì coi là gấp', 'Working days left that count as tight'),
  routes: text('Tuyến phê duyệt', 'Approval routes'),
  when: text('Áp dụng khi', 'Applies when'),
  highestRank: text('Diện quản lý cao nhất trong đoàn', 'Highest rank in the delegation'),
  leaderRank: text('Diện quản lý của trưởng đoàn', 'Rank of the leader of the delegation'),
  leaderIsDeputy: text('Trưởng đoàn là cấp phó', 'The leader of the delegation is a deputy'),
  anyMemberOf: text('Có thành viên thuộc diện', 'Has a member of rank'),
  planLine: text('Trong hay ngoài kế hoạch', 'In or out of plan'),
  purposes: text('Mục đích', 'Purposes'),
  funding: text('Nguồn kinh phí', 'Funding'),
  invited: text('Có thư mời', 'Invited'),
  steps: text('Các bước', 'Steps'),
  organisationCode: text('Cơ quan', 'Organisation'),
  role: text('Vai trò', 'Role'),
  rule: text('Thời hạn', 'Period'),
  amount: text('Số lượng', 'Amount'),
  unit: text('Đơn vị tính', 'Unit'),
  direction: text('Chiều tính', 'Direction'),
  source: text('Căn cứ', 'Source'),
  reference: text('Tham khảo', 'Reference'),
  records: text('Loại văn bản phải ghi', 'Documents to record'),
  whenNotRecorded: text('Khi không ghi đúng loại văn bản', 'Without such a document'),
  decision: text('Ban hành quyết định', 'Issue of the decision'),
  deadlines: text('Thời hạn', 'Deadlines'),
  countedFrom: text('Tính từ', 'Counted from'),
  ladder: text('Các lần nhắc', 'Reminders'),
  key: text('Mã lần nhắc', 'Key'),
  at: text('Thời điểm', 'When'),
  kind: text('Loại', 'Kind'),
  of: text('Phần thời hạn đã qua', 'Fraction of the period'),
  offset: text('Số ngày làm việc so với hạn', 'Working days from the deadline'),
  template: text('Mẫu thư', 'Mail'),
  to: text('Đến', 'To'),
  escalation: text('Leo thang', 'Escalation'),
  provincialLeaders: text('Tới lãnh đạo tỉnh', 'To leaders of the province'),
  annualPlan: text('Kế hoạch đoàn ra năm', 'Annual plan'),
  ministryLetter: text('Văn bản thông báo kế hoạch của Bộ Ngoại giao', "Ministry's letter about the plan"),
  planReminders: text('Nhắc theo kế hoạch năm', 'Reminders of the plan'),
  itemWithoutDossier: text('Dòng kế hoạch chưa có hồ sơ', 'Plan line without a dossier'),
  daysBefore: text('Số ngày trước kỳ', 'Days before the period'),
  yearly: text('Việc hằng năm', 'Yearly duties'),
  on: text('Ngày trong năm', 'Day of the year'),
  about: text('Về kế hoạch của năm', 'About the plan of'),
  remindDays: text('Các ngày nhắc', 'Days of reminders'),
  periodicReports: text('Báo cáo định kỳ', 'Periodic reports'),
  consolidation: text('Tổng hợp, sau hạn của đơn vị', 'Consolidation, after the day of the units'),
  revision: text('Sửa báo cáo bị trả lại', 'Revision of a returned report'),
  otherPeriods: text('Thời hạn khác', 'Other periods'),
  limits: text('Giới hạn', 'Limits'),
  membersMax: text('Số người tối đa', 'Most people'),
  daysMax: text('Số ngày tối đa', 'Most days'),
  countriesMax: text('Số nước tối đa', 'Most countries'),
  tripsPerPersonPerYear: text('Số chuyến một người một năm', 'Trips of a person a year'),
  twoKeyLeaders: text('Lãnh đạo chủ chốt cùng một đoàn', 'Key leaders in one delegation'),
  keyLeadersAbroadTogether: text('Lãnh đạo chủ chốt cùng lúc ở nước ngoài', 'Key leaders abroad at the same time'),
  value: text('Mức', 'Value'),
  per: text('Tính theo', 'Counted for each'),
  severity: text('Mức độ', 'Severity'),
  whenJustified: text('Mức độ khi đã giải trình', 'Severity once justified'),
  ceiling: text('Mức trần', 'Ceiling'),
  leadTimes: text('Thời gian phải trình trước', 'Lead times'),
  dossierBeforeDeparture: text('Nộp hồ sơ trước ngày đi', 'Dossier before departure'),
  amendmentBeforeDeparture: text('Đề nghị điều chỉnh trước ngày đi', 'Amendment before departure'),
  extensionBeforeReturn: text('Đề nghị gia hạn trước ngày về', 'Extension before return'),
  outOfPlan: text('Đoàn ngoài kế hoạch', 'Out of plan'),
  planPeriod: text('Ngày đi ngoài thời gian của kế hoạch', 'Outside the period of the plan'),
  enterprisePaid: text('Doanh nghiệp chi trả', 'Paid by enterprises'),
  studyOnBudget: text('Học tập, giao lưu bằng ngân sách', 'Study or exchange on the budget'),
  unfinishedDuties: text('Còn nợ báo cáo, hộ chiếu chuyến trước', 'Duties left from an earlier trip'),
  overlap: text('Thành viên trùng chuyến đi khác', 'A member on another trip'),
  duplicates: text('Đoàn trùng nội dung', 'Duplicate delegations'),
  months: text('Số tháng xét trùng', 'Months looked at'),
  similarityPercent: text('Tỷ lệ trùng nội dung (%)', 'Common wording (%)'),
  eligibility: text('Điều kiện cá nhân', 'Eligibility'),
  moratoria: text('Tạm dừng theo chỉ đạo', 'Moratoria'),
  from: text('Từ ngày', 'From'),
  exceptions: text('Trường hợp ngoại lệ', 'Exceptions'),
  caseCode: text('Mã hồ sơ', 'Case code'),
  number: text('Số văn bản', 'Document number'),
  date: text('Ngày văn bản', 'Date of the document'),
  dossierChecklist: text('Danh mục hồ sơ', 'Dossier checklist'),
  opinions: text('Lấy ý kiến', 'Opinions'),
  subject: text('Nội dung hỏi', 'Subject'),
  required: text('Bắt buộc', 'Required'),
  inWriting: text('Phải trả lời bằng văn bản', 'Answered in writing'),
  silenceMeansConsent: text('Im lặng là đồng ý', 'Silence is consent'),
  newDecisionFromChangedFields: text(
    'Số nội dung thay đổi phải có quyết định mới',
    'Changed items that need a new decision',
  ),
};

/** A name of a field, or the field as it is written when nobody gave it one. */
export function fieldName(field: string): Text {
  return names[field] ?? { vi: field, en: field };
}

/** "limits.membersMax.0.value" as "Giới hạn › Số người tối đa › dòng 1 › Mức". */
export function pathName(path: string): Text {
  const parts = path
    .split('.')
    .filter((part) => part !== '')
    .map((part) =>
      /^\d+$/.test(part) ? text(`dòng ${Number(part) + 1}`, `row ${Number(part) + 1}`) : fieldName(part),
    );
  return { vi: parts.map(({ vi }) => vi).join(' › '), en: parts.map(({ en }) => en).join(' › ') };
}

function text(vi: string, en: string): Text {
  return { vi, en };
}
