import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { CellBudget } from './cell-budget.js';
import { fileRejection } from './file-rejection.js';
import { GridRows } from './grid-rows.js';
import type { ReadLimits } from './limits.js';
import type { Table } from './table-grid.js';

const delimiters = [',', ';', '\t'] as const;
type Delimiter = (typeof delimiters)[number];

/** UTF-8 with or without mark, UTF-16 with mark or recognisable; comma, semicolon or tab. Throws FILE_REJECTED. */
export function readCsvTables(bytes: Buffer, limits: ReadLimits): Table[] {
  const { text, delimiter } = delimited(decodeCsv(bytes));
  const records = parseRecords(text, delimiter, limits);
  if (records.length >= limits.rows * 2) throw fileRejection('TOO_MANY_ROWS', { limit: limits.rows });
  const rows = new GridRows(new CellBudget(limits));
  records.forEach((record, at) => {
    record.forEach((cell, column) => {
      rows.set(at + 1, column, cell);
    });
  });
  return [{ name: '', heading: [], rows: rows.finish() }];
}

function parseRecords(text: string, delimiter: Delimiter, limits: ReadLimits): string[][] {
  try {
    return parse(text, {
      delimiter,
      relax_column_count: true,
      skip_empty_lines: false,
      // One more than allowed, so that the budget sees the excess; empty lines count too.
      to: limits.rows * 2,
      max_record_size: limits.characters,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fileRejection('BROKEN_CSV', { line: typeof error.lines === 'number' ? error.lines : undefined }, error);
  }
}

function decodeCsv(bytes: Buffer): string {
  const text = decode(bytes, encodingOf(bytes));
  // Control characters mean a binary file of a kind nobody listed.
  if (/[^\P{Cc}\t\n\r\u0085]/u.test(text)) throw fileRejection('UNKNOWN_ENCODING');
  return text.replace(/^\uFEFF/, '');
}

function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  // Without a mark: Latin letters, separators and digits have a zero byte in UTF-16.
  if (bytes.length >= 2 && bytes.length % 2 === 0) {
    if (bytes[0] !== 0 && bytes[1] === 0) return 'utf-16le';
    if (bytes[0] === 0 && bytes[1] !== 0) return 'utf-16be';
  }
  return 'utf-8';
}

function decode(bytes: Buffer, encoding: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw fileRejection('UNKNOWN_ENCODING', {}, error);
  }
}

/** Excel's own first line "sep=;" decides; else the delimiter that stands most often outside quotation marks at the start. */
function delimited(text: string): { text: string; delimiter: Delimiter } {
  const said = /^"?sep=([,;\t])"?\r?\n/i.exec(text);
  if (said) return { text: text.slice(said[0].length), delimiter: said[1] as Delimiter };
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of text.slice(0, 20_000)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const count = (delimiter: Delimiter) => counts.get(delimiter) ?? 0;
  return { text, delimiter: delimiters.reduce((best, next) => (count(next) > count(best) ? next : best)) };
}
