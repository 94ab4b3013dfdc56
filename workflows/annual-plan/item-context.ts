import type { DocumentReference } from '#contracts/delegation-events.js';
import type { PlanItemDeadlineName } from '#contracts/plan-deadline-names.js';
import type {
  PlanItemEventInput,
  PlanItemEventType,
  PlanItemPersonEventType,
  privatePlanFields,
} from '#contracts/plan-events.js';
import type { PlanAct, PlanDeadline } from './waits.js';

/** What one line of the plan is started with. Ids and days only; its words are in the plan's own table. */
export interface PlanItemInput {
  /** 'approved…': a line that was imported, i.e. decided before it came here. */
  readonly entry: 'draft' | 'approved' | 'approvedWithCondition';
  readonly organisations: {
    /** The unit that proposes the line; null: an imported line that names none of the province's. */
    readonly unitId: string | null;
    readonly focalId: string;
    readonly authorityId: string;
    readonly partyId: string;
  };
  readonly deadlines: Partial<Readonly<Record<PlanItemDeadlineName, PlanDeadline>>>;
}

/** Where a level stands in the plan's round: whose turn it is to leave a line out. */
export type PlanItemStage = 'focal' | 'authority' | 'party' | 'central';

export interface PlanItemContext extends PlanItemInput {
  /** The head of the delegation is under central management, so that the central level must have agreed, too (DOMAIN 5). */
  readonly needsCentral: boolean;
  readonly supplementRounds: number;
  readonly approval: PlanAct | null;
  readonly centralNotice: PlanAct | null;
  readonly condition: 'none' | 'open' | 'cleared';
  readonly clearance: PlanAct | null;
  readonly mergedInto: string | null;
  readonly ending: (PlanAct & { readonly kind: string }) | null;
  readonly overdue: readonly PlanItemDeadlineName[];
}

export function createItemContext(input: PlanItemInput): PlanItemContext {
  const { entry, organisations, deadlines } = input;
  return {
    ...{ entry, organisations, deadlines },
    needsCentral: false,
    supplementRounds: 0,
    approval: null,
    centralNotice: null,
    condition: entry === 'approvedWithCondition' ? 'open' : 'none',
    clearance: null,
    mergedInto: null,
    ending: null,
    overdue: [],
  };
}

/** What the server knows and the machine judges by. */
export interface PlanItemFacts {
  readonly principalId: string | null;
  readonly onBehalfOfId: string | null;
  /** As which level somebody acts, or the decision on the whole plan that carries the line along. */
  readonly stage?: PlanItemStage | 'unit';
  /** The plan takes new lines now: registration is open, or the plan is being adjusted. */
  readonly takesLines?: boolean;
  readonly isAdjusting?: boolean;
  /** Fields the line must have and has not. */
  readonly missingFields?: readonly string[];
  readonly hasClassifiedContent?: boolean;
  readonly needsCentral?: boolean;
  /** First day of the period the line names; the condition of an approval is counted back from it. */
  readonly periodFrom?: string | null;
  /** The line it is merged into is another one of the same plan and is not over. */
  readonly mergeTargetStands?: boolean;
  /** A trip stands on the line. */
  readonly hasTrip?: boolean;
}

type PrivateField = (typeof privatePlanFields)[number];
type Payload<T extends PlanItemEventType> = T extends PlanItemPersonEventType
  ? Omit<Extract<PlanItemEventInput, { type: T }>, PrivateField | 'type'>
  : { readonly document?: DocumentReference };
export type PlanItemEvent = {
  [T in PlanItemEventType]: Payload<T> & { readonly type: T; readonly facts: PlanItemFacts; readonly at: string };
}[PlanItemEventType];
