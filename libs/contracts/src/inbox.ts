import { z } from 'zod';

const text = z.object({ vi: z.string(), en: z.string() });

export const inboxQuery = z.object({
  kind: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});
export type InboxQuery = z.output<typeof inboxQuery>;

export const inboxItem = z.object({
  taskId: z.uuid(),
  caseId: z.uuid(),
  caseCode: z.string(),
  kind: z.string(),
  text,
  delegationName: z.string(),
  leader: z.string().nullable(),
  departureDate: z.iso.date().nullable(),
  organisationId: z.uuid().nullable(),
  role: z.string().nullable(),
  openedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  dueExplanation: text.nullable(),
  overdue: z.boolean(),
});
export type InboxItem = z.output<typeof inboxItem>;

/** Open tasks of my roles, earliest due first, those without a due date last. */
export const inboxPage = z.object({
  items: z.array(inboxItem),
  nextCursor: z.string().nullable(),
  counts: z.array(z.object({ kind: z.string(), text, open: z.int(), overdue: z.int() })),
});
export type InboxPage = z.output<typeof inboxPage>;

export const mailListQuery = z.object({
  status: z.enum(['planned', 'sending', 'sent', 'uncertain', 'failed', 'suppressed']).optional(),
  caseId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(199).default(100),
  cursor: z.string().max(200).optional(),
});
export type MailListQuery = z.output<typeof mailListQuery>;

export const mailRow = z.object({
  id: z.uuid(),
  caseId: z.uuid().nullable(),
  caseCode: z.string().nullable(),
  personId: z.uuid().nullable(),
  template: z.string(),
  subject: z.string(),
  status: z.string(),
  suppressedReason: z.string().nullable(),
  attempts: z.int(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
});
export const mailPage = z.object({ items: z.array(mailRow), nextCursor: z.string().nullable() });
export type MailPage = z.output<typeof mailPage>;

export const timerListQuery = z.object({
  /** Only what is due now and still open; otherwise every open timer. */
  due: z.enum(['true', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(200).optional(),
});
export type TimerListQuery = z.output<typeof timerListQuery>;
