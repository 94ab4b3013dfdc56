import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AppError } from '#contracts/errors.js';
import { docxFile, wordTable, xlsxFile, xlsxTable, zipFile } from '#test/support/office-files.js';
import { defaultLimits } from './limits.js';
import { readTables } from './read-tables.js';

const plans = new URL('../../plan/plans/', import.meta.url);
const realXlsx = readFileSync(new URL('tuyen-quang-2023-doan-ra.xlsx', plans));
const realDocx = readFileSync(new URL('tuyen-quang-2023-doan-ra.docx', plans));

async function reasonOf(name: string, bytes: Buffer): Promise<string> {
  try {
    await readTables({ name, bytes });
    return 'READ';
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.details.text?.vi.length).toBeGreaterThan(10);
    expect(error.details.text?.en.length).toBeGreaterThan(10);
    expect(error.details.text?.vi).not.toMatch(/[{}]/);
    return `${error.code} ${String(error.details.reason)}`;
  }
}

const row = (count: number) => Array.from({ length: count }, (_, at) => `ô ${at}`);
const sheet = (rows: string) => `<sheetData>${rows}</sheetData>`;
const oleHead = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const bomb = { name: 'xl/media/bomb.bin', content: Buffer.alloc(40 * 1024 * 1024) };
const macro = { name: 'xl/vbaProject.bin', content: 'x' };
const macroType = '<Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml" PartName="/x"/>';
const billionLaughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><worksheet>&lol2;</worksheet>`;
const lateDoctype = `<?xml version="1.0"?><!--${'x'.repeat(9000)}--><!DOCTYPE a [<!ENTITY b "c">]><worksheet/>`;
const manyRows = Array.from(
  { length: 100_000 },
  (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c></row>`,
);
const manyMerges = Array.from({ length: 3000 }, () => '<mergeCell ref="A1:Z5000"/>').join('');

describe('a file that is not a readable plan says what it is and what to do', () => {
  const cases: readonly (readonly [string, string, () => Buffer, string])[] = [
    ['an empty file', 'a.xlsx', () => Buffer.alloc(0), 'FILE_REJECTED EMPTY'],
    ['a file over the limit', 'a.csv', () => Buffer.alloc(defaultLimits.fileBytes + 1, 97), 'FILE_TOO_LARGE TOO_LARGE'],
    ['DOCX named XLSX', 'a.xlsx', () => realDocx, 'FILE_REJECTED MISLABELLED'],
    ['XLSX named DOCX', 'a.docx', () => realXlsx, 'FILE_REJECTED MISLABELLED'],
    ['XLSX named CSV', 'a.csv', () => realXlsx, 'FILE_REJECTED MISLABELLED'],
    ['text named XLSX', 'a.xlsx', () => Buffer.from('a,b\n1,2\n'), 'FILE_REJECTED MISLABELLED'],
    [
      'a web page named XLSX',
      'a.xlsx',
      () => Buffer.from('\uFEFF \n<!DOCTYPE html><html>'),
      'FILE_REJECTED MISLABELLED',
    ],
    ['a web page named XLS', 'a.xls', () => Buffer.from('<table><tr>'), 'FILE_REJECTED UNSUPPORTED'],
    ['a PDF', 'a.pdf', () => Buffer.from('%PDF-1.7 …'), 'FILE_REJECTED UNSUPPORTED'],
    ['a PDF named DOCX', 'a.docx', () => Buffer.from('%PDF-1.7 …'), 'FILE_REJECTED MISLABELLED'],
    ['a plain ZIP', 'a.zip', () => zipFile([{ name: 'a.txt', content: 'x' }]), 'FILE_REJECTED UNSUPPORTED'],
    ['an old XLS', 'a.xls', () => Buffer.concat([oleHead, Buffer.alloc(600)]), 'FILE_REJECTED LEGACY_OFFICE'],
    [
      'an encrypted XLSX',
      'a.xlsx',
      () => Buffer.concat([oleHead, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      'FILE_REJECTED ENCRYPTED',
    ],
    [
      'a ZIP with a password',
      'a.xlsx',
      () => xlsxFile('', [{ name: 'x', content: 'y', flags: 1 }]),
      'FILE_REJECTED ENCRYPTED',
    ],
    ['a workbook with a macro', 'a.xlsx', () => xlsxFile('', [macro]), 'FILE_REJECTED MACRO'],
    ['an XLSM by its content type', 'a.xlsx', () => xlsxFile('', [], macroType), 'FILE_REJECTED MACRO'],
    [
      'a document with a macro',
      'a.docx',
      () => docxFile('', [{ ...macro, name: 'word/vbaProject.bin' }]),
      'FILE_REJECTED MACRO',
    ],
    ['a ZIP bomb', 'a.xlsx', () => xlsxFile('', [bomb]), 'FILE_TOO_LARGE UNPACKS_TOO_LARGE'],
    [
      'a ZIP bomb that lies about its size',
      'a.xlsx',
      () =>
        xlsxFile('', [{ name: 'xl/worksheets/sheet1.xml', content: Buffer.alloc(5_000_000, 32), claimedBytes: 100 }]),
      'FILE_REJECTED BROKEN',
    ],
    [
      'an entry that is shorter than it claims',
      'a.docx',
      () => zipFile([{ name: '[Content_Types].xml', content: 'x', claimedBytes: 9 }]),
      'FILE_REJECTED BROKEN',
    ],
    [
      'an entry whose checksum is wrong',
      'a.docx',
      () => zipFile([{ name: '[Content_Types].xml', content: 'x', claimedChecksum: 7 }]),
      'FILE_REJECTED BROKEN',
    ],
    [
      'too many entries',
      'a.xlsx',
      () =>
        xlsxFile(
          '',
          Array.from({ length: 2001 }, (_, at) => ({ name: `x${at}`, content: '' })),
        ),
      'FILE_TOO_LARGE UNPACKS_TOO_LARGE',
    ],
    [
      'two entries of one name',
      'a.xlsx',
      () =>
        zipFile([
          { name: '[Content_Types].xml', content: 'a' },
          { name: '[Content_Types].xml', content: 'b' },
        ]),
      'FILE_REJECTED BROKEN',
    ],
    [
      'an XML bomb',
      'a.xlsx',
      () => xlsxFile('', [{ name: 'xl/worksheets/sheet1.xml', content: billionLaughs }]),
      'FILE_REJECTED DANGEROUS_XML',
    ],
    [
      'a DOCTYPE far into the file',
      'a.xlsx',
      () => xlsxFile('', [{ name: 'xl/worksheets/sheet1.xml', content: lateDoctype }]),
      'FILE_REJECTED DANGEROUS_XML',
    ],
    [
      'XML nested too deeply',
      'a.docx',
      () => docxFile('<w:p>'.repeat(500) + '</w:p>'.repeat(500)),
      'FILE_REJECTED DANGEROUS_XML',
    ],
    ['XML that is not well formed', 'a.docx', () => docxFile('<w:tbl><w:tr></w:tbl>'), 'FILE_REJECTED BROKEN'],
    [
      'a missing sheet',
      'a.xlsx',
      () => zipFile([{ name: 'xl/workbook.xml', content: '<workbook/>' }]),
      'FILE_REJECTED BROKEN',
    ],
    ['100,000 rows', 'a.xlsx', () => xlsxFile(sheet(manyRows.join(''))), 'FILE_TOO_LARGE TOO_MANY_ROWS'],
    ['100,000 lines of CSV', 'a.csv', () => Buffer.from('a,b\n'.repeat(100_000)), 'FILE_TOO_LARGE TOO_MANY_ROWS'],
    ['too many columns', 'a.xlsx', () => xlsxTable([row(101)]), 'FILE_TOO_LARGE TOO_MANY_COLUMNS'],
    [
      'a span of a million columns',
      'a.docx',
      () => docxFile(wordTable([[{ text: ['x'], span: 1_000_000 }]])),
      'FILE_TOO_LARGE TOO_MANY_COLUMNS',
    ],
    [
      'merged cells over merged cells',
      'a.xlsx',
      () => xlsxFile(`${sheet(manyRows.slice(0, 4000).join(''))}<mergeCells>${manyMerges}</mergeCells>`),
      'FILE_TOO_LARGE TOO_MANY_CELLS',
    ],
    ['too many tables', 'a.docx', () => docxFile(wordTable([['x']]).repeat(51)), 'FILE_TOO_LARGE TOO_MANY_TABLES'],
    ['a document without table', 'a.docx', () => docxFile('<w:p/>'), 'FILE_REJECTED NO_TABLE'],
    ['a workbook without text', 'a.xlsx', () => xlsxFile(sheet('')), 'FILE_REJECTED NO_TABLE'],
    [
      'a line of nothing but commas',
      'a.csv',
      () => Buffer.from(','.repeat(19_000_000)),
      'FILE_TOO_LARGE TOO_MANY_COLUMNS',
    ],
    ['a line without end', 'a.csv', () => Buffer.from(`a,${'b'.repeat(19_000_000)}`), 'FILE_TOO_LARGE TOO_MANY_CELLS'],
    [
      'a quotation that swallows the file',
      'a.csv',
      () => Buffer.from(`"${'a\n'.repeat(9_000_000)}`),
      'FILE_REJECTED BROKEN_CSV',
    ],
    ['lines without text', 'a.csv', () => Buffer.from('\n'.repeat(19_000_000)), 'FILE_TOO_LARGE TOO_MANY_ROWS'],
    ['a quotation mark never closed', 'a.csv', () => Buffer.from('a,b\n"1,2\n3,4\n'), 'FILE_REJECTED BROKEN_CSV'],
    [
      'TCVN3 or Windows-1258 text',
      'a.csv',
      () => Buffer.from([0x61, 0xd0, 0xc6, 0x2c, 0x62]),
      'FILE_REJECTED UNKNOWN_ENCODING',
    ],
    ['bytes of no known kind', 'a.bin', () => Buffer.from([1, 2, 3, 0, 5, 6, 7]), 'FILE_REJECTED UNKNOWN_ENCODING'],
  ];

  it.each(cases)('%s', async (_, name, bytes, expected) => {
    const before = process.cpuUsage();
    expect(await reasonOf(name, bytes())).toBe(expected);
    const { user, system } = process.cpuUsage(before);
    // Work of this process in microseconds, which what else the machine does makes no longer.
    expect(user + system).toBeLessThan(5_000_000);
  });

  it('names both the real kind and the claimed one', async () => {
    const refused = readTables({ name: 'kế hoạch.xlsx', bytes: realDocx });
    await expect(refused).rejects.toMatchObject({
      details: { text: { vi: expect.stringMatching(/văn bản Word \(DOCX\).*sổ tính Excel \(XLSX\)/) } },
    });
  });
});

describe('whatever the bytes are', () => {
  it.each([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.999])(
    'a plan cut off at %d of its length is called broken',
    async (share) => {
      const cut = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length * share));
      expect(await reasonOf('a.xlsx', cut(realXlsx))).toBe('FILE_REJECTED BROKEN');
      expect(await reasonOf('a.docx', cut(realDocx))).toBe('FILE_REJECTED BROKEN');
    },
  );

  it('random bytes are read or refused, never worse', async () => {
    const heads = [
      Buffer.alloc(0),
      Buffer.from('PK\x03\x04'),
      Buffer.from('PK\x05\x06'),
      oleHead,
      Buffer.from('\uFEFF'),
    ];
    const file = fc.tuple(
      fc.constantFrom(...heads),
      fc.uint8Array({ maxLength: 400 }),
      fc.constantFrom('a.xlsx', 'a.docx', 'a.csv', 'a'),
    );
    await fc.assert(
      fc.asyncProperty(file, async ([head, tail, name]) => {
        await reasonOf(name, Buffer.concat([head, tail]));
      }),
      { numRuns: 500 },
    );
  });

  it('a real plan with bytes changed is read or refused, never worse', async () => {
    const change = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(realXlsx, realDocx),
        fc.array(change, { minLength: 1, maxLength: 8 }),
        async (real, changes) => {
          const bytes = Buffer.from(real);
          for (const { at, byte } of changes) bytes[Math.min(bytes.length - 1, Math.floor(at * bytes.length))] = byte;
          await reasonOf('a', bytes);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('changed XML inside a sound archive is read or refused, never worse', async () => {
    const pieces = fc.constantFrom(
      '<w:tbl>',
      '</w:tbl>',
      '<w:tr>',
      '</w:tr>',
      '<w:tc>',
      '</w:tc>',
      '<w:p>',
      '</w:p>',
      'chữ',
      '&amp;',
      '<w:gridSpan w:val="x"/>',
      '<w:vMerge/>',
      '<c r="A1">',
      '<v>9e99</v>',
      '</c>',
      '<row r="0">',
      '<mergeCell ref="Z9:A1"/>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (parts) => {
        await reasonOf('a.docx', docxFile(parts.join('')));
        await reasonOf('a.xlsx', xlsxFile(parts.join('')));
      }),
      { numRuns: 200 },
    );
  });
});
