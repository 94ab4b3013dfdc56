import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { docxFile, wordParagraph, wordTable, xlsxFile, xlsxTable } from '#test/support/office-files.js';
import { readTables } from './read-tables.js';
import type { Table } from './table-grid.js';

const plans = new URL('../../plan/plans/', import.meta.url);
const texts = (table: Table | undefined) => table?.rows.map((row) => row.cells.map((cell) => cell.text));

async function read(name: string, bytes: Buffer): Promise<Table[]> {
  return [...(await readTables({ name, bytes })).tables];
}

describe('XLSX', () => {
  it('reads what Excel users write: dates, formulas, rich text, booleans and numbers', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Kế hoạch');
    sheet.addRow(['chữ', 7, 0.1 + 0.2, new Date('2024-04-05T00:00:00Z'), true, { formula: 'B1*2', result: 14 }]);
    sheet.getCell('A2').value = { richText: [{ text: 'Đoàn ' }, { font: { bold: true }, text: 'công tác' }] };
    sheet.getCell('B2').value = new Date('2024-04-01T00:00:00Z');
    sheet.getCell('B2').numFmt = 'mm/yyyy';
    sheet.getCell('C2').value = 'dòng một\r\ndòng   hai ';
    const [table] = await read('a.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
    expect(table?.name).toBe('Kế hoạch');
    expect(texts(table)).toEqual([
      ['chữ', '7', '0.3', '2024-04-05', 'TRUE', '14'],
      ['Đoàn công tác', '04/2024', 'dòng một\ndòng hai'],
    ]);
  });

  it('repeats a merged cell, marked, in every row that holds something, and keeps the row numbers', async () => {
    const bytes = xlsxTable(
      [['Tiêu đề', null, null], [], ['1', 'Đoàn A', 'Ngân sách'], ['2', 'Đoàn B', null]],
      ['A1:C1', 'C3:C1048576'],
    );
    const [table] = await read('a.xlsx', bytes);
    expect(table?.rows.map((row) => row.number)).toEqual([1, 3, 4]);
    expect(table?.rows[0]?.cells).toEqual([
      { text: 'Tiêu đề', merged: false },
      { text: 'Tiêu đề', merged: true },
      { text: 'Tiêu đề', merged: true },
    ]);
    expect(table?.rows[2]?.cells[2]).toEqual({ text: 'Ngân sách', merged: true });
  });

  it('leaves hidden sheets out and reads several visible ones', async () => {
    const book = new ExcelJS.Workbook();
    book.addWorksheet('Một').addRow(['a']);
    book.addWorksheet('Ẩn', { state: 'hidden' }).addRow(['b']);
    book.addWorksheet('Hai').addRow(['c']);
    const tables = await read('a.xlsx', Buffer.from(await book.xlsx.writeBuffer()));
    expect(tables.map((table) => table.name)).toEqual(['Một', 'Hai']);
  });

  it('reads cells and rows without references, one after the other', async () => {
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const bytes = xlsxFile(`<sheetData><row>${cell('a')}${cell('b')}</row><row>${cell('c')}</row></sheetData>`);
    expect(texts((await read('a.xlsx', bytes))[0])).toEqual([['a', 'b'], ['c']]);
  });
});

describe('DOCX', () => {
  it('resolves cells merged across and downwards', async () => {
    const body = wordTable([
      [{ text: ['I. Đoàn'], span: 3 }],
      [{ text: ['1'], vertical: 'restart' }, 'Đoàn A', 'x'],
      [{ text: [''], vertical: 'continue' }, '', 'y'],
    ]);
    const [table] = await read('a.docx', docxFile(body));
    expect(table?.rows[0]?.cells.map((cell) => cell.merged)).toEqual([false, true, true]);
    expect(table?.rows[2]?.cells[0]).toEqual({ text: '1', merged: true });
    expect(texts(table)?.[2]).toEqual(['1', '', 'y']);
  });

  it('counts the number of a column that Word numbers itself', async () => {
    const auto = { text: [''], listId: '5' };
    const body = wordTable([
      [auto, 'Đoàn A'],
      [auto, 'Đoàn B'],
      [{ text: [''] }, 'tiếp'],
    ]);
    expect(texts((await read('a.docx', docxFile(body)))[0])).toEqual([
      ['1', 'Đoàn A'],
      ['2', 'Đoàn B'],
      ['', 'tiếp'],
    ]);
  });

  it('gives the paragraphs above each table and breaks inside a cell', async () => {
    const body =
      wordParagraph('KẾ HOẠCH 2023') +
      wordTable([[{ text: ['- một', '- hai'] }]]) +
      wordParagraph('Phụ lục II') +
      wordTable([['b']]);
    const tables = await read('a.docx', docxFile(body));
    expect(tables.map((table) => table.heading)).toEqual([['KẾ HOẠCH 2023'], ['Phụ lục II']]);
    expect(texts(tables[0])).toEqual([['- một\n- hai']]);
  });

  it('leaves out deleted text and rows, field codes and the fallback of newer markup', async () => {
    const run = (inner: string) => `<w:p>${inner}</w:p>`;
    const body = `<w:tbl>
      <w:tr><w:tc>${run('<w:r><w:t>còn</w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText><w:t>bỏ</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><Choice><w:t> lại</w:t></Choice><Fallback><w:t>thừa</w:t></Fallback></w:r>')}</w:tc></w:tr>
      <w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>${run('<w:r><w:t>dòng xóa</w:t></w:r>')}</w:tc></w:tr></w:tbl>`;
    expect(texts((await read('a.docx', docxFile(body)))[0])).toEqual([['còn lại']]);
  });

  it('reads a table inside a cell as text of that cell', async () => {
    const inner = wordTable([['trong', 'nữa']]);
    const body = `<w:tbl><w:tr><w:tc>${wordParagraph('ngoài')}${inner}</w:tc></w:tr></w:tbl>`;
    expect(texts((await read('a.docx', docxFile(body)))[0])).toEqual([['ngoài\ntrong\nnữa']]);
  });
});

describe('CSV', () => {
  const rows = [
    ['TT', 'Tên đoàn', 'Ghi chú'],
    ['1', 'Đoàn "A", B; C', 'hai\ndòng'],
  ];
  const csv = (separator: string) =>
    rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join('\r\n');
  const marked = (text: string) => `\uFEFF${text}`;
  const swapped = (text: string) => Buffer.from(marked(text), 'utf16le').swap16();

  it.each([
    ['UTF-8, comma', Buffer.from(csv(','))],
    ['UTF-8 with mark, semicolon', Buffer.from(marked(csv(';')))],
    ['UTF-8, tab', Buffer.from(csv('\t'))],
    ['UTF-16 LE with mark, tab', Buffer.from(marked(csv('\t')), 'utf16le')],
    ['UTF-16 BE with mark, comma', swapped(csv(','))],
    ['UTF-16 LE without mark', Buffer.from(csv(';'), 'utf16le')],
    ['sep= line of Excel', Buffer.from(`sep=;\r\n${csv(';')}`)],
  ])('reads %s', async (_, bytes) => {
    expect(texts((await read('a.csv', bytes))[0])).toEqual(rows);
  });

  it('composes letters, so that a name typed on a Mac equals one typed on Windows', async () => {
    const [table] = await read('a.csv', Buffer.from('Tuyên Quang,x\n'.normalize('NFD')));
    expect(texts(table)).toEqual([['Tuyên Quang', 'x']]);
  });
});

it('gives the same rows for the real plan as XLSX, DOCX and CSV', async () => {
  const below = async (name: string) => {
    const [table] = await read(name, readFileSync(new URL(name, plans)));
    const all = texts(table) ?? [];
    return all.slice(all.findIndex((row) => row[0] === 'TT'));
  };
  const csv = await below('tuyen-quang-2023-doan-ra.csv');
  expect(csv).toHaveLength(8);
  expect(await below('tuyen-quang-2023-doan-ra.xlsx')).toEqual(csv);
  expect(await below('tuyen-quang-2023-doan-ra.docx')).toEqual(csv);
});
