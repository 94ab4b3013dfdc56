import type { OfficialDocument } from './official/official-document.js';
import type { TableFile } from './tables/table-file.js';

/*
 * The writers bring libraries of a megabyte, which a process that has written nothing yet need not hold: each is loaded by its
 * first document.
 */

/** The document by Nghị định 30/2020 as DOCX. */
export async function writeOfficialDocument(document: OfficialDocument): Promise<Buffer> {
  const room = await import('./official/write-official-document.js');
  return room.writeOfficialDocument(document);
}

/** The tables as DOCX, one after the other. */
export async function writeTableDocument(files: readonly TableFile[]): Promise<Buffer> {
  const room = await import('./tables/write-table-document.js');
  return room.writeTableDocument(files);
}

/** The tables as XLSX, a sheet each. */
export async function writeTableWorkbook(files: readonly TableFile[]): Promise<Buffer> {
  const room = await import('./tables/write-table-workbook.js');
  return room.writeTableWorkbook(files);
}
