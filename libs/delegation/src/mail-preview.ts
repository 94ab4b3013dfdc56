import { AppError } from '#contracts/errors.js';
import type { MailPreview, MailPreviewQuery } from '#contracts/mail-ledger.js';
import type { Text } from '#contracts/text.js';
import { type BusinessCalendar, dayOf } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { ProfileBook } from '#libs/regulation';
import { type ClaimedMail, type DigestContent, digestTemplate, digestUrgencyOf, type MailPart } from '#libs/runtime';
import { type CalendarPlace, mailCalendar, needsTripDays } from './mails/mail-calendar.js';
import {
  isAccountMail,
  isMailTemplate,
  isPlanReminder,
  isReminderMail,
  isSuccessionMail,
  type PlanReminderTemplate,
} from './mails/mail-template.js';
import { renderMail } from './mails/render-mail.js';
import { planReminderSample } from './plan-reminder-data.js';
import { successionSample } from './succession-sample.js';
import { readTripDays } from './trip-days.js';

const newestCase: PreparedStatement = {
  name: 'delegation_preview_case',
  text: `select id, case_code as "caseCode", version from instances
    where province_id = $1 and ($2::text is null or case_code = $2) order by created_at desc, id desc limit 1`,
};

const tasksOfCase: PreparedStatement = {
  name: 'delegation_preview_tasks',
  text: `select id, kind, due_at as "dueAt", due_explanation as explanation, closed_at is null as open from tasks
    where instance_id = $1 order by closed_at is not null, opened_seq desc, id limit 20`,
};

const deadlinesOfCase: PreparedStatement = {
  name: 'delegation_preview_deadlines',
  text: `select id, name, due_at as "dueAt", explanation from timers where instance_id = $1 and kind = 'deadline'
    order by coalesce(fired_at, cancelled_at) is not null, armed_seq desc, id limit 1`,
};

interface CaseRow {
  readonly id: string;
  readonly caseCode: string;
  readonly version: number;
}

type TaskRow = NonNullable<MailPart['task']> & { readonly open: boolean };

interface PreviewInput {
  readonly provinceId: string;
  readonly query: MailPreviewQuery;
  readonly place: CalendarPlace;
  readonly organiser: string;
  readonly now: Date;
  readonly calendar: BusinessCalendar;
  readonly profiles: ProfileBook;
}

/**
 * The mail as it would be written now: about the task that was opened last and the deadline that was armed last in that case, open
 * ones first; about the plan, the lines or the duty that come next; about organisations, the newest merger. Reads only. Throws NOT_FOUND for a template or a case there is not.
 */
export async function previewMail(tx: Tx, input: PreviewInput): Promise<MailPreview> {
  const { provinceId, query, place, organiser, now } = input;
  const { template, language } = query;
  if (template !== digestTemplate && !isMailTemplate(template)) throw new AppError('NOT_FOUND');
  const [found] = await runPrepared<CaseRow>(tx, newestCase, [provinceId, query.caseCode ?? null]);
  const isOfACase = !isAccountMail(template) && !isPlanReminder(template) && !isSuccessionMail(template);
  if (found === undefined && isOfACase) throw new AppError('NOT_FOUND');
  const about = isOfACase ? found : undefined;
  const tasks = about ? await runPrepared<TaskRow>(tx, tasksOfCase, [about.id]) : [];
  const [deadline = null] = about
    ? await runPrepared<NonNullable<MailPart['deadline']>>(tx, deadlinesOfCase, [about.id])
    : [];
  const isTimed = isReminderMail(template) || template === 'deadlineMoved';
  const mail: ClaimedMail = {
    ...unsent(about ?? null, { language, provinceId }),
    template,
    data: await sampleOf(tx, template, input),
    task: template === 'taskOpened' || isTimed ? (tasks[0] ?? null) : null,
    deadline: isTimed ? deadline : null,
    digest: about && template === digestTemplate ? digestOf(about, tasks, input) : null,
  };
  const accountLink = `${place.publicUrl}/…`;
  const { subject, text, html } = renderMail({ ...mail, accountLink, publicUrl: place.publicUrl });
  const trip = about && needsTripDays(mail) ? await readTripDays(tx, about.id) : null;
  const file = mailCalendar(mail, { place, organiser, now, trip });
  return { caseCode: about?.caseCode ?? null, subject, text, html, calendar: file?.content ?? null };
}

async function sampleOf(tx: Tx, template: string, input: PreviewInput): Promise<Readonly<Record<string, unknown>>> {
  if (isPlanReminder(template)) return planSample(tx, template, input);
  return isSuccessionMail(template) ? successionSample(tx, input) : {};
}

async function planSample(tx: Tx, template: PlanReminderTemplate, { provinceId, profiles, now }: PreviewInput) {
  const today = dayOf(now);
  const profile = await profiles.inForce(tx, { provinceId, day: today, at: now });
  if (profile === null) throw new AppError('NOT_FOUND');
  return planReminderSample(tx, { template, provinceId, profile, today });
}

/** A mail nobody will get: what the ledger would have added stays empty. */
function unsent(about: CaseRow | null, { language, provinceId }: { language: keyof Text; provinceId: string }) {
  return {
    ...{ id: '', fence: '', personId: '', address: '', subject: '', messageId: '', threadId: null },
    ...{ provinceId, language, also: [] },
    instanceId: about?.id ?? null,
    caseCode: about?.caseCode ?? null,
    caseVersion: about?.version ?? null,
  };
}

/** The morning of somebody who holds every open task of that case. */
function digestOf(about: CaseRow, rows: readonly TaskRow[], { now, calendar }: PreviewInput): DigestContent {
  const tasks = rows
    .filter(({ open }) => open)
    .map(({ id, kind, dueAt, explanation }) => ({
      ...{ taskId: id, kind, dueAt, explanation },
      ...{ instanceId: about.id, caseCode: about.caseCode, caseVersion: about.version },
      urgency: digestUrgencyOf(dueAt, { now, calendar }) ?? ('later' as const),
    }));
  const counts = { overdue: 0, today: 0, soon: 0, later: 0, notes: 0 };
  for (const { urgency } of tasks) counts[urgency] += 1;
  return { day: dayOf(now), tasks, notes: [], counts, others: 0 };
}
