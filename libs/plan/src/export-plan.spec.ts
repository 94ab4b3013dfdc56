import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { PlanDirection, PlanValues } from '#contracts/plan.js';
import { type PlanColumnSet, planColumnSets } from '#contracts/plan-export.js';
import { readTables, writeTableDocument, writeTableWorkbook } from '#libs/documents';
import { type PlanToExport, planAsTable, usualColumnSet } from './export-plan.js';
import { parsePeriod } from './plan-period.js';
import { type ReadPlan, readPlan } from './plan-reader.js';

const folder = new URL('../plans/', import.meta.url);
const real = readdirSync(folder);
const writers = { xlsx: writeTableWorkbook, docx: writeTableDocument } as const;
type Format = keyof typeof writers;

async function readReal(name: string): Promise<ReadPlan> {
  return readPlan(await readTables({ name, bytes: readFileSync(new URL(name, folder)) }), { fileName: name });
}

function planOf(read: ReadPlan, direction: PlanDirection): PlanToExport {
  const items = read.rows.filter((row) => row.direction === direction).map((row) => row.values);
  return { year: read.year!, direction, document: read.document, items };
}

async function throughFile(plan: PlanToExport, columns: PlanColumnSet, format: Format): Promise<ReadPlan> {
  const name = `ke-hoach.${format}`;
  const bytes = await writers[format]([planAsTable(plan, columns)]);
  return readPlan(await readTables({ name, bytes }), { fileName: name });
}

const setsFor = (direction: PlanDirection) =>
  planColumnSets.filter((set) => /form05|Inbound/.test(set) === (direction === 'inbound'));

describe('an exported plan imports again', () => {
  it.each(real)('%s: the same lines, in every column set and both formats', async (name) => {
    const read = await readReal(name);
    const direction = read.rows[0]!.direction;
    const plan = planOf(read, direction);
    expect(plan.items.length).toBeGreaterThan(3);
    for (const columns of setsFor(direction)) {
      for (const format of ['xlsx', 'docx'] as const) {
        const again = await throughFile(plan, columns, format);
        const where = `${columns} ${format}`;
        expect([where, again.rows.map((row) => row.digest)]).toEqual([where, read.rows.map((row) => row.digest)]);
        expect([where, again.year, again.rows.map((row) => row.direction)]).toEqual([
          where,
          read.year,
          read.rows.map(() => direction),
        ]);
        const problems = again.rows.flatMap((row) => row.problems).filter((one) => one.severity === 'error');
        expect([where, problems]).toEqual([where, []]);
      }
    }
  });

  it.each(real)('%s: identical in its own form, the second time too', async (name) => {
    const read = await readReal(name);
    const plan = planOf(read, read.rows[0]!.direction);
    const own =
      plan.direction === 'inbound'
        ? 'tuyenQuangInbound2023'
        : name.includes('2020')
          ? 'tuyenQuang2020'
          : 'tuyenQuang2023';
    for (const format of ['xlsx', 'docx'] as const) {
      const once = await throughFile(plan, own, format);
      expect(once.rows.map((row) => row.values)).toEqual(plan.items);
      const twice = await throughFile(planOf(once, plan.direction), own, format);
      expect(twice.rows.map((row) => row.values)).toEqual(plan.items);
      expect(twice.document).toEqual(once.document);
    }
  });

  it('keeps the document it was issued with', async () => {
    const document = {
      title: 'KẾ HOẠCH ĐOÀN RA NĂM 2023',
      number: '02/CTr-UBND',
      date: '2023-01-12',
      issuer: 'UBND tỉnh Tuyên Quang',
    };
    const plan = { ...planOf(await readReal('tuyen-quang-2023-doan-ra.csv'), 'outbound'), document };
    for (const format of ['xlsx', 'docx'] as const)
      expect((await throughFile(plan, 'form04', format)).document).toEqual(document);
  });

  it('sorts a plan without sections into those of form 04 and prints "Không" under an empty one', async () => {
    const plan = planOf(await readReal('tuyen-quang-2023-doan-ra.csv'), 'outbound');
    const across = planAsTable(plan, 'form04').rows.flatMap((row) => (row.kind === 'across' ? [row.text] : []));
    expect(across.map((text) => text.slice(0, 4))).toEqual(['I. Đ', 'Khôn', 'II. ', 'III.', 'Khôn']);
    const again = await throughFile(plan, 'form04', 'xlsx');
    expect(again.rows.every((row) => row.values.section?.startsWith('II.'))).toBe(true);
  });

  it('loses nothing of any plan people could have typed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 6 }), format, columns, async (items, how, set) => {
        const numbered = items.map((values, at) => ({ ...values, number: String(at + 1) }));
        const document = { title: 'KẾ HOẠCH ĐOÀN RA NĂM 2024', number: null, date: null, issuer: null };
        const plan: PlanToExport = { year: 2024, direction: 'outbound', document, items: numbered };
        const again = await throughFile(plan, set, how);
        const first = await throughFile(planOf(again, 'outbound'), set, how);
        expect(first.rows.map((row) => row.values)).toEqual(again.rows.map((row) => row.values));
        // The form sorts the lines into its sections; what each says stays.
        const said = (rows: readonly PlanValues[]) =>
          rows
            .map((one) => [
              Number(one.number),
              one.name,
              one.days,
              one.includesTravel,
              one.note,
              one.period,
              one.peopleLabel,
            ])
            .toSorted((a, b) => Number(a[0]) - Number(b[0]));
        expect(said(again.rows.map((row) => row.values))).toEqual(said(numbered));
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it('takes no line for a header because its cells begin like headers', async () => {
    const cells = [
      '1',
      'Đoàn cấp tỉnh',
      'Giám đốc',
      'Lào',
      'Đối tác Lào',
      'Nội dung xúc tiến',
      '7',
      '5',
      'Tháng 4/2024',
      'Ngân sách tỉnh',
    ];
    const plan = planOf(await readReal('tuyen-quang-2023-doan-ra.csv'), 'outbound');
    const table = planAsTable({ ...plan, year: 2024 }, 'tuyenQuang2023');
    const bytes = await writeTableWorkbook([{ ...table, rows: [{ kind: 'cells', texts: cells }] }]);
    const again = readPlan(await readTables({ name: 'a.xlsx', bytes }), { fileName: 'a.xlsx' });
    expect(again.rows.map((row) => row.values.content)).toEqual(['Nội dung xúc tiến']);
  });

  it('chooses form 04 or 05 by direction, with the unit when there is one', () => {
    const one = { hostUnit: null } as PlanValues;
    expect(usualColumnSet({ direction: 'outbound', items: [one] })).toBe('form04');
    expect(usualColumnSet({ direction: 'outbound', items: [{ ...one, hostUnit: 'Sở Y tế' }] })).toBe('form04Unit');
    expect(usualColumnSet({ direction: 'inbound', items: [one] })).toBe('form05');
  });
});

const format = fc.constantFrom<Format>('xlsx', 'docx');
const columns = fc.constantFrom<PlanColumnSet>(
  'form04',
  'form04Unit',
  'thaiNguyen2019',
  'tuyenQuang2020',
  'tuyenQuang2023',
);
const words = fc
  .array(fc.constantFrom('Đoàn', 'công tác', 'tỉnh', '=1+1', '<b>', '"trích"', '&', 'Sở Y tế', 'xúc tiến', '07', "'"), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(' '));
const item: fc.Arbitrary<PlanValues> = fc.record({
  number: fc.constant(null),
  section: fc.constant(null),
  name: words.map((text) => `Đoàn ${text} sang làm việc`),
  capacity: fc.option(words),
  head: fc.option(words),
  countries: fc.constant([]),
  countriesLabel: fc.constantFrom('Nhật Bản', 'Lào, Thái Lan', 'Xứ lạ'),
  partners: fc.option(words),
  content: fc.option(fc.array(words, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('\n'))),
  peopleCount: fc.constant(7),
  delegationCount: fc.constant(null),
  peopleLabel: fc.constantFrom('7', '07', '7 người'),
  days: fc.option(fc.integer({ min: 1, max: 30 }), { nil: null }),
  includesTravel: fc.constant(null),
  period: fc.constantFrom('Quý II/2024', 'Tháng 4/2024', 'Cuối Quý IV/2024').map((label) => parsePeriod(label, 2024)),
  furtherActivities: fc.constant([]),
  funding: fc.option(fc.constantFrom('Ngân sách tỉnh', 'Đối tác đài thọ')),
  hostUnit: fc.option(words),
  note: fc.option(fc.constantFrom('Báo cáo cụ thể trước khi đi', 'Đoàn liên ngành')),
});
