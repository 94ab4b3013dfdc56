import type { PlanDirection, PlanProblem, PlanRow, PlanValues } from '#contracts/plan.js';
import type { Cell, Row, Table } from '#libs/documents';
import { oneLine, paragraphs, plain } from './plain.js';
import { isNumberingRow, looksLikeHeader, type PlanField, type PlanHeader } from './plan-columns.js';
import { readCountries } from './plan-countries.js';
import { readCount, readIncludesTravel, readPeople } from './plan-numbers.js';
import { parsePeriod } from './plan-period.js';
import { type PlanProblemCode, planProblem } from './plan-problems.js';

type ReadRow = Omit<PlanRow, 'known' | 'index'>;
interface OpenRow {
  readonly table: string;
  readonly row: number;
  readonly direction: PlanDirection;
  values: PlanValues;
  problems: PlanProblem[];
}

/** Longest texts a proposal made from the line could take (the proposal's own limits). */
const longest: Readonly<Partial<Record<PlanField, number>>> = {
  name: 500,
  capacity: 300,
  head: 500,
  partners: 4_000,
  content: 20_000,
  funding: 4_000,
  note: 4_000,
  host: 500,
};
const mostPeople = 5_000;
const mostDays = 400;
const sectionMark = /^(?:[IVX]{1,5}|[A-ZĐ]|\d{1,2}|phần\s+\S+|mục\s+\S+)\s*[.):/-]\s*\S/iu;
const sectionNumber = /^\(?(?:[IVX]{1,5}|[A-ZĐ])[.)]?$/u;
const sectionWords = /^(cac )?doan (cap|ra|vao|su dung|do|cua|thuoc|di)\b|^(su dung|nguon) /;

/** Reads the rows of one table below its header, keeping the section and the delegation that a row may continue. */
export class PlanTableReader {
  /** Rows that belong to no delegation. */
  readonly problems: PlanProblem[] = [];
  private readonly rows: OpenRow[] = [];
  private section: string | null = null;
  private readonly includesTravel: boolean | null;

  constructor(
    private readonly table: Table,
    private readonly header: PlanHeader,
    private readonly plan: { readonly year: number | null; readonly direction: PlanDirection },
  ) {
    const days = header.columns.find(({ field }) => field === 'days');
    this.includesTravel = days ? readIncludesTravel(plain(days.header)) : null;
  }

  read(): ReadRow[] {
    for (const row of this.table.rows.slice(this.header.to)) this.readRow(row);
    return this.rows;
  }

  private readRow(row: Row): void {
    const texts = new Set(row.cells.map((cell) => oneLine(cell.text)).filter((text) => text !== ''));
    if (texts.size === 0 || isNumberingRow(row) || this.repeatsHeader(row)) return;
    const [only] = texts;
    if (only && /^(tong cong|tong so|cong|tong|ghi chu|luu y|noi nhan|khong( co)?)\b\s*([:.].*)?$/.test(plain(only))) {
      // "Không" under a section, a total and a remark below the table are no lines of the plan.
      if (texts.size === 1 || /^(tong|cong)/.test(plain(only))) return;
    }
    const section = this.sectionOf(row, texts);
    if (section !== null) {
      this.section = section;
      return;
    }
    const open = this.rows.at(-1);
    if (this.continues(row)) {
      if (open) this.continueRow(open, row);
      else this.problems.push(this.problem('STRAY_ROW', row, { value: [...texts].join(' · ') }));
      return;
    }
    this.rows.push(this.readItem(row));
  }

  /** A header again at the top of a page. A numbered line is none, even when its cells begin like headers ("Tháng 4", "Ngân sách tỉnh"). */
  private repeatsHeader(row: Row): boolean {
    return looksLikeHeader(row) && !/\d/.test(this.text(row, 'number'));
  }

  /** "I. Đoàn cấp Ủy viên Bộ Chính trị" in one merged cell, in one cell alone, or as number and name. */
  private sectionOf(row: Row, texts: ReadonlySet<string>): string | null {
    const number = this.text(row, 'number');
    const name = this.text(row, 'name');
    const [only] = texts;
    if (texts.size === 1 && only !== undefined) {
      const across = row.cells.filter((cell) => cell.merged).length >= 2;
      const asTitle = only === number || only === name || row.cells[0]?.text !== '';
      const likeTitle = sectionMark.test(only) || sectionWords.test(plain(only)) || only === only.toUpperCase();
      return across || (asTitle && likeTitle && !/^\d+$/.test(only)) ? only : null;
    }
    if (!sectionNumber.test(number)) return null;
    const filled = (['content', 'people', 'days', 'period', 'countriesTo', 'countriesFrom'] as const).some((field) => {
      const cell = this.cell(row, field);
      return cell !== null && cell.text !== '' && !cell.merged;
    });
    return filled ? null : [...texts].join(' ');
  }

  /** A row without its own number and name belongs to the delegation above it. */
  private continues(row: Row): boolean {
    const [number, name] = [this.cell(row, 'number'), this.cell(row, 'name')];
    const numbered = number !== null && number.text !== '' && !number.merged;
    const named = name !== null && name.text !== '' && !name.merged;
    if (numbered) return false;
    const numberColumn = this.header.columns.some(({ field }) => field === 'number');
    return !named || (numberColumn && this.ownFields(row).every((field) => field === 'name'));
  }

  private ownFields(row: Row): PlanField[] {
    return this.header.columns
      .filter(({ at }) => {
        const cell = row.cells[at];
        return cell !== undefined && cell.text !== '' && !cell.merged;
      })
      .map(({ field }) => field);
  }

  private continueRow(open: OpenRow, row: Row): void {
    const own = new Set(this.ownFields(row));
    if (own.has('period')) {
      const read = this.readPeriod(row);
      const content = own.has('content') ? paragraphs(this.raw(row, 'content')) : null;
      const furtherActivities = [...open.values.furtherActivities, { content, period: read.period }];
      open.values = { ...open.values, furtherActivities };
      open.problems.push(...read.problems);
    } else if (own.has('content')) {
      open.values = { ...open.values, content: joined(open.values.content, this.raw(row, 'content')) };
    }
    for (const field of own) {
      if (field === 'period' || field === 'content') continue;
      const text = this.raw(row, field);
      if (field === 'name' || field === 'partners' || field === 'note' || field === 'head' || field === 'funding') {
        open.values = { ...open.values, [field]: joined(open.values[field], text) };
      } else if (field === 'countriesTo' || field === 'countriesFrom') {
        const countries = [...open.values.countries, ...readCountries(text)];
        open.values = { ...open.values, countries, countriesLabel: joined(open.values.countriesLabel, text) };
      } else {
        open.problems.push(this.problem('IGNORED_VALUE', row, { field, value: oneLine(text) }));
      }
    }
  }

  private readItem(row: Row): OpenRow {
    const problems: PlanProblem[] = [];
    const report = (code: PlanProblemCode, field: PlanField | null, value = '') => {
      problems.push(this.problem(code, row, { field, value }));
    };
    const name = this.limited(row, 'name', report);
    if (name === null) report('MISSING_NAME', 'name');
    const number = this.text(row, 'number');
    if (number === '' && this.has('number')) report('MISSING_NUMBER', 'number');
    const note = this.limited(row, 'note', report);
    const period = this.readPeriod(row);
    if (this.text(row, 'period') === '' && this.has('period')) report('MISSING_PERIOD', 'period');
    const people = this.readPeople(row, report);
    const values: PlanValues = {
      number: number === '' ? null : number,
      section: this.section,
      name,
      capacity: this.limited(row, 'capacity', report),
      head: this.limited(row, 'head', report),
      ...this.readCountryCell(row, report),
      partners: this.limited(row, 'partners', report),
      content: this.limited(row, 'content', report),
      ...people,
      ...this.readDays(row, note, report),
      period: period.period,
      furtherActivities: [],
      funding: this.limited(row, 'funding', report),
      hostUnit: this.limited(row, 'host', report),
      note: period.unread === null ? note : joined(note, period.unread),
    };
    const direction = this.plan.direction;
    return { table: this.table.name, row: row.number, direction, values, problems: [...problems, ...period.problems] };
  }

  private readCountryCell(row: Row, report: Report): Pick<PlanValues, 'countries' | 'countriesLabel'> {
    const field = this.has('countriesTo') ? 'countriesTo' : 'countriesFrom';
    const label = this.text(row, field);
    if (label === '') {
      if (this.has(field)) report('MISSING_COUNTRY', field);
      return { countries: [], countriesLabel: null };
    }
    const countries = readCountries(label);
    const unknown = countries.filter(({ code }) => code === null).map((country) => country.name);
    if (unknown.length > 0) report('UNKNOWN_COUNTRY', field, unknown.join('; '));
    return { countries, countriesLabel: label };
  }

  private readPeople(row: Row, report: Report): Pick<PlanValues, 'peopleCount' | 'delegationCount' | 'peopleLabel'> {
    const label = this.text(row, 'people');
    if (label === '') {
      if (this.has('people')) report('MISSING_PEOPLE', 'people');
      return { peopleCount: null, delegationCount: null, peopleLabel: null };
    }
    const { count, delegations, isRange } = readPeople(plain(label));
    if (count === null && delegations === null) report('UNREADABLE_PEOPLE', 'people', label);
    else if (count !== null && (count < 1 || count > mostPeople)) report('IMPOSSIBLE_NUMBER', 'people', label);
    if (isRange) report('RANGE_TAKEN_LARGEST', 'people', label);
    return { peopleCount: count, delegationCount: delegations, peopleLabel: label };
  }

  private readDays(row: Row, note: string | null, report: Report): Pick<PlanValues, 'days' | 'includesTravel'> {
    const label = this.text(row, 'days');
    const saysTravel = [label, note ?? '', this.text(row, 'content'), this.text(row, 'period')];
    const said = saysTravel.map((text) => readIncludesTravel(plain(text))).find((read) => read !== null);
    const includesTravel = said ?? this.includesTravel;
    if (label === '') {
      if (this.has('days')) report('MISSING_DAYS', 'days');
      return { days: null, includesTravel };
    }
    const { count, isRange } = readCount(plain(label).replace(/\(.*?\)?$/, ''));
    if (count === null) report('UNREADABLE_DAYS', 'days', label);
    else if (count < 1 || count > mostDays) report('IMPOSSIBLE_NUMBER', 'days', label);
    if (isRange) report('RANGE_TAKEN_LARGEST', 'days', label);
    return { days: count, includesTravel };
  }

  private readPeriod(row: Row): { period: PlanValues['period']; unread: string | null; problems: PlanProblem[] } {
    const label = this.text(row, 'period');
    if (label === '') return { period: null, unread: null, problems: [] };
    const period = parsePeriod(label, this.plan.year);
    if (!period) {
      const problems = [this.problem('UNREADABLE_PERIOD', row, { field: 'period', value: label })];
      return { period: null, unread: label, problems };
    }
    const year = String(this.plan.year ?? period.from.slice(0, 4));
    const inYear = period.from.slice(0, 4) <= year && period.to.slice(0, 4) >= year;
    const problems = inYear ? [] : [this.problem('OTHER_YEAR', row, { field: 'period', value: label })];
    return { period, unread: null, problems };
  }

  private limited(row: Row, field: keyof typeof longest & PlanField, report: Report): string | null {
    const raw = this.raw(row, field);
    const text = field === 'content' || field === 'partners' ? paragraphs(raw) : oneLine(raw);
    const most = longest[field] ?? text.length;
    if (text.length > most) report('TEXT_TOO_LONG', field, String(most));
    return text === '' ? null : text;
  }

  private has(field: PlanField): boolean {
    return this.header.columns.some((column) => column.field === field);
  }

  private cell(row: Row, field: PlanField): Cell | null {
    const column = this.header.columns.find((known) => known.field === field);
    return column ? (row.cells[column.at] ?? null) : null;
  }

  private raw(row: Row, field: PlanField): string {
    return this.cell(row, field)?.text ?? '';
  }

  private text(row: Row, field: PlanField): string {
    return oneLine(this.raw(row, field));
  }

  private problem(
    code: PlanProblemCode,
    row: Row,
    { field = null, value = '' }: { readonly field?: PlanField | null; readonly value?: string },
  ): PlanProblem {
    const column = this.header.columns.find((known) => known.field === field)?.header ?? null;
    return planProblem(code, { row: row.number, column, value });
  }
}

type Report = (code: PlanProblemCode, field: PlanField | null, value?: string) => void;

function joined(before: string | null, after: string): string {
  return before === null ? paragraphs(after) : paragraphs(`${before}\n${after}`);
}
