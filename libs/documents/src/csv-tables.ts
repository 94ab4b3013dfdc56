import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { CellBudget } from './cell-budget.js';
import { fileRejection } from './file-rejection.js';
import { GridRows } from './grid-rows.js';
import type { ReadLimits } from './limits.js';
import type { Table } from './table-grid.js';

const delimiters = [',', ';', '\t'] as const;
type Delimiter = (typeof delimiters)[number];

/**
 * UTF-8 with or without mark, UTF-16 with mark or recognisable; comma, semicolon or tab. Throws FILE_REJECTED or
 * FILE_TOO_LARGE. Gives other requests a turn while it reads.
 */
export async function readCsvTables(bytes: Buffer, limits: ReadLimits): Promise<Table[]> {
  const { text, delimiter } = delimited(decodeCsv(bytes));
  checkShape(text, delimiter, limits);
  const rows = new GridRows(new CellBudget(limits));
  let number = 0;
  try {
    const records = Readable.from(chunksOf(text)).pipe(parse({ delimiter, relax_column_count: true }));
    for await (const record of records as AsyncIterable<string[]>) {
      number += 1;
      record.forEach((cell, column) => {
        rows.set(number, column, cell);
      });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fileRejection('BROKEN_CSV', { line: typeof error.lines === 'number' ? error.lines : undefined }, error);
  }
  return [{ name: '', heading: [], rows: rows.finish() }];
}

const chunkCharacters = 32 * 1024;
/** Far more than a plan needs; a record beyond them is no table, and slow to parse before it could be refused. */
const columnsBeforeParsing = 1_000;
const charactersOfRecord = 500_000;
const linesPerRow = 4;

async function* chunksOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += chunkCharacters) {
    yield text.slice(at, at + chunkCharacters);
    await setImmediate();
  }
}

/** One quick pass before the real parser, which keeps a whole record in memory. */
function checkShape(text: string, delimiter: Delimiter, limits: ReadLimits): void {
  const sign = delimiter.charCodeAt(0);
  let quoted = false;
  let columns = 0;
  let lines = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) quoted = !quoted;
    else if (!quoted && code === 0x0a) {
      lines += 1;
      columns = 0;
      start = at;
    } else if (!quoted && code === sign) columns += 1;
    if (columns > columnsBeforeParsing) throw fileRejection('TOO_MANY_COLUMNS', { limit: limits.columns });
    if (at - start > charactersOfRecord)
      throw quoted ? fileRejection('BROKEN_CSV', { line: lines + 1 }) : fileRejection('TOO_MANY_CELLS');
  }
  // Empty lines are no rows, but not without end either.
  if (lines > limits.rows * linesPerRow) throw fileRejection('TOO_MANY_ROWS', { limit: limits.rows });
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
