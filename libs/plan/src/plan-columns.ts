import type { PlanDirection } from '#contracts/plan.js';
import type { Row } from '#libs/documents';
import { oneLine, plain } from './plain.js';

export const planFields = [
  'number',
  'name',
  'capacity',
  'head',
  'countriesTo',
  'countriesFrom',
  'partners',
  'content',
  'people',
  'days',
  'period',
  'funding',
  'host',
  'note',
] as const;
export type PlanField = (typeof planFields)[number];

/** A column that was understood. */
export interface PlanColumn {
  readonly field: PlanField;
  /** From 0. */
  readonly at: number;
  /** As the file writes it, on one line. */
  readonly header: string;
}

export interface PlanHeader {
  readonly columns: readonly PlanColumn[];
  /** Headers no field was found for. */
  readonly unknown: readonly string[];
  /** Row indexes in the table: the first header row, and the first row below the header. */
  readonly from: number;
  readonly to: number;
  /** Null when the columns do not tell. */
  readonly direction: PlanDirection | null;
}

/**
 * Headers that occur in plans (Mẫu 04, Mẫu 05; Tuyên Quang 2020, 2021, 2023; Thái Nguyên 2019), without diacritics. The first
 * expression that fits decides, so the exact ones come before the loose ones.
 */
const meanings: readonly (readonly [RegExp, PlanField])[] = [
  [/^(tt|stt|so tt|so thu tu|s tt|thu tu)$/, 'number'],
  [/^danh nghia/, 'capacity'],
  [/^(ho (va )?ten |ten )?truong doan|^nguoi dan dau|^lanh dao doan/, 'head'],
  [
    /^(quoc gia|nuoc)? ?(den|di|dat) tu( nuoc| quoc gia)?|^tu nuoc|^nuoc cu doan|^quoc tich|^nuoc ngoai den/,
    'countriesFrom',
  ],
  [
    /^(cac )?nuoc (di|den|cong tac)|^(den|di) nuoc|^quoc gia|^nuoc$|^nuoc vung lanh tho|^dia ban|^noi den/,
    'countriesTo',
  ],
  [
    /^(don vi|co quan|noi|dia phuong).*(chu tri|don tiep|tiep don|thuc hien|to chuc|de xuat|de nghi)|^chu tri|^don vi$/,
    'host',
  ],
  [/doi tac|^co quan lam viec|^noi lam viec/, 'partners'],
  [/^noi dung|^muc dich|^hoat dong/, 'content'],
  [/^so (luong )?(nguoi|thanh vien|doan)|^so luong|^thanh vien|^so doan so nguoi/, 'people'],
  [/^so ngay|^thoi luong|^(thoi gian )?so ngay/, 'days'],
  [/^(du kien )?thoi (gian|diem|han)|^thang|^quy$/, 'period'],
  [/kinh phi|^du toan|^nguon von|^ngan sach/, 'funding'],
  [/^ghi chu/, 'note'],
  [/^ten (cac )?doan|^doan( ra| vao| cong tac)?$|^ten goi|^ten chuyen/, 'name'],
];
const headerRowsSearched = 60;
const leastColumns = 3;

/** What a header means; null when nothing fits. Line breaks, case, diacritics and bracketed remarks do not matter. */
export function fieldOfHeader(header: string): PlanField | null {
  const text = plain(header)
    .replace(/\([^)]*\)?/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/^\d+ | \d+$/g, '')
    .trim();
  if (text === '' || text.length > 60) return null;
  return meanings.find(([expression]) => expression.test(text))?.[1] ?? null;
}

/** The first row that reads like plan headers, with a second header row below it if there is one. Null: none. */
export function findHeader(rows: readonly Row[]): PlanHeader | null {
  for (let at = 0; at < Math.min(rows.length, headerRowsSearched); at += 1) {
    const top = rows[at];
    if (!top || !looksLikeHeader(top)) continue;
    const below = rows[at + 1];
    const second = below && isSecondHeaderRow(top, below) ? below : null;
    return readHeader(top, second, at);
  }
  return null;
}

/** True also for a header repeated at the top of a later page. */
export function looksLikeHeader(row: Row): boolean {
  const fields = new Set<PlanField>();
  for (const cell of row.cells) {
    const field = fieldOfHeader(cell.text);
    if (field) fields.add(field);
  }
  const needed = fields.has('name') || fields.has('content');
  return needed && fields.size >= leastColumns;
}

/** "(1) (2) (3)": the row that numbers the columns. */
export function isNumberingRow(row: Row): boolean {
  const texts = row.cells.map((cell) => cell.text).filter((text) => text !== '');
  if (texts.length < leastColumns) return false;
  const numbers = texts.map((text) => Number(/^[([]?\s*(\d{1,2})\s*[)\].]?$/.exec(text)?.[1] ?? Number.NaN));
  const counted = numbers.filter((number) => !Number.isNaN(number));
  const letters = texts.filter((text) => /^[([]?[A-Za-z][)\]]?$/.test(text)).length;
  if (counted.length + letters < texts.length || counted.length < 2) return false;
  return counted.every((number, at) => at === 0 || number === (counted[at - 1] ?? 0) + 1 || number === counted[at - 1]);
}

/** Below merged headers stand their sub-headers, and the other headers repeat because they are merged downwards. */
function isSecondHeaderRow(top: Row, below: Row): boolean {
  // One text across the row is the title of a section, even one that speaks of money.
  if (new Set(below.cells.map((cell) => cell.text)).size === 1) return false;
  let repeated = 0;
  let own = 0;
  for (const [at, cell] of below.cells.entries()) {
    if (cell.text === '') continue;
    if (cell.merged && cell.text === top.cells[at]?.text) repeated += 1;
    else if (fieldOfHeader(cell.text)) own += 1;
    else return false;
  }
  return repeated + own >= 2 && (repeated >= 2 || own >= 2);
}

function readHeader(top: Row, second: Row | null, at: number): PlanHeader {
  const width = Math.max(top.cells.length, second?.cells.length ?? 0);
  const columns: PlanColumn[] = [];
  const unknown: string[] = [];
  for (let column = 0; column < width; column += 1) {
    const upper = top.cells[column]?.text ?? '';
    const lower = second?.cells[column]?.text ?? '';
    const header = oneLine(lower === '' ? upper : lower);
    if (header === '') continue;
    const field = fieldOfHeader(header) ?? fieldOfHeader(upper);
    const taken = columns.some((other) => other.field === field);
    if (field && !taken) columns.push({ field, at: column, header });
    else unknown.push(header);
  }
  const has = (field: PlanField) => columns.some((column) => column.field === field);
  const hosted = columns.some(({ field, header }) => field === 'host' && /don tiep|tiep don/.test(plain(header)));
  const direction = has('countriesFrom') || hosted ? 'inbound' : has('countriesTo') ? 'outbound' : null;
  return { columns, unknown, from: at, to: at + (second ? 2 : 1), direction };
}
