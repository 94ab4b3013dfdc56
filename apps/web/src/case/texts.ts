import type { Text } from '#contracts/text.js';

/** Words of the dossier that came with its story. */
export const caseTexts = {
  markPassed: { vi: 'đã qua', en: 'passed' },
  markCurrent: { vi: 'đang ở đây', en: 'current' },
  markPossible: { vi: 'có thể đi tiếp', en: 'possible next' },
  markOpen: { vi: 'chưa tới', en: 'not reached' },
  statesOfPhase: { vi: 'Các bước của giai đoạn', en: 'States of the phase' },
  comingSteps: { vi: 'Các bước sắp tới', en: 'Steps to come' },
  comingHint: {
    vi: 'Dự kiến khi mỗi bước dùng hết thời hạn; làm sớm thì xong sớm.',
    en: 'Expected if each step takes its whole term; earlier work brings earlier days.',
  },
  expectedBy: { vi: 'Dự kiến chậm nhất {at}', en: 'Expected by {at}' },
  noTerm: { vi: 'Quy chế không đặt thời hạn', en: 'The rules set no term' },
  nobodyHolds: { vi: 'Chưa có người giữ việc này', en: 'Nobody holds this role' },
  opinions: { vi: 'Ý kiến các cơ quan', en: 'Opinions of agencies' },
  opinionAwaited: { vi: 'Chờ trả lời', en: 'Awaited' },
  opinionNotGiven: { vi: 'Không có ý kiến trả lời', en: 'No answer was given' },
  revisions: { vi: 'So sánh các bản đề nghị', en: 'Compare versions' },
  revisionsOpen: { vi: 'Đã lưu {n} bản; chọn hai bản để so sánh', en: '{n} versions saved; compare two' },
  revisionNumber: { vi: 'Bản {n}', en: 'Version {n}' },
  revisionApproved: { vi: 'bản được duyệt', en: 'approved' },
  oneRevision: { vi: 'Mới có một bản.', en: 'There is one version only.' },
  noDifference: { vi: 'Hai bản giống nhau.', en: 'The two versions are the same.' },
  earlier: { vi: 'Bản trước', en: 'Earlier version' },
  later: { vi: 'Bản sau', en: 'Later version' },
  yes: { vi: 'Có', en: 'Yes' },
  no: { vi: 'Không', en: 'No' },
  signedCopy: { vi: 'Bản ký (PDF, DOCX hoặc ảnh)', en: 'Signed copy (PDF, DOCX or picture)' },
  chooseFile: { vi: 'Chọn tệp', en: 'Choose a file' },
  uploading: { vi: 'Đang tải lên {percent}%', en: 'Uploading {percent}%' },
} as const satisfies Record<string, Text>;
