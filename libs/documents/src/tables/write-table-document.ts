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
import type { TableFile } from './table-file.js';

const size = 12;

/** A4 landscape (Nghị định 30/2020/NĐ-CP, Phụ lục I allows it for tables); the header is repeated on each page. */
export function writeTableDocument(file: TableFile): Promise<Buffer> {
  const width = portrait.height - margins.left - margins.right;
  const total = file.columns.reduce((sum, column) => sum + column.share, 0);
  const widths = file.columns.map((column) => mm((column.share / total) * width));
  const cell = (text: string, more: { width: number; span?: number; bold?: boolean; centre?: boolean }) =>
    new TableCell({
      width: { size: more.width, type: WidthType.DXA },
      margins: { left: 60, right: 60, top: 30, bottom: 30 },
      ...(more.span !== undefined && { columnSpan: more.span }),
      children: text.split('\n').map(
        (part) =>
          new Paragraph({
            alignment: more.centre ? AlignmentType.CENTER : AlignmentType.LEFT,
            children: [run(part, { size, bold: more.bold ?? false })],
          }),
      ),
    });
  const header = new TableRow({
    tableHeader: true,
    children: file.columns.map((column, at) => cell(column.header, { width: widths[at]!, bold: true, centre: true })),
  });
  const rows = file.rows.map((row) =>
    row.kind === 'across'
      ? new TableRow({ children: [cell(row.text, { width: mm(width), span: widths.length, bold: true })] })
      : new TableRow({
          children: file.columns.map((column, at) =>
            cell(row.texts[at] ?? '', { width: widths[at]!, centre: column.align === 'centre' }),
          ),
        }),
  );
  const table = new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(width), type: WidthType.DXA },
    columnWidths: widths,
    rows: [header, ...rows],
  });
  const document = new Document({
    title: file.headings[0] ?? file.name,
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
        children: [
          ...file.headings.map((text, at) => line(text, { size: 14, bold: at === 0, italic: at > 0 })),
          new Paragraph({}),
          table,
          ...file.footnotes.map((text) => line(text, { size: 11, italic: true }, { alignment: AlignmentType.LEFT })),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
