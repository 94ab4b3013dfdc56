import type { Text } from '#contracts/text.js';
import type { Tone } from './notice-texts.js';

type Language = keyof Text;

export interface MailFact {
  readonly label: Text;
  readonly value: string;
  readonly strong?: boolean;
}

export interface MailItem {
  readonly title: string;
  readonly lines: readonly string[];
  readonly link: string | null;
}

export interface MailSection {
  readonly title: string;
  readonly tone: Tone;
  readonly items: readonly MailItem[];
}

export interface MailPage {
  readonly language: Language;
  readonly headline: string;
  readonly body: string;
  readonly tone: Tone;
  readonly facts: readonly MailFact[];
  readonly sections: readonly MailSection[];
  readonly action: { readonly label: Text; readonly href: string };
  /** Where the reader changes how they are written to. */
  readonly settingsLink: string;
}

export const mailLabels = {
  case: { vi: 'Hồ sơ', en: 'Case' },
  due: { vi: 'Hạn', en: 'Due' },
  was: { vi: 'Hạn cũ', en: 'Before' },
  why: { vi: 'Cách tính', en: 'How it was computed' },
  open: { vi: 'Mở hồ sơ', en: 'Open the case' },
  inbox: { vi: 'Mở hộp việc', en: 'Open the inbox' },
  also: { vi: 'Cùng lúc này', en: 'At the same time' },
} satisfies Record<string, Text>;

const footer = {
  vi: 'Thư tự động của Thông Hành; không trả lời thư này. Nội dung hồ sơ chỉ xem được sau khi đăng nhập.',
  en: 'Sent automatically by Thông Hành; please do not reply. The content of a case is shown after signing in only.',
};
const settings = { vi: 'Đổi cách nhận thư', en: 'Change how you are written to' };

/** Dark enough for white text on them (WCAG AA). */
const colours: Record<Tone, string> = { plain: '#0b4f8a', warning: '#8a4b00', alarm: '#a3201a', good: '#1b6239' };

/** The whole mail for people and programs that read plain text. Lines end with \n. */
export function textPage(page: MailPage): string {
  const say = (text: Text) => text[page.language];
  const lines = [page.headline, '', page.body, ''];
  lines.push(...page.facts.map((fact) => `${say(fact.label)}: ${fact.value}`));
  for (const { title, items } of page.sections) {
    lines.push('', title.toUpperCase());
    for (const item of items) {
      lines.push('', `- ${item.title}`, ...item.lines.map((line) => `  ${line}`));
      if (item.link) lines.push(`  ${item.link}`);
    }
  }
  lines.push('', `${say(page.action.label)}: ${page.action.href}`, '', '-- ', say(footer));
  lines.push(`${say(settings)}: ${page.settingsLink}`, '');
  return lines.join('\n');
}

const font = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const bare = 'cellpadding="0" cellspacing="0" border="0"';

/**
 * Tables and inline styles only: Outlook lays out with Word, Gmail drops style sheets, phones are narrower than 600 px. Word knows no
 * greatest width: a table for it alone holds the page together.
 */
export function htmlPage(page: MailPage): string {
  const say = (text: Text) => escapeHtml(text[page.language]);
  const colour = colours[page.tone];
  const headline = escapeHtml(page.headline);
  const facts = page.facts.map((fact) => factRow(say(fact.label), fact)).join('\n');
  return `<!DOCTYPE html>
<html lang="${page.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>${headline}</title></head>
<body style="margin:0;padding:0;background-color:#eef1f4;">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all;">${escapeHtml(page.body)}</div>
<table role="presentation" width="100%" ${bare} bgcolor="#eef1f4"><tr><td align="center" style="padding:16px 8px;">
${forWord(`<table role="presentation" width="600" ${bare} align="center"><tr><td>`)}
<table role="presentation" width="100%" ${bare} bgcolor="#ffffff" style="width:100%;max-width:600px;">
<tr><td bgcolor="${colour}" style="background-color:${colour};padding:18px 24px;${font};font-size:20px;line-height:28px;font-weight:bold;color:#ffffff;">${headline}</td></tr>
<tr><td style="padding:20px 24px 8px 24px;${font};font-size:16px;line-height:24px;color:#1d2329;">${escapeHtml(page.body)}</td></tr>
${facts === '' ? '' : `<tr><td style="padding:8px 24px;"><table role="presentation" width="100%" ${bare}>\n${facts}\n</table></td></tr>`}
${page.sections.map(sectionRows).join('\n')}
<tr><td style="padding:16px 24px 24px 24px;"><table role="presentation" ${bare}><tr><td bgcolor="${colour}" style="background-color:${colour};padding:12px 22px;"><a href="${escapeHtml(page.action.href)}" style="${font};font-size:16px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none;">${say(page.action.label)}</a></td></tr></table></td></tr>
<tr><td style="padding:14px 24px 20px 24px;border-top:1px solid #d5dbe1;${font};font-size:13px;line-height:19px;color:#515a63;">${say(footer)}<br><a href="${escapeHtml(page.settingsLink)}" style="color:#0b4f8a;">${say(settings)}</a></td></tr>
</table>
${forWord('</td></tr></table>')}</td></tr></table>
</body></html>
`;
}

const forWord = (html: string) => `<!--[if mso]>${html}<![endif]-->`;

function factRow(label: string, { value, strong }: MailFact): string {
  const shown = strong ? `<strong>${escapeHtml(value)}</strong>` : escapeHtml(value);
  return `<tr><td valign="top" width="96" style="padding:6px 12px 6px 0;${font};font-size:14px;line-height:21px;color:#515a63;">${label}</td><td valign="top" style="padding:6px 0;${font};font-size:15px;line-height:21px;color:#1d2329;">${shown}</td></tr>`;
}

function sectionRows({ title, tone, items }: MailSection): string {
  const colour = colours[tone];
  const head = `<tr><td style="padding:14px 24px 4px 24px;${font};font-size:14px;line-height:20px;font-weight:bold;color:${colour};">${escapeHtml(title)}</td></tr>`;
  const rows = items.map((item) => itemRow(item, colour)).join('\n');
  return `${head}\n<tr><td style="padding:0 24px 6px 24px;"><table role="presentation" width="100%" ${bare}>\n${rows}\n</table></td></tr>`;
}

function itemRow({ title, lines, link }: MailItem, colour: string): string {
  const shown = escapeHtml(title);
  const name = link === null ? shown : `<a href="${escapeHtml(link)}" style="color:#0b4f8a;">${shown}</a>`;
  const details = lines
    .map((line) => `<br><span style="font-size:13px;color:#515a63;">${escapeHtml(line)}</span>`)
    .join('');
  return `<tr><td style="padding:8px 0 8px 12px;border-left:3px solid ${colour};${font};font-size:15px;line-height:21px;color:#1d2329;">${name}${details}</td></tr><tr><td height="6" style="font-size:1px;line-height:6px;">&nbsp;</td></tr>`;
}

function escapeHtml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
