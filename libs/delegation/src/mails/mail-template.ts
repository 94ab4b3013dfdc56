import { reminderTemplates } from '#contracts/rule-profile-kinds.js';
import type { ReminderTemplate } from '#libs/policy';
import { planNoticeTemplates } from '#workflows/annual-plan/notices.js';
import { noticeTemplates } from '#workflows/outbound-delegation/waits.js';

/** Notices that follow from who travels, which the machine does not know. */
export const absenceTemplates = ['substitutionOffered'] as const;
export type AbsenceTemplate = (typeof absenceTemplates)[number];

/** Said when the calendar changed under an open deadline; no ladder of a profile names it. */
export const calendarTemplates = ['deadlineMoved'] as const;
export type CalendarTemplate = (typeof calendarTemplates)[number];

/** About lines of the annual plan and the duties of the year, and no single case. */
export const planReminderTemplates = ['lineWithoutDossier', 'yearlyDuty'] as const;
export type PlanReminderTemplate = (typeof planReminderTemplates)[number];

/** About a merger or a split, to whoever works where it happens, and no single case. */
export const successionTemplates = ['organisationSucceeded'] as const;
export type SuccessionTemplate = (typeof successionTemplates)[number];

/** About the account of the reader and no case. The first two carry a link that sets a password, made when the mail is sent. */
export const accountLinkTemplates = ['accountInvitation', 'passwordReset'] as const;
export const accountTemplates = [
  ...accountLinkTemplates,
  'newSignIn',
  'passwordChanged',
  'secondFactorChanged',
] as const;
export type AccountTemplate = (typeof accountTemplates)[number];

/** Every mail a delegation case can send: the task that opens, the reminders of a profile, the notices of the machine. */
export const mailTemplates = [
  'taskOpened',
  ...reminderTemplates,
  ...noticeTemplates,
  ...planNoticeTemplates,
  ...absenceTemplates,
  ...calendarTemplates,
] as const;
export type MailTemplate = (typeof mailTemplates)[number] | AccountTemplate | PlanReminderTemplate | SuccessionTemplate;

/** Every kind of mail but the digest; what is not here is never sent. */
export const everyMailTemplate: readonly MailTemplate[] = [
  ...mailTemplates,
  ...planReminderTemplates,
  ...successionTemplates,
  ...accountTemplates,
];
const known: ReadonlySet<string> = new Set(everyMailTemplate);

export function isMailTemplate(template: string): template is MailTemplate {
  return known.has(template);
}

export function isAccountMail(template: string): template is AccountTemplate {
  return (accountTemplates as readonly string[]).includes(template);
}

/** Its mail carries a link that sets a password. */
export function needsAccountLink(template: string): boolean {
  return (accountLinkTemplates as readonly string[]).includes(template);
}

/** Says that a deadline is near or past. */
export function isReminderMail(template: string): template is ReminderTemplate {
  return (reminderTemplates as readonly string[]).includes(template);
}

export function isPlanReminder(template: string): template is PlanReminderTemplate {
  return (planReminderTemplates as readonly string[]).includes(template);
}

export function isSuccessionMail(template: string): template is SuccessionTemplate {
  return (successionTemplates as readonly string[]).includes(template);
}

/** Somebody may be at the airport tomorrow, or in an account that is not theirs: these do not wait for the office to open. */
const urgent: ReadonlySet<MailTemplate> = new Set([
  'frozen',
  'cancelled',
  'postponed',
  'extensionDecided',
  'passportsLost',
  ...accountTemplates,
]);

export function isUrgentMail(template: string): boolean {
  return isMailTemplate(template) && urgent.has(template);
}
