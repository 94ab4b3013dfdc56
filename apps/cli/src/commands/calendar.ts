import {
  type CalendarAnnouncement,
  type CalendarDraft,
  type CalendarPreview,
  type ChangedDayKind,
  calendarDraft,
} from '#contracts/calendar.js';
import { AppError } from '#contracts/errors.js';
import { dayOf, formatDay, formatInstant } from '#libs/calendar';
import {
  applyCalendar,
  type CalendarAuthor,
  deadlineText,
  previewCalendar,
  readCalendarYear,
  recomputeCase,
} from '#libs/delegation';
import {
  type CommandResult,
  type HouseCommand,
  type OptionValues,
  requiredOption,
  textOption,
  UsageError,
} from '../command.js';
import type { House } from '../composition.js';
import { provinceIdOf } from '../province.js';
import { table } from '../table.js';

interface Affected {
  readonly caseCode: string;
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
  readonly explanation: { readonly vi: string };
}

const affectedHead = ['Hồ sơ', 'Thời hạn', 'Đang là', 'Sẽ là', 'Cách tính'];

/** One transaction a case: what is open at that moment, by the calendar of today. */
async function affectedOf(house: House, row: { id: string; code: string }, apply: boolean): Promise<Affected[]> {
  const { runtime } = house;
  const recounts = apply
    ? await recomputeCase(house.calendar, row.id)
    : await house.unitOfWork.run(async (tx) => runtime.recountedDeadlines(tx, await runtime.read(tx, row.id)));
  return recounts.map(({ name, from, to, explanation }) => ({ caseCode: row.code, name, from, to, explanation }));
}

export const calendarAffected: HouseCommand = {
  name: 'calendar affected',
  options: { apply: { type: 'boolean' } },
  usage: '[--apply]',
  summary: {
    vi: 'Thời hạn đang chạy sẽ đổi theo lịch làm việc hiện nay; --apply: tính lại và báo người giữ việc',
    en: 'Open deadlines that today’s calendar moves; --apply computes them again and tells who holds the task',
  },
  async run(house, { options }) {
    const cases = await house.unitOfWork.run(
      (tx): Promise<{ id: string; code: string }[]> =>
        tx.query("select id, case_code as code from instances where status = 'active' order by case_code"),
    );
    const found: Affected[] = [];
    for (const row of cases) found.push(...(await affectedOf(house, row, options.apply === true)));
    if (found.length === 0) return { ok: true, data: found, text: 'Không thời hạn nào đổi theo lịch hiện nay.' };
    const cells = found.map((one) => [
      one.caseCode,
      deadlineText(one.name).vi,
      formatInstant(one.from),
      one.from.getTime() === one.to.getTime() ? 'chỉ đổi ngày nhắc' : formatInstant(one.to),
      one.explanation.vi,
    ]);
    return { ok: true, data: found, text: table(affectedHead, cells) };
  },
};

const text = { type: 'string' } as const;
const yes = { type: 'boolean' } as const;

const kindNames: Readonly<Record<ChangedDayKind, string>> = {
  publicHoliday: 'ngày lễ',
  compensatory: 'nghỉ bù',
  swappedOff: 'nghỉ hoán đổi',
  swappedWorked: 'làm bù',
  ordinary: 'bãi bỏ ngày nghỉ',
};

export const calendarList: HouseCommand = {
  name: 'calendar list',
  options: { year: text, province: text },
  usage: '[--year N] [--province MÃ]',
  summary: {
    vi: 'Ngày nghỉ và hoán đổi của một năm, kèm căn cứ; dấu ? là chưa đối chiếu văn bản',
    en: 'Holidays and swaps of a year with their sources; ? marks what nobody compared with the notice',
  },
  async run(house, { options }) {
    const given = textOption(options, 'year');
    if (given !== undefined && !/^\d{4}$/.test(given)) throw new UsageError(`--year ${given}: cần bốn chữ số`);
    const provinceId = await house.unitOfWork.run((tx) => provinceIdOf(tx, textOption(options, 'province')));
    const year = given === undefined ? undefined : Number(given);
    const view = await readCalendarYear(house.calendar, { provinceId, year });
    const rows = view.days.map((row) => [
      row.verified ? '✓' : '?',
      formatDay(row.day),
      row.applied ? kindNames[row.kind] : 'chưa áp dụng',
      row.name.vi,
      row.source,
    ]);
    const changes = view.changes.map((change) => [
      change.version,
      change.scope === 'country' ? 'cả nước' : 'tỉnh',
      `${change.document.number}, ${formatDay(change.document.date)}`,
      change.withdraws === null
        ? change.days.map(({ day }) => formatDay(day)).join(', ')
        : `rút số ${change.withdraws}`,
      change.withdrawnBy === null ? '' : `đã rút bởi số ${change.withdrawnBy}`,
    ]);
    const head = `Lịch năm ${view.year}, phiên bản ${view.calendarVersion}`;
    const parts = [head, table(['', 'Ngày', 'Loại', 'Tên', 'Căn cứ'], rows)];
    if (changes.length > 0) parts.push(table(['Số', 'Phạm vi', 'Văn bản', 'Ngày', ''], changes));
    return { ok: true, data: view, text: parts.join('\n\n') };
  },
};

const documentOptions = { document: text, date: text, reason: text, province: text, apply: yes } as const;

export const calendarAdd: HouseCommand = {
  name: 'calendar add',
  options: {
    ...documentOptions,
    holiday: text,
    off: text,
    worked: text,
    cancel: text,
    name: text,
    'name-en': text,
    country: yes,
  },
  usage:
    '--holiday|--off|--worked|--cancel NGÀY[,NGÀY…] --name TÊN [--name-en NAME] --document SỐ --date NGÀY --reason LÝ-DO [--country] [--province MÃ] [--apply]',
  summary: {
    vi: 'Ngày nghỉ, hoán đổi hoặc bãi bỏ mới công bố (ngày: 2026-05-04): cho xem ai bị ảnh hưởng; --apply: ghi vào lịch và tính lại',
    en: 'A newly announced holiday, swap or cancellation (days: 2026-05-04): shows who is affected; --apply enters it and recomputes',
  },
  run(house, { options }) {
    const name = requiredOption(options, 'name');
    const named = { vi: name, en: textOption(options, 'name-en') ?? name };
    const of = (option: string, kind: ChangedDayKind): CalendarAnnouncement['days'] =>
      (textOption(options, option) ?? '')
        .split(',')
        .filter((day) => day !== '')
        .map((day) => ({ day: day.trim(), kind, name: named }));
    const days = [
      ...of('holiday', 'publicHoliday'),
      ...of('off', 'swappedOff'),
      ...of('worked', 'swappedWorked'),
      ...of('cancel', 'ordinary'),
    ];
    if (days.length === 0) throw new UsageError('Cần ít nhất một ngày: --holiday, --off, --worked hoặc --cancel');
    const scope = options.country === true ? 'country' : 'province';
    return change(house, options, { kind: 'announce', scope, days, ...documentOf(options) });
  },
};

export const calendarWithdraw: HouseCommand = {
  name: 'calendar withdraw',
  operands: ['SỐ'],
  options: documentOptions,
  usage: '--document SỐ --date NGÀY --reason LÝ-DO [--province MÃ] [--apply]',
  summary: {
    vi: 'Rút một thay đổi của lịch khi chưa ai sống theo nó: cho xem ai bị ảnh hưởng; --apply: rút và tính lại',
    en: 'Withdraw a change nobody has lived by yet: shows who is affected; --apply withdraws it and recomputes',
  },
  run(house, { operands: [version = ''], options }) {
    return change(house, options, { kind: 'withdraw', version: Number(version), ...documentOf(options) });
  },
};

function documentOf(options: OptionValues) {
  const document = { number: requiredOption(options, 'document'), date: requiredOption(options, 'date') };
  return { document, reason: requiredOption(options, 'reason') };
}

/** What is shown is what is applied: the same digest guards both. Throws VALIDATION_FAILED. */
async function change(house: House, options: OptionValues, draft: unknown): Promise<CommandResult> {
  const parsed = calendarDraft.safeParse(draft);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => ({
      path: issue.path.map(String).join('.'),
      text: { vi: `Sai hoặc thiếu (${issue.message}).`, en: `Wrong or missing (${issue.message}).` },
    }));
    throw new AppError('VALIDATION_FAILED', { fields });
  }
  const provinceId = await house.unitOfWork.run((tx) => provinceIdOf(tx, textOption(options, 'province')));
  const author: CalendarAuthor = { provinceId, personId: null, requestId: null };
  const preview = await previewCalendar(house.calendar, { author, draft: parsed.data });
  if (preview.problems.length > 0) throw new AppError('VALIDATION_FAILED', { fields: preview.problems });
  const shown = describe(parsed.data, preview);
  if (options.apply !== true) {
    return { ok: true, data: preview, text: `${shown}\n\nChưa ghi gì. Thêm --apply để áp dụng.` };
  }
  const { digest, version: expectedVersion } = preview;
  const applied = await applyCalendar(house.calendar, { author, draft: parsed.data, digest, expectedVersion });
  const today = formatDay(dayOf(house.clock.now()));
  const done = `✓ ${today}: lịch có thay đổi số ${applied.version}; tính lại ${applied.deadlines} thời hạn của ${applied.cases} hồ sơ.`;
  return { ok: true, data: { ...applied, preview }, text: `${shown}\n\n${done}` };
}

function describe(draft: CalendarDraft, { days, cases, counts }: CalendarPreview): string {
  const work = (worked: boolean) => (worked ? 'làm việc' : 'nghỉ');
  const rows = days.map(({ day, before, after }) => [formatDay(day), work(before.worked), work(after.worked)]);
  const moves = cases.flatMap(({ caseCode, deadlines }) =>
    deadlines.map((one) => [
      caseCode,
      one.text.vi,
      formatInstant(new Date(one.from)),
      formatInstant(new Date(one.to)),
      one.told.map(({ fullName }) => fullName).join(', '),
    ]),
  );
  const head = draft.kind === 'announce' ? 'Ngày công bố' : `Rút thay đổi số ${draft.version}`;
  return [
    table([head, 'Đang là', 'Sẽ là'], rows),
    counts.deadlines === 0
      ? `Không thời hạn nào trong ${counts.open} hồ sơ đang chạy bị đổi.`
      : table(['Hồ sơ', 'Thời hạn', 'Đang là', 'Sẽ là', 'Người được báo'], moves),
    ...(counts.reminders > 0 ? [`${counts.reminders} thời hạn giữ nguyên ngày, chỉ tính lại các lần nhắc.`] : []),
  ].join('\n\n');
}
