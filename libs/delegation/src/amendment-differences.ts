import { amendableFields } from '#contracts/amendable-fields.js';
import type { AmendableField } from '#contracts/delegation-events.js';
import type { AmendmentDifference, AmendmentView } from '#contracts/official-documents.js';
import type { ProposalContent } from '#contracts/proposal.js';
import { memberRoles, purposeKinds } from '#contracts/proposal-kinds.js';
import type { Text } from '#contracts/text.js';
import { formatDay } from '#libs/calendar';
import { type DelegationContext, openAmendment } from '#workflows/outbound-delegation/context.js';
import { changedFields } from './case-facts.js';

const names = {
  members: { vi: 'Thành viên đoàn', en: 'Members' },
  leader: { vi: 'Trưởng đoàn', en: 'Leader' },
  dates: { vi: 'Thời gian', en: 'Dates' },
  countries: { vi: 'Nước đến', en: 'Countries' },
  partners: { vi: 'Đối tác làm việc', en: 'Partners' },
  funding: { vi: 'Kinh phí', en: 'Funding' },
  purpose: { vi: 'Tên đoàn, mục đích, nội dung', en: 'Name, purpose and programme' },
} as const satisfies Record<AmendableField, Text>;

/** Official names of the roles of members, as documents print them. */
export const memberRoleNames = {
  leader: 'Trưởng đoàn',
  deputy: 'Phó trưởng đoàn',
  member: 'Thành viên',
  secretary: 'Thư ký',
  interpreter: 'Phiên dịch',
} as const satisfies Record<(typeof memberRoles)[number], string>;

/** What a delegation goes for, as documents and reports print it. */
export const purposeNames = {
  visit: 'thăm, làm việc',
  promotion: 'xúc tiến đầu tư, thương mại',
  study: 'học tập, nghiên cứu',
  conference: 'hội nghị, hội thảo, hội chợ',
  signing: 'ký kết thỏa thuận',
  exchange: 'lễ hội, giao lưu',
  training: 'đào tạo, bồi dưỡng',
  other: 'nội dung khác',
} as const satisfies Record<(typeof purposeKinds)[number], string>;

/** Each changed item as it was and as it becomes. The same comparison that counts the items under the lock. */
export function differencesBetween(before: ProposalContent, after: ProposalContent): AmendmentDifference[] {
  return changedFields(before, after).map((field) => ({
    field,
    text: names[field],
    before: wordsOf[field](before),
    after: wordsOf[field](after),
  }));
}

/** How far the proposal is from the decision in force, and which way Thông tư 08/2025/TT-BNG sends it. */
export function amendmentOf(given: {
  context: DelegationContext;
  decided: ProposalContent | null;
  issued: ProposalContent | null;
  content: ProposalContent;
}): AmendmentView {
  const { context, decided, issued, content } = given;
  const differences = decided === null ? [] : differencesBetween(decided, content);
  const open = openAmendment(context);
  const requested = [...(open?.fields ?? [])];
  const changed = new Set([...context.changedFields, ...requested, ...differences.map((row) => row.field)]);
  const isPending = differences.length > 0 || open !== undefined;
  const needsNew = open?.route === 'newDecision' || changed.size >= 2;
  const route = !isPending ? 'none' : needsNew ? 'newDecision' : 'onTheSpot';
  // A new decision takes the place of the one issued, so it says what was confirmed on that one, too.
  const sinceIssue =
    issued === null ? [] : differencesBetween(issued, content).filter(({ field }) => changed.has(field));
  const shown = route === 'newDecision' ? sinceIssue : differences;
  return {
    differences: shown.toSorted((a, b) => amendableFields.indexOf(a.field) - amendableFields.indexOf(b.field)),
    count: changed.size,
    route,
    requested,
  };
}

const wordsOf: Record<AmendableField, (content: ProposalContent) => string> = {
  members: ({ members }) => people(members.filter((member) => member.role !== 'leader')),
  leader: ({ members }) => people(members.filter((member) => member.role === 'leader')),
  dates({ departureDate, returnDate, dayCount, includesTravelDays }) {
    const days =
      dayCount === null ? '' : ` (${dayCount} ngày${includesTravelDays ? '' : ', không kể thời gian đi về'})`;
    return `Từ ${dayText(departureDate)} đến ${dayText(returnDate)}${days}`;
  },
  countries: ({ countries }) => countries.map((country) => country.name).join(', ') || 'Không',
  partners: ({ partners }) => partners || 'Không',
  funding: ({ funding }) => funding.map(fundingText).join('\n') || 'Không',
  purpose: ({ delegationName, capacity, purposeKind, purpose, content }) =>
    [delegationName, capacity, purposeNames[purposeKind], purpose, content].filter((text) => text !== '').join('\n'),
};

function people(members: ProposalContent['members']): string {
  const said = members.map(({ fullName, position, organisation, role }) => {
    const who = [fullName, position, organisation].filter((text) => text !== '').join(', ');
    return role === 'leader' || role === 'member' ? who : `${who} (${memberRoleNames[role].toLowerCase()})`;
  });
  return said.join('\n') || 'Không';
}

function fundingText({ label, amount, currency, paidBy }: ProposalContent['funding'][number]): string {
  const money = amount === null ? 'chưa dự toán' : `${amount.toLocaleString('vi-VN')} ${currency}`;
  return `${label || 'Nguồn khác'}: ${money}${paidBy === 'partner' ? ' (phía mời chi trả)' : ''}`;
}

function dayText(day: string | null): string {
  return day === null ? 'chưa rõ' : formatDay(day);
}
