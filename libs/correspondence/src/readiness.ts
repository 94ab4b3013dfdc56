import type { OfficialDocumentType } from '#contracts/official-document-kinds.js';
import type { AmendmentView } from '#contracts/official-documents.js';
import type { Text } from '#contracts/text.js';
import type { CaseRecord } from '#libs/delegation';
import { decisionInForce, openAmendment } from '#workflows/outbound-delegation/context.js';

type Asked = Readonly<{ record: CaseRecord; amendment: AmendmentView; reason: string | null }>;
type Judge = (asked: Asked) => Text | null;

const ended = say('Hồ sơ đã kết thúc.', 'The case has ended.');
const noDecision = say('Chưa có quyết định cử đoàn.', 'There is no decision yet.');
const notSubmitted = say('Hồ sơ chưa được thủ trưởng đơn vị ký trình.', 'The dossier has not been submitted yet.');

/** Why a document of this type cannot be drafted for the case as it is now; null when it can. */
export function reasonAgainstDraft(type: OfficialDocumentType, asked: Asked): Text | null {
  return drafting[type](asked);
}

/**
 * Why a draft cannot get a number now. A decision needs every level's approval first, so that no number is ever given to a decision
 * nobody may issue.
 */
export function reasonAgainstNumber(type: OfficialDocumentType, asked: Asked): Text | null {
  const { states } = asked.record.instance;
  if (type === 'decision' && !states.includes('notification.awaitingDecision')) {
    return say(
      'Các cấp chưa duyệt xong, hoặc quyết định đã ban hành: chưa cấp số.',
      'Not all levels have approved, or the decision is issued: no number is given.',
    );
  }
  return drafting[type](asked);
}

const beforeEnd: Judge = ({ record }) => (record.instance.status === 'active' ? null : ended);
const submitted: Judge = (asked) => {
  const draft = asked.record.instance.states.some((state) => state.startsWith('proposal'));
  return beforeEnd(asked) ?? (draft ? notSubmitted : null);
};
const decided: Judge = ({ record }) => (decisionInForce(record.context) === undefined ? noDecision : null);

const drafting: Readonly<Record<OfficialDocumentType, Judge>> = {
  proposalLetter: beforeEnd,
  submission: submitted,
  opinionRequest: submitted,
  partySubmission: submitted,
  partyLetter: submitted,
  decision: (asked) =>
    submitted(asked) ??
    (decisionInForce(asked.record.context) === undefined
      ? null
      : say('Đã có quyết định: thay đổi bằng quyết định sửa đổi.', 'A decision is in force: amend it instead.')),
  supplementRequest: ({ record }) =>
    record.words.has('REQUEST_SUPPLEMENT')
      ? null
      : say('Chưa lập danh mục yêu cầu bổ sung.', 'No supplement has been asked for.'),
  refusal: ({ record, reason }) =>
    reason === null || decisionInForce(record.context) !== undefined
      ? say('Chưa có ý kiến từ chối kèm lý do.', 'There is no refusal with a reason yet.')
      : null,
  mofaNotification: decided,
  embassyNotification: decided,
  amendmentConfirmation: (asked) => decided(asked) ?? amending(asked, 'onTheSpot'),
  amendmentDecision: (asked) => decided(asked) ?? amending(asked, 'newDecision'),
  cancellationDecision: ({ record, reason }) => {
    if (decisionInForce(record.context) === undefined) return noDecision;
    return reason === null ? say('Cần nêu lý do hủy.', 'The reason for cancelling is missing.') : null;
  },
  tripReport: ({ record }) =>
    record.context.returnedOn === null ? say('Đoàn chưa về nước.', 'The delegation is not back yet.') : null,
};

/** Thông tư 08/2025/TT-BNG: one changed item is confirmed on the decision, two or more need a new document. */
function amending({ record, amendment }: Asked, route: 'onTheSpot' | 'newDecision'): Text | null {
  if (openAmendment(record.context) === undefined) {
    return say('Chưa có đề nghị điều chỉnh đang chờ.', 'No amendment request is open.');
  }
  if (amendment.differences.length === 0) {
    return say('Đơn vị chưa sửa nội dung đề nghị điều chỉnh.', 'The contents to amend have not been edited yet.');
  }
  if (amendment.route === route) return null;
  return route === 'onTheSpot'
    ? say(
        `Thay đổi ${amendment.count} nội dung: phải ban hành quyết định sửa đổi, không xác nhận tại chỗ được.`,
        `${amendment.count} items are changed: an amending decision is needed, they cannot be confirmed in place.`,
      )
    : say(
        'Chỉ thay đổi một nội dung: xác nhận ngay trên quyết định đã có.',
        'Only one item is changed: it is confirmed on the decision itself.',
      );
}

function say(vi: string, en: string): Text {
  return { vi, en };
}
