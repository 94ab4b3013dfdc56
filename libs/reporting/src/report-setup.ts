import { AppError } from '#contracts/errors.js';
import type { OrganisationView } from '#contracts/organisation.js';
import type { OpenReportRound } from '#contracts/report-round.js';
import { type CalendarDay, dayOf, onTheDay } from '#libs/calendar';
import type { CaseDependencies } from '#libs/delegation';
import { holdingsOf, organisationsOn, type RoleHeld, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { type ProvinceProfile, ruleUnder } from '#libs/policy';
import type { PlanDeadline } from '#workflows/annual-plan/waits.js';
import { mayReport, type ReportAct } from '#workflows/periodic-report/permissions.js';
import { roundLadder } from '#workflows/periodic-report/report-round.js';
import { unitReportLadder } from '#workflows/periodic-report/unit-report.js';

/** The rules of the province as a request for reports uses them today. */
export interface ReportSetup {
  readonly profile: ProvinceProfile;
  readonly organisations: ReadonlyMap<string, OrganisationView>;
  readonly focalId: string;
  readonly today: CalendarDay;
}

/** Null: no rules of the province are in force, so that nobody is its focal agency. */
export async function reportSetup(
  tx: Tx,
  { profiles, clock }: CaseDependencies,
  provinceId: string,
): Promise<ReportSetup | null> {
  const at = clock.now();
  const today = dayOf(at);
  const profile = await profiles.inForce(tx, { provinceId, day: today, at });
  const organisations = await organisationsOn(tx, { provinceId, on: today });
  const focal = organisations.find(({ code }) => code === profile?.focalOrganisationCode);
  if (profile === null || focal === undefined) return null;
  return { profile, organisations: new Map(organisations.map((row) => [row.id, row])), focalId: focal.id, today };
}

/** The role under which somebody does it; one held in their own right comes first. Undefined: they may not. */
export function holdingFor(
  act: ReportAct,
  principal: SessionPrincipal,
  place: { unitId: string | null; focalId: string },
): (RoleHeld & { onBehalfOfId?: string }) | undefined {
  return holdingsOf(principal).find((holding) => mayReport({ act, holding, ...place }));
}

const dutyIds = { halfYear: 'halfYearReport', year: 'yearlyReport', adHoc: null } as const;

/** The duty of the year in the province's rules that a kind of report is. */
function dutyOf({ planReminders }: Pick<ProvinceProfile, 'planReminders'>, kind: OpenReportRound['kind']) {
  return planReminders.yearly.find(({ id }) => id === dutyIds[kind]) ?? null;
}

/** The duties of the year that are done once the reports are asked for: that of the focal agency to ask, and the general word to the units. */
export function dutiesAskedFor(
  { planReminders }: Pick<ProvinceProfile, 'planReminders'>,
  kind: OpenReportRound['kind'],
) {
  const duty = dutyIds[kind];
  return duty === null ? [] : planReminders.yearly.filter(({ id }) => id === duty || id === `${duty}Request`);
}

/** The day the units report by: the one asked for, else that of the rules. Throws VALIDATION_FAILED for none, or one that has passed. */
export function dueDay(
  { profile, today }: Pick<ReportSetup, 'profile' | 'today'>,
  { kind, to, dueOn }: Pick<OpenReportRound, 'kind' | 'to' | 'dueOn'>,
): { dueOn: CalendarDay; source: string | null } {
  const duty = dutyOf(profile, kind);
  const named = duty && `${to.slice(0, 4)}-${duty.on}`;
  const day = dueOn ?? named;
  if (day === null) throw wrongDay('Đợt báo cáo đột xuất phải có hạn nộp.', 'An ad hoc report needs a day.');
  if (day < today) throw wrongDay('Hạn nộp đã qua: chọn ngày khác.', 'The day has passed: choose another.');
  return { dueOn: day, source: day === named ? (duty?.source ?? null) : null };
}

function wrongDay(vi: string, en: string): AppError {
  return new AppError('VALIDATION_FAILED', { fields: [{ path: 'dueOn', text: { vi, en } }] });
}

export function reportDeadlines(
  { profile, focalId }: ReportSetup,
  { dueOn, source }: { dueOn: CalendarDay; source: string | null },
): Readonly<Record<'unitReportDue' | 'unitReportRevisionDue' | 'reportConsolidationDue', PlanDeadline>> {
  const reminders = unitReportLadder(focalId);
  return {
    unitReportDue: { rule: { ...onTheDay, source }, on: dueOn, reminders },
    unitReportRevisionDue: { rule: ruleUnder(profile, profile.periodicReports.revision), reminders },
    reportConsolidationDue: {
      rule: ruleUnder(profile, profile.periodicReports.consolidation),
      on: dueOn,
      reminders: roundLadder(focalId),
    },
  };
}
