import type { DeadlineName } from '#contracts/deadline-names.js';
import { AppError } from '#contracts/errors.js';
import type { ProposalContent } from '#contracts/proposal.js';
import type { Text } from '#contracts/text.js';
import type { CalendarDay } from '#libs/calendar';
import {
  type LadderRecipient,
  type LadderStep,
  ladderOffices,
  opinionsFor,
  type ProvinceProfile,
  routeFor,
  ruleUnder,
  type Trip,
} from '#libs/policy';
import type {
  ApprovalStep,
  DeadlinePlan,
  DelegationInput,
  PlannedReminder,
  RequiredOpinion,
  TripPlan,
} from '#workflows/outbound-delegation/input.js';

/** The rules that hold for a province on a day, with its organisations of that day by code. */
export interface ProvinceRules {
  readonly profile: ProvinceProfile;
  readonly organisationIds: ReadonlyMap<string, string>;
}

/** Throws VALIDATION_FAILED when no rule set holds that day: better no case than one judged by nothing. */
export function rulesFrom({
  organisations,
  day,
  profile,
}: {
  organisations: readonly { id: string; code: string }[];
  day: CalendarDay;
  profile: ProvinceProfile | null;
}): ProvinceRules {
  if (profile === null) {
    throw new AppError('VALIDATION_FAILED', {
      text: {
        vi: `Tỉnh chưa có quy chế có hiệu lực ngày ${day}. Quản trị cần bổ sung.`,
        en: `No rule set of the province is in force on ${day}. The administrator must add one.`,
      },
    });
  }
  return { profile, organisationIds: new Map(organisations.map((row) => [row.code, row.id])) };
}

/** What the machine is started with. `unitId`: the proposing unit. Throws VALIDATION_FAILED for a code the province lacks. */
export function delegationInput({
  rules,
  trip,
  content,
  unitId,
  proposerId,
}: {
  rules: ProvinceRules;
  trip: Trip;
  content: ProposalContent;
  unitId: string;
  proposerId: string;
}): DelegationInput {
  const { profile } = rules;
  const route = routeFor(trip, profile);
  const focalId = idOf(rules, profile.focalOrganisationCode);
  const decisionOfficeId = idOf(rules, route.decision.organisationCode);
  const authorityId = idOf(rules, profile.authorityOrganisationCode);
  return {
    proposerId,
    organisations: { unitId, focalId, decisionOfficeId, authorityId },
    steps: stepsFor({ rules, trip, unitId }),
    deadlines: Object.fromEntries(
      Object.entries(profile.deadlines).map(([name, deadline]) => [
        name as DeadlineName,
        deadline && {
          ...plan({ rule: deadline.rule, ladder: deadline.ladder, rules, unitId }),
          countedFrom: deadline.countedFrom,
        },
      ]),
    ),
    trip: tripPlan(content),
    settings: {
      supplementClock: profile.clock.supplement.value,
      reviewAfterChanges: profile.newDecisionFromChangedFields.value - 1,
      returnOnPlannedDay: false,
      dossierLeadTime: ruleUnder(profile, profile.leadTimes.dossierBeforeDeparture.rule),
      tightWithin: profile.clock.tightWithin.value,
      silenceMeansConsent: profile.silenceMeansConsent,
    },
  };
}

export function stepsFor({
  rules,
  trip,
  unitId,
}: {
  rules: ProvinceRules;
  trip: Trip;
  unitId: string;
}): readonly ApprovalStep[] {
  const ladder = rules.profile.deadlines.approvalDeadline?.ladder ?? [];
  return routeFor(trip, rules.profile).steps.map((step) => ({
    id: step.id,
    organisationId: idOf(rules, step.organisationCode),
    role: step.role,
    deadline: plan({ rule: step.rule, ladder, rules, unitId }),
    records: step.records,
    whenNotRecorded: step.whenNotRecorded,
  }));
}

/** An agency the rules name for this trip. */
export interface OpinionWanted extends RequiredOpinion {
  readonly required: boolean;
  readonly subject: Text;
  readonly source: string | null;
}

/** Whom the rules want to be asked about this trip, the unit itself left out: nobody gives an opinion on their own trip. */
export function opinionsWanted({
  rules,
  trip,
  unitId,
}: {
  rules: ProvinceRules;
  trip: Trip;
  unitId: string;
}): readonly OpinionWanted[] {
  // Of a trip handled outside the opinions are asked outside, too.
  if (trip.handledOutside) return [];
  return opinionsFor(trip, rules.profile)
    .map(({ organisationCode, required, inWriting, subject, source }) => ({
      ...{ organisationId: idOf(rules, organisationCode), required, inWriting, subject, source },
    }))
    .filter(({ organisationId }) => organisationId !== unitId);
}

/** Which duties this trip has: money is confirmed and settled only when the Vietnamese side pays some of it. */
export function tripPlan(content: Pick<ProposalContent, 'departureDate' | 'returnDate' | 'funding'>): TripPlan {
  const publicMoney = content.funding.some((line) => line.paidBy === 'vietnam');
  return {
    departureDate: content.departureDate,
    returnDate: content.returnDate,
    needs: {
      passports: true,
      noteVerbale: true,
      mofaNotification: true,
      embassyNotification: true,
      funding: publicMoney,
      settlement: publicMoney,
    },
  };
}

function plan(given: {
  rule: DeadlinePlan['rule'];
  ladder: readonly LadderStep[];
  rules: ProvinceRules;
  unitId: string;
}): DeadlinePlan {
  return {
    rule: ruleUnder(given.rules.profile, given.rule),
    reminders: given.ladder.map((step) => ({
      key: step.key,
      at: step.at,
      template: step.template,
      to: step.to.map((to) => recipientOf(to, given)),
    })),
  };
}

function recipientOf(
  to: LadderRecipient,
  { rules, unitId }: { rules: ProvinceRules; unitId: string },
): PlannedReminder['to'][number] {
  if (to === 'assignee' || to === 'members' || to === 'delegationLeader') return to;
  const [role, place] = ladderOffices[to];
  return { role, organisationId: place === 'unit' ? unitId : idOf(rules, rules.profile[place]) };
}

function idOf(rules: ProvinceRules, code: string): string {
  const found = rules.organisationIds.get(code);
  if (found !== undefined) return found;
  throw new AppError('VALIDATION_FAILED', {
    text: {
      vi: `Quy chế nhắc đến cơ quan "${code}" mà tỉnh chưa khai báo.`,
      en: `The rule set names the organisation "${code}", which the province does not have.`,
    },
  });
}
