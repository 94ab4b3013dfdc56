import type { CellBudget } from './cell-budget.js';
import { type Cell, cleanText, emptyCell, type Row } from './table-grid.js';

export interface Span {
  readonly fromRow: number;
  readonly toRow: number;
  /** From 0. */
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** Collects a table cell by cell, in any order, without space for what is empty. */
export class GridRows {
  private readonly rows = new Map<number, Cell[]>();

  constructor(private readonly budget: CellBudget) {}

  /** row: from 1; column: from 0. */
  set(row: number, column: number, raw: string, merged = false): void {
    const text = cleanText(raw);
    if (text === '') return;
    this.budget.addCell(column, text);
    let cells = this.rows.get(row);
    if (!cells) {
      this.budget.addRow();
      cells = [];
      this.rows.set(row, cells);
    }
    cells[column] = { text, merged };
  }

  textAt(row: number, column: number): string {
    return this.rows.get(row)?.[column]?.text ?? '';
  }

  /** Repeats the text of the first cell of the span in every row of it that holds anything. */
  repeat(span: Span): void {
    const text = this.textAt(span.fromRow, span.fromColumn);
    if (text === '') return;
    for (const [row, cells] of this.rows) {
      if (row < span.fromRow || row > span.toRow) continue;
      for (let column = span.fromColumn; column <= span.toColumn; column += 1) {
        if (row === span.fromRow && column === span.fromColumn) continue;
        this.budget.addCell(column, text);
        cells[column] = { text, merged: true };
      }
    }
  }

  finish(): Row[] {
    return [...this.rows.entries()]
      .sort(([a], [b]) => a - b)
      .map(([number, cells]) => ({ number, cells: Array.from(cells, (cell) => cell ?? emptyCell) }));
  }
}
