import type { DeadlineName } from '#contracts/deadline-names.js';
import type { DeadlineRule } from '#libs/calendar';
import type { CaseRecord } from '#libs/delegation';
import { twoDigits } from './phrases.js';

/** Periods of the case's own rules in words; what the province has no rule for is not claimed. */
export const notices = {
  opinionDue: (record: CaseRecord) => within(record, 'opinionDeadline', 'kể từ ngày nhận được văn bản này'),
  supplementDue: (record: CaseRecord) => within(record, 'supplementDeadline', 'kể từ ngày nhận được phiếu này'),
  reportDue: (record: CaseRecord) => within(record, 'reportDeadline', 'kể từ ngày về nước'),
  passportsDue: (record: CaseRecord) => within(record, 'passportReturnDeadline', 'kể từ ngày nhập cảnh về nước'),
};

function within(record: CaseRecord, name: DeadlineName, from: string): string {
  const rule = record.context.deadlines[name]?.rule;
  return rule === undefined ? 'theo thời hạn quy định' : `trong thời hạn ${amountOf(rule)} ${from}`;
}

const units: Readonly<Record<DeadlineRule['unit'], string>> = {
  workingDay: 'ngày làm việc',
  calendarDay: 'ngày',
  halfWorkingDay: 'buổi làm việc',
};

function amountOf({ amount, unit }: DeadlineRule): string {
  return `${twoDigits(amount)} ${units[unit]}`;
}
