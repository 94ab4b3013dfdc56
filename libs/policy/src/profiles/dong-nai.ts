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
const partyStep: ApprovalStep = step({
  id: 'partyCommittee',
  name: text('Tỉnh ủy cho chủ trương', 'Provincial Party Committee agrees in principle'),
  organisationCode: 'TINHUY',
  halfDays: 10,
  records: ['officialLetter', 'partyOpinion'],
  whenNotRecorded: 'block',
  reference: sources.dongNaiPlan,
});
const committeeStep: ApprovalStep = step({
  id: 'peoplesCommittee',
  name: text('Chủ tịch UBND tỉnh', "Chairman of the Provincial People's Committee"),
  organisationCode: 'UBND',
  halfDays: 6,
  reference: references.hueProcedure,
});
const centralStep: ApprovalStep = step({
  id: 'central',
  name: text('Ý kiến của Trung ương', 'Central level'),
  organisationCode: 'VPUBND',
  role: 'clerk',
  halfDays: 30,
  records: ['officialLetter', 'notice', 'partyOpinion'],
  whenNotRecorded: 'block',
});

const decision = { organisationCode: 'VPUBND' };
const dossier = { source: sources.dongNaiDossier };

/**
 * Đồng Nai. The Party committee agrees first, then the chairman decides; for officials under its management its opinion comes with the
 * dossier (procedure of the province). The texts of QC 04-QC/TU (23/03/2020) and QĐ 50/2021/QĐ-UBND were not seen: periods and numeric
 * limits are assumptions; its plan of 2024 has delegations of 15 and 18 people.
 */
export const dongNaiProfile: ProvinceProfile = {
  id: 'dong-nai',
  version: 1,
  provinceCode: 'DNA',
  name: text('Quy chế đoàn ra tỉnh Đồng Nai (bản mẫu)', 'Rules for outbound delegations, Đồng Nai (sample)'),
  validFrom: '2020-03-23',
  validTo: null,
  focalOrganisationCode: 'SNGV',
  decisionOfficeCode: 'VPUBND',
  authorityOrganisationCode: 'UBND',
  routes: [
    {
      id: 'central',
      name: text('Đoàn lãnh đạo tỉnh', 'Delegation with leaders of the province'),
      when: { highestRank: ['politburo', 'centralManaged'] },
      steps: [focalStep, partyStep, committeeStep, centralStep],
      decision,
      source: sources.dongNaiPlan,
    },
    {
      id: 'outOfPlan',
      name: text('Đoàn ngoài kế hoạch năm', 'Delegation outside the annual plan'),
      when: { planLine: 'outOfPlan' },
      steps: [focalStep, partyStep, committeeStep],
      decision,
      source: null,
      reference: sources.haNoiPlan,
    },
    {
      id: 'committee',
      name: text('Đoàn trong kế hoạch', 'Delegation in the plan'),
      // Officials under the Party committee bring its opinion with the dossier, so no step of its own.
      when: {},
      steps: [focalStep, committeeStep],
      decision,
      source: sources.dongNaiDossier,
    },
  ],
  deadlines: deadlinesWith(),
  limits: { ...assumedLimits, ...centralLimits },
  ...centralRules,
  // The Party committee agreed on 30/11/2023, the Ministry wrote on 21/02/2024, the plan was issued on 14/03/2024.
  annualPlan: { ministryLetter: { value: 'beforeIssue', source: sources.dongNaiPlan } },
  clock: { ...centralRules.clock, supplement: { value: 'restart', source: sources.dongNaiSupplement } },
  dossierChecklist: checklist({
    grounds: {
      proposalLetter: dossier,
      programme: dossier,
      invitation: dossier,
      invitationTranslation: dossier,
      costEstimate: dossier,
    },
    partyOpinion: { severity: 'block', ...dossier },
  }),
  opinions: opinionRows({ personnelCode: 'BTCTU', policeCode: 'CAT' }),
};
