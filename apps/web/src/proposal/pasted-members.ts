import type { ProposalMember } from '#contracts/proposal.js';
import { plain } from '../plain';

/** Header cells as units write them, without diacritics. */
const headers: readonly (readonly [RegExp, 'fullName' | 'position' | 'organisation' | 'role'])[] = [
  [/^(ho (va )?ten|full ?name|name)/, 'fullName'],
  [/^(chuc vu|chuc danh|position)/, 'position'],
  [/^(co quan|don vi|noi cong tac|organi[sz]ation|unit)/, 'organisation'],
  [/^(vai tro|role)/, 'role'],
];
const usual = ['fullName', 'position', 'organisation', 'role'] as const;

const roleWords: readonly (readonly [RegExp, ProposalMember['role']])[] = [
  [/pho truong doan|deputy/, 'deputy'],
  [/truong doan|leader/, 'leader'],
  [/thu ky|secretary/, 'secretary'],
  [/phien dich|interpreter/, 'interpreter'],
];
const roleOf = (text: string) => roleWords.find(([words]) => words.test(plain(text)))?.[1] ?? 'member';

/** Rows copied from a spreadsheet (tabs and lines) → members. A header row is read, else the usual order; a first column of running numbers is left out. */
export function pastedMembers(text: string): ProposalMember[] {
  const rows = text
    .split(/\r?\n/)
    .map((line) => line.split('\t').map((cell) => cell.trim()))
    .filter((cells) => cells.some(Boolean));
  const found = rows[0]?.map((cell) => headers.find(([words]) => words.test(plain(cell)))?.[1]) ?? [];
  const hasHeader = found.includes('fullName');
  const body = hasHeader ? rows.slice(1) : rows;
  const numbered = !hasHeader && body.length > 0 && body.every(([first]) => /^\d*\.?$/.test(first ?? ''));
  const columns = hasHeader ? found : numbered ? [undefined, ...usual] : usual;
  const cell = (cells: readonly string[], name: (typeof usual)[number]) => cells[columns.indexOf(name)] ?? '';
  return body.map((cells) => ({
    personId: null,
    fullName: cell(cells, 'fullName'),
    position: cell(cells, 'position'),
    organisation: cell(cells, 'organisation'),
    role: roleOf(cell(cells, 'role')),
  }));
}
