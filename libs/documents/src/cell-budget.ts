import { fileRejection } from './file-rejection.js';
import type { ReadLimits } from './limits.js';

/** Counts what a reading keeps, and stops it at the limit while it reads, not after. */
export class CellBudget {
  private cells = 0;
  private characters = 0;
  private rows = 0;
  private tables = 0;

  constructor(private readonly limits: ReadLimits) {}

  addTable(): void {
    this.tables += 1;
    if (this.tables > this.limits.tables) throw fileRejection('TOO_MANY_TABLES', { limit: this.limits.tables });
  }

  addRow(): void {
    this.rows += 1;
    if (this.rows > this.limits.rows) throw fileRejection('TOO_MANY_ROWS', { limit: this.limits.rows });
  }

  /** column: from 0. */
  addCell(column: number, text: string): void {
    if (column >= this.limits.columns) throw fileRejection('TOO_MANY_COLUMNS', { limit: this.limits.columns });
    this.cells += 1;
    this.characters += text.length;
    if (this.cells > this.limits.cells || this.characters > this.limits.characters)
      throw fileRejection('TOO_MANY_CELLS');
  }
}
