import {
  AlignmentType,
  Document,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  WidthType,
} from 'docx';
import { fontName, line, margins, mm, portrait, run } from '../official/page-parts.js';
import type { TableFile, TableFileColumn } from './table-file.js';

const size = 12;
const alignments = { left: AlignmentType.LEFT, centre: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;

/** A4 landscape (Nghị định 30/2020/NĐ-CP, Phụ lục I allows it for tables), a table after the other; headers repeat on each page. */
export function writeTableDocument(files: readonly TableFile[]): Promise<Buffer> {
  const document = new Document({
    title: files[0]?.headings[0] ?? files[0]?.name ?? '',
    styles: { default: { document: { run: { font: fontName, size: size * 2 } } } },
    sections: [
      {
        properties: {
          page: {
            size: { width: mm(portrait.width), height: mm(portrait.height), orientation: PageOrientation.LANDSCAPE },
            margin: {
              top: mm(margins.top),
              bottom: mm(margins.bottom),
              left: mm(margins.left),
              right: mm(margins.right),
            },
          },
        },
        children: files.flatMap(written),
      },
    ],
  });
  return Packer.toBuffer(document);
}

function written(file: TableFile): (Paragraph | Table)[] {
  const width = portrait.height - margins.left - margins.right;
  const total = file.columns.reduce((sum, column) => sum + column.share, 0);
  const widths = file.columns.map((column) => mm((column.share / total) * width));
  const cell = (
    text: string,
    more: { width: number; span?: number; bold?: boolean; align?: TableFileColumn['align'] },
  ) =>
    new TableCell({
      width: { size: more.width, type: WidthType.DXA },
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      ...(more.span !== undefined && { columnSpan: more.span }),
      children: text.split('\n').map(
        (part) =>
          new Paragraph({
            alignment: alignments[more.align ?? 'left'],
            children: [run(part, { size, bold: more.bold ?? false })],
          }),
      ),
    });
  const header = new TableRow({
    tableHeader: true,
    children: file.columns.map((column, at) =>
      cell(column.header, { width: widths[at]!, bold: true, align: 'centre' }),
    ),
  });
  const rows = file.rows.map((row) =>
    row.kind === 'across'
      ? new TableRow({ children: [cell(row.text, { width: mm(width), span: widths.length, bold: true })] })
      : new TableRow({
          children: file.columns.map((column, at) =>
            cell(row.texts[at] ?? '', { width: widths[at]!, ...(column.align && { align: column.align }) }),
          ),
        }),
  );
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(width), type: WidthType.DXA },
    columnWidths: widths,
    rows: [header, ...rows],
  });
  return [
    ...file.headings.map((text, at) => line(text, { size: 14, bold: at === 0, italic: at > 0 })),
    new Paragraph({}),
    table,
    ...file.footnotes.map((text) => line(text, { size: 11, italic: true }, { alignment: AlignmentType.LEFT })),
    new Paragraph({}),
  ];
}
