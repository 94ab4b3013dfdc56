import type { Text } from '#contracts/text.js';
import type { Tone } from './notice-texts.js';

type Language = keyof Text;

export interface MailPage {
  readonly language: Language;
  readonly caseCode: string;
  readonly headline: string;
  readonly body: string;
  readonly tone: Tone;
  readonly due: { readonly at: string; readonly why: string | null } | null;
  readonly link: string;
}

const labels = {
  case: { vi: 'Hồ sơ', en: 'Case' },
  due: { vi: 'Hạn', en: 'Due' },
  why: { vi: 'Cách tính', en: 'How it was computed' },
  open: { vi: 'Mở hồ sơ', en: 'Open the case' },
  footer: {
    vi: 'Thư tự động của Thông Hành; không trả lời thư này. Nội dung hồ sơ chỉ xem được sau khi đăng nhập.',
    en: 'Sent automatically by Thông Hành; please do not reply. The content of a case is shown after signing in only.',
  },
} satisfies Record<string, Text>;

/** Dark enough for white text on them (WCAG AA). */
const colours: Record<Tone, string> = { plain: '#0b4f8a', warning: '#8a4b00', alarm: '#a3201a', good: '#1b6239' };

/** The whole mail for people and programs that read plain text. Lines end with \n. */
export function textPage(page: MailPage): string {
  const say = (text: Text) => text[page.language];
  const lines = [page.headline, '', page.body, '', `${say(labels.case)}: ${page.caseCode}`];
  if (page.due) lines.push(`${say(labels.due)}: ${page.due.at}`);
  if (page.due?.why) lines.push(`${say(labels.why)}: ${page.due.why}`);
  lines.push('', `${say(labels.open)}: ${page.link}`, '', '-- ', say(labels.footer), '');
  return lines.join('\n');
}

const font = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** Tables and inline styles only: Outlook lays out with Word, Gmail drops style sheets, phones are narrower than 600 px. */
export function htmlPage(page: MailPage): string {
  const say = (text: Text) => escapeHtml(text[page.language]);
  const colour = colours[page.tone];
  const headline = escapeHtml(page.headline);
  const facts = [[say(labels.case), `<strong>${escapeHtml(page.caseCode)}</strong>`]];
  if (page.due) facts.push([say(labels.due), `<strong>${escapeHtml(page.due.at)}</strong>`]);
  if (page.due?.why) facts.push([say(labels.why), escapeHtml(page.due.why)]);
  return `<!DOCTYPE html>
<html lang="${page.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>${headline}</title></head>
<body style="margin:0;padding:0;background-color:#eef1f4;">
<div style="display:none;max-height:0;overflow:hidden;">${escapeHtml(page.body)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#eef1f4"><tr><td align="center" style="padding:16px 8px;">
<table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0" bgcolor="#ffffff" style="width:100%;max-width:600px;">
<tr><td bgcolor="${colour}" style="background-color:${colour};padding:18px 24px;${font};font-size:20px;line-height:28px;font-weight:bold;color:#ffffff;">${headline}</td></tr>
<tr><td style="padding:20px 24px 8px 24px;${font};font-size:16px;line-height:24px;color:#1d2329;">${escapeHtml(page.body)}</td></tr>
<tr><td style="padding:8px 24px;"><table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0">
${facts.map(factRow).join('\n')}
</table></td></tr>
<tr><td style="padding:16px 24px 24px 24px;"><table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr><td bgcolor="${colour}" style="background-color:${colour};padding:12px 22px;"><a href="${escapeHtml(page.link)}" style="${font};font-size:16px;line-height:20px;font-weight:bold;color:#ffffff;text-decoration:none;">${say(labels.open)}</a></td></tr></table></td></tr>
<tr><td style="padding:14px 24px 20px 24px;border-top:1px solid #d5dbe1;${font};font-size:13px;line-height:19px;color:#515a63;">${say(labels.footer)}</td></tr>
</table></td></tr></table>
</body></html>
`;
}

function factRow([label, value]: readonly string[]): string {
  return `<tr><td valign="top" width="120" style="padding:6px 12px 6px 0;${font};font-size:14px;line-height:21px;color:#515a63;">${label}</td><td valign="top" style="padding:6px 0;${font};font-size:15px;line-height:21px;color:#1d2329;">${value}</td></tr>`;
}

function escapeHtml(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
