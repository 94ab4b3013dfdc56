import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readTables, type TableGrid } from '#libs/documents';
import { docxFile, wordParagraph, wordTable, xlsxTable } from '#test/support/office-files.js';
import { type ReadPlan, type ReadPlanRow, readPlan } from './plan-reader.js';

const plans = new URL('../plans/', import.meta.url);

async function readReal(name: string): Promise<ReadPlan> {
  return readPlan(await readTables({ name, bytes: readFileSync(new URL(name, plans)) }), { fileName: name });
}

/** rows as a CSV-like grid. */
function grid(rows: readonly (readonly string[])[]): TableGrid {
  const cells = (row: readonly string[]) => row.map((text) => ({ text, merged: false }));
  return {
    kind: 'csv',
    tables: [{ name: '', heading: [], rows: rows.map((row, at) => ({ number: at + 1, cells: cells(row) })) }],
  };
}

function readRows(rows: readonly (readonly string[])[], fileName = 'a.csv'): ReadPlan {
  return readPlan(grid(rows), { fileName });
}

/** What was read, without where it stood. */
function meaning(plan: ReadPlan): unknown[] {
  return plan.rows.map(({ direction, values, digest, problems }) => ({
    direction,
    values,
    digest,
    problems: problems.length,
  }));
}

const codes = (row: ReadPlanRow | undefined) => row?.problems.map((problem) => problem.code);
const header = [
  'TT',
  'Tên đoàn',
  'Trưởng đoàn',
  'Nước đi',
  'Nội dung',
  'Số người',
  'Số ngày',
  'Thời gian',
  'Kinh phí',
  'Ghi chú',
];
const line = (over: Readonly<Record<number, string>> = {}) =>
  ['1', 'Đoàn A', 'Chủ tịch', 'Lào', 'Làm việc', '7', '5', 'Quý I/2024', 'Ngân sách tỉnh', ''].map(
    (text, at) => over[at] ?? text,
  );

describe('the real plans of Tuyên Quang', () => {
  it('2023: XLSX, DOCX and CSV give identical items', async () => {
    const csv = await readReal('tuyen-quang-2023-doan-ra.csv');
    expect(csv.rows).toHaveLength(7);
    expect(csv.year).toBe(2023);
    for (const name of ['tuyen-quang-2023-doan-ra.xlsx', 'tuyen-quang-2023-doan-ra.docx']) {
      const other = await readReal(name);
      expect(meaning(other)).toEqual(meaning(csv));
      expect(other.document).toEqual({
        title: 'KẾ HOẠCH ĐOÀN RA NĂM 2023',
        number: '02/CTr-UBND',
        date: '2023-01-12',
        issuer: 'Ủy ban nhân dân tỉnh Tuyên Quang',
      });
      expect(other.problems).toEqual([]);
    }
  });

  it('2020: XLSX and CSV give identical items, with Danh nghĩa đoàn', async () => {
    const [csv, xlsx] = [
      await readReal('tuyen-quang-2020-doan-ra.csv'),
      await readReal('tuyen-quang-2020-doan-ra.xlsx'),
    ];
    expect(csv.rows).toHaveLength(6);
    expect(meaning(xlsx)).toEqual(meaning(csv));
    expect(csv.rows[1]?.values.capacity).toBe('Làm việc, dự Đại hội TDTT');
    expect(csv.rows[4]?.values.countries.map((country) => country.code)).toEqual(['AU', 'NZ']);
    expect(csv.rows.flatMap((row) => row.problems)).toEqual([]);
  });

  it('2021 and 2023 đoàn vào: inbound, with rows that continue the delegation above', async () => {
    const plan = await readReal('tuyen-quang-2021-doan-vao.csv');
    expect(plan.rows.map((row) => [row.direction, row.values.number])).toEqual(
      ['1', '2', '3', '4', '5'].map((n) => ['inbound', n]),
    );
    const [, second, third] = plan.rows;
    expect(second?.values).toMatchObject({
      peopleCount: 20,
      delegationCount: 4,
      peopleLabel: '04 đoàn = 20 người',
      countries: [
        { code: 'JP', name: 'Nhật Bản', detail: 'tỉnh Oita' },
        { code: 'LA', name: 'Lào', detail: 'tỉnh Xiêng Khoảng' },
        { code: 'CN', name: 'Trung Quốc', detail: 'châu Văn Sơn, tỉnh Vân Nam' },
        { code: 'KR', name: 'Hàn Quốc', detail: 'thành phố Anseong, tỉnh Gyeonggi' },
      ],
    });
    expect(third?.values.period).toEqual({ from: '2021-01-01', to: '2021-12-31', label: 'Thường xuyên' });
    expect(third?.values.furtherActivities).toEqual([
      {
        content: 'Dự Lễ hội Thành Tuyên năm 2021',
        period: { from: '2021-07-01', to: '2021-09-30', label: 'Quý III/2021' },
      },
    ]);
    const later = await readReal('tuyen-quang-2023-doan-vao.csv');
    expect(later.rows.map((row) => row.values.furtherActivities.length)).toEqual([1, 1, 1, 1]);
    expect(later.rows.flatMap((row) => row.problems).every((problem) => problem.severity === 'warning')).toBe(true);
  });

  it('means the same whatever the order of the columns', async () => {
    const name = 'tuyen-quang-2023-doan-ra.csv';
    const source = await readTables({ name, bytes: readFileSync(new URL(name, plans)) });
    const expected = meaning(readPlan(source, { fileName: name }));
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], { minLength: 10 }), (order) => {
        const tables = source.tables.map((table) => ({
          ...table,
          rows: table.rows.map((row) => ({
            ...row,
            cells: order.map((at) => row.cells[at] ?? { text: '', merged: false }),
          })),
        }));
        expect(meaning(readPlan({ ...source, tables }, { fileName: name }))).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the shape of a table', () => {
  it('passes over title rows, the numbering row, totals, remarks and a header repeated on a later page', () => {
    const plan = readRows([
      ['', 'KẾ HOẠCH ĐOÀN RA NĂM 2024'],
      ['(Kèm theo CTr 02 ngày 12/01/2024)'],
      header,
      ['(1)', '(2)', '(3)', '(4)', '(5)', '(6)', '(7)', '(8)', '(9)', '(10)'],
      line(),
      header,
      line({ 0: '2', 1: 'Đoàn B' }),
      ['', 'Tổng cộng', '', '', '', '14', '10'],
      ['Ghi chú: số liệu dự kiến'],
    ]);
    expect(plan.rows.map((row) => [row.row, row.values.name])).toEqual([
      [5, 'Đoàn A'],
      [7, 'Đoàn B'],
    ]);
    expect(plan.document).toMatchObject({ number: '02/CTr', date: '2024-01-12' });
    expect(plan.problems).toEqual([]);
  });

  it('remembers the section of each line and takes "Không" for an empty section', async () => {
    const bytes = xlsxTable(
      [
        header,
        ['I. Đoàn cấp Ủy viên Bộ Chính trị'],
        ['Không'],
        ['II', 'Đoàn sử dụng ngân sách Nhà nước'],
        line(),
        ['III. Đoàn sử dụng nguồn khác'],
        line({ 0: '2', 1: 'Đoàn B' }),
      ],
      ['A2:J2', 'A3:J3', 'B4:J4', 'A6:J6'],
    );
    const plan = readPlan(await readTables({ name: 'a.xlsx', bytes }), { fileName: 'a.xlsx' });
    expect(plan.rows.map((row) => [row.values.number, row.values.section])).toEqual([
      ['1', 'II Đoàn sử dụng ngân sách Nhà nước'],
      ['2', 'III. Đoàn sử dụng nguồn khác'],
    ]);
  });

  it('reads a value merged over several lines for each, and a merged number as one delegation', async () => {
    const cell = (text: string, vertical?: 'restart' | 'continue') => (vertical ? { text: [text], vertical } : text);
    const body =
      wordParagraph('KẾ HOẠCH ĐOÀN VÀO NĂM 2024') +
      wordTable([
        ['TT', 'Tên đoàn', 'Đến từ nước', 'Nội dung', 'Số người', 'Thời gian', 'Kinh phí'],
        [
          cell('1', 'restart'),
          cell('Đoàn A', 'restart'),
          'Lào',
          'Làm việc',
          '5',
          'Quý I',
          cell('Ngân sách tỉnh', 'restart'),
        ],
        [cell('', 'continue'), cell('', 'continue'), '', 'Dự lễ hội', '', 'Quý III', cell('', 'continue')],
        ['2', 'Đoàn B', 'Nhật', 'Làm việc', '6', 'Quý II', cell('', 'continue')],
      ]);
    const plan = readPlan(await readTables({ name: 'a.docx', bytes: docxFile(body) }), { fileName: 'a.docx' });
    expect(plan.rows.map(({ values }) => [values.name, values.funding, values.furtherActivities.length])).toEqual([
      ['Đoàn A', 'Ngân sách tỉnh', 1],
      ['Đoàn B', 'Ngân sách tỉnh', 0],
    ]);
    expect(plan.rows[0]?.direction).toBe('inbound');
  });

  it('joins what a narrow cell broke over lines and keeps list points apart', () => {
    const plan = readRows([
      header,
      line({ 1: 'Đoàn công\ntác tỉnh', 4: '- Làm việc với Đại sứ\nquán.\n- Gặp gỡ\ndoanh nghiệp', 7: 'Quý\nI/2024' }),
    ]);
    expect(plan.rows[0]?.values).toMatchObject({
      name: 'Đoàn công tác tỉnh',
      content: '- Làm việc với Đại sứ quán.\n- Gặp gỡ doanh nghiệp',
      period: { label: 'Quý I/2024' },
    });
  });

  it('reads headers of two rows, where sub-headers stand below a merged one', async () => {
    const bytes = xlsxTable(
      [
        ['TT', 'Tên đoàn', 'Nước đi', 'Thời gian', null, 'Số người'],
        [null, null, null, 'Số ngày', 'Thời gian thực hiện', null],
        ['1', 'Đoàn A', 'Lào', '5', 'Quý I/2024', '7'],
      ],
      ['A1:A2', 'B1:B2', 'C1:C2', 'D1:E1', 'F1:F2'],
    );
    const plan = readPlan(await readTables({ name: 'a.xlsx', bytes }), { fileName: 'a.xlsx' });
    expect(plan.rows).toHaveLength(1);
    expect(plan.rows[0]?.values).toMatchObject({ days: 5, peopleCount: 7, period: { label: 'Quý I/2024' } });
  });

  it('reads outbound and inbound annexes of one file apart', async () => {
    const body =
      wordParagraph('KẾ HOẠCH ĐOÀN RA NĂM 2024') +
      wordTable([
        ['TT', 'Tên đoàn', 'Nước đi', 'Thời gian'],
        ['1', 'Đoàn A', 'Lào', 'Quý I'],
      ]) +
      wordParagraph('KẾ HOẠCH ĐOÀN VÀO NĂM 2024') +
      wordTable([
        ['TT', 'Tên đoàn', 'Đến từ nước', 'Thời gian'],
        ['1', 'Đoàn B', 'Lào', 'Quý I'],
      ]) +
      wordTable([['Nơi nhận:', 'TM. ỦY BAN NHÂN DÂN']]);
    const plan = readPlan(await readTables({ name: 'a.docx', bytes: docxFile(body) }), { fileName: 'a.docx' });
    expect(plan.rows.map((row) => [row.index, row.direction, row.values.name])).toEqual([
      [0, 'outbound', 'Đoàn A'],
      [1, 'inbound', 'Đoàn B'],
    ]);
  });
});

describe('what is wrong with a cell', () => {
  it.each([
    ['no name', { 1: '' }, 'MISSING_NAME', 'error', 'Tên đoàn'],
    ['people in words', { 5: 'bảy' }, 'UNREADABLE_PEOPLE', 'error', 'Số người'],
    ['nobody', { 5: '0' }, 'IMPOSSIBLE_NUMBER', 'error', 'Số người'],
    ['a range of people', { 5: '5-7' }, 'RANGE_TAKEN_LARGEST', 'warning', 'Số người'],
    ['days in words', { 6: 'năm' }, 'UNREADABLE_DAYS', 'error', 'Số ngày'],
    ['an unknown country', { 3: 'Lào, Ba Tư' }, 'UNKNOWN_COUNTRY', 'warning', 'Nước đi'],
    ['no country', { 3: '' }, 'MISSING_COUNTRY', 'warning', 'Nước đi'],
    ['no time', { 7: '' }, 'MISSING_PERIOD', 'warning', 'Thời gian'],
    ['a time nobody can read', { 7: 'Theo thư mời' }, 'UNREADABLE_PERIOD', 'warning', 'Thời gian'],
    ['a time of another year', { 7: 'Quý I/2022' }, 'OTHER_YEAR', 'warning', 'Thời gian'],
    ['no number', { 0: '' }, 'MISSING_NUMBER', 'warning', 'TT'],
    ['a name too long', { 1: 'a'.repeat(501) }, 'TEXT_TOO_LONG', 'error', 'Tên đoàn'],
  ])('%s', (_, over, code, severity, column) => {
    const plan = readPlan(grid([header, line(over)]), { fileName: 'a.csv', year: 2024 });
    expect(plan.rows[0]?.problems).toEqual([
      { code, severity, row: 2, column, text: { vi: expect.any(String), en: expect.any(String) } },
    ]);
  });

  it('finds nothing wrong with a full line', () => {
    expect(codes(readRows([header, line()]).rows[0])).toEqual([]);
  });

  it('keeps an unreadable time in the note', () => {
    const plan = readPlan(grid([header, line({ 7: 'Theo thư mời', 9: 'x' })]), { fileName: 'a.csv', year: 2024 });
    expect(plan.rows[0]?.values).toMatchObject({ period: null, note: 'x Theo thư mời' });
  });

  it.each([
    ['Không bao gồm thời gian đi về', false],
    ['Chưa tính thời gian đi đường', false],
    ['Bao gồm cả thời gian đi về', true],
    ['', null],
  ])('travel in the days, by the note %j: %s', (note, includesTravel) => {
    expect(readRows([header, line({ 9: note })]).rows[0]?.values.includesTravel).toBe(includesTravel);
  });

  it('takes the remark in the header of the days for every line', () => {
    const plan = readRows([header.with(6, 'Số ngày\n(không bao gồm thời gian đi về)'), line()]);
    expect(plan.rows[0]?.values).toMatchObject({ days: 5, includesTravel: false });
  });

  it('marks equal lines of one file and tells them apart', () => {
    const plan = readRows([header, line(), line({ 0: '2' })]);
    expect(codes(plan.rows[1])).toEqual(['DUPLICATE_ROW']);
    expect(plan.rows[0]?.digest).not.toBe(plan.rows[1]?.digest);
  });

  it('names columns it does not understand and columns it misses', () => {
    const plan = readRows(
      [
        ['TT', 'Tên đoàn', 'Nước đi', 'Màu sắc'],
        ['1', 'A', 'Lào', 'đỏ'],
      ],
      'kh-2024.csv',
    );
    expect(plan.problems.map((problem) => [problem.code, problem.column])).toEqual([
      ['UNKNOWN_COLUMN', 'Màu sắc'],
      ['MISSING_COLUMN', 'Thời gian thực hiện'],
      ['MISSING_COLUMN', 'Số người'],
    ]);
    expect(plan.year).toBe(2024);
  });

  it('says that there is no plan table, no line or no year', () => {
    expect(
      readRows([
        ['a', 'b'],
        ['1', '2'],
      ]).problems[0]?.code,
    ).toBe('NO_HEADER');
    expect(readRows([header]).problems.map((problem) => problem.code)).toEqual(['UNKNOWN_YEAR', 'NO_ROWS']);
    expect(readRows([header, line({ 7: 'Quý I' })]).problems[0]?.code).toBe('UNKNOWN_YEAR');
    expect(readRows([header, ['', '', '', '', 'việc', '', '', 'Quý I/2024']]).problems[0]?.code).toBe('STRAY_ROW');
  });
});

it('never throws, whatever the cells hold', () => {
  const word = fc.constantFrom(
    ...header,
    'I',
    '1',
    '(1)',
    'Không',
    'Quý I',
    'Lào',
    '((',
    '04 đoàn = 20 người',
    'II. Đoàn cấp',
    '-',
    '',
  );
  const cell = fc.record({ text: fc.oneof(word, fc.string()), merged: fc.boolean() });
  const rows = fc.array(fc.array(cell, { maxLength: 12 }), { maxLength: 12 });
  fc.assert(
    fc.property(rows, (cells) => {
      const table = { name: '', heading: [], rows: cells.map((row, at) => ({ number: at + 1, cells: row })) };
      const plan = readPlan({ kind: 'csv', tables: [table] }, { fileName: 'a.csv' });
      expect(new Set(plan.rows.map((row) => row.digest)).size).toBe(plan.rows.length);
    }),
    { numRuns: 1000 },
  );
});
