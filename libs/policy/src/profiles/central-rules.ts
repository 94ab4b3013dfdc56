import type { DeadlineName } from '#contracts/deadline-names.js';
import type { RestrictionKind } from '#contracts/restriction-kinds.js';
import type { FlatRule, ProfileDeadline, ProfileLimits, ProvinceProfile } from '../profile.js';
import {
  approvalLadder,
  dutyLadder,
  passportLadder,
  reportLadder,
  supplementLadder,
  untouchedLadder,
  workLadder,
} from './ladders.js';
import { otherPeriods } from './other-periods.js';
import { after, before, halfDaysAfter, limit, onTheDay } from './parts.js';
import { assumedPlanReminders } from './plan-reminders.js';
import { references, sources } from './sources.js';

/** What central documents say to every province, and the assumptions that fill the rest. A province's own rows replace these. */
export const centralLimits: Pick<
  ProfileLimits,
  'tripsPerPersonPerYear' | 'twoKeyLeaders' | 'keyLeadersAbroadTogether'
> = {
  tripsPerPersonPerYear: [
    limit({ value: 2, severity: 'block', whenJustified: 'warning', source: sources.directive38 }),
  ],
  twoKeyLeaders: [limit({ value: 1, severity: 'block', whenJustified: 'warning', source: sources.directive38 })],
  // Not in a central text: leaders of one body away at once in different delegations (DOMAIN 5).
  keyLeadersAbroadTogether: [limit({ value: 1 })],
};

/** People, days and countries: no central text has a number; Hà Nội's are the ones most others repeat. */
export const assumedLimits: Pick<ProfileLimits, 'membersMax' | 'daysMax' | 'countriesMax'> = {
  membersMax: [limit({ value: 10, reference: sources.haNoiPlan })],
  daysMax: [limit({ value: 10, reference: sources.haNoiPlan })],
  countriesMax: [limit({ value: 3, reference: sources.haNoiPlan })],
};

const barred: FlatRule = {
  severity: 'block',
  whenJustified: 'block',
  source: null,
  reference: references.hcmcEligibility,
};

export const assumedEligibility: Readonly<Record<RestrictionKind, FlatRule>> = {
  exitSuspension: barred,
  underInspection: barred,
  disciplinaryReview: barred,
  suspendedFromDuty: barred,
  criminalProceedings: barred,
  unsettledObligation: { ...barred, severity: 'warning', whenJustified: 'warning' },
  retiring: { severity: 'warning', whenJustified: 'warning', source: null },
};

type CentralRules = Pick<
  ProvinceProfile,
  | 'clock'
  | 'escalation'
  | 'annualPlan'
  | 'planReminders'
  | 'periodicReports'
  | 'otherPeriods'
  | 'leadTimes'
  | 'outOfPlan'
  | 'planPeriod'
  | 'enterprisePaid'
  | 'studyOnBudget'
  | 'unfinishedDuties'
  | 'overlap'
  | 'duplicates'
  | 'eligibility'
  | 'moratoria'
  | 'silenceMeansConsent'
  | 'newDecisionFromChangedFields'
>;

export const centralRules: CentralRules = {
  clock: {
    supplement: { value: 'restart', source: null, reference: references.supplementRestart },
    afterClosing: { value: 'nextWorkingDay', source: null },
    lastRestDay: { value: 'moves', source: sources.civilCode148 },
    tightWithin: { value: 2, source: null },
  },
  escalation: { provincialLeaders: { value: false, source: null } },
  annualPlan: { ministryLetter: { value: 'beforeIssue', source: null, reference: sources.dongNaiPlan } },
  planReminders: assumedPlanReminders,
  // No source names either.
  periodicReports: { consolidation: halfDaysAfter(10, null), revision: halfDaysAfter(6, null) },
  otherPeriods,
  leadTimes: {
    dossierBeforeDeparture: {
      rule: before(20, null),
      severity: 'warning',
      whenJustified: 'note',
      reference: references.moetLeadTime,
    },
    amendmentBeforeDeparture: { rule: before(5, null), severity: 'warning', whenJustified: 'note' },
    extensionBeforeReturn: { rule: before(3, null), severity: 'warning', whenJustified: 'note' },
  },
  outOfPlan: { severity: 'block', whenJustified: 'warning', source: sources.directive38 },
  planPeriod: { severity: 'note', whenJustified: 'note', source: null },
  enterprisePaid: { severity: 'block', whenJustified: 'warning', source: null, reference: sources.daNang },
  studyOnBudget: { severity: 'warning', whenJustified: 'note', source: sources.directive38 },
  unfinishedDuties: { severity: 'warning', whenJustified: 'note', source: null, reference: references.haNoi2010 },
  overlap: { severity: 'block', whenJustified: 'warning', source: null },
  duplicates: {
    months: 36,
    similarityPercent: 60,
    severity: 'warning',
    whenJustified: 'note',
    source: null,
    reference: references.financeDuplicate,
  },
  eligibility: assumedEligibility,
  moratoria: [],
  silenceMeansConsent: false,
  newDecisionFromChangedFields: { value: 2, source: sources.circular8 },
};

/** Every deadline of a case; those a province has a number for are given as `own`. */
export function deadlinesWith(
  own: Partial<Readonly<Record<DeadlineName, ProfileDeadline | null>>> = {},
): Readonly<Record<DeadlineName, ProfileDeadline | null>> {
  const backFrom = (countedFrom: ProfileDeadline['countedFrom'], amount: number): ProfileDeadline => ({
    rule: before(amount, null),
    countedFrom,
    ladder: workLadder('focalLeader'),
  });
  const { hueProcedure, moetSupplement, mofaPractice } = references;
  return {
    unitHeadDeadline: after({ amount: 2, ladder: workLadder('unitHead') }),
    intakeDeadline: after({ amount: 1, reference: sources.haNoiProcedure, ladder: workLadder('focalLeader') }),
    appraisalDeadline: after({ amount: 3, reference: hueProcedure, ladder: workLadder('focalLeader') }),
    opinionDeadline: after({ amount: 3, ladder: workLadder('focalReviewer') }),
    supplementDeadline: after({ amount: 5, reference: moetSupplement, ladder: supplementLadder() }),
    // Each approval step has its own number in the route; this is the one for a step that names none.
    approvalDeadline: after({ amount: 3, reference: hueProcedure, ladder: approvalLadder() }),
    clarificationDeadline: after({ amount: 2, ladder: workLadder('focalLeader') }),
    decisionDeadline: after({ amount: 2, ladder: workLadder('focalLeader') }),
    mofaNotificationDeadline: backFrom('departureDate', 10),
    embassyNotificationDeadline: { ...backFrom('departureDate', 10), reference: mofaPractice },
    passportIssueDeadline: backFrom('departureDate', 3),
    amendmentDeadline: after({ amount: 3, ladder: approvalLadder() }),
    departureDue: onTheDay('departureDate'),
    extensionDeadline: { ...backFrom('plannedReturnDate', 1), ladder: approvalLadder() },
    returnDue: onTheDay('plannedReturnDate'),
    reportDeadline: reportDeadline({ reference: sources.haNoiReport }),
    passportReturnDeadline: after({
      amount: 5,
      countedFrom: 'actualReturnDate',
      source: sources.decision58,
      ladder: passportLadder(),
    }),
    settlementDeadline: after({
      amount: 15,
      countedFrom: 'actualReturnDate',
      ladder: dutyLadder({ daysBefore: [5], first: 'unitHead', last: 'focalLeader' }),
    }),
    // Off: a province that has them takes the rows of `optional-deadlines.ts`.
    partyReportDeadline: null,
    absenceReportDeadline: null,
    draftInactive: after({ amount: 30, unit: 'calendarDay', ladder: untouchedLadder() }),
    supplementInactive: after({ amount: 30, unit: 'calendarDay', ladder: untouchedLadder() }),
    ...own,
  };
}

export function reportDeadline(given: { source?: string; reference?: string }): ProfileDeadline {
  return after({
    amount: 10,
    unit: 'calendarDay',
    countedFrom: 'actualReturnDate',
    ...given,
    ladder: reportLadder(),
  });
}
