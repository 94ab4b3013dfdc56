export type TableFileKind = 'xlsx' | 'docx' | 'csv';

export interface Cell {
  /** Trimmed. A line break inside the cell is `\n`; nothing in the cell is ''. A formula gives its stored result. */
  readonly text: string;
  /** True when the text stands in another cell that this one is merged with; `text` repeats it. */
  readonly merged: boolean;
}

export interface Row {
  /** As a person counts it: the sheet's row number, the row of the Word table, the record of the CSV file. From 1. */
  readonly number: number;
  readonly cells: readonly Cell[];
}

export interface Table {
  /** Sheet name; "Bảng 1" for the first table of a Word document; '' for CSV. */
  readonly name: string;
  /** Paragraphs between the table before (or the start) and this table. Word only. */
  readonly heading: readonly string[];
  /** Empty rows are left out; `number` keeps counting them. */
  readonly rows: readonly Row[];
}

/** One shape for what XLSX, DOCX and CSV files hold. A hidden sheet is left out, hidden rows are read. */
export interface TableGrid {
  readonly kind: TableFileKind;
  readonly tables: readonly Table[];
}

export const emptyCell: Cell = { text: '', merged: false };

/** Spaces of all kinds become one space, line breaks stay. Composed form (NFC), so that equal words are equal strings. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
