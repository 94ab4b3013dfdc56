import type { Text } from './text.js';

/** Documents the product drafts (DOMAIN 10, "Templates to generate"). Apart from the schemas, so that the web can show the list. */
export const officialDocumentTypes = [
  'proposalLetter',
  'submission',
  'opinionRequest',
  'supplementRequest',
  'refusal',
  'partySubmission',
  'partyLetter',
  'decision',
  'mofaNotification',
  'embassyNotification',
  'amendmentConfirmation',
  'amendmentDecision',
  'cancellationDecision',
  'tripReport',
] as const;
export type OfficialDocumentType = (typeof officialDocumentTypes)[number];

export const officialDocumentTexts = {
  proposalLetter: text('Công văn đề nghị cử đoàn', 'Letter proposing the delegation'),
  submission: text('Tờ trình của cơ quan đầu mối', 'Submission of the focal agency'),
  opinionRequest: text('Công văn xin ý kiến', 'Letter asking for an opinion'),
  supplementRequest: text('Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', 'Request to supplement the dossier'),
  refusal: text('Công văn từ chối', 'Letter of refusal'),
  partySubmission: text('Tờ trình Thường trực Tỉnh ủy', 'Submission to the standing members of the Party committee'),
  partyLetter: text('Công văn gửi Thường trực Tỉnh ủy', 'Letter to the standing members of the Party committee'),
  decision: text('Quyết định cử đoàn', 'Decision sending the delegation'),
  mofaNotification: text('Công văn thông báo Bộ Ngoại giao', 'Notification to the Ministry of Foreign Affairs'),
  embassyNotification: text('Công văn thông báo cơ quan đại diện', 'Notification to the representative office'),
  amendmentConfirmation: text('Xác nhận điều chỉnh một nội dung', 'Confirmation of one change'),
  amendmentDecision: text('Quyết định sửa đổi, bổ sung', 'Decision amending the decision'),
  cancellationDecision: text('Quyết định hủy', 'Decision cancelling the trip'),
  tripReport: text('Báo cáo kết quả chuyến đi', 'Report on the trip'),
} satisfies Record<OfficialDocumentType, Text>;

/** Documents of an office that belong to no trip. */
export const officePaperTypes = ['periodicReport'] as const;
export type OfficePaperType = (typeof officePaperTypes)[number];

/** By which authority a document is signed (Nghị định 30/2020/NĐ-CP): the head, KT., TL., TUQ., Q. */
export const signingAuthorityKinds = ['head', 'KT', 'TL', 'TUQ', 'Q'] as const;

function text(vi: string, en: string): Text {
  return { vi, en };
}
