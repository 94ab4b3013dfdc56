import {
  AlignmentType,
  BorderStyle,
  type IParagraphOptions,
  LineRuleType,
  Paragraph,
  Table,
  TableBorders,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import type { TableBlock } from './official-document.js';

export const fontName = 'Times New Roman';
/** Millimetres. Nghị định 30/2020/NĐ-CP, Phụ lục I: top and bottom 20-25, left 30-35, right 15-20. */
export const margins = { top: 20, bottom: 20, left: 30, right: 20 } as const;
export const portrait = { width: 210, height: 297 } as const;
export const textWidth = portrait.width - margins.left - margins.right;
export const landscapeTextWidth = portrait.height - margins.left - margins.right;

/** Twentieths of a point, as Word counts. The library's own conversion cuts off and would make 20 mm less than 20. */
export function mm(millimetres: number): number {
  return Math.round((millimetres / 25.4) * 1440);
}

interface TextStyle {
  /** Points. */
  readonly size: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underlined?: boolean;
}

export function run(text: string, { size, bold = false, italic = false, underlined = false }: TextStyle): TextRun {
  return new TextRun({
    text,
    font: fontName,
    size: size * 2,
    bold,
    italics: italic,
    color: '000000',
    ...(underlined && { underline: {} }),
  });
}

export function line(text: string, style: TextStyle, more: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ children: [run(text, style)], alignment: AlignmentType.CENTER, ...more });
}

/** A thin line of `width` millimetres in the middle of `inside` millimetres. */
export function rule(width: number, inside: number): Paragraph {
  const side = mm(Math.max(0, (inside - width) / 2));
  return new Paragraph({
    indent: { left: side, right: side },
    spacing: { before: 70, after: 0, line: 60, lineRule: LineRuleType.EXACT },
    border: { top: { style: BorderStyle.SINGLE, size: 6, color: '000000', space: 1 } },
  });
}

/** Side by side without any border. Widths in millimetres. */
export function sideBySide(cells: readonly { width: number; children: readonly Paragraph[] }[]): Table {
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(cells.reduce((sum, cell) => sum + cell.width, 0)), type: WidthType.DXA },
    columnWidths: cells.map((cell) => mm(cell.width)),
    borders: TableBorders.NONE,
    rows: [
      new TableRow({
        cantSplit: true,
        children: cells.map(
          (cell) =>
            new TableCell({
              children: [...cell.children],
              width: { size: mm(cell.width), type: WidthType.DXA },
              margins: { left: 0, right: 0, top: 0, bottom: 0 },
            }),
        ),
      }),
    ],
  });
}

/** A ruled table whose header is repeated on each page. `width`: millimetres. `size`: points. */
export function ruledTable(block: TableBlock, { width, size }: { width: number; size: number }): Table {
  const total = block.columns.reduce((sum, column) => sum + column.share, 0);
  const widths = block.columns.map((column) => mm((column.share / total) * width));
  const alignment = { left: AlignmentType.LEFT, centre: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const;
  const cell = (text: string, at: number, header: boolean) =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      verticalAlign: header ? VerticalAlignTable.CENTER : VerticalAlignTable.TOP,
      margins: { left: 80, right: 80, top: 40, bottom: 40 },
      children: text.split('\n').map(
        (part) =>
          new Paragraph({
            children: [run(part, { size, bold: header })],
            alignment: header ? AlignmentType.CENTER : alignment[block.columns[at]?.align ?? 'left'],
          }),
      ),
    });
  const header = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: block.columns.map((column, at) => cell(column.header, at, true)),
  });
  const rows = block.rows.map(
    (texts) => new TableRow({ children: block.columns.map((_, at) => cell(texts[at] ?? '', at, false)) }),
  );
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: mm(width), type: WidthType.DXA },
    columnWidths: widths,
    rows: [header, ...rows],
  });
}
