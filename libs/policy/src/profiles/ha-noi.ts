import type { ApprovalStep, ProvinceProfile } from '../profile.js';
import { centralLimits, centralRules, deadlinesWith, reportDeadline } from './central-rules.js';
import { checklist, opinionRows } from './dossier-rows.js';
import { approvalLadder, workLadder } from './ladders.js';
import { after, limit, step, text } from './parts.js';
import { sources } from './sources.js';

const insideTheDepartment = 'Chia 2 ngày của Sở Ngoại vụ thành 1,5 ngày thẩm định và 0,5 ngày lãnh đạo ký';

const focalStep: ApprovalStep = step({
  id: 'focalAgency',
  name: text('Lãnh đạo Sở Ngoại vụ', 'Head of the Department of Foreign Affairs'),
  organisationCode: 'SNGV',
  halfDays: 1,
  source: sources.haNoiProcedure,
  reference: insideTheDepartment,
});
const committeeStep: ApprovalStep = step({
  id: 'peoplesCommittee',
  name: text('UBND thành phố', "City People's Committee"),
  organisationCode: 'UBND',
  halfDays: 4,
  source: sources.haNoiProcedure,
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
const dossier = { source: sources.haNoiDossier };

/** Hà Nội: the plan of 29/12/2014 gives the limits, the administrative procedure of six working days the periods. */
export const haNoiProfile: ProvinceProfile = {
  id: 'ha-noi',
  version: 1,
  provinceCode: 'HN',
  name: text('Quy chế đoàn ra thành phố Hà Nội (bản mẫu)', 'Rules for outbound delegations, Hà Nội (sample)'),
  validFrom: '2019-01-01',
  validTo: null,
  focalOrganisationCode: 'SNGV',
  decisionOfficeCode: 'VPUBND',
  authorityOrganisationCode: 'UBND',
  routes: [
    {
      id: 'central',
      name: text('Đoàn lãnh đạo thành phố', 'Delegation with leaders of the city'),
      when: { highestRank: ['politburo', 'centralManaged'] },
      steps: [focalStep, committeeStep, partyStep, centralStep],
      decision,
      source: null,
      reference: sources.thaiNguyenPlan,
    },
    {
      id: 'outOfPlan',
      name: text(
        'Đoàn ngoài kế hoạch: xét từng trường hợp, báo cáo cấp có thẩm quyền',
        'Out of plan: weighed case by case and reported upwards',
      ),
      when: { planLine: 'outOfPlan' },
      steps: [focalStep, committeeStep, partyStep],
      decision,
      source: sources.haNoiPlan,
    },
    {
      id: 'committee',
      name: text('Đoàn trong kế hoạch', 'Delegation in the plan'),
      when: {},
      steps: [focalStep, committeeStep],
      decision,
      source: sources.haNoiProcedure,
    },
  ],
  deadlines: deadlinesWith({
    intakeDeadline: after({ amount: 1, source: sources.haNoiProcedure, ladder: workLadder('focalLeader') }),
    appraisalDeadline: after({
      amount: 3,
      unit: 'halfWorkingDay',
      source: sources.haNoiProcedure,
      reference: insideTheDepartment,
      ladder: workLadder('focalLeader'),
    }),
    approvalDeadline: after({ amount: 2, source: sources.haNoiProcedure, ladder: approvalLadder() }),
    decisionDeadline: after({ amount: 1, source: sources.haNoiProcedure, ladder: workLadder('focalLeader') }),
    reportDeadline: reportDeadline({ source: sources.haNoiReport }),
  }),
  limits: {
    ...centralLimits,
    membersMax: [limit({ value: 10, source: sources.haNoiPlan })],
    daysMax: [limit({ value: 10, source: sources.haNoiPlan })],
    countriesMax: [limit({ value: 3, source: sources.haNoiPlan })],
  },
  ...centralRules,
  outOfPlan: { severity: 'block', whenJustified: 'warning', source: sources.haNoiPlan },
  enterprisePaid: { severity: 'block', whenJustified: 'block', source: sources.haNoiPlan },
  studyOnBudget: { severity: 'block', whenJustified: 'warning', source: sources.haNoiPlan },
  dossierChecklist: checklist({
    grounds: { proposalLetter: dossier, invitation: dossier, invitationTranslation: dossier },
    partyOpinion: { severity: 'block', ...dossier },
  }),
  opinions: opinionRows({ personnelCode: 'BTCTU', policeCode: 'CATP', personnel: dossier }),
};
