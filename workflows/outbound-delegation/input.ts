import type { DeadlineName } from '#contracts/deadline-names.js';
import type { Role } from '#contracts/roles.js';
import type { StepDocumentType } from '#contracts/rule-profile-kinds.js';
import type { DeadlineRule } from '#libs/calendar';
import type { Assignee, ReminderStep } from '#libs/engine';

/** Who travels, as far as they are people of the province; known only while the case runs. */
export type Traveller = 'members' | 'delegationLeader';

/** A reminder as the case keeps it; `deadlines.ts` puts people in the place of travellers. */
export interface PlannedReminder extends Omit<ReminderStep, 'to'> {
  readonly to: readonly (Assignee | 'assignee' | Traveller)[];
}

/** A row of the province's deadline table as this case uses it: recipients are already organisations of this case. */
export interface DeadlinePlan {
  readonly rule: DeadlineRule;
  /** Where the period is counted from, or back from. Absent: what the deadline's own wait suggests (`deadlines.ts`). */
  readonly countedFrom?: 'now' | 'departureDate' | 'plannedReturnDate' | 'actualReturnDate';
  readonly reminders: readonly PlannedReminder[];
}

/** One level that must agree: the focal agency's head, the People's Committee, the Party committee's standing body … */
export interface ApprovalStep {
  /** Stable within the case: 'focalLeader', 'peoplesCommittee' … The profile of the province names them. */
  readonly id: string;
  readonly organisationId: string;
  readonly role: Role;
  /** Null: the general `approvalDeadline` of the profile, if it has one. */
  readonly deadline: DeadlinePlan | null;
  /** Types of document of which the level must answer with one. Absent in cases begun before a step said so: any will do. */
  readonly records?: readonly StepDocumentType[];
  /** 'block': no other answer is taken; 'warning': it is taken and shown as lacking its document. */
  readonly whenNotRecorded?: 'warning' | 'block';
}

/** An agency the province's rules want to hear before a dossier of this kind is put forward for approval. */
export interface RequiredOpinion {
  readonly organisationId: string;
  /** Answered with a document that has number and date. */
  readonly inWriting: boolean;
}

/** Which preparations and duties this trip has. Each `true` must be done before departure, or before the case can be completed. */
export interface TripNeeds {
  readonly passports: boolean;
  readonly noteVerbale: boolean;
  readonly mofaNotification: boolean;
  readonly embassyNotification: boolean;
  readonly funding: boolean;
  readonly settlement: boolean;
}

export interface TripPlan {
  /** YYYY-MM-DD; null while the draft has no dates. Deadlines counted back from a missing day are not armed. */
  readonly departureDate: string | null;
  readonly returnDate: string | null;
  readonly needs: TripNeeds;
}

export interface DelegationSettings {
  /**
   * What becomes of the appraisal clock while the unit supplements. 'restart' is the confirmed rule (Đồng Nai, Bình Dương: the
   * clock restarts from the day the dossier is complete); 'pauseAndResume' needs `facts.appraisalRemaining`.
   */
  readonly supplementClock: 'restart' | 'pauseAndResume';
  /** A postponed trip goes back to appraisal when more fields than this have changed since the decision. */
  readonly reviewAfterChanges: number;
  /** True: the planned day of return moves the case to closing without anybody confirming it. */
  readonly returnOnPlannedDay: boolean;
  /** How early before departure the dossier must come; absent: the province says nothing. */
  readonly dossierLeadTime?: DeadlineRule;
  /** With so many working days left, or fewer, a step of the backward plan is tight. */
  readonly tightWithin: number;
  /** True: an agency that has not answered by its deadline counts as agreeing. Default of the demo profile: false. */
  readonly silenceMeansConsent: boolean;
}

/** What a case is started with. Ids and facts only; names and free text stay in the delegation room's tables. */
export interface DelegationInput {
  readonly proposerId: string;
  readonly organisations: {
    /** The unit that proposes. */
    readonly unitId: string;
    /** Cơ quan đầu mối. */
    readonly focalId: string;
    /** Whose clerk numbers and dates the decision (Văn phòng UBND). */
    readonly decisionOfficeId: string;
    /** Who decides amendments, extensions and a moratorium (UBND tỉnh). */
    readonly authorityId: string;
  };
  readonly steps: readonly ApprovalStep[];
  readonly deadlines: Partial<Readonly<Record<DeadlineName, DeadlinePlan | null>>>;
  readonly trip: TripPlan;
  readonly settings: DelegationSettings;
}
