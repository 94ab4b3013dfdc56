import type { PlanDirection, PlanDocument } from '#contracts/plan.js';
import { oneLine, plain } from './plain.js';

export interface PlanTitle {
  readonly document: PlanDocument;
  readonly year: number | null;
  readonly direction: PlanDirection | null;
}

/** "02/CTr-UBND", "Chương trình số: 02/CTr-UBND", "CTr 02": number and symbol of an issued document. */
const numberWithSymbol = /(\d{1,5})\s*\/\s*((?:\d{4}\s*\/\s*)?\p{Lu}[\p{L}\d]*(?:\s?-\s?[\p{L}\d]+)*)/u;
const numberAlone = /(CTr|KH|QĐ|CV|TB|TTr)(?:\s*số)?\s*[:.]?\s*(\d{1,5})\b/u;
const dateSigns = /(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:19|20)\d{2})/;
const dateWords = /ngày\s*(\d{1,2})\s*tháng\s*(\d{1,2})\s*năm\s*((?:19|20)\d{2})/iu;

/** lines: what stands above the table, top first. */
export function readTitle(lines: readonly string[]): PlanTitle {
  const distinct = [...new Set(lines.map(oneLine))].filter((line) => line !== '');
  const reference = distinct.find((line) => numberWithSymbol.test(line) || numberAlone.test(line)) ?? null;
  const titles = distinct.filter((line) => line !== reference);
  const title =
    titles.find((line) => /(ke hoach|chuong trinh|danh muc|bang|bieu|mau).*doan/.test(plain(line))) ??
    titles.find((line) => /doan (ra|vao)|ke hoach/.test(plain(line))) ??
    null;
  const all = plain(distinct.join(' \n '));
  return {
    document: {
      title,
      number: reference ? documentNumber(reference) : null,
      date: reference ? documentDate(reference) : null,
      issuer: reference ? documentIssuer(reference) : null,
    },
    year: yearOf(title ? plain(title) : '') ?? yearOf(all),
    direction: directionOf(title ? plain(title) : all) ?? directionOf(all),
  };
}

export function directionOf(text: string): PlanDirection | null {
  const inbound = /doan[\s_-]*(nuoc ngoai[\s_-]*)?vao/.test(text);
  const outbound = /doan[\s_-]*(cong tac[\s_-]*)?(di nuoc ngoai|ra\b)/.test(text);
  if (inbound === outbound) return null;
  return inbound ? 'inbound' : 'outbound';
}

/** "năm 2023"; failing that, null: a year inside a document number or a date is not the year of the plan. */
function yearOf(text: string): number | null {
  const found = /\bnam\s*(20\d{2})(?!\d)/.exec(text.replace(/ngay\s*\d{1,2}\s*thang\s*\d{1,2}\s*nam\s*\d{4}/g, ' '));
  return found ? Number(found[1]) : null;
}

function documentNumber(line: string): string | null {
  const full = numberWithSymbol.exec(line);
  if (full) return `${full[1]}/${oneLine(full[2] ?? '').replace(/\s*-\s*/g, '-')}`;
  const alone = numberAlone.exec(line);
  return alone ? `${alone[2]}/${alone[1]}` : null;
}

function documentDate(line: string): string | null {
  const found = dateWords.exec(line) ?? dateSigns.exec(line);
  if (!found) return null;
  const [day, month] = [Number(found[1]), Number(found[2])];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const text = `${found[3]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  // 31 April exists only on paper.
  const real = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(text) ? text : null;
}

function documentIssuer(line: string): string | null {
  const found = /\bcủa\s+(\p{Lu}[^)]*)/u.exec(line.replace(/\)\s*$/, ''));
  return found ? oneLine(found[1] ?? '') : null;
}
