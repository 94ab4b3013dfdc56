import { CellBudget } from './cell-budget.js';
import { fileRejection } from './file-rejection.js';
import { GridRows } from './grid-rows.js';
import type { ReadLimits } from './limits.js';
import type { Row, Table } from './table-grid.js';
import { cleanText } from './table-grid.js';
import { readXml, type XmlHandler } from './xml-events.js';
import type { ZipArchive } from './zip-archive.js';

const headingParagraphs = 40;

/** Reads the tables of a Word document with the paragraphs above each. A table inside a cell becomes text of that cell. */
export async function readDocxTables(archive: ZipArchive, limits: ReadLimits): Promise<Table[]> {
  const bytes = await archive.read('word/document.xml');
  if (!bytes) throw fileRejection('BROKEN');
  const reader = new DocxReader(new CellBudget(limits), limits);
  await readXml(bytes, limits, reader);
  return reader.tables;
}

/** Drawings, deleted text and the fallback of newer markup repeat or hide text; field codes are not text at all. */
const skipped: ReadonlySet<string> = new Set([
  'Fallback',
  'del',
  'moveFrom',
  'txbxContent',
  'instrText',
  'rPr',
  'sectPr',
]);

class DocxReader implements XmlHandler {
  readonly tables: Table[] = [];
  private heading: string[] = [];
  private rows: GridRows | null = null;
  private row = 0;
  private column = 0;
  private span = 1;
  private vertical: 'none' | 'start' | 'continue' = 'none';
  private rowIsDeleted = false;
  private tableDepth = 0;
  private skipDepth = 0;
  private inText = false;
  private paragraph = '';
  private paragraphs: string[] = [];
  private listId: string | null = null;
  private characters = 0;
  private readonly listCounts = new Map<string, number>();
  private inRowProperties = false;

  constructor(
    private readonly budget: CellBudget,
    private readonly limits: ReadLimits,
  ) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.inRowProperties && name === 'del') this.rowIsDeleted = true;
    if (this.skipDepth > 0 || skipped.has(name)) {
      this.skipDepth += 1;
      return;
    }
    if (name === 'tbl') this.openTable();
    else if (name === 'trPr') this.inRowProperties = true;
    else if (name === 'p') this.startParagraph();
    else if (name === 't') this.inText = true;
    else if (name === 'numId') this.listId = attributes.val ?? null;
    else if (name === 'tab') this.append(' ');
    else if (name === 'br' || name === 'cr') this.append('\n');
    else if (name === 'noBreakHyphen') this.append('-');
    else if (this.tableDepth === 1) this.openInTable(name, attributes);
  }

  text(part: string): void {
    if (this.inText && this.skipDepth === 0) this.append(part);
  }

  close(name: string): void {
    if (this.skipDepth > 0) {
      this.skipDepth -= 1;
      return;
    }
    if (name === 't') this.inText = false;
    else if (name === 'trPr') this.inRowProperties = false;
    else if (name === 'p') this.endParagraph();
    else if (name === 'tbl') this.closeTable();
    else if (name === 'tc' && this.tableDepth === 1) this.closeCell();
  }

  private openTable(): void {
    this.tableDepth += 1;
    if (this.tableDepth > 1) return;
    this.budget.addTable();
    this.rows = new GridRows(this.budget);
    this.row = 0;
  }

  private openInTable(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'tr') {
      this.row += 1;
      this.column = 0;
      this.rowIsDeleted = false;
    } else if (name === 'gridBefore') {
      this.column += gridCount(attributes.val, this.limits);
    } else if (name === 'tc') {
      this.paragraphs = [];
      this.span = 1;
      this.vertical = 'none';
    } else if (name === 'gridSpan') {
      this.span = Math.max(1, gridCount(attributes.val, this.limits));
    } else if (name === 'vMerge') {
      this.vertical = attributes.val === 'restart' ? 'start' : 'continue';
    }
  }

  private startParagraph(): void {
    this.paragraph = '';
    this.listId = null;
  }

  private append(part: string): void {
    this.characters += part.length;
    if (this.characters > this.limits.characters) throw fileRejection('TOO_MANY_CELLS');
    this.paragraph += part;
  }

  private endParagraph(): void {
    let text = cleanText(this.paragraph);
    if (this.tableDepth > 0) {
      // A TT column numbered by Word itself holds empty list paragraphs: the number is not text, it is counted.
      if (this.listId !== null && this.listId !== '0') {
        const count = (this.listCounts.get(this.listId) ?? 0) + 1;
        this.listCounts.set(this.listId, count);
        if (text === '') text = String(count);
      }
      if (text !== '') this.paragraphs.push(text);
    } else if (text !== '' && this.heading.length < headingParagraphs) {
      this.heading.push(text);
    }
    this.paragraph = '';
  }

  private closeCell(): void {
    const rows = this.rows;
    if (!rows) return;
    const first = this.column;
    this.column += this.span;
    if (this.rowIsDeleted) return;
    const continued = this.vertical === 'continue';
    const text = continued ? this.textAbove(rows, first) : this.paragraphs.join('\n');
    for (let column = first; column < this.column; column += 1)
      rows.set(this.row, column, text, continued || column > first);
  }

  private textAbove(rows: GridRows, column: number): string {
    for (let row = this.row - 1; row > 0 && row >= this.row - 200; row -= 1) {
      const text = rows.textAt(row, column);
      if (text !== '') return text;
    }
    return '';
  }

  private closeTable(): void {
    this.tableDepth -= 1;
    if (this.tableDepth > 0 || !this.rows) return;
    const rows: Row[] = this.rows.finish();
    this.tables.push({ name: `Bảng ${this.tables.length + 1}`, heading: this.heading, rows });
    this.heading = [];
    this.rows = null;
  }
}

function gridCount(value: string | undefined, limits: ReadLimits): number {
  const count = Number(value ?? 0);
  if (!Number.isSafeInteger(count) || count < 0) throw fileRejection('BROKEN');
  if (count > limits.columns) throw fileRejection('TOO_MANY_COLUMNS', { limit: limits.columns });
  return count;
}
