import type { Text } from '#contracts/text.js';
import type { ChecklistRow, OpinionRow } from '../profile.js';
import { sources } from './sources.js';

export const tuyenQuangChecklist: readonly ChecklistRow[] = [
  {
    kind: 'proposalLetter',
    name: text('Tờ trình (công văn) cử đoàn do thủ trưởng đơn vị ký', 'Proposal signed by the head of the unit'),
    when: {},
    severity: 'block',
    source: sources.dongNaiDossier,
  },
  {
    kind: 'programme',
    name: text(
      'Đề án, chương trình làm việc (học tập: đề cương nghiên cứu)',
      'Programme (study trips: research outline)',
    ),
    when: {},
    severity: 'block',
    source: sources.directive38,
  },
  {
    kind: 'memberList',
    name: text('Danh sách trích ngang thành viên', 'List of members with particulars'),
    when: {},
    severity: 'block',
    source: sources.dongNaiDossier,
  },
  {
    kind: 'invitation',
    name: text('Thư mời của đối tác', 'Invitation of the partner'),
    when: { invited: true },
    severity: 'block',
    source: sources.dongNaiDossier,
  },
  {
    kind: 'invitationTranslation',
    name: text('Bản dịch thư mời có xác nhận của đơn vị', 'Translation of the invitation, certified by the unit'),
    when: { invited: true },
    severity: 'block',
    source: sources.dongNaiDossier,
  },
  {
    kind: 'costEstimate',
    name: text('Dự trù kinh phí (khi dùng ngân sách)', 'Cost estimate (for budget money)'),
    when: { funding: ['stateBudget', 'partyBudget'] },
    severity: 'block',
    source: sources.dongNaiDossier,
  },
  {
    kind: 'partyOpinion',
    name: text(
      'Ý kiến của Thường trực Tỉnh ủy hoặc thông báo của Ban Tổ chức cấp ủy',
      'Opinion of the Party committee for members under its management',
    ),
    // Asked during the appraisal where the unit does not have it yet, so its absence does not stop the submission.
    when: { anyMemberOf: ['politburo', 'centralManaged', 'standingCommitteeManaged'] },
    severity: 'note',
    source: sources.dongNaiDossier,
  },
  {
    kind: 'agreementText',
    name: text('Dự thảo thỏa thuận sẽ ký', 'Draft of the agreement to be signed'),
    when: { purposes: ['signing'] },
    severity: 'block',
    source: null,
  },
];

export const tuyenQuangOpinions: readonly OpinionRow[] = [
  {
    organisationCode: 'STC',
    role: 'reviewer',
    subject: text('Kinh phí từ ngân sách', 'Money from the budget'),
    when: { funding: ['stateBudget', 'partyBudget'] },
    required: true,
    source: sources.thaiNguyenPlan,
  },
  {
    organisationCode: 'BTCTU',
    role: 'reviewer',
    subject: text('Cán bộ diện Ban Thường vụ Tỉnh ủy quản lý', 'Officials managed by the Provincial Party Committee'),
    when: { anyMemberOf: ['politburo', 'centralManaged', 'standingCommitteeManaged'] },
    required: true,
    source: sources.haNoiDossier,
  },
  {
    organisationCode: 'CAT',
    role: 'reviewer',
    subject: text('An ninh, tình trạng xuất cảnh', 'Security and exit status'),
    when: {},
    required: false,
    source: null,
  },
];

function text(vi: string, en: string): Text {
  return { vi, en };
}
