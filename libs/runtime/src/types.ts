import type { Assignee, Decision, StoredSnapshot, WorkflowEvent } from '#libs/engine';
import type { Tx } from '#libs/persistence';

/** Who acts. `onBehalfOfId`: the person substituted for. A timer acts as the system: `personId` null. */
export interface Principal {
  readonly personId: string | null;
  readonly onBehalfOfId?: string | null;
  /** Organisation version the act was done under (audit). */
  readonly organisationVersionId?: string | null;
  readonly requestId?: string | null;
}

/** An instance row under `FOR UPDATE`, with what one round trip can bring along. */
export interface LockedInstance {
  readonly id: string;
  readonly provinceId: string;
  readonly definitionId: string;
  readonly definitionVersion: number;
  readonly version: number;
  readonly states: readonly string[];
  readonly status: 'active' | 'done';
  readonly snapshot: StoredSnapshot;
  /** Of the shared part of its context as it is stored. */
  readonly sharedDigest: Buffer | null;
  readonly lastSeq: number;
  readonly lastHash: Buffer;
  /** The answer stored under the idempotency key, when the same principal used it before with the same body. */
  readonly replay: StoredAnswer | null;
  /** Open tasks of the instance. */
  readonly openTasks: readonly OpenTask[];
}

export interface OpenTask {
  readonly id: string;
  readonly key: string;
  readonly kind: string;
  readonly assignee: Assignee;
  readonly dueAt: Date | null;
  /** The deadline it is due by, and the id under which the machine would cancel that deadline. */
  readonly timerId: string | null;
  readonly timerSendId: string | null;
}

export interface StoredAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface Idempotency {
  readonly key: string;
  /** sha256 of the canonical request body, hex. Another body under the same key: AppError IDEMPOTENCY_KEY_REUSED. */
  readonly bodyHash: string;
}

export interface StartCommand {
  readonly instanceId: string;
  readonly definitionId: string;
  readonly provinceId: string;
  /** Case code people read: "DR-2023-0007". Unique in a province. */
  readonly caseCode: string;
  readonly input: unknown;
  readonly principal: Principal;
  readonly idempotency?: Idempotency;
  /** What to store under the idempotency key, from the outcome. Without it the outcome itself is stored with status 200. */
  readonly answer?: (applied: Applied) => StoredAnswer;
}

export interface ApplyCommand {
  readonly event: WorkflowEvent;
  readonly principal: Principal;
  /** Free text and names: stored beside the event, covered by a salted digest, erasable. */
  readonly privatePayload?: Readonly<Record<string, unknown>>;
  /** The task this decision is about. Closed already: AppError TASK_ALREADY_DECIDED with the current state. */
  readonly taskId?: string;
  /** If-Match. Another version: AppError VERSION_CONFLICT with the current state. */
  readonly expectedVersion?: number;
  readonly idempotency?: Idempotency;
  /** What to store under the idempotency key, from the outcome. Without it the outcome itself is stored with status 200. */
  readonly answer?: (applied: Applied) => StoredAnswer;
}

export interface Applied {
  readonly kind: 'applied';
  readonly instanceId: string;
  readonly version: number;
  readonly seq: number;
  readonly states: readonly string[];
  readonly status: 'active' | 'done';
  readonly snapshot: StoredSnapshot;
}

/** The refusal row is written in the same transaction; nothing else is. Commit, then answer with AppError EVENT_REFUSED. */
export interface RefusedOutcome {
  readonly kind: 'refused';
  readonly refusal: Extract<Decision, { kind: 'refused' }>;
  readonly states: readonly string[];
  readonly version: number;
}

export type Outcome = Applied | RefusedOutcome;

export type FireOutcome = 'fired' | 'alreadyDone' | 'notDue' | 'refused' | 'postponed';

/** `matches`: replaying the log on the instance's own machine version gives the stored snapshot. */
export interface ReplayReport {
  readonly instanceId: string;
  readonly events: number;
  readonly matches: boolean;
  /** Sequence number of the event the machine refused on replay; null when each was accepted. */
  readonly refusedSeq: number | null;
  readonly snapshot: StoredSnapshot | null;
}

export type ChainFaultKind =
  | 'sequence' // a number is missing or doubled: deleted or reordered
  | 'link' // the event does not carry the hash of the one before it
  | 'content' // the event is not what its hash says
  | 'private' // the private part is not what its digest says
  | 'tail'; // the log does not end where the instance says

export interface ChainFault {
  readonly instanceId: string;
  readonly seq: number;
  readonly kind: ChainFaultKind;
}

export interface ChainReport {
  readonly instances: number;
  readonly events: number;
  readonly faults: readonly ChainFault[];
}

/** Supplied by the organisation room through the composition root. */
export interface RecipientDirectory {
  /** People who hold the assignment on that day (substitution included); empty when nobody does. */
  peopleFor(tx: Tx, assignee: Assignee, at: Date): Promise<readonly { readonly personId: string }[]>;
}
