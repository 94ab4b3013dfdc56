import type { PlanDirection, PlanDocument, PlanProblem, PlanRow } from '#contracts/plan.js';
import type { Table, TableFileKind, TableGrid } from '#libs/documents';
import { plain } from './plain.js';
import { findHeader, type PlanHeader } from './plan-columns.js';
import { parsePeriod } from './plan-period.js';
import { planProblem } from './plan-problems.js';
import { PlanTableReader } from './plan-table-reader.js';
import { directionOf, type PlanTitle, readTitle } from './plan-title.js';
import { rowDigest } from './row-digest.js';

/** A plan as read from a file; nothing of it is stored yet. */
export interface ReadPlan {
  readonly kind: TableFileKind;
  readonly year: number | null;
  readonly document: PlanDocument;
  readonly rows: readonly ReadPlanRow[];
  /** About the file as a whole; those of a row stand in the row. */
  readonly problems: readonly PlanProblem[];
}

export type ReadPlanRow = Omit<PlanRow, 'known'> & { readonly digest: string };

export interface ReadPlanOptions {
  readonly fileName: string;
  /** What the person chose; wins over what the file says. */
  readonly year?: number;
  readonly direction?: PlanDirection;
}

interface PlanTable {
  readonly table: Table;
  readonly header: PlanHeader;
  readonly title: PlanTitle;
}

/** Reads every plan table of a file: rows with their values and what is wrong with each cell. Never throws. */
export function readPlan(grid: TableGrid, options: ReadPlanOptions): ReadPlan {
  const tables = grid.tables.flatMap((table): PlanTable[] => {
    const header = findHeader(table.rows);
    return header ? [{ table, header, title: readTitle(linesAbove(table, header)) }] : [];
  });
  const first = tables[0];
  if (!first) {
    const document = readTitle(grid.tables.flatMap((table) => table.heading)).document;
    return { kind: grid.kind, year: null, document, rows: [], problems: [planProblem('NO_HEADER', nowhere)] };
  }
  const year = options.year ?? yearOf(tables, options.fileName);
  const problems: PlanProblem[] = [];
  if (year === null) problems.push(planProblem('UNKNOWN_YEAR', nowhere));
  const rows: ReadPlanRow[] = [];
  for (const { table, header, title } of tables) {
    const direction = options.direction ?? header.direction ?? title.direction ?? directionOfName(options.fileName);
    problems.push(...headerProblems(table, header, direction));
    const reader = new PlanTableReader(table, header, { year, direction });
    rows.push(...reader.read().map((row, at) => ({ ...row, index: rows.length + at, digest: '' })));
    problems.push(...reader.problems);
  }
  if (rows.length === 0) problems.push(planProblem('NO_ROWS', nowhere));
  const document = tables.find(({ title }) => title.document.number)?.title.document ?? first.title.document;
  return { kind: grid.kind, year, document, rows: withDigests(rows), problems };
}

const nowhere = { row: null, column: null };

function linesAbove(table: Table, header: PlanHeader): string[] {
  return [...table.heading, ...table.rows.slice(0, header.from).flatMap((row) => row.cells.map((cell) => cell.text))];
}

/** The title's year; else the year most times in the table name them; else a year in the file name. */
function yearOf(tables: readonly PlanTable[], fileName: string): number | null {
  const titled = tables.find(({ title }) => title.year !== null)?.title.year;
  if (titled) return titled;
  const counts = new Map<number, number>();
  for (const { table, header } of tables) {
    const at = header.columns.find(({ field }) => field === 'period')?.at;
    if (at === undefined) continue;
    for (const row of table.rows.slice(header.to)) {
      const period = parsePeriod(row.cells[at]?.text ?? '', null);
      if (!period) continue;
      const year = Number(period.from.slice(0, 4));
      counts.set(year, (counts.get(year) ?? 0) + 1);
    }
  }
  const most = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  if (most) return most[0];
  const named = /(?<!\d)(20\d{2})(?!\d)/.exec(fileName);
  return named ? Number(named[1]) : null;
}

function directionOfName(fileName: string): PlanDirection {
  return directionOf(plain(fileName)) ?? 'outbound';
}

function headerProblems(table: Table, header: PlanHeader, direction: PlanDirection): PlanProblem[] {
  const row = table.rows[header.from]?.number ?? null;
  const found = new Set<string>(header.columns.map(({ field }) => field));
  const needed: [string, string][] = [
    ['name', 'Tên đoàn'],
    [direction === 'inbound' ? 'countriesFrom' : 'countriesTo', direction === 'inbound' ? 'Đến từ nước' : 'Nước đi'],
    ['period', 'Thời gian thực hiện'],
    ['people', 'Số người'],
  ];
  return [
    ...header.unknown.map((column) => planProblem('UNKNOWN_COLUMN', { row, column, value: column })),
    ...needed
      .filter(([field]) => !found.has(field))
      .map(([, column]) => planProblem('MISSING_COLUMN', { row, column, value: column })),
  ];
}

/** Equal lines of one file are counted, so that both are kept once and neither is added again by a second import. */
function withDigests(rows: readonly ReadPlanRow[]): ReadPlanRow[] {
  const seen = new Map<string, { count: number; row: number }>();
  return rows.map((row) => {
    const meaning = rowDigest(row.direction, row.values, 1);
    const before = seen.get(meaning);
    const count = (before?.count ?? 0) + 1;
    seen.set(meaning, { count, row: before?.row ?? row.row });
    if (!before) return { ...row, digest: meaning };
    const problem = planProblem('DUPLICATE_ROW', { row: row.row, column: null, value: String(before.row) });
    return { ...row, digest: rowDigest(row.direction, row.values, count), problems: [...row.problems, problem] };
  });
}
