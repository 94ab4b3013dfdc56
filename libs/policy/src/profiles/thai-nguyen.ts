import type { ApprovalStep, ProvinceProfile } from '../profile.js';
import { assumedLimits, centralLimits, centralRules, deadlinesWith } from './central-rules.js';
import { checklist, opinionRows } from './dossier-rows.js';
import { limit, step, text } from './parts.js';
import { references, sources } from './sources.js';

const focalStep: ApprovalStep = step({
  id: 'focalAgency',
  name: text('Sở Ngoại vụ đề xuất', 'Department of Foreign Affairs proposes'),
  organisationCode: 'SNGV',
  halfDays: 2,
});
const committeeStep: ApprovalStep = step({
  id: 'peoplesCommittee',
  name: text('UBND tỉnh báo cáo', "Provincial People's Committee reports"),
  organisationCode: 'UBND',
  // Thừa Thiên Huế: 3.5 working days.
  halfDays: 7,
  reference: references.hueProcedure,
});
const partyStep: ApprovalStep = step({
  id: 'partyCommittee',
  name: text('Thường trực Tỉnh ủy', 'Standing members of the Provincial Party Committee'),
  organisationCode: 'TINHUY',
  halfDays: 10,
  records: ['partyOpinion', 'notice', 'officialLetter'],
  whenNotRecorded: 'block',
});
const centralStep: ApprovalStep = step({
  id: 'central',
  name: text('Phê duyệt của Trung ương', 'Central approval'),
  organisationCode: 'VPUBND',
  role: 'clerk',
  halfDays: 30,
  records: ['officialLetter', 'notice', 'partyOpinion'],
  whenNotRecorded: 'block',
});

const decision = { organisationCode: 'VPUBND' };

/**
 * Thái Nguyên. The order of the steps is that of its plan of 2019: the Department proposes, the People's Committee reports to the
 * Standing members of the Party committee, leaders of the province also need central approval, the People's Committee issues. The text of
 * QĐ 1263-QĐ/TU (03/08/2017) was not seen, so its numbers are assumptions.
 */
export const thaiNguyenProfile: ProvinceProfile = {
  id: 'thai-nguyen',
  version: 1,
  provinceCode: 'TN',
  name: text('Quy chế đoàn ra tỉnh Thái Nguyên (bản mẫu)', 'Rules for outbound delegations, Thái Nguyên (sample)'),
  validFrom: '2019-04-08',
  validTo: null,
  focalOrganisationCode: 'SNGV',
  decisionOfficeCode: 'VPUBND',
  authorityOrganisationCode: 'UBND',
  routes: [
    {
      id: 'central',
      name: text('Đoàn lãnh đạo tỉnh', 'Delegation with leaders of the province'),
      when: { highestRank: ['politburo', 'centralManaged'] },
      steps: [focalStep, committeeStep, partyStep, centralStep],
      decision,
      source: sources.thaiNguyenPlan,
    },
    {
      id: 'partyManaged',
      name: text('Đoàn có cán bộ diện Ban Thường vụ Tỉnh ủy quản lý', 'Delegation with party-managed officials'),
      when: { highestRank: ['standingCommitteeManaged'] },
      steps: [focalStep, committeeStep, partyStep],
      decision,
      source: sources.thaiNguyenPlan,
    },
    {
      id: 'committee',
      name: text('Đoàn của sở, ngành, địa phương', 'Delegation of a department or locality'),
      // In plan by annex II of the plan; out of plan the Department of Finance appraises and the People's Committee approves.
      when: {},
      steps: [focalStep, committeeStep],
      decision,
      source: sources.thaiNguyenPlan,
    },
  ],
  deadlines: deadlinesWith(),
  limits: {
    ...assumedLimits,
    ...centralLimits,
    countriesMax: [limit({ value: 3, source: `${sources.thaiNguyenPlan}: "Không quá 3 nước"` })],
  },
  ...centralRules,
  // The Ministry wrote on 13/02/2019, the Standing members met on 18/02/2019.
  annualPlan: { ministryLetter: { value: 'beforeApproval', source: sources.thaiNguyenPlan } },
  dossierChecklist: checklist({ partyOpinion: { severity: 'note', reference: sources.dongNaiDossier } }),
  opinions: opinionRows({
    personnelCode: 'BTCTU',
    policeCode: 'CAT',
    finance: { source: `${sources.thaiNguyenPlan}, mục IV (kinh phí đoàn phát sinh)` },
  }),
};
