import { z } from 'zod';
import { amendableFields } from './amendable-fields.js';
import { calendarDay } from './calendar-day.js';
import { stepDocumentTypes } from './rule-profile-kinds.js';
import { tripReport } from './trip-report.js';

/**
 * What people may send to an outbound-delegation case: the user's part of each event (the server adds `facts`, see
 * `workflows/outbound-delegation/facts.ts`). `note` is free text: it goes to the private part of the log, never into the hash
 * chain, never into a mail. Source of the list: DOMAIN A.2.
 */
const note = z.string().trim().max(4000).optional();
const reason = z.string().trim().min(3).max(4000);
/** Why it could not be asked as early as the rules of the province want. */
const urgentReason = reason.optional();
const day = calendarDay;
/** A document somebody signed outside: number and symbol as printed ("51/SNgV-VP"), its date, the stored file if uploaded. */
export const documentReference = z.object({
  number: z.string().trim().min(1).max(60),
  date: day,
  fileId: z.uuid().optional(),
});
/** The answer of an approving level, with what kind of document it is. */
export const stepDocument = documentReference.extend({ type: z.enum(stepDocumentTypes).optional() });
const organisationId = z.uuid();

export const delegationEvents = {
  // Đề xuất
  SUBMIT: z.object({ note }),
  SIGN_SUBMIT: z.object({ document: documentReference, note }),
  RETURN_TO_DRAFT: z.object({ reason }),
  WITHDRAW: z.object({ reason }),
  // Thẩm định
  RECEIVE: z.object({ note }),
  REFUSE_RECEIPT: z.object({ reason }),
  ACCEPT_DOSSIER: z.object({ note }),
  REQUEST_SUPPLEMENT: z.object({ items: z.array(z.string().trim().min(3).max(500)).min(1).max(50), note }),
  RESUBMIT: z.object({ note }),
  REQUEST_OPINION: z.object({ organisationIds: z.array(organisationId).min(1).max(20), note }),
  OPINION_RECEIVED: z.object({
    organisationId,
    opinion: z.enum(['agree', 'agreeWithComments', 'disagree']),
    document: documentReference.optional(),
    note,
  }),
  FORWARD: z.object({
    recommendation: z.enum(['approve', 'reject']).default('approve'),
    document: documentReference.optional(),
    note,
  }),
  // Phê duyệt
  APPROVE: z.object({ document: stepDocument, note }),
  APPROVE_WITH_CONDITION: z.object({ document: stepDocument, condition: z.string().trim().min(3).max(1000) }),
  CONDITION_CLEARED: z.object({ document: documentReference.optional(), note }),
  RETURN: z.object({ reason }),
  REJECT: z.object({ reason, document: documentReference.optional() }),
  CLARIFY: z.object({ note }),
  /** One more document of a level that has agreed, or the one it owed; not a decision, whoever keeps the dossier adds it. */
  RECORD_STEP_DOCUMENT: z.object({
    stepId: z.string().min(1).max(60),
    document: documentReference.extend({ type: z.enum(stepDocumentTypes) }),
    note,
  }),
  // Thông báo Bộ Ngoại giao
  ISSUE_DECISION: z.object({ document: documentReference, signerId: z.uuid(), note }),
  PASSPORT_GIVEN: z.object({ note }),
  NOTE_VERBALE_ISSUED: z.object({ document: documentReference, note }),
  MOFA_NOTIFIED: z.object({ document: documentReference, note }),
  EMBASSY_NOTIFIED: z.object({ document: documentReference, note }),
  FUNDING_CONFIRMED: z.object({ document: documentReference.optional(), note }),
  REQUEST_AMENDMENT: z.object({
    changedFields: z.array(z.enum(amendableFields)).min(1).max(amendableFields.length),
    reason,
    urgentReason,
  }),
  AMENDMENT_APPROVED: z.object({ document: documentReference, note }),
  AMENDMENT_REJECTED: z.object({ reason }),
  POSTPONE: z.object({ reason }),
  RESCHEDULE: z.object({ departureDate: day, returnDate: day, note }),
  CANCEL: z.object({ document: documentReference, reason }),
  // Chuyến đi và báo cáo
  DEPART: z.object({ departedOn: day, note }),
  REQUEST_EXTENSION: z.object({ newReturnDate: day, reason, urgentReason }),
  EXTENSION_GRANTED: z.object({ document: documentReference, note }),
  EXTENSION_REFUSED: z.object({ reason }),
  RETURN_HOME: z.object({ returnedOn: day, note }),
  PASSPORT_RETURNED: z.object({ note }),
  PASSPORT_LOST: z.object({ reason }),
  SUBMIT_REPORT: z.object({
    document: documentReference,
    summary: z.string().trim().min(10).max(20000),
    /** Required, except of a trip handled outside the system, of which it must be absent. */
    report: tripReport.optional(),
  }),
  RETURN_REPORT: z.object({ reason }),
  ACCEPT_REPORT: z.object({ note }),
  SETTLEMENT_DONE: z.object({ document: documentReference.optional(), note }),
  // Tạm dừng theo chỉ đạo
  FREEZE: z.object({ document: documentReference, reason }),
  UNFREEZE: z.object({ document: documentReference.optional(), note }),
  GRANT_EXCEPTION: z.object({ document: documentReference, reason }),
} as const;

export type DelegationEventType = keyof typeof delegationEvents;
export const delegationEventTypes = Object.keys(delegationEvents) as DelegationEventType[];
export type DelegationEventInput = {
  [T in DelegationEventType]: { type: T } & z.output<(typeof delegationEvents)[T]>;
}[DelegationEventType];
/** Body of POST /cases/:id/events: the event's own fields beside its type, and the task it answers. */
export type SendEventBody = DelegationEventInput & { taskId?: string | undefined };
const bodies = delegationEventTypes.map((type) =>
  (delegationEvents[type] as z.ZodObject).extend({ type: z.literal(type), taskId: z.uuid().optional() }),
);
export const sendEventBody = z.discriminatedUnion(
  'type',
  bodies as unknown as [z.ZodObject, ...z.ZodObject[]],
) as unknown as z.ZodType<SendEventBody, SendEventBody>;

export type DocumentReference = z.output<typeof documentReference>;
export type StepDocument = z.output<typeof stepDocument>;
export type AmendableField = (typeof amendableFields)[number];
/** Fields of an event's input that are free text and go to the private part of the log. */
export const privateEventFields = [
  'note',
  'reason',
  'summary',
  'items',
  'condition',
  'report',
  'urgentReason',
] as const;
