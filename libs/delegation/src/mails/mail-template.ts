import { reminderTemplates } from '#contracts/rule-profile-kinds.js';
import type { ReminderTemplate } from '#libs/policy';
import { noticeTemplates } from '#workflows/outbound-delegation/waits.js';

/** Notices that follow from who travels, which the machine does not know. */
export const absenceTemplates = ['substitutionOffered'] as const;
export type AbsenceTemplate = (typeof absenceTemplates)[number];

/** Said when the calendar changed under an open deadline; no ladder of a profile names it. */
export const calendarTemplates = ['deadlineMoved'] as const;
export type CalendarTemplate = (typeof calendarTemplates)[number];

/** Every mail a delegation case can send: the task that opens, the reminders of a profile, the notices of the machine. */
export const mailTemplates = [
  'taskOpened',
  ...reminderTemplates,
  ...noticeTemplates,
  ...absenceTemplates,
  ...calendarTemplates,
] as const;
export type MailTemplate = (typeof mailTemplates)[number];

export function isMailTemplate(template: string): template is MailTemplate {
  return (mailTemplates as readonly string[]).includes(template);
}

/** Says that a deadline is near or past. */
export function isReminderMail(template: string): template is ReminderTemplate {
  return (reminderTemplates as readonly string[]).includes(template);
}

/** Somebody may be at the airport tomorrow: these do not wait for the office to open. */
const urgent: ReadonlySet<MailTemplate> = new Set([
  'frozen',
  'cancelled',
  'postponed',
  'extensionDecided',
  'passportsLost',
]);

export function isUrgentMail(template: string): boolean {
  return isMailTemplate(template) && urgent.has(template);
}
