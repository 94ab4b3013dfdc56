import { z } from 'zod';
import { documentReference } from './delegation-events.js';

/**
 * What people may send to the annual plan of a year (kỳ kế hoạch) and to one line of it (đề xuất trong kế hoạch năm). Source of the
 * lists: DOMAIN A.1. Free text goes to the private part of the log.
 */
const note = z.string().trim().max(4000).optional();
const reason = z.string().trim().min(3).max(4000);
const lineReason = z.object({ planItemId: z.uuid(), reason });
const excluded = z.array(lineReason).max(2000).default([]);

export const planCycleEvents = {
  OPEN_REGISTRATION: z.object({ note }),
  UNIT_REGISTERED: z.object({ organisationId: z.uuid(), document: documentReference.optional(), note }),
  CLOSE_REGISTRATION: z.object({ note }),
  REOPEN_REGISTRATION: z.object({ reason }),
  START_CONSOLIDATION: z.object({ note }),
  REQUEST_OPINION: z.object({ organisationIds: z.array(z.uuid()).min(1).max(20), note }),
  OPINION_RECEIVED: z.object({
    organisationId: z.uuid(),
    opinion: z.enum(['agree', 'agreeWithComments', 'disagree']),
    document: documentReference.optional(),
    note,
  }),
  SUBMIT_PLAN: z.object({ document: documentReference, note }),
  FORWARD_PLAN: z.object({ document: documentReference, excluded, note }),
  RETURN_PLAN: z.object({ reason }),
  /** `conditions`: lines agreed to on a condition; `excluded`: lines left out of the plan. Every other line is approved. */
  APPROVE_PLAN: z.object({
    document: documentReference,
    conditions: z
      .array(z.object({ planItemId: z.uuid(), condition: z.string().trim().min(3).max(1000) }))
      .max(2000)
      .default([]),
    excluded,
    note,
  }),
  /** Văn bản Bộ Ngoại giao thông báo kế hoạch đã duyệt; it may come before or after the Party committee's answer. */
  MINISTRY_NOTIFIED: z.object({ document: documentReference, excluded, note }),
  ISSUE_PLAN: z.object({ document: documentReference, note }),
  BEGIN_ADJUSTMENT: z.object({ note }),
  ABANDON_ADJUSTMENT: z.object({ reason }),
  CLOSE_YEAR: z.object({ note }),
} as const;
export type PlanCycleEventType = keyof typeof planCycleEvents;
export const planCycleEventTypes = Object.keys(planCycleEvents) as PlanCycleEventType[];
export type PlanCycleEventInput = {
  [T in PlanCycleEventType]: { type: T } & z.output<(typeof planCycleEvents)[T]>;
}[PlanCycleEventType];

export const planItemEvents = {
  SUBMIT: z.object({ note }),
  RECEIVE: z.object({ note }),
  RETURN_TO_DRAFT: z.object({ reason }),
  REQUEST_SUPPLEMENT: z.object({ items: z.array(z.string().trim().min(3).max(500)).min(1).max(50), note }),
  RESUBMIT: z.object({ note }),
  INCLUDE: z.object({ note }),
  REJECT: z.object({ reason, document: documentReference.optional() }),
  MERGE: z.object({ intoItemId: z.uuid(), note }),
  DEFER: z.object({ reason }),
  WITHDRAW: z.object({ reason }),
  /** The unit reported what was asked for, and the level that asked is content. */
  CONDITION_CLEARED: z.object({ document: documentReference, note }),
  CHANGE: z.object({ reason }),
  DROP: z.object({ reason, document: documentReference.optional() }),
} as const;
/** Sent to the lines by a decision on the whole plan, never by a person directly. */
export const planItemCycleEventTypes = [
  'FORWARD',
  'RETURN',
  'APPROVE',
  'APPROVE_WITH_CONDITION',
  'CENTRAL_NOTIFIED',
  'CLOSE',
] as const;
export type PlanItemCycleEventType = (typeof planItemCycleEventTypes)[number];
export type PlanItemPersonEventType = keyof typeof planItemEvents;
export type PlanItemEventType = PlanItemPersonEventType | PlanItemCycleEventType;
export const planItemPersonEventTypes = Object.keys(planItemEvents) as PlanItemPersonEventType[];
export const planItemEventTypes: readonly PlanItemEventType[] = [
  ...planItemPersonEventTypes,
  ...planItemCycleEventTypes,
];
export type PlanItemEventInput = {
  [T in PlanItemPersonEventType]: { type: T } & z.output<(typeof planItemEvents)[T]>;
}[PlanItemPersonEventType];

/** Bodies of POST /plans/:id/events and /plan-items/:id/events: the event's own fields beside its type, and the task it answers. */
export type SendPlanCycleEvent = PlanCycleEventInput & { taskId?: string | undefined };
export type SendPlanItemEvent = PlanItemEventInput & { taskId?: string | undefined };
export const sendPlanCycleEvent = bodyOf(planCycleEvents) as z.ZodType<SendPlanCycleEvent, SendPlanCycleEvent>;
export const sendPlanItemEvent = bodyOf(planItemEvents) as z.ZodType<SendPlanItemEvent, SendPlanItemEvent>;

/** Fields of these events that are free text and go to the private part of the log. */
export const privatePlanFields = ['note', 'reason', 'items', 'conditions', 'excluded'] as const;

function bodyOf(events: Readonly<Record<string, z.ZodObject>>): unknown {
  const bodies = Object.entries(events).map(([type, body]) =>
    body.extend({ type: z.literal(type), taskId: z.uuid().optional() }),
  );
  return z.discriminatedUnion('type', bodies as unknown as [z.ZodObject, ...z.ZodObject[]]);
}
