import type { exceptionRules } from '#contracts/proposal-kinds.js';
import type { ReminderTemplate, RuleProfile } from '#contracts/rule-profile.js';
import type { limitNames, severities } from '#contracts/rule-profile-kinds.js';

/** The rule set (quy chế) of a province for a span of time. Plain JSON; its shape is the schema in `#contracts/rule-profile.js`. */
export type ProvinceProfile = RuleProfile;
export type { ReminderTemplate };

export type PlanLine = 'inPlan' | 'outOfPlan';
export type ExceptionRule = (typeof exceptionRules)[number];
export type Severity = (typeof severities)[number];
export type LimitName = (typeof limitNames)[number];

/** The steps a kind of trip takes, in order. The first route of the profile whose condition holds is taken. */
export type ApprovalRoute = RuleProfile['routes'][number];
export type ApprovalStep = ApprovalRoute['steps'][number];
/** When a row of a profile applies to a trip: every field given must hold, a list holds when any of its values does. */
export type Condition = ApprovalRoute['when'];

export type ProfileDeadline = NonNullable<RuleProfile['deadlines']['reportDeadline']>;
export type PlanReminders = RuleProfile['planReminders'];
/** A day of the year by which something about the annual plan, or a periodic report, is due. */
export type YearlyDuty = PlanReminders['yearly'][number];
export type PlanRecipient = YearlyDuty['to'][number];
/** A period of a neighbouring procedure: computed and explained, no case waits on it. */
export type OtherPeriod = RuleProfile['otherPeriods'][number];
export type CountedFrom = ProfileDeadline['countedFrom'];
/** One reminder of a deadline; the shape the engine arms, with recipients still symbolic. */
export type LadderStep = ProfileDeadline['ladder'][number];
/** Who is told, in words of the workflow; the delegation room resolves each into a role in an organisation when a case starts. */
export type LadderRecipient = LadderStep['to'][number];

export type ProfileLimits = RuleProfile['limits'];
export type LimitRow = ProfileLimits[LimitName][number];
/** How early something must be asked, counted back from a day of the trip. */
export type LeadTime = RuleProfile['leadTimes']['dossierBeforeDeparture'];
export type ChecklistRow = RuleProfile['dossierChecklist'][number];
export type OpinionRow = RuleProfile['opinions'][number];
/** Rules that are a yes or no: how hard they are in this province. */
export type FlatRule = RuleProfile['outOfPlan'];
/** How the clock runs in this province. */
export type ClockRules = RuleProfile['clock'];
export type Moratorium = RuleProfile['moratoria'][number];
