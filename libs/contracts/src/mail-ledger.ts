import { z } from 'zod';

export const mailStatusNames = ['planned', 'queued', 'sending', 'sent', 'uncertain', 'failed', 'suppressed'] as const;
export type MailStatusName = (typeof mailStatusNames)[number];

/** Why a mail was not sent. */
export const suppressedReasons = [
  'noRecipient',
  'personLeft',
  'ownDecision',
  'unknownTemplate',
  'unreadable',
  'duplicate',
  'superseded',
  'taskClosed',
  'timerCancelled',
  'timerMoved',
  'overtaken',
  'inDigest',
  'nothingDue',
] as const;
export type SuppressedReason = (typeof suppressedReasons)[number];

/** What narrows the ledger; the parts hold together. Days are those on which the mail was planned. */
export const mailListQuery = z.object({
  status: z.enum(mailStatusNames).optional(),
  reason: z.enum(suppressedReasons).optional(),
  /** Only mails that were accepted and came back. */
  bounced: z.literal('true').optional(),
  caseId: z.uuid().optional(),
  caseCode: z.string().trim().min(1).max(40).optional(),
  personId: z.uuid().optional(),
  template: z.string().max(80).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  limit: z.coerce.number().int().min(1).max(199).default(100),
  cursor: z.string().max(200).optional(),
});
export type MailListQuery = z.output<typeof mailListQuery>;

export const mailRow = z.object({
  id: z.uuid(),
  caseId: z.uuid().nullable(),
  caseCode: z.string().nullable(),
  person: z.object({ id: z.uuid(), fullName: z.string() }).nullable(),
  template: z.string(),
  subject: z.string(),
  status: z.enum(mailStatusNames),
  suppressedReason: z.enum(suppressedReasons).nullable(),
  attempts: z.int(),
  /** A planned mail does not leave before: quiet hours, the digest of a morning, a wait after a temporary refusal. */
  notBefore: z.iso.datetime(),
  /** What the mail server said last, without an address. */
  lastResponse: z.string().nullable(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().nullable(),
  /** When a delivery report said that the accepted mail did not arrive. */
  bouncedAt: z.iso.datetime().nullable(),
});
export const mailPage = z.object({ items: z.array(mailRow), nextCursor: z.string().nullable() });
export type MailPage = z.output<typeof mailPage>;

/** Only what is uncertain or failed is sent again, and only because a person says so. */
export const resendableStatuses: readonly string[] = ['uncertain', 'failed'] satisfies MailStatusName[];

export const mailResent = z.object({ id: z.uuid(), was: z.string(), status: z.literal('planned') });
export type MailResent = z.output<typeof mailResent>;

/** A place that delivery reports are read from, and how that goes. */
export const reportSourceView = z.object({
  kind: z.enum(['folder', 'mailbox']),
  /** The last time it could be read. */
  lookedAt: z.iso.datetime().nullable(),
  /** Why it cannot be read now, in one line. */
  fault: z.string().nullable(),
  faultSince: z.iso.datetime().nullable(),
  /** Mails in it that were no report about a mail of ours; they are flagged there. */
  setAside: z.int(),
});
export type ReportSourceView = z.output<typeof reportSourceView>;

/** A process that fires deadlines and sends mails. */
export const workerView = z.object({
  id: z.uuid(),
  queue: z.enum(['redis', 'postgres']),
  /** Since it last said that it is at work, in real time whatever the clock of a trial shows. */
  silentSeconds: z.int(),
  /** Null: its queue answers. */
  queueAwaySeconds: z.int().nullable(),
  /** Else it ended without taking leave, or hangs. */
  isAtWork: z.boolean(),
});
export type WorkerView = z.output<typeof workerView>;

/** What an operator looks at first. */
export const mailTroubleView = z.object({
  uncertain: z.int(),
  failed: z.int(),
  planned: z.int(),
  queued: z.int(),
  sending: z.int(),
  overdueTimers: z.int(),
  /** Empty: nothing reads delivery reports, so only the answers of the mail server are known. */
  reportSources: z.array(reportSourceView),
  /** The last seen first. None at work: nothing is sent and no deadline falls due, and nothing of it is lost. */
  workers: z.array(workerView),
});
export type MailTroubleView = z.output<typeof mailTroubleView>;

/** Every kind of mail there is, as a person calls it. */
export const mailTemplateList = z.object({
  items: z.array(z.object({ template: z.string(), name: z.object({ vi: z.string(), en: z.string() }) })),
});
export type MailTemplateList = z.output<typeof mailTemplateList>;

/** Without a case: the newest of the province. */
export const mailPreviewQuery = z.object({
  template: z.string().max(80),
  caseCode: z.string().trim().min(1).max(40).optional(),
  language: z.enum(['vi', 'en']).default('vi'),
});
export type MailPreviewQuery = z.output<typeof mailPreviewQuery>;

/** A mail as it would be written now about a real case; nothing is sent. `calendar`: the iCalendar file that would go along. */
export const mailPreview = z.object({
  caseCode: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  calendar: z.string().nullable(),
});
export type MailPreview = z.output<typeof mailPreview>;
