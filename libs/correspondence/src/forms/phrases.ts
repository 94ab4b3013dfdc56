import type { ProposalContent } from '#contracts/proposal.js';
import { daysFrom } from '#libs/calendar';
import { memberRoleNames } from '#libs/delegation';
import { amountInDigits, amountInWords, type Block, shortDate, type TableBlock } from '#libs/documents';

/** Sentences every form says in the same words. */

/** "Nhật Bản", "Đức và Pháp", "Pháp, Bỉ và Hà Lan". */
export function countryList({ countries }: Pick<ProposalContent, 'countries'>): string {
  return listed(countries.map((country) => country.name));
}

export function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '…') : `${names.slice(0, -1).join(', ')} và ${names.at(-1)}`;
}

/** "từ ngày 06/03/2023 đến ngày 10/03/2023 (05 ngày, bao gồm thời gian đi về)". */
export function period(content: ProposalContent): string {
  const { departureDate, returnDate, includesTravelDays } = content;
  if (departureDate === null || returnDate === null) return 'chưa xác định';
  const days = twoDigits(dayCountOf(content));
  const travel = includesTravelDays ? 'bao gồm' : 'không bao gồm';
  return `từ ngày ${shortDate(departureDate)} đến ngày ${shortDate(returnDate)} (${days} ngày, ${travel} thời gian đi về)`;
}

/** As stated, else from the days of the trip, both included. */
export function dayCountOf(content: Pick<ProposalContent, 'departureDate' | 'returnDate' | 'dayCount'>): number {
  const { departureDate, returnDate, dayCount } = content;
  if (dayCount !== null) return dayCount;
  return departureDate === null || returnDate === null ? 0 : daysFrom(departureDate, returnDate) + 1;
}

export function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}

/** "đồng chí Lê Hồng Phong, Giám đốc Sở Kế hoạch và Đầu tư". */
export function leaderPhrase({ members }: Pick<ProposalContent, 'members'>): string {
  const leader = members.find((member) => member.role === 'leader');
  if (leader === undefined) return '…';
  const office = [leader.position, leader.organisation].filter((text) => text !== '').join(' ');
  return `đồng chí ${[leader.fullName, office].filter((text) => text !== '').join(', ')}`;
}

/** "Đoàn … gồm 07 người, do đồng chí … làm Trưởng đoàn, đi công tác tại …". */
export function delegationPhrase(content: ProposalContent): string {
  const people = twoDigits(content.members.length);
  const leader = leaderPhrase(content);
  return `${content.delegationName} gồm ${people} người, do ${leader} làm Trưởng đoàn, đi công tác tại ${countryList(content)}`;
}

/** One line for each source, with the amount in words. */
export function moneyLines({ funding }: Pick<ProposalContent, 'funding'>): string[] {
  return funding.map(({ label, amount, currency, paidBy }) => {
    const source = label || 'Nguồn khác';
    if (paidBy === 'partner') return `${source}: do phía mời chi trả`;
    if (amount === null) return source;
    return `${source}: ${amountInDigits(amount, currency)} (bằng chữ: ${amountInWords(amount, currency).toLowerCase()})`;
  });
}

/** The facts of a trip as items: purpose, programme, partners, time, money. */
export function tripItems(content: ProposalContent): Block[] {
  const items: [string, string][] = [
    ['Mục đích', content.purpose],
    ['Nội dung làm việc', flat(content.content)],
    ['Đối tác làm việc', flat(content.partners)],
    ['Thời gian', period(content)],
    ['Kinh phí', moneyLines(content).join('; ')],
  ];
  return items
    .filter(([, text]) => text !== '')
    .map(([label, text]) => ({ kind: 'item', text: `${label}: ${sentence(text)}` }));
}

/** Ends with one full stop. */
export function sentence(text: string): string {
  return `${text.trim().replace(/[.;,\s]+$/u, '')}.`;
}

/** A text of several lines as one, its dashes kept as separators. */
export function flat(text: string): string {
  return text
    .split('\n')
    .map((part) => part.replace(/^\s*[-–•]\s*/u, '').replace(/[.;\s]+$/u, ''))
    .filter((part) => part !== '')
    .join('; ');
}

/** STT, họ tên, chức vụ, đơn vị, ghi chú: the list that goes with a decision (DOMAIN 3). */
export function memberTable({ members }: Pick<ProposalContent, 'members'>): TableBlock {
  return {
    kind: 'table',
    columns: [
      { header: 'TT', share: 1, align: 'centre' },
      { header: 'Họ và tên', share: 4 },
      { header: 'Chức vụ', share: 3.6 },
      { header: 'Đơn vị công tác', share: 4 },
      { header: 'Ghi chú', share: 3 },
    ],
    rows: members.map((member, at) => [
      String(at + 1),
      member.fullName,
      member.position,
      member.organisation,
      memberRoleNames[member.role].vi,
    ]),
  };
}

/** "số 12/TTr-SNgV ngày 09/01/2023"; with gaps to write into while it is not known. */
export function cited(document: { readonly number: string; readonly date: string | null } | undefined): string {
  if (document === undefined) return 'số … ngày …';
  return `số ${document.number}${document.date === null ? '' : ` ngày ${shortDate(document.date)}`}`;
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}
