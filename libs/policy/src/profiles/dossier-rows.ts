import type { ChecklistRow, OpinionRow } from '../profile.js';
import { evidence, text } from './parts.js';
import { references, sources } from './sources.js';

type Evidence = Parameters<typeof evidence>[0];
type Kind = 'proposalLetter' | 'programme' | 'memberList' | 'invitation' | 'invitationTranslation' | 'costEstimate';

const partyManaged = ['politburo', 'centralManaged', 'standingCommitteeManaged'] as const;
const budget = ['stateBudget', 'partyBudget'] as const;
const dongNai: Evidence = { reference: sources.dongNaiDossier };

/** The documents most provinces ask for (DOMAIN 3). `grounds`: what this province's own procedure says of each. */
export function checklist(given: {
  grounds?: Partial<Record<Kind, Evidence>>;
  /** block: the opinion of the Party committee comes with the dossier; note: it is asked during the appraisal. */
  partyOpinion: Pick<ChecklistRow, 'severity'> & Evidence;
}): readonly ChecklistRow[] {
  const { grounds = {}, partyOpinion } = given;
  const on = (kind: Kind, fallback: Evidence) => evidence(grounds[kind] ?? fallback);
  return [
    row(
      'proposalLetter',
      'Tờ trình (công văn) cử đoàn do thủ trưởng đơn vị ký',
      'Proposal signed by the head of the unit',
      {},
      on('proposalLetter', dongNai),
    ),
    row(
      'programme',
      'Đề án, chương trình làm việc (học tập: đề cương nghiên cứu)',
      'Programme (study trips: research outline)',
      {},
      on('programme', { source: sources.directive38 }),
    ),
    row(
      'memberList',
      'Danh sách trích ngang thành viên',
      'List of members with particulars',
      {},
      on('memberList', { reference: references.hueDossier }),
    ),
    row('invitation', 'Thư mời của đối tác', 'Invitation of the partner', { invited: true }, on('invitation', dongNai)),
    row(
      'invitationTranslation',
      'Bản dịch thư mời có xác nhận của đơn vị',
      'Translation of the invitation, certified by the unit',
      { invited: true },
      on('invitationTranslation', dongNai),
    ),
    row(
      'costEstimate',
      'Dự trù kinh phí (khi dùng ngân sách)',
      'Cost estimate (for budget money)',
      { funding: [...budget] },
      on('costEstimate', dongNai),
    ),
    {
      kind: 'partyOpinion',
      name: text(
        'Ý kiến của Thường trực cấp ủy hoặc thông báo của Ban Tổ chức cấp ủy',
        'Opinion of the Party committee for members under its management',
      ),
      when: { anyMemberOf: [...partyManaged] },
      severity: partyOpinion.severity,
      ...evidence(partyOpinion),
    },
    row(
      'agreementText',
      'Dự thảo thỏa thuận sẽ ký',
      'Draft of the agreement to be signed',
      { purposes: ['signing'] },
      evidence({}),
    ),
  ];
}

function row(
  kind: ChecklistRow['kind'],
  vi: string,
  en: string,
  when: ChecklistRow['when'],
  known: ReturnType<typeof evidence>,
): ChecklistRow {
  return { kind, name: text(vi, en), when, severity: 'block', ...known };
}

/**
 * Agencies asked during the appraisal. Money of a trip in the plan is in the unit's own budget; that of any other trip is estimated,
 * appraised by the Department of Finance and then approved (DOMAIN 2.2). `finance`, `personnel`: what this province's own texts say.
 */
export function opinionRows(given: {
  finance?: Evidence;
  personnelCode: string;
  personnel?: Evidence;
  policeCode: string;
}): readonly OpinionRow[] {
  const { finance = {}, personnel = {}, personnelCode, policeCode } = given;
  return [
    {
      organisationCode: 'STC',
      subject: text('Thẩm định dự toán kinh phí đoàn ngoài kế hoạch', 'Appraisal of the costs of a trip out of plan'),
      when: { planLine: 'outOfPlan', funding: [...budget] },
      required: true,
      inWriting: true,
      ...evidence({ reference: sources.thaiNguyenPlan, ...finance }),
    },
    {
      organisationCode: personnelCode,
      subject: text('Cán bộ diện cấp ủy quản lý', 'Officials managed by the Party committee'),
      when: { anyMemberOf: [...partyManaged] },
      // Where a province binds itself to it, it comes with the dossier (its row of the checklist); here it may be asked besides.
      required: false,
      inWriting: false,
      ...evidence({ reference: sources.haNoiDossier, ...personnel }),
    },
    {
      organisationCode: policeCode,
      subject: text('An ninh, tình trạng xuất cảnh', 'Security and exit status'),
      when: {},
      required: false,
      inWriting: false,
      ...evidence({}),
    },
  ];
}
