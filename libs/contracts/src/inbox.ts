import { z } from 'zod';
import { safeDay } from './backward-plan.js';

const text = z.object({ vi: z.string(), en: z.string() });

/** `overdue`: the due date has passed; `today`, `week`: due by the end of this day, or of the seventh day from today. */
export const inboxDue = ['overdue', 'today', 'week'] as const;
export type InboxDue = (typeof inboxDue)[number];

/** What narrows the inbox; the parts hold together. A saved view is one of these with a name. */
export const inboxFilter = z.object({
  kind: z.string().max(80).optional(),
  due: z.enum(inboxDue).optional(),
  /** Words in any order, with or without diacritics: kind of work, case code, delegation, leader, country. */
  q: z.string().trim().max(100).optional(),
});
export type InboxFilter = z.output<typeof inboxFilter>;

export const inboxQuery = inboxFilter.extend({
  limit: z.coerce.number().int().min(1).max(200).default(50),
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
  /** The unit that proposes the delegation. */
  unit: z.string(),
  organisationId: z.uuid().nullable(),
  role: z.string().nullable(),
  openedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  dueExplanation: text.nullable(),
  overdue: z.boolean(),
  /** The last day on which the step may be done so that the delegation still leaves in time; null where that does not press. */
  safeDay,
  /** The absent person whose work it is. */
  onBehalfOf: z.object({ id: z.uuid(), fullName: z.string() }).nullable(),
});
export type InboxItem = z.output<typeof inboxItem>;

/** Open tasks of my roles, earliest due first, those without a due date last. */
export const inboxPage = z.object({
  items: z.array(inboxItem),
  nextCursor: z.string().nullable(),
  counts: z.array(z.object({ kind: z.string(), text, open: z.int(), overdue: z.int() })),
});
export type InboxPage = z.output<typeof inboxPage>;

/** Sent over `GET /inbox/stream` when work was opened for the reader or closed; what it is, the next read says. */
export const inboxChange = z.object({ cases: z.array(z.uuid()) });
export type InboxChange = z.output<typeof inboxChange>;

export const saveInboxView = z.object({ name: z.string().trim().min(1).max(60), filter: inboxFilter });
export type SaveInboxView = z.output<typeof saveInboxView>;

export const inboxView = saveInboxView.extend({ id: z.uuid() });
export type InboxView = z.output<typeof inboxView>;
export const inboxViewList = z.object({ items: z.array(inboxView) });

export const timerListQuery = z.object({
  /** `true`: only what is due now and still open; `overdue`: what should have fired some minutes ago; otherwise every open timer. */
  due: z.enum(['true', 'overdue', 'false']).default('false'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
  cursor: z.string().max(200).optional(),
});
export type TimerListQuery = z.output<typeof timerListQuery>;
