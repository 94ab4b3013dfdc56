import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#contracts/errors.js';
import { planRowView } from '#contracts/plan.js';
import { readTables } from '#libs/documents';
import { xlsxFile, xlsxTable } from '#test/support/office-files.js';
import { type ReadPlan, readPlan } from './plan-reader.js';

const headers = [
  'TT',
  'Tên đoàn',
  'Trưởng đoàn',
  'Nước đến',
  'Nội dung',
  'Số người',
  'Số ngày',
  'Thời gian',
  'Kinh phí',
];

/** Null: refused as a file, with the reason. Anything thrown besides fails the test. */
async function read(name: string, bytes: Buffer): Promise<ReadPlan | null> {
  try {
    return readPlan(await readTables({ name, bytes }), { fileName: name, year: 2024 });
  } catch (error) {
    if (error instanceof AppError && ['FILE_REJECTED', 'FILE_TOO_LARGE'].includes(error.code)) return null;
    throw error;
  }
}

/** What was read can be stored, and every doubt stands beside the line it is about. */
function expectSound(plan: ReadPlan | null): void {
  for (const { digest: _, ...row } of plan?.rows ?? []) {
    expect(planRowView.omit({ known: true }).safeParse(row).error).toBeUndefined();
    const { days, peopleCount } = row.values;
    for (const count of [days, peopleCount])
      expect(count === null || (Number.isSafeInteger(count) && count >= 0)).toBe(true);
  }
}

const odd = fc.constantFrom(
  '=SUM(A1:A9)',
  '=cmd|calc!A0',
  '#REF!',
  '1e309',
  '-5',
  '0',
  '99999999999999999999',
  'NaN',
  '45292',
  '31/02/2024',
  'Quý V',
  'Tháng 13',
  'Quý II-I',
  '\u0000',
  '\uFFFD\uD83D',
  'a'.repeat(5000),
  '<script>',
  "'; drop table plans; --",
  'Nhật Bản (',
  '((((',
  ', , ;',
  '04 đoàn = 20 người',
  'TỔNG CỘNG',
  'Không',
  '',
);
const cell = fc.oneof(odd, fc.string({ maxLength: 30 }), fc.string({ unit: 'binary', maxLength: 10 }));
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 12 });
const storable = (text: string) => text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '');

describe('a plan file with anything in its cells', () => {
  it('is read or refused in a workbook merged at random, and what is read can be stored', async () => {
    const column = fc.constantFrom(...'ABCDEFGHI');
    const rowNumber = fc.integer({ min: 1, max: 14 });
    const merge = fc.tuple(column, rowNumber, column, rowNumber).map(([a, b, c, d]) => `${a}${b}:${c}${d}`);
    await fc.assert(
      fc.asyncProperty(table, fc.array(merge, { maxLength: 6 }), async (rows, merges) => {
        expectSound(await read('ke-hoach.xlsx', xlsxTable([headers, ...rows.map((row) => row.map(storable))], merges)));
      }),
      { numRuns: 80 },
    );
  });

  it('is read or refused where cells are of the wrong type: formulas, errors, booleans, dates, numbers beyond all bounds', async () => {
    const kinds = fc.constantFrom(
      '<c r="@"><f>SUM(A1)</f><v>7</v></c>',
      '<c r="@"><f>1/0</f></c>',
      '<c r="@" t="e"><v>#DIV/0!</v></c>',
      '<c r="@" t="b"><v>1</v></c>',
      '<c r="@"><v>1e400</v></c>',
      '<c r="@"><v>-0.5</v></c>',
      '<c r="@" s="99"><v>45292</v></c>',
      '<c r="@" t="s"><v>123456</v></c>',
      '<c r="@" t="inlineStr"><is><t>Lào</t></is></c>',
    );
    const head = headers
      .map((text, at) => `<c r="${'ABCDEFGHI'[at]}1" t="inlineStr"><is><t>${text}</t></is></c>`)
      .join('');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(kinds, { minLength: 9, maxLength: 9 }), { maxLength: 6 }), async (rows) => {
        const lines = rows.map((cells, index) => {
          const written = cells.map((one, at) => one.replace('@', `${'ABCDEFGHI'[at]}${index + 2}`)).join('');
          return `<row r="${index + 2}">${written}</row>`;
        });
        const data = `<sheetData><row r="1">${head}</row>${lines.join('')}</sheetData>`;
        expectSound(await read('ke-hoach.xlsx', xlsxFile(data)));
      }),
      { numRuns: 80 },
    );
  });

  it('is read or refused as CSV in any encoding, cut anywhere', async () => {
    const encodings = fc.constantFrom('utf8', 'utf16le', 'latin1') as fc.Arbitrary<BufferEncoding>;
    await fc.assert(
      fc.asyncProperty(table, encodings, fc.double({ min: 0, max: 1, noNaN: true }), async (rows, encoding, share) => {
        const text = [headers, ...rows].map((row) => row.join(',')).join('\r\n');
        const bytes = Buffer.from(encoding === 'utf16le' ? `\uFEFF${text}` : text, encoding);
        expectSound(await read('ke-hoach.csv', bytes.subarray(0, Math.ceil(bytes.length * share))));
      }),
      { numRuns: 120 },
    );
  });
});
