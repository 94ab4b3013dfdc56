import type { Filling, Form } from './form.js';
import { notices } from './notices.js';
import { cited, countryList, delegationPhrase, memberTable, paragraph, sentence, tripItems } from './phrases.js';

const answers = {
  agree: 'đồng ý',
  agreeWithComments: 'đồng ý, có ý kiến thêm',
  disagree: 'không đồng ý',
  silent: 'quá hạn không trả lời',
} as const;

/** Tờ trình của cơ quan đầu mối trình UBND: what is asked, what was appraised, what is proposed. */
export function submission(filling: Filling): Form {
  const { record, organisations, issuer } = filling;
  const { content } = record.proposal;
  const { unitId, authorityId } = record.context.organisations;
  const unit = organisations.get(unitId)?.name ?? 'đơn vị';
  const authority = organisations.get(authorityId);
  const opinions = record.context.opinions.map((opinion) => {
    const name = organisations.get(opinion.organisationId)?.name ?? 'Cơ quan được hỏi';
    const letter = opinion.act?.document;
    const answer = opinion.answer === null ? 'chưa trả lời' : answers[opinion.answer];
    return { kind: 'item' as const, text: `${name}: ${answer}${letter ? ` (Văn bản ${cited(letter)})` : ''}.` };
  });
  return {
    code: 'TTr',
    title: 'TỜ TRÌNH',
    subject: `Về việc cử ${content.delegationName} đi công tác tại ${countryList(content)}`,
    addressees: [authority?.name ?? 'Ủy ban nhân dân tỉnh'],
    body: [
      paragraph(
        `${issuer.organisation.name} nhận được Văn bản ${cited(record.documents.get('SIGN_SUBMIT'))} của ${unit} đề nghị cử đoàn đi công tác nước ngoài. Sau khi thẩm định, ${issuer.organisation.name} báo cáo như sau:`,
      ),
      paragraph(`1. Nội dung đề nghị: ${sentence(delegationPhrase(content))}`),
      ...tripItems(content),
      paragraph('2. Danh sách đoàn:'),
      memberTable(content),
      paragraph(
        record.plan === null
          ? `3. Kết quả thẩm định: đoàn ngoài kế hoạch năm; lý do: ${sentence(content.outOfPlanJustification || '…')}`
          : `3. Kết quả thẩm định: đoàn có trong Kế hoạch đoàn ra năm ${record.plan.year}${record.plan.itemNumber === null ? '' : `, dòng số ${record.plan.itemNumber}`}; hồ sơ đầy đủ, hợp lệ.`,
      ),
      ...(opinions.length === 0 ? [] : [paragraph('Ý kiến của các cơ quan liên quan:'), ...opinions]),
      paragraph(
        `4. Kiến nghị: ${issuer.organisation.name} kính trình ${authority?.name ?? 'Ủy ban nhân dân tỉnh'} xem xét, quyết định cử đoàn theo nội dung nêu trên.`,
      ),
    ],
    recipients: ['Như trên', unit, 'Lưu: VT, LS'],
  };
}

/** Công văn xin ý kiến, one for each agency. */
export function opinionRequest(filling: Filling): Form {
  const { record, organisations, issuer, subject } = filling;
  const { content } = record.proposal;
  const unit = organisations.get(record.context.organisations.unitId)?.name ?? 'đơn vị';
  return {
    code: null,
    title: null,
    subject: `xin ý kiến về việc cử đoàn đi công tác tại ${countryList(content)}`,
    addressees: [organisations.get(subject)?.name ?? '…'],
    body: [
      paragraph(
        `Theo đề nghị của ${unit} tại Văn bản ${cited(record.documents.get('SIGN_SUBMIT'))} về việc cử ${sentence(delegationPhrase(content))}`,
      ),
      ...tripItems(content),
      paragraph('Danh sách đoàn:'),
      memberTable(content),
      paragraph(
        `${issuer.organisation.name} đề nghị Quý cơ quan cho ý kiến bằng văn bản về nội dung thuộc lĩnh vực quản lý, gửi ${issuer.organisation.name} ${notices.opinionDue(record)} để tổng hợp, trình cấp có thẩm quyền.`,
      ),
    ],
    recipients: ['Như trên', unit, 'Lưu: VT, LS'],
  };
}

/** Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: specific, complete and made once (Đồng Nai, Bình Dương). */
export function supplementRequest(filling: Filling): Form {
  const { record, organisations, issuer } = filling;
  const unit = organisations.get(record.context.organisations.unitId)?.name ?? '…';
  const items = record.words.get('REQUEST_SUPPLEMENT')?.items;
  const list = Array.isArray(items) ? items.filter((item): item is string => typeof item === 'string') : [];
  return {
    code: 'PYC',
    title: 'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ',
    subject: `Hồ sơ đề nghị cử đoàn ${record.proposal.caseCode}`,
    addressees: [unit],
    body: [
      paragraph(
        `${issuer.organisation.name} đã xem xét hồ sơ đề nghị cử ${record.proposal.content.delegationName} đi công tác tại ${countryList(record.proposal.content)}. Để có đủ cơ sở giải quyết, đề nghị ${unit} bổ sung, hoàn thiện những nội dung sau:`,
      ),
      ...list.map((text, at) => paragraph(`${at + 1}. ${sentence(text)}`)),
      paragraph(
        `Yêu cầu này được lập một lần, đầy đủ. Thời hạn giải quyết được tính lại từ ngày ${issuer.organisation.name} nhận đủ hồ sơ. Đề nghị gửi hồ sơ bổ sung ${notices.supplementDue(record)}.`,
      ),
    ],
    recipients: ['Như trên', 'Lưu: VT, hồ sơ'],
  };
}

/** Công văn từ chối, always with the reason (Lai Châu, Đồng Nai). */
export function refusal(filling: Filling): Form {
  const { record, organisations, issuer, reason } = filling;
  const unit = organisations.get(record.context.organisations.unitId)?.name ?? '…';
  const { content } = record.proposal;
  return {
    code: null,
    title: null,
    subject: `trả lời đề nghị cử đoàn đi công tác tại ${countryList(content)}`,
    addressees: [unit],
    body: [
      paragraph(
        `${issuer.organisation.name} nhận được Văn bản ${cited(record.documents.get('SIGN_SUBMIT'))} của ${unit} đề nghị cử ${content.delegationName} đi công tác tại ${countryList(content)}.`,
      ),
      paragraph('Sau khi xem xét, cấp có thẩm quyền không đồng ý cử đoàn. Lý do:'),
      ...(reason ?? '…')
        .split('\n')
        .filter((text) => text.trim() !== '')
        .map((text) => ({ kind: 'item' as const, text: sentence(text.replace(/^\s*[-–•]\s*/u, '')) })),
      paragraph(`${issuer.organisation.name} thông báo để ${unit} biết, thực hiện.`),
    ],
    recipients: ['Như trên', 'Ủy ban nhân dân tỉnh (b/c)', 'Lưu: VT, hồ sơ'],
  };
}
