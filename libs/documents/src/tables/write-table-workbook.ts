import writeXlsxFile, { type CellObject, type Row } from 'write-excel-file/node';
import { fontName } from '../official/page-parts.js';
import type { TableFile } from './table-file.js';

/** Characters of the widest usual column; wider text wraps. */
const sheetWidth = 150;
const alignments = { left: 'left', centre: 'center', right: 'right' } as const;

/** A sheet each, landscape, in Times New Roman. Whole numbers are numbers, everything else is text and never a formula. */
export function writeTableWorkbook(files: readonly TableFile[]): Promise<Buffer> {
  return writeXlsxFile(files.map(written), { fontFamily: fontName, fontSize: 12 }).toBuffer();
}

function written(file: TableFile) {
  const { columns, headings, rows, footnotes, name } = file;
  const total = columns.reduce((sum, column) => sum + column.share, 0);
  const across = (text: string, style: Partial<CellObject>): Row => [
    { value: text, type: String, wrap: true, columnSpan: columns.length, ...style },
    ...Array.from({ length: columns.length - 1 }, () => null),
  ];
  const border = { borderStyle: 'thin', borderColor: '#000000' } as const;
  const data: Row[] = [
    ...headings.map((text, at) =>
      across(text, at === 0 ? { align: 'center', fontWeight: 'bold' } : { align: 'center' }),
    ),
    columns.map((column) => ({
      value: column.header,
      type: String,
      wrap: true,
      align: 'center',
      alignVertical: 'center',
      fontWeight: 'bold',
      ...border,
    })),
    ...rows.map((row) =>
      row.kind === 'across'
        ? across(row.text, { fontWeight: 'bold', ...border })
        : columns.map((column, at) => ({
            ...numberOrText(row.texts[at] ?? ''),
            wrap: true,
            alignVertical: 'top' as const,
            align: alignments[column.align ?? 'left'],
            ...border,
          })),
    ),
    ...footnotes.map((text) => across(text, { fontStyle: 'italic' })),
  ];
  return {
    data,
    sheet: name,
    orientation: 'landscape' as const,
    columns: columns.map((column) => ({ width: Math.max(5, (column.share / total) * sheetWidth) })),
  };
}

/** "07" stays text: as a number it would become 7. */
function numberOrText(text: string) {
  const isNumber = /^\d{1,15}$/.test(text) && String(Number(text)) === text;
  return isNumber ? { value: Number(text), type: Number } : { value: text, type: String };
}
