import { CellBudget } from './cell-budget.js';
import { fileRejection } from './file-rejection.js';
import { GridRows, type Span } from './grid-rows.js';
import type { ReadLimits } from './limits.js';
import type { Table } from './table-grid.js';
import { type NumberStyle, readStyles, serialDayText } from './xlsx-numbers.js';
import { readXml } from './xml-events.js';
import type { ZipArchive } from './zip-archive.js';

interface Sheet {
  readonly name: string;
  readonly path: string;
}

interface Workbook {
  readonly strings: readonly string[];
  readonly styles: readonly NumberStyle[];
  readonly startsIn1904: boolean;
}

/** Reads the visible sheets of a workbook. Formulas give the result stored by the program that saved the file. */
export async function readXlsxTables(archive: ZipArchive, limits: ReadLimits): Promise<Table[]> {
  const book = await readBook(archive, limits);
  const workbook: Workbook = {
    strings: await readSharedStrings(archive, limits),
    styles: await readStyles(await archive.read('xl/styles.xml'), limits),
    startsIn1904: book.startsIn1904,
  };
  const budget = new CellBudget(limits);
  const tables: Table[] = [];
  for (const sheet of book.sheets) {
    budget.addTable();
    const bytes = await archive.read(sheet.path);
    if (!bytes) throw fileRejection('BROKEN');
    const rows = await readSheet(bytes, workbook, budget, limits);
    tables.push({ name: sheet.name, heading: [], rows: rows.finish() });
  }
  return tables;
}

async function readBook(archive: ZipArchive, limits: ReadLimits): Promise<{ sheets: Sheet[]; startsIn1904: boolean }> {
  const [bytes, relations] = [await archive.read('xl/workbook.xml'), await archive.read('xl/_rels/workbook.xml.rels')];
  if (!bytes || !relations) throw fileRejection('BROKEN');
  const targets = new Map<string, string>();
  await readXml(relations, limits, {
    open(name, { Id, Target, Type }) {
      if (name === 'Relationship' && Id && Target && Type?.endsWith('/worksheet')) targets.set(Id, partPath(Target));
    },
  });
  const sheets: Sheet[] = [];
  let startsIn1904 = false;
  await readXml(bytes, limits, {
    open(name, attributes) {
      if (name === 'workbookPr') startsIn1904 = attributes.date1904 === '1' || attributes.date1904 === 'true';
      if (name !== 'sheet' || (attributes.state ?? 'visible') !== 'visible') return;
      const path = targets.get(attributes.id ?? '');
      if (path) sheets.push({ name: attributes.name ?? '', path });
    },
  });
  return { sheets, startsIn1904 };
}

function partPath(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

async function readSharedStrings(archive: ZipArchive, limits: ReadLimits): Promise<string[]> {
  const bytes = await archive.read('xl/sharedStrings.xml');
  const strings: string[] = [];
  if (!bytes) return strings;
  let text = '';
  let reading = false;
  let phonetic = false;
  let characters = 0;
  await readXml(bytes, limits, {
    open(name) {
      if (name === 'si') text = '';
      if (name === 'rPh') phonetic = true;
      reading = name === 't' && !phonetic;
    },
    text(part) {
      if (!reading) return;
      characters += part.length;
      if (characters > limits.characters) throw fileRejection('TOO_MANY_CELLS');
      text += part;
    },
    close(name) {
      if (name === 't') reading = false;
      if (name === 'rPh') phonetic = false;
      if (name === 'si') strings.push(text);
      if (strings.length > limits.cells) throw fileRejection('TOO_MANY_CELLS');
    },
  });
  return strings;
}

async function readSheet(bytes: Buffer, workbook: Workbook, budget: CellBudget, limits: ReadLimits): Promise<GridRows> {
  const rows = new GridRows(budget);
  const spans: Span[] = [];
  let row = 0;
  let column = -1;
  let cell: { type: string; style: number; value: string } | null = null;
  let reading = false;
  await readXml(bytes, limits, {
    open(name, attributes) {
      if (name === 'row') {
        row = attributes.r ? Number(attributes.r) : row + 1;
        column = -1;
      } else if (name === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1;
        cell = { type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), value: '' };
      } else if (name === 'mergeCell') {
        const span = spanOf(attributes.ref ?? '');
        if (span) spans.push(span);
        if (spans.length > limits.cells) throw fileRejection('TOO_MANY_CELLS');
      }
      reading = name === 'v' || name === 't';
    },
    text(part) {
      if (reading && cell) cell.value += part;
    },
    close(name) {
      if (name === 'v' || name === 't') reading = false;
      if (name === 'c' && cell) {
        if (!Number.isSafeInteger(row) || row < 1 || column < 0) throw fileRejection('BROKEN');
        rows.set(row, column, cellText(cell, workbook));
        cell = null;
      }
    },
  });
  for (const span of spans) rows.repeat(span);
  return rows;
}

function cellText(cell: { type: string; style: number; value: string }, workbook: Workbook): string {
  const { type, value } = cell;
  if (value === '') return '';
  if (type === 's') return workbook.strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n') return value;
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  const style = workbook.styles[cell.style] ?? 'number';
  if (style !== 'number')
    return serialDayText(number, { style, startsIn1904: workbook.startsIn1904 }) ?? String(number);
  return String(Number(number.toPrecision(15)));
}

/** "B5" → 1. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '';
  let column = 0;
  for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - 64);
  return column - 1;
}

function spanOf(reference: string): Span | null {
  const [from, to] = reference.split(':');
  if (!from || !to) return null;
  const span = { fromRow: rowOf(from), toRow: rowOf(to), fromColumn: columnOf(from), toColumn: columnOf(to) };
  return span.fromRow > 0 && span.fromColumn >= 0 ? span : null;
}

function rowOf(reference: string): number {
  return Number(/\d{1,7}$/.exec(reference)?.[0] ?? 0);
}
