import { randomUUID } from 'node:crypto';
import type { CalendarChangeView, CalendarDraft, CalendarRow } from '#contracts/calendar.js';
import { AppError } from '#contracts/errors.js';
import type { Text } from '#contracts/text.js';
import { type BusinessCalendar, type CalendarDay, type HolidayTable, holidaysOfYear, isWeekend } from '#libs/calendar';
import { namesOfPeople } from '#libs/organisation';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type CalendarBook, liveChanges, type StoredChange } from './calendar-book.js';

export interface DraftProblem {
  readonly path: string;
  readonly text: Text;
}

/** A change before it is entered: what the calendar is, and what it would be. */
export interface ProposedCalendar {
  /** Newest change that is in the database; what is proposed would be the next. */
  readonly version: number;
  readonly scope: 'country' | 'province';
  readonly problems: readonly DraftProblem[];
  readonly before: BusinessCalendar;
  readonly after: BusinessCalendar;
  /** Days whose row the change touches, in order. */
  readonly days: readonly CalendarDay[];
}

const otherProvinces: PreparedStatement = {
  name: 'regulation_other_provinces',
  text: 'select exists (select from provinces where id <> $1) as others',
};

/** Nobody decides for another province: the whole country may be changed only where the installation serves one. */
export async function mayChangeCountry(tx: Tx, provinceId: string): Promise<boolean> {
  const [found] = await runPrepared<{ others: boolean }>(tx, otherProvinces, [provinceId]);
  return found?.others === false;
}

/** What is wrong with the draft stands in `problems`; with one the two calendars are the same. `operator`: may change the country anywhere. */
export async function proposeCalendar(
  tx: Tx,
  given: { book: CalendarBook; provinceId: string; draft: CalendarDraft; today: CalendarDay; operator: boolean },
): Promise<ProposedCalendar> {
  const { book, provinceId, draft, today, operator } = given;
  const all = await book.changesIn(tx, provinceId);
  const version = await book.newestVersion(tx);
  const live = liveChanges(all, provinceId);
  const before = book.calendarOf(live);
  const proposed =
    draft.kind === 'announce'
      ? announced(draft, { live, version, before, today })
      : withdrawn(draft, { live, before, today, book });
  const scope = draft.kind === 'announce' ? draft.scope : scopeOf(live.find((one) => one.version === draft.version));
  const foreign = scope === 'country' && !operator && !(await mayChangeCountry(tx, provinceId));
  const problems = [...proposed.problems, ...(foreign ? [wholeCountry] : [])];
  const after = problems.length === 0 ? book.calendarOf(proposed.live) : before;
  return { version, scope, problems, before, after, days: proposed.days };
}

interface Proposed {
  readonly live: readonly StoredChange[];
  readonly days: readonly CalendarDay[];
  readonly problems: readonly DraftProblem[];
}

interface Standing {
  readonly live: readonly StoredChange[];
  readonly before: BusinessCalendar;
  readonly today: CalendarDay;
}

function announced(
  draft: Extract<CalendarDraft, { kind: 'announce' }>,
  { live, version, before, today }: Standing & { version: number },
): Proposed {
  const problems = draft.days.flatMap(({ day, kind }, at): DraftProblem[] => {
    const path = `days.${at}.day`;
    const { working, holiday } = before.dayStatus(day);
    const repeated = draft.days.findIndex((other) => other.day === day) < at;
    const willWork = kind === 'swappedWorked' || (kind === 'ordinary' && !isWeekend(day));
    return [
      ...(repeated ? [problem(path, texts.repeated)] : []),
      ...(kind === 'ordinary' && holiday === null ? [problem(path, texts.nothingToCallOff)] : []),
      ...(kind === 'swappedWorked' && !isWeekend(day) ? [problem(path, texts.workedAnyway)] : []),
      ...(day < today && willWork !== working ? [problem(path, texts.past)] : []),
    ];
  });
  const { number, date } = draft.document;
  const change: StoredChange = {
    version: version + 1,
    provinceId: null,
    kind: 'announce',
    withdraws: null,
    documentNumber: number,
    documentDate: date,
    days: draft.days,
  };
  return { live: [...live, change], days: draft.days.map(({ day }) => day).toSorted(), problems };
}

function withdrawn(
  draft: Extract<CalendarDraft, { kind: 'withdraw' }>,
  { live, before, today, book }: Standing & { book: CalendarBook },
): Proposed {
  const rest = live.filter(({ version }) => version !== draft.version);
  const gone = live.find(({ version }) => version === draft.version);
  if (gone === undefined) return { live, days: [], problems: [problem('version', texts.notLive)] };
  const after = book.calendarOf(rest);
  const days = gone.days.map(({ day }) => day).toSorted();
  const lived = days.some((day) => day < today && after.isWorkingDay(day) !== before.isWorkingDay(day));
  return { live: rest, days, problems: lived ? [problem('version', texts.past)] : [] };
}

function scopeOf(change: StoredChange | undefined): 'country' | 'province' {
  return change?.provinceId === null ? 'country' : 'province';
}

function problem(path: string, text: Text): DraftProblem {
  return { path, text };
}

const texts = {
  repeated: { vi: 'Ngày này đã ghi ở dòng trên.', en: 'This day is named above already.' },
  nothingToCallOff: {
    vi: 'Ngày này không có ngày nghỉ hay hoán đổi nào để bãi bỏ.',
    en: 'There is no holiday or swap on this day to call off.',
  },
  workedAnyway: {
    vi: 'Làm bù phải vào thứ Bảy hoặc Chủ nhật.',
    en: 'A day worked for another is a Saturday or Sunday.',
  },
  past: {
    vi: 'Ngày đã qua thì không đổi được: mọi người đã làm theo lịch cũ.',
    en: 'A day that has passed cannot be changed: people have lived by it.',
  },
  notLive: { vi: 'Thay đổi này không còn hiệu lực.', en: 'This change does not hold any more.' },
} satisfies Record<string, Text>;

const wholeCountry: DraftProblem = {
  path: 'scope',
  text: {
    vi: 'Hệ thống phục vụ nhiều tỉnh: lịch cả nước do người vận hành nhập bằng dòng lệnh.',
    en: 'This installation serves several provinces: the operator enters what holds for the whole country.',
  },
};

/** One change of the calendar at a time, in this transaction: of two that are proposed at once the second sees the first. */
export async function lockCalendar(tx: Tx): Promise<void> {
  await tx.query('lock table calendar_changes in share row exclusive mode');
}

/** Real seconds after which every process has heard of a change and every decision begun before it is over. */
const settleAfterSeconds = 60;

const insertChange: PreparedStatement = {
  name: 'regulation_insert_calendar_change',
  text: `insert into calendar_changes (id, version, province_id, kind, withdraws, document_number, document_date, reason, days,
      created_at, created_by_id, settle_after)
    values ($1, $2, $3, $4, $5, $6, $7::date, $8, $9::jsonb, $10, $11, clock_timestamp() + $12 * interval '1 second')`,
};

/** Under `lockCalendar`, and after `proposeCalendar` of the same transaction found no problem. */
export async function storeCalendarChange(
  tx: Tx,
  given: {
    draft: CalendarDraft;
    proposed: ProposedCalendar;
    provinceId: string;
    personId: string | null;
    at: Date;
  },
): Promise<{ id: string; version: number }> {
  const { draft, proposed, at } = given;
  if (proposed.problems.length > 0) throw new AppError('VALIDATION_FAILED', { fields: proposed.problems });
  const id = randomUUID();
  const version = proposed.version + 1;
  await runPrepared(tx, insertChange, [
    id,
    version,
    proposed.scope === 'country' ? null : given.provinceId,
    draft.kind,
    draft.kind === 'withdraw' ? draft.version : null,
    draft.document.number,
    draft.document.date,
    draft.reason,
    JSON.stringify(draft.kind === 'announce' ? draft.days : []),
    at,
    given.personId,
    settleAfterSeconds,
  ]);
  return { id, version };
}

/** Rows of a year as they hold now: shipped, changed, and those known but not applied. */
export function rowsOfYear(given: {
  book: CalendarBook;
  live: readonly StoredChange[];
  calendar: BusinessCalendar;
  year: number;
}): CalendarRow[] {
  const { book, live, calendar, year } = given;
  const versionOf = new Map(live.flatMap(({ version, days }) => days.map(({ day }) => [day, version] as const)));
  const rows = holidaysOfYear(book.tableOf(live), year).map(
    (row): CalendarRow => ({
      day: row.day,
      kind: row.kind,
      name: row.name,
      verified: row.verified,
      source: row.source,
      applied: row.offByDefault !== true,
      worked: calendar.isWorkingDay(row.day),
      version: versionOf.get(row.day) ?? null,
    }),
  );
  return [...rows, ...calledOff({ live, calendar, year, table: book.tableOf(live) })].toSorted((one, other) =>
    one.day < other.day ? -1 : 1,
  );
}

/** A holiday that was called off stays in sight, with the document that did it. */
function calledOff(given: {
  live: readonly StoredChange[];
  calendar: BusinessCalendar;
  year: number;
  table: HolidayTable;
}): CalendarRow[] {
  const standing = new Set(given.table.days.map(({ day }) => day));
  const found = new Map<CalendarDay, CalendarRow>();
  for (const { version, days, documentNumber } of given.live) {
    for (const { day, kind, name } of days) {
      if (kind !== 'ordinary' || standing.has(day) || !day.startsWith(`${given.year}-`)) continue;
      const worked = given.calendar.isWorkingDay(day);
      found.set(day, { day, kind, name, verified: true, source: documentNumber, applied: true, worked, version });
    }
  }
  return [...found.values()];
}

interface ChangeRow extends StoredChange {
  readonly reason: string;
  readonly createdAt: Date;
  readonly createdById: string | null;
}

const shownChanges: PreparedStatement = {
  name: 'regulation_shown_calendar_changes',
  text: `select version, province_id as "provinceId", kind, withdraws, document_number as "documentNumber",
      document_date::text as "documentDate", days, reason, created_at as "createdAt", created_by_id as "createdById"
    from calendar_changes where province_id is null or province_id = $1 order by version desc`,
};

/** Newest first. */
export async function shownCalendarChanges(
  tx: Tx,
  given: { provinceId: string; book: CalendarBook; today: CalendarDay },
): Promise<CalendarChangeView[]> {
  const { provinceId, book, today } = given;
  const rows = await runPrepared<ChangeRow>(tx, shownChanges, [provinceId]);
  const personIds = rows.flatMap(({ createdById }) => (createdById === null ? [] : [createdById]));
  const names = await namesOfPeople(tx, { provinceId, personIds: [...new Set(personIds)] });
  const live = liveChanges(rows, provinceId);
  const before = book.calendarOf(live);
  const country = await mayChangeCountry(tx, provinceId);
  return rows.map((row): CalendarChangeView => {
    const draft = {
      kind: 'withdraw' as const,
      version: row.version,
      document: { number: '', date: today },
      reason: '',
    };
    const { problems } = withdrawn(draft, { live, before, today, book });
    return {
      version: row.version,
      kind: row.kind,
      scope: scopeOf(row),
      document: { number: row.documentNumber, date: row.documentDate },
      reason: row.reason,
      days: [...row.days],
      withdraws: row.withdraws,
      withdrawnBy: rows.find((other) => other.withdraws === row.version)?.version ?? null,
      canWithdraw: problems.length === 0 && (row.provinceId !== null || country),
      createdAt: row.createdAt.toISOString(),
      createdBy: row.createdById === null ? null : { id: row.createdById, fullName: names.get(row.createdById) ?? '' },
    };
  });
}
