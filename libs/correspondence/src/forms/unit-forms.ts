import type { ProposalContent } from '#contracts/proposal.js';
import type { Block } from '#libs/documents';
import { planBasis } from './bases.js';
import type { Filling, Form } from './form.js';
import { countryList, delegationPhrase, memberTable, paragraph, sentence, tripItems } from './phrases.js';

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
