import type { PlanDirection, PlanDocument, PlanValues } from '#contracts/plan.js';
import type { PlanColumnSet } from '#contracts/plan-export.js';
import type { TableFile, TableFileRow } from '#libs/documents';
import { columnFor, columnSets, form04Notes, form04Sections, type PrintedColumn } from './column-sets.js';
import { plain } from './plain.js';
import type { PlanField } from './plan-columns.js';
import { readIncludesTravel } from './plan-numbers.js';

export interface PlanToExport {
  readonly year: number;
  readonly direction: PlanDirection;
  readonly document: PlanDocument;
  readonly items: readonly PlanValues[];
}

/** Widths of the columns, shares of the page. */
const shares: Readonly<Record<PlanField, number>> = {
  number: 1,
  name: 4,
  capacity: 2.5,
  head: 3.5,
  countriesTo: 2.8,
  countriesFrom: 4,
  partners: 5,
  content: 9,
  people: 1.8,
  days: 1.6,
  period: 2.4,
  funding: 2.6,
  host: 3,
  note: 2.5,
};
const centred: readonly PlanField[] = ['number', 'people', 'days'];

/**
 * A plan as a list in one of the column sets, in such words that reading it again gives the same lines. A value the set has no column
 * for gets a column of its own at the end, so that no set loses anything.
 */
export function planAsTable(plan: PlanToExport, columnSet: PlanColumnSet): TableFile {
  const columns = columnsFor(plan, columnSet);
  const isForm = columnSet === 'form04' || columnSet === 'form04Unit';
  return {
    name: plan.direction === 'inbound' ? 'Đoàn vào' : 'Đoàn ra',
    headings: headingsOf(plan),
    columns: columns.map(({ field, header }) => ({
      header,
      share: shares[field],
      ...(centred.includes(field) && { align: 'centre' as const }),
    })),
    rows: rowsOf(plan.items, columns, isForm),
    footnotes: isForm ? form04Notes : [],
  };
}

/** The set that suits the plan when none is chosen. */
export function usualColumnSet({ direction, items }: Pick<PlanToExport, 'direction' | 'items'>): PlanColumnSet {
  const hosted = items.some((item) => item.hostUnit !== null);
  if (direction === 'inbound') return hosted ? 'form05Unit' : 'form05';
  return hosted ? 'form04Unit' : 'form04';
}

function columnsFor({ items, direction }: PlanToExport, columnSet: PlanColumnSet): readonly PrintedColumn[] {
  const [wrong, right] =
    direction === 'inbound' ? (['countriesTo', 'countriesFrom'] as const) : (['countriesFrom', 'countriesTo'] as const);
  const set = columnSets[columnSet].map((column) => (column.field === wrong ? columnFor(right) : column));
  const optional: readonly [PlanField, keyof PlanValues][] = [
    ['capacity', 'capacity'],
    ['partners', 'partners'],
    ['host', 'hostUnit'],
    ['note', 'note'],
  ];
  const missing = optional.filter(
    ([field, value]) => set.every((column) => column.field !== field) && items.some((item) => item[value] !== null),
  );
  return [...set, ...missing.map(([field]) => columnFor(field))];
}

/** A title that names direction and year, and the document the plan was issued with. */
function headingsOf({ year, direction, document }: PlanToExport): string[] {
  const { title, number, date, issuer } = document;
  const own = title ?? `KẾ HOẠCH ${direction === 'inbound' ? 'ĐOÀN VÀO' : 'ĐOÀN RA'} NĂM ${year}`;
  const dated = date === null ? '' : ` ngày ${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`;
  return [
    own,
    ...(number === null ? [] : [`(Kèm theo Văn bản số ${number}${dated}${issuer === null ? '' : ` của ${issuer}`})`]),
  ];
}

function rowsOf(items: readonly PlanValues[], columns: readonly PrintedColumn[], isForm: boolean): TableFileRow[] {
  if (isForm && items.every(({ section }) => section === null || isFormSection(section)))
    return formRows(items, columns);
  let section: string | null = null;
  return items.flatMap((item) => {
    const title: TableFileRow[] = item.section === section || item.section === null ? [] : [across(item.section)];
    section = item.section;
    return [...title, ...linesOf(item, columns)];
  });
}

function formRows(items: readonly PlanValues[], columns: readonly PrintedColumn[]): TableFileRow[] {
  return form04Sections.flatMap((title, at) => {
    const lines = items.filter((item) => formSection(item) === at).flatMap((item) => linesOf(item, columns));
    return [across(title), ...(lines.length === 0 ? [across('Không')] : lines)];
  });
}

function isFormSection(section: string): boolean {
  return (form04Sections as readonly string[]).includes(section);
}

/** Its own, else by the rank of the leader and the source of the money. */
function formSection({ section, head, funding }: PlanValues): number {
  if (section !== null) return (form04Sections as readonly string[]).indexOf(section);
  if (/uy vien bo chinh tri|bi thu trung uong/.test(plain(head ?? ''))) return 0;
  return funding === null || /ngan sach/.test(plain(funding)) ? 1 : 2;
}

/** The line itself, and below it each further activity, in a row without number and name. */
function linesOf(item: PlanValues, columns: readonly PrintedColumn[]): TableFileRow[] {
  const further = item.furtherActivities.map(
    ({ content, period }): TableFileRow => ({
      kind: 'cells',
      texts: columns.map(({ field }) =>
        field === 'content' ? (content ?? '') : field === 'period' ? (period?.label ?? '') : '',
      ),
    }),
  );
  return [{ kind: 'cells', texts: columns.map(({ field }) => textOf(item, field)) }, ...further];
}

function textOf(item: PlanValues, field: PlanField): string {
  const texts: Record<PlanField, string | null> = {
    number: item.number,
    name: item.name,
    capacity: item.capacity,
    head: item.head,
    countriesTo: item.countriesLabel ?? item.countries.map((country) => country.name).join(', '),
    countriesFrom: item.countriesLabel ?? item.countries.map((country) => country.name).join(', '),
    partners: item.partners,
    content: item.content,
    people: item.peopleLabel ?? (item.peopleCount === null ? null : String(item.peopleCount)),
    days: daysText(item),
    period: item.period?.label ?? null,
    funding: item.funding,
    host: item.hostUnit,
    note: item.note,
  };
  return texts[field] ?? '';
}

/** Whether travel is counted stands beside the number, unless another text of the line says it already. */
function daysText({ days, includesTravel, note, content, period }: PlanValues): string {
  if (days === null) return '';
  const said = [note, content, period?.label]
    .map((text) => readIncludesTravel(plain(text ?? '')))
    .find((read) => read !== null);
  if ((said ?? null) === includesTravel || includesTravel === null) return String(days);
  return `${days} (${includesTravel ? 'bao gồm' : 'không bao gồm'} thời gian đi về)`;
}

function across(text: string): TableFileRow {
  return { kind: 'across', text };
}
