import { pathOfCase } from '#contracts/plan-codes.js';
import type { Text } from '#contracts/text.js';
import { formatDay } from '#libs/calendar';
import {
  type DigestContent,
  type DigestCounts,
  type DigestNote,
  type DigestTask,
  digestUrgencies,
} from '#libs/runtime';
import { deadlineText, taskText } from '../state-texts.js';
import { type MailContent, mailContent, shownDue } from './mail-content.js';
import { type MailItem, type MailPage, type MailSection, mailLabels } from './mail-layout.js';
import { isMailTemplate } from './mail-template.js';
import type { Tone } from './notice-texts.js';

type Language = keyof Text;
type Urgency = DigestTask['urgency'];

const sectionTexts = {
  overdue: { vi: 'Quá hạn', en: 'Overdue' },
  today: { vi: 'Đến hạn hôm nay', en: 'Due today' },
  soon: { vi: 'Trong hai ngày làm việc tới', en: 'Within the next two working days' },
  later: { vi: 'Sau đó', en: 'After that' },
  notes: { vi: 'Để biết', en: 'For your information' },
} satisfies Record<Urgency | 'notes', Text>;

const tones: Record<Urgency | 'notes', Tone> = {
  overdue: 'alarm',
  today: 'warning',
  soon: 'plain',
  later: 'plain',
  notes: 'plain',
};

/** What stands in the subject and above the list: only what is not nought. */
export function digestSummary(counts: DigestCounts, language: Language): string {
  const said = [
    [counts.overdue, { vi: 'việc quá hạn', en: 'overdue' }],
    [counts.today, { vi: 'việc đến hạn hôm nay', en: 'due today' }],
    [counts.soon, { vi: 'việc sắp đến hạn', en: 'due soon' }],
    [counts.later, { vi: 'việc tiếp theo', en: 'later' }],
    [counts.notes, { vi: 'tin để biết', en: 'for information' }],
  ] as const;
  return said.flatMap(([count, text]) => (count > 0 ? [`${count} ${text[language]}`] : [])).join(', ');
}

/** A product name and a day, and what the reader wants to know on the lock screen of a phone. */
export function digestSubject(about: { day: string; language: Language; counts: DigestCounts }): string {
  const day = formatDay(about.day);
  const summary = digestSummary(about.counts, about.language);
  if (summary === '')
    return { vi: `Thông Hành: việc đến hạn ngày ${day}`, en: `Thông Hành: what is due on ${day}` }[about.language];
  return `Thông Hành ${day}: ${summary}`;
}

export interface DigestPageInput {
  readonly digest: DigestContent;
  readonly language: Language;
  /** `https://thong-hanh.example`, without a slash at the end. */
  readonly publicUrl: string;
}

/** Everything due for one person on one morning, the most pressing first. Case codes, dates and links only. */
export function digestPage({ digest, language, publicUrl }: DigestPageInput): MailPage {
  const { day, tasks, notes, counts, others } = digest;
  const linkTo = ({ instanceId, caseCode }: { instanceId: string | null; caseCode: string | null }) =>
    instanceId === null ? null : `${publicUrl}${pathOfCase(caseCode ?? '', instanceId)}`;
  const sections: MailSection[] = digestUrgencies.map((urgency) => ({
    title: sectionTexts[urgency][language],
    tone: tones[urgency],
    items: tasks
      .filter((task) => task.urgency === urgency)
      .map((task) => ({ ...taskItem(task, language), link: linkTo(task) })),
  }));
  const told = notes.map((note) => ({ ...noteItem(note, language), link: linkTo(note) }));
  sections.push({ title: sectionTexts.notes[language], tone: tones.notes, items: told });
  const summary = digestSummary(counts, language);
  const rest = {
    vi: others > 0 ? ` Còn ${others} việc chưa gấp trong hộp việc.` : '',
    en: others > 0 ? ` ${others} more in your inbox are not pressing.` : '',
  };
  return {
    language,
    headline: { vi: `Việc của bạn ngày ${formatDay(day)}`, en: `Your work on ${formatDay(day)}` }[language],
    body: `${summary}.${rest[language]}`,
    tone: counts.overdue > 0 ? 'alarm' : counts.today > 0 ? 'warning' : 'plain',
    facts: [],
    sections: sections.filter(({ items }) => items.length > 0),
    action: { label: mailLabels.inbox, href: `${publicUrl}/` },
    settingsLink: `${publicUrl}/profile`,
  };
}

function taskItem({ caseCode, kind, dueAt, explanation }: DigestTask, language: Language): Omit<MailItem, 'link'> {
  const name = taskText(kind);
  return {
    title: `[${caseCode}] ${name[language]}`,
    lines: dueLines(shownDue({ name: kind, dueAt, why: explanation }), language),
  };
}

function noteItem({ caseCode, template, data, deadline }: DigestNote, language: Language): Omit<MailItem, 'link'> {
  if (!isMailTemplate(template)) return { title: caseCode ?? '', lines: [] };
  const content = mailContent({ template, data, deadline });
  const name = deadline && deadlineText(deadline.name);
  const said = name ? dueLines(content.due, language) : [content.body[language]];
  return { title: `${caseCode === null ? '' : `[${caseCode}] `}${content.headline[language]}`, lines: said };
}

export function dueLines(due: MailContent['due'], language: Language): string[] {
  if (due === null) return [];
  const lines = [`${mailLabels.due[language]}: ${due.at}`];
  if (due.was) lines.push(`${mailLabels.was[language]}: ${due.was}`);
  if (due.why) lines.push(`${mailLabels.why[language]}: ${due.why[language]}`);
  return lines;
}
