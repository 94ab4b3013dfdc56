import { AppError } from '#contracts/errors.js';
import type { OrganisationView } from '#contracts/organisation.js';
import { addDays, type BusinessCalendar, type Clock, type DeadlineRule, dayOf, onTheDay } from '#libs/calendar';
import type { ReminderStep } from '#libs/engine';
import { organisationsOn } from '#libs/organisation';
import type { Tx, UnitOfWork } from '#libs/persistence';
import { type ProvinceProfile, ruleUnder } from '#libs/policy';
import type { ProfileBook } from '#libs/regulation';
import type { Runtime } from '#libs/runtime';
import type { PlanCycleInput } from '#workflows/annual-plan/cycle-context.js';
import type { PlanItemInput } from '#workflows/annual-plan/item-context.js';
import type { PlanDeadline } from '#workflows/annual-plan/waits.js';

/** What the use cases of the annual plan are given by the composition root. */
export interface PlanRoom {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** The profile in force names the focal agency, whose people may import, and the levels that decide. */
  readonly profiles: ProfileBook;
  readonly runtime: Runtime;
  readonly calendarFor: (provinceId: string) => BusinessCalendar;
  /** Whether a trip stands on a line: the delegation room knows. */
  readonly hasTrip: (tx: Tx, planItemId: string) => Promise<boolean>;
}

/** The rules of a province as its plan uses them today. */
export interface PlanSetup {
  readonly profile: ProvinceProfile;
  readonly organisations: ReadonlyMap<string, OrganisationView>;
  readonly ids: PlanCycleInput['organisations'];
}

/** Throws VALIDATION_FAILED when no rule set holds, or it names an organisation the province does not have. */
export async function planSetup(tx: Tx, room: PlanRoom, provinceId: string): Promise<PlanSetup> {
  const at = room.clock.now();
  const day = dayOf(at);
  const profile = await room.profiles.inForce(tx, { provinceId, day, at });
  if (profile === null)
    throw new AppError('VALIDATION_FAILED', {
      text: {
        vi: `Tỉnh chưa có quy chế có hiệu lực ngày ${day}. Quản trị cần bổ sung.`,
        en: `No rule set of the province is in force on ${day}. The administrator must add one.`,
      },
    });
  const organisations = await organisationsOn(tx, { provinceId, on: day });
  const idOf = (code: string): string => {
    const found = organisations.find((row) => row.code === code);
    if (found) return found.id;
    const text = {
      vi: `Quy chế nhắc đến cơ quan "${code}" mà tỉnh chưa khai báo.`,
      en: `The rule set names the organisation "${code}", which the province does not have.`,
    };
    throw new AppError('VALIDATION_FAILED', { text });
  };
  const authorityId = idOf(profile.authorityOrganisationCode);
  const party = partyOf(profile, organisations);
  return {
    profile,
    organisations: new Map(organisations.map((row) => [row.id, row])),
    ids: {
      focalId: idOf(profile.focalOrganisationCode),
      decisionOfficeId: idOf(profile.decisionOfficeCode),
      authorityId,
      partyId: party?.id ?? authorityId,
    },
  };
}

/** The Party body the routes of the profile go to; a province whose rules name none lets the authority decide twice. */
function partyOf(profile: ProvinceProfile, organisations: readonly OrganisationView[]): OrganisationView | undefined {
  const codes = profile.routes.flatMap((route) => route.steps.map((step) => step.organisationCode));
  return organisations.find((row) => row.kind === 'party' && codes.includes(row.code));
}

/**
 * The days of the cycle of a year out of the profile's calendar of the year. They are told beforehand by the yearly reminders of the
 * province, so that the ladder here only says that the day has come, and that it has passed.
 */
export function cycleDeadlines(setup: PlanSetup, year: number): PlanCycleInput['deadlines'] {
  const { profile, ids } = setup;
  const focalLeader = { role: 'leader', organisationId: ids.focalId };
  const plain = (rule: DeadlineRule): PlanDeadline => ({
    rule: ruleUnder(profile, rule),
    reminders: ladder(focalLeader),
  });
  const yearly = (id: string): PlanDeadline | undefined => {
    const duty = profile.planReminders.yearly.find((one) => one.id === id);
    if (!duty) return undefined;
    const on = `${duty.about === 'nextYear' ? year - 1 : year}-${duty.on}`;
    return { rule: { ...onTheDay, source: duty.source }, on, reminders: ladder(focalLeader) };
  };
  const party = profile.routes
    .flatMap((route) => route.steps)
    .find((step) => setup.organisations.get(ids.partyId)?.code === step.organisationCode);
  const issue = profile.otherPeriods.find(({ id }) => id === 'planIssue');
  const opinion = profile.deadlines.opinionDeadline;
  const found = {
    registrationOpensDue: yearly('registrationOpens'),
    registrationClosesDue: yearly('registrationCloses'),
    consolidationDue: yearly('consolidation'),
    committeeDue: yearly('partySubmission'),
    adjustmentDue: yearly('midYearAdjustment'),
    planOpinionDue: opinion && plain(opinion.rule),
    partyDue: party && plain(party.rule),
    planIssueDue: issue && plain(issue.rule),
    // Counted from the first day after it, so that the last day of the year is still a day of the plan.
    yearEndDue: { rule: { ...onTheDay, source: null }, on: addDays(`${year}-12-31`, 1), reminders: [] },
  };
  return Object.fromEntries(Object.entries(found).filter(([, deadline]) => deadline)) as PlanCycleInput['deadlines'];
}

export function itemDeadlines(setup: PlanSetup, periodFrom: string | null): PlanItemInput['deadlines'] {
  const { profile, ids } = setup;
  const focalLeader = { role: 'leader', organisationId: ids.focalId };
  const { intakeDeadline, supplementDeadline } = profile.deadlines;
  const plain = (rule: DeadlineRule): PlanDeadline => ({
    rule: ruleUnder(profile, rule),
    reminders: ladder(focalLeader),
  });
  return {
    ...(intakeDeadline && { itemReceiptDue: plain(intakeDeadline.rule) }),
    ...(supplementDeadline && { itemSupplementDue: plain(supplementDeadline.rule) }),
    // What was asked for must be there by the day the dossier of the trip is due.
    itemConditionDue: {
      ...plain(profile.leadTimes.dossierBeforeDeparture.rule),
      ...(periodFrom !== null && { on: periodFrom }),
    },
  };
}

function ladder(leader: { role: string; organisationId: string }): readonly ReminderStep[] {
  return [
    { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: ['assignee'] },
    { key: 'overdue2', at: { kind: 'workingDays', offset: 2 }, template: 'deadlineOverdue', to: ['assignee', leader] },
  ];
}
