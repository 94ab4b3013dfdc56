import type { Text } from '#contracts/text.js';
import { formatInstant } from '#libs/calendar';
import type { ReminderTemplate } from '#libs/policy';
import { deadlineText, taskText } from '../state-texts.js';
import { accountTexts } from './account-texts.js';
import {
  type CalendarTemplate,
  isAccountMail,
  isPlanReminder,
  isReminderMail,
  isSuccessionMail,
  type MailTemplate,
} from './mail-template.js';
import { noticeTexts, type Tone } from './notice-texts.js';
import { planReminderContent, planReminderNames } from './plan-reminder-texts.js';
import { successionContent, successionNames } from './succession-texts.js';
import { taskRequestOf } from './task-requests.js';

/** What a mail is about, as the ledger gives it. All of it is codes, ids and instants: nothing personal can get in. */
export interface MailAbout {
  readonly template: MailTemplate;
  readonly data: Readonly<Record<string, unknown>>;
  readonly task?: { readonly kind: string; readonly dueAt: Date | null; readonly explanation: Text | null } | null;
  readonly deadline?: { readonly name: string; readonly dueAt: Date; readonly explanation: Text } | null;
}

export interface MailContent {
  readonly headline: Text;
  readonly body: Text;
  readonly tone: Tone;
  /** `was`: the date that was true until now. */
  readonly due: { readonly at: string; readonly why: Text | null; readonly was?: string } | null;
}

/** The headline alone, for a subject. */
export function mailHeadline(about: MailAbout): Text {
  const { template } = about;
  if (template === 'taskOpened') return taskHeadline(about);
  if (isReminderMail(template) || template === 'deadlineMoved') return reminderHeadline(about, template);
  return mailContent(about).headline;
}

export function mailContent(about: MailAbout): MailContent {
  const { template } = about;
  if (template === 'taskOpened') return taskContent(about);
  if (isReminderMail(template) || template === 'deadlineMoved') return reminderContent(about, template);
  if (isPlanReminder(template)) return planReminderContent(template, about.data);
  if (isSuccessionMail(template)) return { ...successionContent(about.data), due: null };
  if (isAccountMail(template)) return { ...accountTexts[template], due: null };
  return { ...noticeTexts[template as keyof typeof noticeTexts], due: null };
}

const newTask = { vi: 'Việc mới', en: 'New task' };

/** What a person calls this kind of mail. */
export function mailTemplateName(template: MailTemplate): Text {
  if (template === 'taskOpened') return newTask;
  if (isReminderMail(template) || template === 'deadlineMoved') return reminders[template].lead;
  if (isPlanReminder(template)) return planReminderNames[template];
  if (isSuccessionMail(template)) return successionNames[template];
  if (isAccountMail(template)) return accountTexts[template].headline;
  return noticeTexts[template as keyof typeof noticeTexts].headline;
}

function taskHeadline({ data, task }: MailAbout): Text {
  return join(newTask, taskText(String(task?.kind ?? data.kind)));
}

function taskContent(about: MailAbout): MailContent {
  const { data, task } = about;
  const kind = String(task?.kind ?? data.kind);
  const body = taskRequestOf(kind) ?? { vi: 'Mở hồ sơ để xem việc.', en: 'Open the case to see the task.' };
  const dueAt = task?.dueAt ?? (typeof data.dueAt === 'string' ? new Date(data.dueAt) : null);
  const due = shownDue({ name: kind, dueAt, why: task?.explanation ?? null });
  return { headline: taskHeadline(about), body, tone: 'plain', due };
}

/** `moved`: the lead of a mail that also tells that the due date is another one. */
const reminders: Record<ReminderTemplate | CalendarTemplate, { lead: Text; moved: Text; body: Text; tone: Tone }> = {
  deadlineApproaching: {
    lead: { vi: 'Sắp đến hạn', en: 'Deadline near' },
    moved: { vi: 'Đổi hạn, sắp đến hạn', en: 'New due date, near' },
    body: {
      vi: 'Việc này chưa xong và thời hạn đang đến gần.',
      en: 'This is not done yet and its deadline is near.',
    },
    tone: 'warning',
  },
  deadlineToday: {
    lead: { vi: 'Đến hạn', en: 'Due' },
    moved: { vi: 'Đổi hạn, đã đến hạn', en: 'New due date, due now' },
    body: { vi: 'Việc này chưa xong và đã tới hạn.', en: 'This is not done yet and it is due.' },
    tone: 'warning',
  },
  deadlineOverdue: {
    lead: { vi: 'Quá hạn', en: 'Overdue' },
    moved: { vi: 'Đổi hạn, đã quá hạn', en: 'New due date, overdue' },
    body: {
      vi: 'Thời hạn đã qua mà việc chưa xong. Đề nghị xử lý ngay; hồ sơ chờ ở bước này cho tới khi xong.',
      en: 'The deadline has passed and this is not done. Please act now; the case waits at this step until it is.',
    },
    tone: 'alarm',
  },
  deadlineMoved: {
    lead: { vi: 'Đổi hạn', en: 'New due date' },
    moved: { vi: 'Đổi hạn', en: 'New due date' },
    body: {
      vi: 'Lịch làm việc thay đổi nên thời hạn của việc này được tính lại.',
      en: 'The calendar changed, so the deadline of this was computed again.',
    },
    tone: 'plain',
  },
  caseUntouched: {
    lead: { vi: 'Để lâu', en: 'Untouched' },
    moved: { vi: 'Đổi hạn, để lâu', en: 'New due date, untouched' },
    body: {
      vi: 'Hồ sơ lâu không có thay đổi. Tiếp tục, hoặc rút nếu không đi nữa.',
      en: 'Nothing has changed in this case for long. Go on with it, or withdraw it.',
    },
    tone: 'warning',
  },
};

const movedByDecision: Text = {
  vi: 'Hồ sơ có thay đổi nên thời hạn của việc này được tính lại.',
  en: 'The case has changed, so the deadline of this was computed again.',
};

type TimedTemplate = ReminderTemplate | CalendarTemplate;

function reminderHeadline({ data, deadline }: MailAbout, template: TimedTemplate): Text {
  const name = deadlineText(String(deadline?.name ?? data.deadline));
  const said = reminderAlong(data);
  // "Quá hạn: Hạn nộp báo cáo" says it twice.
  const rest = { vi: name.vi.replace(/^Hạn /, ''), en: name.en };
  return join(said ? reminders[said].moved : reminders[template].lead, rest);
}

function reminderContent(about: MailAbout, template: TimedTemplate): MailContent {
  const { data, deadline, task } = about;
  const said = reminderAlong(data);
  const body = data.because === 'decision' ? movedByDecision : reminders[template].body;
  const dueAt = deadline?.dueAt ?? task?.dueAt ?? (typeof data.dueAt === 'string' ? new Date(data.dueAt) : null);
  const why = deadline?.explanation ?? task?.explanation ?? null;
  const due = shownDue({ name: String(deadline?.name ?? data.deadline), dueAt, why });
  const was = typeof data.wasDueAt === 'string' ? { was: formatInstant(new Date(data.wasDueAt)) } : {};
  return {
    headline: reminderHeadline(about, template),
    body: said ? both(body, reminders[said].body) : body,
    tone: reminders[said ?? template].tone,
    due: due && { ...due, ...was },
  };
}

/** The reminder that is said in the same mail as the move of its deadline. */
function reminderAlong({ wasDueAt, reminder }: MailAbout['data']): ReminderTemplate | null {
  const said = String(reminder);
  return wasDueAt !== undefined && isReminderMail(said) ? said : null;
}

function both(one: Text, other: Text): Text {
  return { vi: `${one.vi} ${other.vi}`, en: `${one.en} ${other.en}` };
}

/** Tasks and deadlines that are counted back from a day of the trip: their sentence names that day. */
const tellsTripDay: readonly string[] = [
  'preparePassports',
  'notifyMofa',
  'notifyEmbassy',
  'decideExtension',
  'passportIssueDeadline',
  'mofaNotificationDeadline',
  'embassyNotificationDeadline',
  'extensionDeadline',
];
/** Due on a day of the trip itself. */
const isTripDay: readonly string[] = ['recordDeparture', 'recordReturn', 'departureDue', 'returnDue'];

/** A mail holds no itinerary (DOMAIN 13): the days of the trip are read in the case, after signing in. */
export function shownDue(given: { name: string; dueAt: Date | null; why: Text | null }): MailContent['due'] {
  const { name, dueAt, why } = given;
  const told = toldOf(name);
  if (dueAt === null || told === 'nothing') return null;
  return { at: formatInstant(dueAt), why: told === 'date' ? null : why };
}

/** What a mail may say of the due date of a task of this kind, or of a deadline of this name. */
export function toldOf(name: string): 'nothing' | 'date' | 'dateAndReason' {
  if (isTripDay.includes(name)) return 'nothing';
  return tellsTripDay.includes(name) ? 'date' : 'dateAndReason';
}

function join(lead: Text, rest: Text): Text {
  return { vi: `${lead.vi}: ${rest.vi}`, en: `${lead.en}: ${rest.en}` };
}
