import type { Text } from '#contracts/text.js';
import type { DeadlineRule } from '#libs/calendar';
import type { OtherPeriod } from '../profile.js';
import { references, sources } from './sources.js';

/** Periods of the neighbouring procedures: conferences held at home, guests, the issue of the plan. */
export const otherPeriods: readonly OtherPeriod[] = [
  period('conferencePrimeMinister', before(40, 'calendarDay', sources.decision6), [
    'Hồ sơ hội nghị quốc tế thuộc thẩm quyền Thủ tướng, trước ngày tổ chức',
    "Dossier of an international conference of the Prime Minister's level, before the event",
  ]),
  period('conference', before(30, 'calendarDay', sources.decision6), [
    'Hồ sơ hội nghị quốc tế khác, trước ngày tổ chức',
    'Dossier of another international conference, before the event',
  ]),
  period('conferenceOpinion', after(15, 'calendarDay', sources.decision6), [
    'Cơ quan được hỏi ý kiến về hội nghị trả lời',
    'Consulted agencies answer about a conference',
  ]),
  period('inboundRequest', before(5, 'workingDay', null), [
    'Đề nghị lãnh đạo tỉnh tiếp khách nước ngoài, trước ngày tiếp',
    'Request that leaders of the province receive foreign guests, before the day',
  ]),
  period('planIssue', after(15, 'workingDay', null), [
    'Ban hành kế hoạch đoàn ra, từ khi Bộ Ngoại giao thông báo',
    "The plan is issued, from the Ministry's notice",
  ]),
  period('wholeProcedure', after(7, 'workingDay', null), [
    'Toàn bộ thủ tục, từ khi nhận đủ hồ sơ hợp lệ',
    'The whole procedure, from the complete dossier',
  ]),
];

function period(id: string, rule: DeadlineRule, [vi, en]: readonly [string, string]): OtherPeriod {
  const name: Text = { vi, en };
  const reference = id === 'inboundRequest' ? references.bacGiang : undefined;
  return { id, name, rule, ...(reference && { reference }) };
}

function before(amount: number, unit: DeadlineRule['unit'], source: string | null): DeadlineRule {
  return { amount, unit, direction: 'before', source };
}

function after(amount: number, unit: DeadlineRule['unit'], source: string | null): DeadlineRule {
  return { amount, unit, direction: 'after', source };
}
