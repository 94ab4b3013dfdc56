import type { ApprovalStep, ProvinceProfile } from '../profile.js';
import { assumedLimits, centralLimits, centralRules, deadlinesWith } from './central-rules.js';
import { checklist, opinionRows } from './dossier-rows.js';
import { step, text } from './parts.js';
import { references, sources } from './sources.js';

const focalStep: ApprovalStep = step({
  id: 'focalAgency',
  name: text('Lãnh đạo Sở Ngoại vụ', 'Head of the Department of Foreign Affairs'),
  organisationCode: 'SNGV',
  halfDays: 2,
});
const committeeStep: ApprovalStep = step({
  id: 'peoplesCommittee',
  name: text('Lãnh đạo UBND tỉnh', "Provincial People's Committee"),
  organisationCode: 'UBND',
  halfDays: 6,
  reference: references.hueProcedure,
});
const partyStep: ApprovalStep = step({
  id: 'partyCommittee',
  name: text('Thường trực Tỉnh ủy', 'Standing members of the Provincial Party Committee'),
  organisationCode: 'TINHUY',
  halfDays: 10,
  records: ['partyOpinion', 'notice', 'officialLetter'],
});
/** Decided outside the system; the clerk of the Office records the document that came back. */
const centralStep: ApprovalStep = step({
  id: 'central',
  name: text('Ý kiến của Trung ương', 'Central level'),
  organisationCode: 'VPUBND',
  role: 'clerk',
  halfDays: 30,
  records: ['officialLetter', 'notice', 'partyOpinion'],
});

const decision = { organisationCode: 'VPUBND' };

/**
 * Tuyên Quang. Its own regulation is QĐ 277-QĐ/TU of 25/11/2016, whose text was not seen, so that every number that is not a central
 * document's is an assumption.
 */
export const tuyenQuangProfile: ProvinceProfile = {
  id: 'tuyen-quang',
  version: 1,
  provinceCode: 'TQ',
  name: text('Quy chế đoàn ra tỉnh Tuyên Quang (bản mẫu)', 'Rules for outbound delegations, Tuyên Quang (sample)'),
  validFrom: '2019-01-01',
  validTo: null,
  focalOrganisationCode: 'SNGV',
  decisionOfficeCode: 'VPUBND',
  authorityOrganisationCode: 'UBND',
  routes: [
    {
      id: 'central',
      name: text('Đoàn có cán bộ diện Trung ương quản lý', 'Delegation with officials under central management'),
      when: { highestRank: ['politburo', 'centralManaged'] },
      steps: [focalStep, committeeStep, partyStep, centralStep],
      decision,
      source: null,
      reference: sources.thaiNguyenPlan,
    },
    {
      id: 'partyManaged',
      name: text('Đoàn có cán bộ diện Ban Thường vụ Tỉnh ủy quản lý', 'Delegation with party-managed officials'),
      when: { highestRank: ['standingCommitteeManaged'] },
      steps: [focalStep, committeeStep, partyStep],
      decision,
      source: null,
      reference: sources.thaiNguyenPlan,
    },
    {
      id: 'outOfPlan',
      name: text('Đoàn ngoài kế hoạch năm', 'Delegation outside the annual plan'),
      when: { planLine: 'outOfPlan' },
      steps: [focalStep, committeeStep, partyStep],
      decision,
      source: null,
      reference: sources.haNoiPlan,
    },
    {
      id: 'committee',
      name: text('Đoàn thuộc thẩm quyền Chủ tịch UBND tỉnh', "Delegation decided by the People's Committee"),
      when: {},
      steps: [focalStep, committeeStep],
      decision,
      source: null,
      reference: references.binhDuongProcedure,
    },
  ],
  deadlines: deadlinesWith(),
  limits: { ...assumedLimits, ...centralLimits },
  ...centralRules,
  // Its plans were issued on 06/01/2020, 22/01/2021 and 12/01/2023, before the Ministry usually writes; that it need not is an inference.
  annualPlan: { ministryLetter: { value: 'notAwaited', source: null, reference: sources.tuyenQuangPlans } },
  dossierChecklist: checklist({ partyOpinion: { severity: 'note', reference: sources.dongNaiDossier } }),
  opinions: opinionRows({ personnelCode: 'BTCTU', policeCode: 'CAT' }),
};
