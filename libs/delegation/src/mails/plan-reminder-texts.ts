import type { Text } from '#contracts/text.js';
import { formatDay, formatInstant } from '#libs/calendar';
import type { PlanReminderTemplate } from './mail-template.js';
import type { Tone } from './notice-texts.js';

interface PlanReminderContent {
  readonly headline: Text;
  readonly body: Text;
  readonly tone: Tone;
  readonly due: { readonly at: string; readonly why: Text | null } | null;
}

type Data = Readonly<Record<string, unknown>>;

/** What a person calls this kind of mail. */
export const planReminderNames: Readonly<Record<PlanReminderTemplate, Text>> = {
  lineWithoutDossier: { vi: 'Dòng kế hoạch chưa có hồ sơ', en: 'Plan line without a dossier' },
  yearlyDuty: { vi: 'Mốc trong năm', en: 'Date of the year' },
};

/** About the annual plan and the duties of the year. Codes of lines and days of the rules only: no name, no country, no traveller. */
export function planReminderContent(template: PlanReminderTemplate, data: Data): PlanReminderContent {
  return template === 'yearlyDuty' ? dutyContent(data) : linesContent(data);
}

function dutyContent({ name, on, today, offset, dueAt, source }: Data): PlanReminderContent {
  const duty = isText(name) ? name : { vi: 'Việc trong năm', en: 'A duty of the year' };
  const [day, now] = [String(on ?? ''), String(today ?? '')];
  const lead = now < day ? near : now === day ? due : past;
  const body = now <= day ? lead.body : past.body;
  const at = typeof dueAt === 'string' ? formatInstant(new Date(dueAt)) : '';
  const days = Math.abs(Number(offset ?? 0));
  const said =
    Number(offset) === 0
      ? { vi: 'nhắc đúng ngày', en: 'said on the day' }
      : Number(offset) < 0
        ? { vi: `nhắc trước ${days} ngày`, en: `said ${days} days before` }
        : { vi: `nhắc sau ${days} ngày`, en: `said ${days} days after` };
  const ground = groundOf(source);
  const why =
    day === ''
      ? null
      : {
          vi: `ngày ${formatDay(day)} theo lịch năm trong quy chế của tỉnh; ${said.vi} (${ground.vi})`,
          en: `${formatDay(day)} by the calendar of the year in the rules; ${said.en} (${ground.en})`,
        };
  return {
    // "Sắp đến hạn: Hết hạn …" says it twice.
    headline: { vi: `${lead.lead.vi}: ${duty.vi.replace(/^Hết hạn /, '')}`, en: `${lead.lead.en}: ${duty.en}` },
    body,
    tone: lead.tone,
    due: at === '' ? null : { at, why },
  };
}

const near = {
  lead: { vi: 'Sắp đến hạn', en: 'Deadline near' },
  body: { vi: 'Một mốc trong năm của công tác đối ngoại đang đến gần.', en: 'A date of the year is near.' },
  tone: 'plain' as const,
};
const due = {
  lead: { vi: 'Hôm nay', en: 'Today' },
  body: { vi: 'Hôm nay là mốc trong năm của công tác đối ngoại.', en: 'A date of the year is today.' },
  tone: 'warning' as const,
};
const past = {
  lead: { vi: 'Đã qua hạn', en: 'Past' },
  body: {
    vi: 'Mốc trong năm đã qua. Nếu chưa làm, đề nghị làm ngay.',
    en: 'A date of the year has passed. If this is not done, please do it now.',
  },
  tone: 'warning' as const,
};

function linesContent({ year, codes, days, daysBefore, source }: Data): PlanReminderContent {
  const lines = Array.isArray(codes) ? codes.map(String) : [];
  const steps = Array.isArray(daysBefore) ? daysBefore.join(', ') : String(days ?? '');
  const count = lines.length;
  const ground = groundOf(source);
  return {
    headline: {
      vi: `Kế hoạch ${year ?? ''}: ${count} dòng sắp đến kỳ mà chưa có hồ sơ`,
      en: `Plan ${year ?? ''}: ${count} ${count === 1 ? 'line' : 'lines'} due soon without a dossier`,
    },
    body: {
      vi: `${lines.join(', ')}: kỳ thực hiện bắt đầu trong vòng ${days ?? ''} ngày mà chưa có hồ sơ. Lập hồ sơ từ dòng kế hoạch, hoặc đề nghị điều chỉnh kế hoạch nếu không đi nữa. Nhắc trước ${steps} ngày (${ground.vi}).`,
      en: `${lines.join(', ')}: the period begins within ${days ?? ''} days and there is no dossier. Open it from the line of the plan, or ask for an adjustment if the trip is off. Said ${steps} days before (${ground.en}).`,
    },
    tone: 'warning',
    due: null,
  };
}

function groundOf(source: unknown): Text {
  return typeof source === 'string' ? { vi: source, en: source } : { vi: 'giả định', en: 'an assumption' };
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'vi' in value && 'en' in value;
}
