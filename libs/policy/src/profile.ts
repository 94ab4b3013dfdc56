import type { DeadlineName } from '#contracts/deadline-names.js';
import type { DocumentKind } from '#contracts/proposal.js';
import type { exceptionRules, fundingSources, purposeKinds } from '#contracts/proposal-kinds.js';
import type { MemberRank } from '#contracts/ranks.js';
import type { Role } from '#contracts/roles.js';
import type { Text } from '#contracts/text.js';
import type { CalendarDay, DeadlineRule } from '#libs/calendar';

export type PlanLine = 'inPlan' | 'outOfPlan';
export type PurposeKind = (typeof purposeKinds)[number];
export type FundingSource = (typeof fundingSources)[number];
export type ExceptionRule = (typeof exceptionRules)[number];

/** note: shown; warning: shown and to be answered by whoever decides; block: the proposal may not be submitted. */
export type Severity = 'note' | 'warning' | 'block';

/** When a row of a profile applies to a trip: every field given must hold, a list holds when any of its values does. */
export interface Condition {
  /** The highest rank among the members. */
  readonly highestRank?: readonly MemberRank[];
  /** At least one member of these ranks. */
  readonly anyMemberOf?: readonly MemberRank[];
  readonly planLine?: PlanLine;
  readonly purposes?: readonly PurposeKind[];
  readonly funding?: readonly FundingSource[];
  readonly invited?: boolean;
}

/** Who is told, in words of the workflow; the delegation room resolves each into a role in an organisation when a case starts. */
export type LadderRecipient =
  | 'assignee'
  | 'unitHead'
  | 'focalReviewer'
  | 'focalLeader'
  /** A clerk of the profile's decision office. */
  | 'decisionClerk'
  | 'provincialLeader';

/** One reminder of a deadline; the shape the engine arms, with recipients still symbolic. */
export interface LadderStep {
  readonly key: string;
  readonly at:
    | { readonly kind: 'fraction'; readonly of: number }
    | { readonly kind: 'workingDays'; readonly offset: number }
    | { readonly kind: 'due' };
  readonly template: ReminderTemplate;
  readonly to: readonly LadderRecipient[];
}

/** Mails of a deadline. What happened and what is due is in the mail's data; no itinerary and no name of a traveller. */
export const reminderTemplates = ['deadlineApproaching', 'deadlineToday', 'deadlineOverdue', 'caseUntouched'] as const;
export type ReminderTemplate = (typeof reminderTemplates)[number];

/** Where a period is counted from (or back from): the instant of the decision that arms it, or a day of the trip. */
export type CountedFrom = 'now' | 'departureDate' | 'plannedReturnDate' | 'actualReturnDate';

export interface ProfileDeadline {
  /** `rule.source` null = assumption ("giả định"). */
  readonly rule: DeadlineRule;
  readonly countedFrom: CountedFrom;
  readonly ladder: readonly LadderStep[];
}

export interface ApprovalStep {
  readonly id: string;
  readonly name: Text;
  readonly organisationCode: string;
  readonly role: Role;
  readonly rule: DeadlineRule;
  /** What the decider's answer must carry. `documentAndDecider`: number, date and who decided. */
  readonly record: 'documentAndDecider';
  readonly source: string | null;
}

/** The steps a kind of trip takes, in order. The first route of the profile whose condition holds is taken. */
export interface ApprovalRoute {
  readonly id: string;
  readonly name: Text;
  readonly when: Condition;
  readonly steps: readonly ApprovalStep[];
  readonly decision: { readonly organisationCode: string; readonly role: Role };
  readonly source: string | null;
}

export interface Limit {
  readonly value: number;
  readonly severity: Severity;
  /** The severity that is left once the proposal gives a reason for the exception. */
  readonly whenJustified: Severity;
  readonly source: string | null;
}

export interface ProfileLimits {
  readonly membersMax: Limit;
  readonly daysMax: Limit;
  readonly countriesMax: Limit;
  /** Trips of one person in the calendar year of departure, this one included. */
  readonly tripsPerPersonPerYear: Limit;
  /** Key leaders of one province or one agency in one delegation. */
  readonly twoKeyLeaders: Limit;
  /** Key leaders of one province or agency abroad at the same time in different delegations; not in a central text. */
  readonly keyLeadersAbroadTogether: Limit;
}

/** How early something must be asked, counted back from a day of the trip. */
export interface LeadTime {
  readonly rule: DeadlineRule;
  readonly severity: Severity;
  readonly whenJustified: Severity;
}

export interface ChecklistRow {
  readonly kind: DocumentKind;
  readonly name: Text;
  readonly when: Condition;
  /** block: the dossier is incomplete without it; note: usual, not demanded. */
  readonly severity: Severity;
  readonly source: string | null;
}

export interface OpinionRow {
  readonly organisationCode: string;
  readonly role: Role;
  readonly subject: Text;
  readonly when: Condition;
  /** False: the reviewer may ask, the dossier can go on without. */
  readonly required: boolean;
  readonly source: string | null;
}

/** Rules that are a yes or no: how hard they are in this province. */
export interface FlatRule {
  readonly severity: Severity;
  readonly whenJustified: Severity;
  readonly source: string | null;
}

/** A choice of the province with where it comes from; null = assumption ("giả định"). */
export interface Setting<T> {
  readonly value: T;
  readonly source: string | null;
}

/** How the clock runs in this province. A rule of a deadline may say otherwise for itself. */
export interface ClockRules {
  /** After a supplement the appraisal begins anew, or goes on with what was left of it. */
  readonly supplement: Setting<'restart' | 'pauseAndResume'>;
  /** What is submitted after 17:00 or on a rest day counts from the next working day, or from that day. */
  readonly afterClosing: Setting<'nextWorkingDay' | 'sameDay'>;
  /** A period in calendar days whose last day is a rest day moves on to a working day, or stays. */
  readonly lastRestDay: Setting<'moves' | 'stays'>;
}

/** The rule set (quy chế) of a province for a span of time. Plain JSON; every number carries its source or null = "giả định". */
export interface ProvinceProfile {
  readonly id: string;
  readonly version: number;
  readonly provinceCode: string;
  readonly name: Text;
  readonly validFrom: CalendarDay;
  /** First day on which it no longer holds; null while it does. */
  readonly validTo: CalendarDay | null;
  readonly focalOrganisationCode: string;
  /** Whose clerk numbers and dates the decision; 'decisionClerk' in a ladder is a clerk there. */
  readonly decisionOfficeCode: string;
  /** Who decides amendments, extensions and a moratorium. */
  readonly authorityOrganisationCode: string;
  readonly clock: ClockRules;
  readonly routes: readonly ApprovalRoute[];
  readonly deadlines: Readonly<Record<DeadlineName, ProfileDeadline>>;
  readonly limits: ProfileLimits;
  readonly leadTimes: {
    readonly dossierBeforeDeparture: LeadTime;
    readonly amendmentBeforeDeparture: LeadTime;
    readonly extensionBeforeReturn: LeadTime;
  };
  readonly outOfPlan: FlatRule;
  readonly enterprisePaid: FlatRule;
  readonly dossierChecklist: readonly ChecklistRow[];
  readonly opinions: readonly OpinionRow[];
  /** Silence of an asked agency counts as no objection; by default it does not. */
  readonly silenceMeansConsent: boolean;
  /** From this many changed items on, an amendment needs a new decision. */
  readonly newDecisionFromChangedFields: { readonly value: number; readonly source: string | null };
}
