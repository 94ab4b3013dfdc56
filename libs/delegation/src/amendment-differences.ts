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
  leader: { vi: 'Trưởng đoàn', en: 'Leader' },
  deputy: { vi: 'Phó trưởng đoàn', en: 'Deputy leader' },
  member: { vi: 'Thành viên', en: 'Member' },
  secretary: { vi: 'Thư ký', en: 'Secretary' },
  interpreter: { vi: 'Phiên dịch', en: 'Interpreter' },
} as const satisfies Record<(typeof memberRoles)[number], Text>;

/** What a delegation goes for, as documents and reports print it. */
export const purposeNames = {
  visit: { vi: 'thăm, làm việc', en: 'visit' },
  promotion: { vi: 'xúc tiến đầu tư, thương mại', en: 'promotion of investment and trade' },
  study: { vi: 'học tập, nghiên cứu', en: 'study' },
  conference: { vi: 'hội nghị, hội thảo, hội chợ', en: 'conference or fair' },
  signing: { vi: 'ký kết thỏa thuận', en: 'signing of an agreement' },
  exchange: { vi: 'lễ hội, giao lưu', en: 'festival or exchange' },
  training: { vi: 'đào tạo, bồi dưỡng', en: 'training' },
  other: { vi: 'nội dung khác', en: 'other' },
} as const satisfies Record<(typeof purposeKinds)[number], Text>;

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

type Language = keyof Text;

/** What people wrote stays in their words; what the product says of it is in both languages. */
function inBoth(words: (language: Language) => string): Text {
  return { vi: words('vi'), en: words('en') };
}

const none = { vi: 'Không', en: 'None' };
const unknownDay = { vi: 'chưa rõ', en: 'not known' };
const noEstimate = { vi: 'chưa dự toán', en: 'not estimated' };
const otherSource = { vi: 'Nguồn khác', en: 'Other source' };
const byPartner = { vi: 'phía mời chi trả', en: 'paid by the host' };
const countryInEnglish = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

const wordsOf: Record<AmendableField, (content: ProposalContent) => Text> = {
  members: ({ members }) => people(members.filter((member) => member.role !== 'leader')),
  leader: ({ members }) => people(members.filter((member) => member.role === 'leader')),
  dates({ departureDate, returnDate, dayCount, includesTravelDays }) {
    const count =
      dayCount === null
        ? { vi: '', en: '' }
        : {
            vi: ` (${dayCount} ngày${includesTravelDays ? '' : ', không kể thời gian đi về'})`,
            en: ` (${dayCount} days${includesTravelDays ? '' : ', travel not counted'})`,
          };
    const [from, to] = [dayText(departureDate), dayText(returnDate)];
    return { vi: `Từ ${from.vi} đến ${to.vi}${count.vi}`, en: `From ${from.en} to ${to.en}${count.en}` };
  },
  countries: ({ countries }) =>
    inBoth((language) => countries.map((country) => countryText(country, language)).join(', ') || none[language]),
  partners: ({ partners }) => (partners === '' ? none : { vi: partners, en: partners }),
  funding: ({ funding }) =>
    inBoth((language) => funding.map((line) => fundingText(line, language)).join('\n') || none[language]),
  purpose: ({ delegationName, capacity, purposeKind, purpose, content }) =>
    inBoth((language) =>
      [delegationName, capacity, purposeNames[purposeKind][language], purpose, content]
        .filter((text) => text !== '')
        .join('\n'),
    ),
};

function people(members: ProposalContent['members']): Text {
  return inBoth((language) => {
    const said = members.map(({ fullName, position, organisation, role }) => {
      const who = [fullName, position, organisation].filter((text) => text !== '').join(', ');
      return role === 'leader' || role === 'member' ? who : `${who} (${memberRoleNames[role][language].toLowerCase()})`;
    });
    return said.join('\n') || none[language];
  });
}

function countryText({ code, name }: ProposalContent['countries'][number], language: Language): string {
  return (language === 'en' && code !== null && countryInEnglish.of(code)) || name;
}

function fundingText(
  { label, amount, currency, paidBy }: ProposalContent['funding'][number],
  language: Language,
): string {
  const digits = amount?.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-GB');
  const money = digits === undefined ? noEstimate[language] : `${digits} ${currency}`;
  return `${label || otherSource[language]}: ${money}${paidBy === 'partner' ? ` (${byPartner[language]})` : ''}`;
}

function dayText(day: string | null): Text {
  return day === null ? unknownDay : { vi: formatDay(day), en: formatDay(day) };
}
