import fs from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#contracts/errors.js';
import { type PlanDirection, type PlanPreview, planDirections } from '#contracts/plan.js';
import { type CommandInput, type HouseCommand, type OptionValues, textOption, UsageError } from '../command.js';
import type { House } from '../composition.js';
import { provinceIdOf } from '../province.js';
import { pairs, table } from '../table.js';

const text = { type: 'string' } as const;
const readingOptions = { year: text, direction: text, province: text } as const;
const readingUsage = '[--year NĂM] [--direction outbound|inbound] [--province MÃ]';

export const previewPlan: HouseCommand = {
  name: 'plan preview',
  operands: ['FILE'],
  options: readingOptions,
  usage: readingUsage,
  summary: {
    vi: 'Đọc một kế hoạch (XLSX, DOCX, CSV), báo từng ô sai, không nhập gì; mã thoát 1 khi có lỗi',
    en: 'Read a plan, name the problem of each cell, import nothing; status 1 when there are errors',
  },
  async run(house, input) {
    const { preview } = await read(house, input);
    return { ok: preview.errorCount === 0, data: preview, text: describePreview(preview) };
  },
};

export const importPlan: HouseCommand = {
  name: 'plan import',
  operands: ['FILE'],
  options: { ...readingOptions, 'skip-errors': { type: 'boolean' } },
  usage: `${readingUsage} [--skip-errors]`,
  summary: {
    vi: 'Nhập một kế hoạch; nhập lại cùng tệp không thêm gì. --skip-errors: bỏ qua dòng có lỗi',
    en: 'Import a plan; the same file twice adds nothing. --skip-errors leaves out the lines with errors',
  },
  async run(house, input) {
    const { preview, provinceId } = await read(house, input);
    const broken = rowsWithErrors(preview);
    if (broken.length > 0 && input.options['skip-errors'] !== true) {
      const advice = 'Chưa nhập gì. Sửa tệp rồi nhập lại, hoặc thêm --skip-errors để bỏ qua các dòng có lỗi.';
      return { ok: false, data: preview, text: `${describePreview(preview)}\n\n✗ ${advice}` };
    }
    const principal = { operator: true, provinceId, personId: null } as const;
    const imported = await house.plans.confirmPlan(principal, { previewId: preview.id, skipRows: broken });
    return { ok: true, data: { previewId: preview.id, ...imported }, text: `✓ ${imported.text.vi}` };
  },
};

/** Rows that a confirmation must leave out. */
export function rowsWithErrors(preview: PlanPreview): number[] {
  const isBroken = (row: PlanPreview['rows'][number]) => row.problems.some((problem) => problem.severity === 'error');
  return preview.rows.filter(isBroken).map((row) => row.index);
}

async function read(
  house: House,
  { operands, options }: CommandInput,
): Promise<{ preview: PlanPreview; provinceId: string }> {
  const [file = ''] = operands;
  const choice = { year: yearOf(options), direction: directionOf(options) };
  const bytes = await readFile(file);
  const provinceId = await house.unitOfWork.run((tx) => provinceIdOf(tx, textOption(options, 'province')));
  const principal = { operator: true, provinceId, personId: null } as const;
  return {
    provinceId,
    preview: await house.plans.previewPlan(principal, { name: path.basename(file), bytes }, choice),
  };
}

async function readFile(file: string): Promise<Buffer> {
  try {
    return await fs.readFile(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    const sentence = {
      vi: `Không đọc được tệp ${file} (${reason}).`,
      en: `The file ${file} cannot be read (${reason}).`,
    };
    throw new AppError('FILE_REJECTED', { text: sentence }, { cause: error });
  }
}

function yearOf(options: OptionValues): number | undefined {
  const given = textOption(options, 'year');
  if (given === undefined) return undefined;
  if (!/^20\d\d$/.test(given)) throw new UsageError('--year là một năm, như 2023 (a year, as 2023)');
  return Number(given);
}

function directionOf(options: OptionValues): PlanDirection | undefined {
  const given = textOption(options, 'direction');
  const found = planDirections.find((direction) => direction === given);
  if (given !== undefined && found === undefined)
    throw new UsageError(`--direction là ${planDirections.join(' hoặc ')}`);
  return found;
}

function describePreview(preview: PlanPreview): string {
  const { document } = preview;
  const known = preview.rows.filter((row) => row.known).length;
  const head = pairs([
    ['Tệp', `${preview.fileName} (${preview.kind})`],
    ['Văn bản', [document.number, document.date, document.title].filter(Boolean).join(' · ') || null],
    ['Năm', preview.year],
    ['Số dòng', known === 0 ? preview.rows.length : `${preview.rows.length}, đã có ${known}`],
    ['Lỗi, cảnh báo', `${preview.errorCount}, ${preview.warningCount}`],
  ]);
  const lines = preview.rows.map(({ values, row, problems }) => [
    row,
    values.number,
    short(values.name ?? values.content, 48),
    short(values.countriesLabel, 28),
    values.peopleCount,
    values.days,
    short(values.period?.label ?? null, 22),
    marks(problems),
  ]);
  const all = [...preview.problems, ...preview.rows.flatMap((row) => row.problems)];
  const found = all.map((problem) => [
    problem.severity === 'error' ? 'LỖI' : 'cảnh báo',
    problem.row,
    problem.column,
    problem.text.vi,
  ]);
  return [
    head,
    table(['Dòng', 'TT', 'Đoàn', 'Nước', 'Người', 'Ngày', 'Thời gian', ''], lines),
    ...(found.length === 0 ? [] : [table(['Mức', 'Dòng', 'Cột', 'Vấn đề'], found)]),
  ].join('\n\n');
}

function marks(problems: PlanPreview['problems']): string {
  return problems.some((problem) => problem.severity === 'error') ? '✗' : problems.length > 0 ? '!' : '✓';
}

function short(value: string | null, length: number): string | null {
  if (value === null) return null;
  const line = value.replace(/\s+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
