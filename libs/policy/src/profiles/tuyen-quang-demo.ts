import type { DeadlineName } from '#contracts/deadline-names.js';
import type { Text } from '#contracts/text.js';
import type { DeadlineRule } from '#libs/calendar';
import type { ApprovalStep, CountedFrom, LadderStep, ProfileDeadline, ProvinceProfile } from '../profile.js';
import { approvalLadder, dutyLadder, untouchedLadder, workLadder } from './ladders.js';
import { sources } from './sources.js';
import { tuyenQuangChecklist, tuyenQuangOpinions } from './tuyen-quang-demo-dossier.js';

type Unit = DeadlineRule['unit'];

const focalStep: ApprovalStep = step({
  id: 'focalAgency',
  name: text('Lãnh đạo Sở Ngoại vụ', 'Head of the Department of Foreign Affairs'),
  organisationCode: 'SNGV',
  days: 1,
  source: null,
});
const committeeStep: ApprovalStep = step({
  id: 'peoplesCommittee',
  name: text('Lãnh đạo UBND tỉnh', "Provincial People's Committee"),
  organisationCode: 'UBND',
  days: 3,
  source: sources.hueProcedure,
});
const partyStep: ApprovalStep = step({
  id: 'partyCommittee',
  name: text('Thường trực Tỉnh ủy', 'Standing members of the Provincial Party Committee'),
  organisationCode: 'TINHUY',
  days: 5,
  source: null,
});
/** Decided outside the system; the clerk of the Office records the document that came back. */
const centralStep: ApprovalStep = {
  ...step({
    id: 'central',
    name: text('Ý kiến của Trung ương', 'Central level'),
    organisationCode: 'VPUBND',
    days: 15,
    source: null,
  }),
  role: 'clerk',
};

const decision = { organisationCode: 'VPUBND', role: 'clerk' } as const;

/**
 * The rule set of the demonstration province. Numbers are other provinces' where one is published (see each source) and otherwise
 * assumptions; none of them is Tuyên Quang's own regulation.
 */
export const tuyenQuangDemoProfile: ProvinceProfile = {
  id: 'tuyen-quang-demo',
  version: 1,
  provinceCode: 'TQ',
  name: text('Quy chế mẫu để trình diễn, tỉnh Tuyên Quang', 'Sample rules for demonstration, Tuyên Quang province'),
  validFrom: '2019-01-01',
  validTo: null,
  focalOrganisationCode: 'SNGV',
  decisionOfficeCode: 'VPUBND',
  authorityOrganisationCode: 'UBND',
  clock: {
    supplement: { value: 'restart', source: sources.supplementRestart },
    afterClosing: { value: 'nextWorkingDay', source: null },
    lastRestDay: { value: 'moves', source: sources.civilCode148 },
  },
  routes: [
    {
      id: 'central',
      name: text('Đoàn có cán bộ diện Trung ương quản lý', 'Delegation with officials under central management'),
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
      source: sources.dongNaiDossier,
    },
    {
      id: 'outOfPlan',
      name: text('Đoàn ngoài kế hoạch năm', 'Delegation outside the annual plan'),
      when: { planLine: 'outOfPlan' },
      steps: [focalStep, committeeStep, partyStep],
      decision,
      source: null,
    },
    {
      id: 'committee',
      name: text('Đoàn thuộc thẩm quyền Chủ tịch UBND tỉnh', "Delegation decided by the People's Committee"),
      when: {},
      steps: [focalStep, committeeStep],
      decision,
      source: sources.binhDuongProcedure,
    },
  ],
  deadlines: deadlines(),
  limits: {
    membersMax: { value: 10, severity: 'warning', whenJustified: 'note', source: sources.haNoiPlan },
    daysMax: { value: 10, severity: 'warning', whenJustified: 'note', source: sources.haNoiPlan },
    countriesMax: { value: 3, severity: 'warning', whenJustified: 'note', source: sources.haNoiPlan },
    tripsPerPersonPerYear: { value: 2, severity: 'block', whenJustified: 'warning', source: sources.directive38 },
    twoKeyLeaders: { value: 1, severity: 'block', whenJustified: 'warning', source: sources.directive38 },
    keyLeadersAbroadTogether: { value: 1, severity: 'warning', whenJustified: 'note', source: null },
  },
  leadTimes: {
    dossierBeforeDeparture: {
      rule: before(20, sources.moetLeadTime),
      severity: 'warning',
      whenJustified: 'note',
    },
    amendmentBeforeDeparture: { rule: before(5, null), severity: 'warning', whenJustified: 'note' },
    extensionBeforeReturn: { rule: before(3, null), severity: 'warning', whenJustified: 'note' },
  },
  outOfPlan: { severity: 'block', whenJustified: 'warning', source: sources.directive38 },
  enterprisePaid: { severity: 'block', whenJustified: 'warning', source: sources.daNang },
  dossierChecklist: tuyenQuangChecklist,
  opinions: tuyenQuangOpinions,
  silenceMeansConsent: false,
  newDecisionFromChangedFields: { value: 2, source: sources.circular8 },
};

function deadlines(): Readonly<Record<DeadlineName, ProfileDeadline>> {
  return {
    unitHeadDeadline: after({ amount: 2, ladder: workLadder('unitHead') }),
    intakeDeadline: after({ amount: 1, source: sources.haNoiProcedure, ladder: workLadder('focalLeader') }),
    appraisalDeadline: after({ amount: 3, source: sources.hueProcedure, ladder: workLadder('focalLeader') }),
    opinionDeadline: after({ amount: 3, ladder: workLadder('focalReviewer') }),
    supplementDeadline: after({ amount: 5, ladder: workLadder('unitHead') }),
    // Each approval step has its own number in the route; this is the one for a step that names none.
    approvalDeadline: after({ amount: 3, source: sources.hueProcedure, ladder: approvalLadder() }),
    clarificationDeadline: after({ amount: 2, ladder: workLadder('focalLeader') }),
    decisionDeadline: after({ amount: 2, ladder: workLadder('focalLeader') }),
    mofaNotificationDeadline: backFrom({ day: 'departureDate', amount: 10 }),
    embassyNotificationDeadline: backFrom({ day: 'departureDate', amount: 10 }),
    passportIssueDeadline: backFrom({ day: 'departureDate', amount: 3 }),
    amendmentDeadline: after({ amount: 3, ladder: workLadder('focalLeader') }),
    departureDue: onTheDay('departureDate'),
    extensionDeadline: backFrom({ day: 'plannedReturnDate', amount: 1 }),
    returnDue: onTheDay('plannedReturnDate'),
    reportDeadline: after({
      amount: 10,
      unit: 'calendarDay',
      countedFrom: 'actualReturnDate',
      source: sources.haNoiReport,
      ladder: dutyLadder({ daysBefore: [5, 2], first: 'unitHead', last: 'focalLeader' }),
    }),
    passportReturnDeadline: after({
      amount: 5,
      countedFrom: 'actualReturnDate',
      source: sources.decision58,
      ladder: dutyLadder({ daysBefore: [2], first: 'unitHead', last: 'focalLeader' }),
    }),
    settlementDeadline: after({
      amount: 15,
      countedFrom: 'actualReturnDate',
      ladder: dutyLadder({ daysBefore: [5], first: 'unitHead', last: 'focalLeader' }),
    }),
    draftInactive: after({ amount: 30, unit: 'calendarDay', ladder: untouchedLadder() }),
    supplementInactive: after({ amount: 30, unit: 'calendarDay', ladder: untouchedLadder() }),
  };
}

function after({
  amount,
  unit = 'workingDay',
  countedFrom = 'now',
  source = null,
  ladder,
}: {
  amount: number;
  unit?: Unit;
  countedFrom?: CountedFrom;
  source?: string | null;
  ladder: readonly LadderStep[];
}): ProfileDeadline {
  return { rule: { amount, unit, direction: 'after', source }, countedFrom, ladder };
}

function backFrom({ day, amount }: { day: CountedFrom; amount: number }): ProfileDeadline {
  return { rule: before(amount, null), countedFrom: day, ladder: workLadder('focalLeader') };
}

/** The trip itself: the day is what was decided, so nothing is counted and nobody is reminded by this row. */
function onTheDay(day: CountedFrom): ProfileDeadline {
  return { rule: { amount: 0, unit: 'calendarDay', direction: 'after', source: null }, countedFrom: day, ladder: [] };
}

function before(amount: number, source: string | null): DeadlineRule {
  return { amount, unit: 'workingDay', direction: 'before', source };
}

function step({
  id,
  name,
  organisationCode,
  days,
  source,
}: {
  id: string;
  name: Text;
  organisationCode: string;
  days: number;
  source: string | null;
}): ApprovalStep {
  return {
    id,
    name,
    organisationCode,
    role: 'leader',
    rule: { amount: days, unit: 'workingDay', direction: 'after', source },
    record: 'documentAndDecider',
    source,
  };
}

function text(vi: string, en: string): Text {
  return { vi, en };
}
