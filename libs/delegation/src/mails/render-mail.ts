import { pathOfCase } from '#contracts/plan-codes.js';
import type { Text } from '#contracts/text.js';
import type { DigestContent, MailTemplates } from '#libs/runtime';
import { linesStillWithoutDossier } from '../lines-without-dossier.js';
import { profileLabel, setPasswordLabel } from './account-texts.js';
import { type MailAbout, mailContent, mailHeadline } from './mail-content.js';
import { htmlPage, type MailFact, type MailItem, type MailPage, mailLabels, textPage } from './mail-layout.js';
import {
  isAccountMail,
  isMailTemplate,
  isPlanReminder,
  isReminderMail,
  isUrgentMail,
  needsAccountLink,
} from './mail-template.js';
import { digestPage, digestSubject, dueLines } from './render-digest.js';

type Language = keyof Text;

/** One thing a mail tells, with a template that may be unknown here. */
export interface MailPartInput extends Omit<MailAbout, 'template'> {
  readonly template: string;
}

export interface RenderMailInput extends MailPartInput {
  readonly language: Language;
  /** Null: about no single case. */
  readonly caseCode: string | null;
  readonly instanceId: string | null;
  /** What else the same decision brought to the reader. */
  readonly also?: readonly MailPartInput[];
  /** Set: the mail of a morning. */
  readonly digest?: DigestContent | null;
  /** Sets a password; made for this sending and kept nowhere. */
  readonly accountLink?: string | null | undefined;
  /** `https://thong-hanh.example`, without a slash at the end. */
  readonly publicUrl: string;
}

export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * Case code, what is asked, when it is due and why, and a link that only shows something to who may see it. Never an
 * itinerary, a name of a member, a passport number or somebody's free text: none of them is in the input.
 * Throws for a template nobody wrote.
 */
export function renderMail(input: RenderMailInput): RenderedMail {
  const { digest, language, publicUrl } = input;
  if (digest) {
    const page = digestPage({ digest, language, publicUrl });
    const subject = digestSubject({ day: digest.day, language, counts: digest.counts });
    return { subject, text: textPage(page), html: htmlPage(page) };
  }
  const page = casePage(input);
  return { subject: subjectLine(input.caseCode, page.headline), text: textPage(page), html: htmlPage(page) };
}

function casePage(input: RenderMailInput): MailPage {
  const { language, caseCode, publicUrl, also = [] } = input;
  const { headline, body, tone, due } = contentOf(input);
  const facts: MailFact[] = [];
  if (caseCode !== null) facts.push({ label: mailLabels.case, value: caseCode, strong: true });
  if (due) facts.push({ label: mailLabels.due, value: due.at, strong: true });
  if (due?.was) facts.push({ label: mailLabels.was, value: due.was });
  if (due?.why) facts.push({ label: mailLabels.why, value: due.why[language] });
  const items = otherThings(input, also).map((part) => partItem(part, language));
  return {
    language,
    headline: headline[language],
    body: body[language],
    tone,
    facts,
    sections: items.length === 0 ? [] : [{ title: mailLabels.also[language], tone: 'plain', items }],
    action: actionOf(input),
    settingsLink: `${publicUrl}/profile`,
  };
}

const planLabel: Text = { vi: 'Mở kế hoạch năm', en: 'Open the annual plan' };

function actionOf({ template, instanceId, caseCode, publicUrl, accountLink }: RenderMailInput): MailPage['action'] {
  if (needsAccountLink(template)) {
    if (!accountLink) throw new Error(`A mail "${template}" needs its link; the worker makes it when it sends.`);
    return { label: setPasswordLabel, href: accountLink };
  }
  if (isAccountMail(template)) return { label: profileLabel, href: `${publicUrl}/profile` };
  if (isPlanReminder(template)) return { label: planLabel, href: `${publicUrl}/plan` };
  if (instanceId === null) return { label: mailLabels.inbox, href: `${publicUrl}/` };
  return { label: mailLabels.open, href: `${publicUrl}${pathOfCase(caseCode ?? '', instanceId)}` };
}

/** One step of a ladder reaches a person by several ways, as the holder and as the head: what the mail is about is said once. */
function otherThings(main: MailPartInput, also: readonly MailPartInput[]): MailPartInput[] {
  const said = new Set(main.deadline ? [main.deadline.name] : []);
  return also.filter(({ deadline }) => {
    if (!deadline) return true;
    const isNew = !said.has(deadline.name);
    said.add(deadline.name);
    return isNew;
  });
}

function partItem(part: MailPartInput, language: Language): MailItem {
  const { headline, body, due } = contentOf(part);
  return { title: headline[language], lines: [body[language], ...dueLines(due, language)], link: null };
}

function contentOf({ template, ...about }: MailPartInput) {
  if (!isMailTemplate(template))
    throw new Error(`No mail template "${template}". Write it in libs/delegation/src/mails.`);
  return mailContent({ ...about, template });
}

export interface MailSubjectInput {
  readonly template: string;
  readonly language: Language;
  readonly caseCode: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The subject alone, for the ledger, before task and deadline are read again. The case code alone for an unknown template. */
function mailSubject({ template, language, caseCode, data }: MailSubjectInput): string {
  if (!isMailTemplate(template)) return caseCode ?? '';
  return subjectLine(caseCode, mailHeadline({ template, data })[language]);
}

function subjectLine(caseCode: string | null, headline: string): string {
  return `${caseCode === null ? '' : `[${caseCode}] `}${headline}`.replace(/[\r\n]+/g, ' ');
}

/** What the ledger asks about the mails of a delegation. */
export const delegationMails: MailTemplates = {
  isKnown: isMailTemplate,
  isUrgent: isUrgentMail,
  isReminder: (template) => isReminderMail(template) || isPlanReminder(template),
  subject: mailSubject,
  whatHolds: (tx, about) =>
    about.template === 'lineWithoutDossier' ? linesStillWithoutDossier(tx, about) : Promise.resolve(about.data),
  digestSubject,
};
