import type { ApprovalStep, ProvinceProfile } from '../profile.js';
import { centralLimits, centralRules, deadlinesWith } from './central-rules.js';
import { checklist, opinionRows } from './dossier-rows.js';
import { limit, step, text } from './parts.js';
import { references, sources } from './sources.js';

const focalStep: ApprovalStep = step({
  id: 'focalAgency',
  name: text('Lãnh đạo Sở Nội vụ', 'Head of the Department of Home Affairs'),
  organisationCode: 'SNV',
  halfDays: 2,
});
const committeeStep: ApprovalStep = step({
  id: 'peoplesCommittee',
  name: text('UBND thành phố', "City People's Committee"),
  organisationCode: 'UBND',
  halfDays: 6,
  reference: references.hueProcedure,
});
const partyStep: ApprovalStep = step({
  id: 'partyCommittee',
  name: text('Thường trực Thành ủy', 'Standing members of the City Party Committee'),
  organisationCode: 'THANHUY',
  halfDays: 10,
  records: ['partyOpinion', 'notice', 'officialLetter'],
});
const centralStep: ApprovalStep = step({
  id: 'central',
  name: text('Ý kiến của Trung ương', 'Central level'),
  organisationCode: 'VPUBND',
  role: 'clerk',
  halfDays: 30,
  records: ['officialLetter', 'notice', 'partyOpinion'],
});

const decision = { organisationCode: 'VPUBND' };
const leaders = ['politburo', 'centralManaged'] as const;

/**
 * Đà Nẵng: công văn 101/UBND-SNV of 09/07/2025. Trips go through the Department of Home Affairs; the size of a delegation depends on who
 * leads it, the days on the number of countries (three each, five for an important event). Periods are assumptions.
 */
export const daNangProfile: ProvinceProfile = {
  id: 'da-nang',
  version: 1,
  provinceCode: 'DN',
  name: text('Quy chế đoàn ra thành phố Đà Nẵng (bản mẫu)', 'Rules for outbound delegations, Đà Nẵng (sample)'),
  validFrom: '2025-07-09',
  validTo: null,
  focalOrganisationCode: 'SNV',
  decisionOfficeCode: 'VPUBND',
  authorityOrganisationCode: 'UBND',
  routes: [
    {
      id: 'central',
      name: text('Đoàn lãnh đạo thành phố', 'Delegation with leaders of the city'),
      when: { highestRank: [...leaders] },
      steps: [focalStep, committeeStep, partyStep, centralStep],
      decision,
      source: null,
      reference: sources.thaiNguyenPlan,
    },
    {
      id: 'partyManaged',
      name: text(
        'Đoàn có cán bộ thuộc diện Thành ủy quản lý: theo quy định của Đảng',
        'Delegation with party-managed officials: by the rules of the Party',
      ),
      when: { highestRank: ['standingCommitteeManaged'] },
      steps: [focalStep, committeeStep, partyStep],
      decision,
      source: sources.daNang,
    },
    {
      id: 'outOfPlan',
      name: text('Đoàn ngoài kế hoạch, thật cần thiết', 'Out of plan, truly necessary'),
      when: { planLine: 'outOfPlan' },
      steps: [focalStep, committeeStep, partyStep],
      decision,
      source: null,
      reference: sources.daNang2017,
    },
    {
      id: 'committee',
      name: text('Đoàn trong kế hoạch', 'Delegation in the plan'),
      when: {},
      steps: [focalStep, committeeStep],
      decision,
      source: sources.daNang,
    },
  ],
  deadlines: deadlinesWith(),
  limits: {
    ...centralLimits,
    membersMax: [
      limit({
        value: 10,
        when: { leaderRank: [...leaders], leaderIsDeputy: false },
        source: `${sources.daNang}: trưởng đoàn là người đứng đầu Thành ủy, HĐND, UBND`,
      }),
      limit({
        value: 7,
        when: { leaderRank: [...leaders], leaderIsDeputy: true },
        source: `${sources.daNang}: trưởng đoàn là cấp phó`,
      }),
      limit({ value: 5, source: `${sources.daNang}: đoàn liên ngành cấp sở, xã` }),
    ],
    daysMax: [
      limit({
        value: 3,
        per: 'country',
        ceiling: { value: 5, severity: 'block' },
        source: `${sources.daNang}: 3 ngày mỗi nước, 5 ngày khi có sự kiện quan trọng`,
      }),
    ],
    countriesMax: [limit({ value: 3, source: `${sources.daNang}: 3 nước lân cận` })],
    tripsPerPersonPerYear: [
      limit({
        value: 2,
        severity: 'block',
        whenJustified: 'warning',
        source: `${sources.daNang}; ${sources.directive38}`,
      }),
    ],
  },
  ...centralRules,
  outOfPlan: { severity: 'block', whenJustified: 'warning', source: sources.daNang2017 },
  enterprisePaid: { severity: 'block', whenJustified: 'block', source: sources.daNang },
  studyOnBudget: { severity: 'block', whenJustified: 'warning', source: sources.daNang2017 },
  dossierChecklist: checklist({ partyOpinion: { severity: 'note', reference: sources.dongNaiDossier } }),
  opinions: opinionRows({ personnelCode: 'BTCTU', policeCode: 'CATP' }),
};
