import type { ProposalContent } from '#contracts/proposal.js';
import { type Block } from '#libs/documents';
import { bases } from './bases.js';
import type { Citation, Filling, Form } from './form.js';
import { notices } from './notices.js';
import { cited, countryList, delegationPhrase, memberTable, paragraph, sentence, tripItems } from './phrases.js';

/** Quyết định cử đoàn with its list: all a decision to send must contain (Thông tư 08/2025/TT-BNG, 13/06/2025). */
export function decision(filling: Filling): Form {
  const { record, issuer } = filling;
  const { content } = record.proposal;
  return {
    code: 'QĐ',
    title: 'QUYẾT ĐỊNH',
    subject: `Về việc cử ${content.delegationName} đi công tác tại ${countryList(content)}`,
    authorityLine: `${issuer.headTitle} ${issuer.organisation.name}`,
    body: [
      ...bases(filling),
      { kind: 'centred', text: 'QUYẾT ĐỊNH:' },
      article(1, `Cử ${delegationPhrase(content)} (có danh sách kèm theo). Cụ thể:`),
      ...tripItems(content),
      article(2, duties(filling)),
      article(3, executors(filling)),
    ],
    recipients: decisionRecipients(filling),
    annexes: [list(filling, content)],
  };
}

/** Quyết định sửa đổi, bổ sung: two or more changed items, each as it was and as it becomes. */
export function amendmentDecision(filling: Filling): Form {
  const { record, issuer, amendment } = filling;
  const { content } = record.proposal;
  const before = decisionCitation(filling);
  const changesMembers = amendment.differences.some((row) => row.field === 'members' || row.field === 'leader');
  return {
    code: 'QĐ',
    title: 'QUYẾT ĐỊNH',
    subject: `Về việc sửa đổi, bổ sung Quyết định ${cited(before)} cử ${content.delegationName}`,
    authorityLine: `${issuer.headTitle} ${issuer.organisation.name}`,
    body: [
      ...bases(filling),
      { kind: 'centred', text: 'QUYẾT ĐỊNH:' },
      article(
        1,
        `Sửa đổi, bổ sung ${String(amendment.differences.length).padStart(2, '0')} nội dung của Quyết định ${cited(before)} như sau:`,
      ),
      differenceTable(filling),
      article(2, `Các nội dung khác thực hiện theo Quyết định ${cited(before)}.`),
      article(3, executors(filling)),
    ],
    recipients: decisionRecipients(filling),
    annexes: changesMembers ? [list(filling, content)] : [],
  };
}

/** One changed item: confirmed, signed and sealed on the decision itself, without a number of its own. */
export function amendmentConfirmation(filling: Filling): Form {
  const circular =
    filling.today < '2025-06-13' ? '' : ' theo Thông tư số 08/2025/TT-BNG ngày 13/06/2025 của Bộ trưởng Bộ Ngoại giao';
  const before = decisionCitation(filling);
  return {
    code: 'QĐ',
    withoutNumber: true,
    title: 'XÁC NHẬN ĐIỀU CHỈNH',
    subject: `Một nội dung của Quyết định ${cited(before)}`,
    body: [
      paragraph(
        `Nội dung sau đây của Quyết định ${cited(before)} được điều chỉnh và xác nhận ngay trên quyết định${circular}:`,
      ),
      differenceTable(filling),
      paragraph('Các nội dung khác của quyết định không thay đổi. Trang này là một phần của quyết định'),
    ],
    recipients: decisionRecipients(filling).filter((name) => name !== 'Như Điều 3'),
  };
}

export function cancellationDecision(filling: Filling): Form {
  const { record, issuer, reason } = filling;
  const content = record.decided ?? record.proposal.content;
  const before = decisionCitation(filling);
  return {
    code: 'QĐ',
    title: 'QUYẾT ĐỊNH',
    subject: `Về việc hủy Quyết định ${cited(before)} cử ${content.delegationName}`,
    authorityLine: `${issuer.headTitle} ${issuer.organisation.name}`,
    body: [
      ...bases(filling),
      { kind: 'centred', text: 'QUYẾT ĐỊNH:' },
      article(
        1,
        `Hủy Quyết định ${cited(before)} về việc cử ${delegationPhrase(content)}. Lý do: ${sentence(reason ?? '…')}`,
      ),
      article(
        2,
        `Các thành viên đoàn nộp lại hộ chiếu ngoại giao, hộ chiếu công vụ đã được cấp cho chuyến đi; ${organisationName(filling, 'focalId')} thông báo Bộ Ngoại giao và cơ quan đại diện Việt Nam ở nước ngoài.`,
      ),
      article(3, executors(filling)),
    ],
    recipients: decisionRecipients(filling),
  };
}

function duties({ record }: Filling): string {
  return `Trưởng đoàn và các thành viên thực hiện đúng nội dung, chương trình và thời gian nêu tại Điều 1; không mang tài liệu có nội dung bí mật nhà nước; báo cáo kết quả bằng văn bản ${notices.reportDue(record)}; nộp lại hộ chiếu ngoại giao, hộ chiếu công vụ ${notices.passportsDue(record)}.`;
}

function executors(filling: Filling): string {
  const office = organisationName(filling, 'decisionOfficeId');
  const names = [organisationName(filling, 'focalId'), organisationName(filling, 'unitId')];
  return `Chánh ${office}; Thủ trưởng ${[...new Set(names)].join(', ')}; Thủ trưởng các cơ quan, đơn vị liên quan và các ông (bà) có tên trong đoàn chịu trách nhiệm thi hành Quyết định này.`;
}

function decisionRecipients(filling: Filling): string[] {
  const party = [...filling.organisations.values()].find((one) => one.kind === 'party' && one.parentId === null);
  return [
    'Như Điều 3',
    'Bộ Ngoại giao',
    `Thường trực ${party?.shortName ?? 'Tỉnh ủy'} (b/c)`,
    'Chủ tịch, các Phó Chủ tịch UBND tỉnh',
    'Lưu: VT, NC',
  ];
}

function list({ issuer }: Filling, content: ProposalContent) {
  return {
    title: 'DANH SÁCH',
    subtitle: `Thành viên ${content.delegationName} đi công tác tại ${countryList(content)}\n(Kèm theo Quyết định {reference} của ${issuer.headTitle} ${issuer.organisation.name})`,
    body: [memberTable(content)],
  };
}

export function differenceTable({ amendment }: Filling): Block {
  return {
    kind: 'table',
    columns: [
      { header: 'TT', share: 0.8, align: 'centre' },
      { header: 'Nội dung', share: 2 },
      { header: 'Theo quyết định đã ban hành', share: 4 },
      { header: 'Điều chỉnh thành', share: 4 },
    ],
    rows: amendment.differences.map((row, at) => [String(at + 1), row.text.vi, row.before.vi, row.after.vi]),
  };
}

/** The decision that is changed: the one in force. */
export function decisionCitation({ record }: Pick<Filling, 'record'>): Citation | undefined {
  const inForce = record.context.decisions.findLast((one) => one.supersededAt === null);
  return inForce?.document ?? undefined;
}

export function organisationName(
  { record, organisations }: Filling,
  which: keyof Filling['record']['context']['organisations'],
): string {
  return organisations.get(record.context.organisations[which])?.name ?? '…';
}

function article(number: number, text: string): Block {
  return { kind: 'article', label: `Điều ${number}.`, text };
}
