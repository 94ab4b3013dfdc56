import type { Block } from '#libs/documents';
import { documentsOf } from '#workflows/outbound-delegation/context.js';
import type { Filling } from './form.js';
import { cited } from './phrases.js';

/**
 * Căn cứ of a decision. Party instruments: DOMAIN 1.1 (still cited on 08/01/2026). The laws on local government are public; that a
 * province cites exactly these is an assumption, and the clerk may change the draft.
 */
const instruments: readonly { text: string; from?: string; before?: string }[] = [
  {
    text: 'Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015; Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22 tháng 11 năm 2019;',
    before: '2025-07-01',
  },
  { text: 'Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;', from: '2025-07-01' },
  {
    text: 'Căn cứ Quyết định số 272-QĐ/TW ngày 21 tháng 01 năm 2015 của Bộ Chính trị về việc ban hành Quy chế quản lý thống nhất các hoạt động đối ngoại; Kết luận số 33-KL/TW ngày 25 tháng 7 năm 2018 của Bộ Chính trị;',
  },
  {
    text: 'Căn cứ Chỉ thị số 38-CT/TW ngày 21 tháng 7 năm 2014 của Bộ Chính trị về tăng cường quản lý các đoàn đi công tác nước ngoài;',
  },
  {
    text: 'Căn cứ Thông tư số 08/2025/TT-BNG ngày 13 tháng 6 năm 2025 của Bộ trưởng Bộ Ngoại giao;',
    from: '2025-07-01',
  },
];

/** The instruments in force, the annual plan, the opinion of the Party committee and the proposals. */
export function bases(filling: Filling): Block[] {
  const { record, organisations, today } = filling;
  const lines = instruments
    .filter(({ from, before }) => (!from || today >= from) && (!before || today < before))
    .map(({ text }) => text);
  return [...lines, ...planBasis(filling), ...opinions(filling), proposals(filling)].map((text) => ({
    kind: 'paragraph',
    text,
    italic: true,
  }));

  function opinions(_: Filling): string[] {
    return record.context.approvals.flatMap((approval) => {
      const organisation = organisations.get(approval.organisationId);
      if (approval.voidedAt !== null || organisation?.kind !== 'party') return [];
      return documentsOf(approval).map(
        (document) => `Thực hiện ý kiến của Thường trực ${organisation.shortName} tại Văn bản ${cited(document)};`,
      );
    });
  }
}

export function planBasis({ record }: Filling): string[] {
  const { plan } = record;
  if (plan === null) return [];
  const number = plan.documentNumber === null ? '' : ` số ${plan.documentNumber}`;
  const dated =
    plan.documentDate === null ? '' : ` ${cited({ number: '', date: plan.documentDate }).replace('số ', '').trim()}`;
  return [`Căn cứ Kế hoạch đoàn ra năm ${plan.year}${number}${dated} của tỉnh;`];
}

function proposals({ record, organisations, issued }: Filling): string {
  const { unitId, focalId } = record.context.organisations;
  const letter = record.documents.get('SIGN_SUBMIT') ?? issued.get('proposalLetter');
  const unit = organisations.get(unitId)?.name ?? 'đơn vị đề nghị';
  const focal = organisations.get(focalId)?.name ?? 'cơ quan đầu mối';
  const submission = issued.get('submission') ?? record.documents.get('FORWARD');
  const first = `Theo đề nghị của ${unit} tại Văn bản ${cited(letter)}`;
  return submission === undefined
    ? `${first} và của Giám đốc ${focal}.`
    : `${first} và của Giám đốc ${focal} tại Tờ trình ${cited(submission)}.`;
}
