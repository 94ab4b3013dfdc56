import type { Text } from '#contracts/text.js';

/** How soon something of a digest falls due: the order of its parts. */
export const digestUrgencies = ['overdue', 'today', 'soon', 'later'] as const;
export type DigestUrgency = (typeof digestUrgencies)[number];

/** An open task of the reader. Codes, instants and sentences about them: nothing personal, no itinerary. */
export interface DigestTask {
  readonly taskId: string;
  readonly instanceId: string;
  readonly caseCode: string;
  readonly caseVersion: number;
  readonly kind: string;
  readonly dueAt: Date | null;
  readonly explanation: Text | null;
  readonly urgency: DigestUrgency;
}

/** Something that happened, or a deadline somebody else answers for, which waited for the morning. */
export interface DigestNote {
  readonly instanceId: string | null;
  readonly caseCode: string | null;
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly deadline: { readonly name: string; readonly dueAt: Date; readonly explanation: Text } | null;
}

export type DigestCounts = Readonly<Record<DigestUrgency | 'notes', number>>;

/** Built when it is sent, so that it says what is true then. */
export interface DigestContent {
  readonly day: string;
  /** By urgency, then by due date. */
  readonly tasks: readonly DigestTask[];
  readonly notes: readonly DigestNote[];
  readonly counts: DigestCounts;
  /** Open tasks of the reader which are not listed because they are not near. */
  readonly others: number;
}
