import type { Text } from '#contracts/text.js';
import { type MailAbout, mailContent } from './mail-content.js';
import { htmlPage, textPage } from './mail-layout.js';
import { isMailTemplate } from './mail-template.js';

export interface RenderMailInput extends Omit<MailAbout, 'template'> {
  readonly template: string;
  readonly language: keyof Text;
  readonly instanceId: string;
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
  const { template, language, caseCode, instanceId, publicUrl } = input;
  if (!isMailTemplate(template))
    throw new Error(`No mail template "${template}". Write it in libs/delegation/src/mails.`);
  const { headline, body, tone, due } = mailContent({ ...input, template });
  const page = {
    language,
    caseCode,
    headline: headline[language],
    body: body[language],
    tone,
    due: due && { at: due.at, why: due.why?.[language] ?? null },
    link: `${publicUrl}/cases/${encodeURIComponent(instanceId)}`,
  };
  return { subject: subjectLine(caseCode, page.headline), text: textPage(page), html: htmlPage(page) };
}

export interface MailSubjectInput {
  readonly template: string;
  readonly language: keyof Text;
  readonly caseCode: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The subject alone, for the ledger, before task and deadline are read again. The case code alone for an unknown template. */
export function mailSubject({ template, language, caseCode, data }: MailSubjectInput): string {
  if (!isMailTemplate(template)) return caseCode;
  return subjectLine(caseCode, mailContent({ template, caseCode, data }).headline[language]);
}

function subjectLine(caseCode: string, headline: string): string {
  return `[${caseCode}] ${headline}`.replace(/[\r\n]+/g, ' ');
}
