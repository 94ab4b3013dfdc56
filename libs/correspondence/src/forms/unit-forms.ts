import type { ProposalContent } from '#contracts/proposal.js';
import type { Block } from '#libs/documents';
import { planBasis } from './bases.js';
import type { Filling, Form } from './form.js';
import {
  countryList,
  dayCountOf,
  delegationPhrase,
  memberTable,
  moneyLines,
  paragraph,
  period,
  sentence,
  tripItems,
} from './phrases.js';

/** Công văn đề nghị cử đoàn: purpose, content, time, cost, and the members (DOMAIN 3). */
export function proposalLetter(filling: Filling): Form {
  const { record, organisations, issuer } = filling;
  const { content } = record.proposal;
  const focal = organisations.get(record.context.organisations.focalId)?.name ?? 'Sở Ngoại vụ';
  const authority = organisations.get(record.context.organisations.authorityId)?.name ?? 'Ủy ban nhân dân tỉnh';
  const [basis] = planBasis(filling);
  const reason = content.outOfPlanJustification;
  return {
    code: null,
    title: null,
    subject: `đề nghị cử đoàn đi công tác tại ${countryList(content)}`,
    addressees: [authority, focal],
    body: [
      paragraph(
        basis === undefined
          ? `${issuer.organisation.name} đề nghị cử đoàn đi công tác nước ngoài ngoài kế hoạch năm. Lý do: ${sentence(reason || '…')}`
          : `${basis.replace(/;$/, '')}, ${issuer.organisation.name} đề nghị:`,
      ),
      paragraph(`1. Cử ${sentence(delegationPhrase(content))}`),
      ...tripItems(content),
      paragraph('2. Danh sách đoàn:'),
      memberTable(content),
      ...exceptions(content),
      paragraph(
        `${issuer.organisation.name} cam đoan hồ sơ không chứa bí mật nhà nước, chịu trách nhiệm về nội dung đề nghị và báo cáo kết quả sau chuyến đi theo quy định. Trân trọng đề nghị ${focal} xem xét, trình ${authority} quyết định.`,
      ),
    ],
    recipients: ['Như trên', `Lãnh đạo ${issuer.organisation.shortName}`, 'Lưu: VT'],
  };
}

/** Limits that are exceeded, each with its reason. */
function exceptions({ exceptions: rows, urgentReason }: ProposalContent): Block[] {
  const said = rows.map((row) => row.justification);
  if (urgentReason !== '') said.push(urgentReason);
  return said.length === 0
    ? []
    : [paragraph('3. Lý do đặc biệt:'), ...said.map((text): Block => ({ kind: 'item', text: sentence(text) }))];
}

/** Báo cáo kết quả chuyến đi: what was approved beside what happened (DOMAIN 6). */
export function tripReport(filling: Filling): Form {
  const { record, organisations } = filling;
  const content = record.decided ?? record.proposal.content;
  const authority = organisations.get(record.context.organisations.authorityId)?.name ?? 'Ủy ban nhân dân tỉnh';
  const focal = organisations.get(record.context.organisations.focalId)?.name ?? 'Sở Ngoại vụ';
  const summary = record.words.get('SUBMIT_REPORT')?.summary;
  const { departedOn, returnedOn } = record.context;
  return {
    code: 'BC',
    title: 'BÁO CÁO',
    subject: `Kết quả chuyến công tác tại ${countryList(content)} của ${content.delegationName}`,
    addressees: [authority, focal],
    body: [
      paragraph(`Thực hiện quyết định cử đoàn, ${sentence(delegationPhrase(content))}`),
      paragraph('1. Thực hiện so với nội dung được duyệt:'),
      {
        kind: 'table',
        columns: [
          { header: 'Nội dung', share: 2 },
          { header: 'Được duyệt', share: 4 },
          { header: 'Thực hiện', share: 4 },
        ],
        rows: [
          [
            'Thời gian',
            period(content),
            period({ ...content, departureDate: departedOn, returnDate: returnedOn, dayCount: null }),
          ],
          [
            'Số ngày',
            String(dayCountOf(content)),
            String(dayCountOf({ departureDate: departedOn, returnDate: returnedOn, dayCount: null })),
          ],
          ['Số người', String(content.members.length), String(content.members.length)],
          ['Kinh phí', moneyLines(content).join('\n'), '…'],
        ],
      },
      paragraph('2. Kết quả:'),
      paragraph(typeof summary === 'string' ? sentence(summary) : '…'),
      paragraph('3. Kiến nghị, đề xuất:'),
      paragraph('…'),
    ],
    recipients: ['Như trên', 'Lưu: VT'],
  };
}
