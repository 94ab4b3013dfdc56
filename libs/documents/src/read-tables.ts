import { readCsvTables } from './csv-tables.js';
import { readDocxTables } from './docx-tables.js';
import { recogniseFile } from './file-kind.js';
import { fileRejection } from './file-rejection.js';
import { defaultLimits, type ReadLimits } from './limits.js';
import type { Table, TableGrid } from './table-grid.js';
import { readXlsxTables } from './xlsx-tables.js';

export interface UploadedFile {
  /** As the person named it; only its extension is looked at, and only to catch a mislabelled file. */
  readonly name: string;
  readonly bytes: Buffer;
}

/**
 * Reads the tables of an XLSX, DOCX or CSV file. Throws AppError FILE_REJECTED or FILE_TOO_LARGE with `details.reason` and a
 * sentence that says what to do; nothing else, whatever the bytes are. Tables without any text are left out.
 */
export async function readTables(file: UploadedFile, limits: ReadLimits = defaultLimits): Promise<TableGrid> {
  const recognised = await recogniseFile(file, limits);
  let tables: Table[];
  if (recognised.kind === 'csv') tables = await readCsvTables(file.bytes, limits);
  else if (recognised.kind === 'xlsx') tables = await readXlsxTables(recognised.archive, limits);
  else tables = await readDocxTables(recognised.archive, limits);
  const filled = tables.filter((table) => table.rows.length > 0);
  if (filled.length === 0) throw fileRejection('NO_TABLE');
  return { kind: recognised.kind, tables: filled };
}
