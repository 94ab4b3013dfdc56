import {
  type BusinessCalendar,
  type ChangedDay,
  changedTable,
  createBusinessCalendar,
  formatDay,
  type HolidayTable,
} from '#libs/calendar';
import { type PreparedReader, type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

/** A row of `calendar_changes` as the calendar needs it. */
export interface StoredChange {
  readonly version: number;
  readonly provinceId: string | null;
  readonly kind: 'announce' | 'withdraw';
  readonly withdraws: number | null;
  readonly documentNumber: string;
  /** YYYY-MM-DD. */
  readonly documentDate: string;
  readonly days: readonly ChangedDay[];
}

const newest: PreparedStatement = {
  name: 'regulation_newest_calendar_change',
  text: 'select coalesce(max(version), 0) as version from calendar_changes',
};

const changes: PreparedStatement = {
  name: 'regulation_calendar_changes',
  text: `select version, province_id as "provinceId", kind, withdraws, document_number as "documentNumber",
      document_date::text as "documentDate", days
    from calendar_changes order by version`,
};

/**
 * The calendar of each province: the table that was shipped and the changes in the database. Computing a deadline must not wait for the
 * database, so a process keeps the calendars and asks now and then whether there is a newer change. What was computed by an older one
 * meanwhile is found by the second look (`settle_after`).
 */
export class CalendarBook {
  #version = 0;
  #changes: readonly StoredChange[] = [];
  readonly #calendars = new Map<string, BusinessCalendar>();

  constructor(readonly table: HolidayTable) {}

  /** As of the last `refresh`. A function of its own, to be handed on. */
  readonly calendarFor = (provinceId: string): BusinessCalendar => {
    const live = liveChanges(this.#changes, provinceId);
    const key = live.map(({ version }) => version).join(' ');
    const known = this.#calendars.get(key);
    if (known) return known;
    const made = this.calendarOf(live);
    this.#calendars.set(key, made);
    return made;
  };

  /** One small question; the rows are read only when there is something new. A database without the table has no changes. */
  async refresh(reader: PreparedReader): Promise<void> {
    try {
      const [found] = await reader.read<{ version: number }>(newest, []);
      if (found === undefined || found.version === this.#version) return;
      this.#take(await reader.read<StoredChange>(changes, []));
    } catch (error) {
      if ((error as { code?: unknown }).code !== undefinedTable) throw error;
    }
  }

  /** Those that hold in the province, as the transaction sees them. */
  async changesIn(tx: Tx, provinceId: string): Promise<readonly StoredChange[]> {
    const all = await runPrepared<StoredChange>(tx, changes, []);
    return all.filter((change) => change.provinceId === null || change.provinceId === provinceId);
  }

  /** The same, exactly as the transaction sees it. */
  async calendarIn(tx: Tx, provinceId: string): Promise<BusinessCalendar> {
    return this.calendarOf(liveChanges(await this.changesIn(tx, provinceId), provinceId));
  }

  /** Of any province: what a change is numbered after. 0 without any. */
  async newestVersion(tx: Tx): Promise<number> {
    const [found] = await runPrepared<{ version: number }>(tx, newest, []);
    return found?.version ?? 0;
  }

  /** Not kept: for a look at what would be. */
  calendarOf(live: readonly StoredChange[]): BusinessCalendar {
    return createBusinessCalendar(this.tableOf(live));
  }

  tableOf(live: readonly StoredChange[]): HolidayTable {
    return changedTable(
      this.table,
      live.map((change) => ({ version: change.version, days: change.days, source: sourceOf(change) })),
    );
  }

  #take(rows: readonly StoredChange[]): void {
    this.#changes = rows;
    this.#version = rows.at(-1)?.version ?? 0;
    this.#calendars.clear();
  }
}

const undefinedTable = '42P01';

/** Announced for the province or the whole country, and not withdrawn. */
export function liveChanges(all: readonly StoredChange[], provinceId: string): readonly StoredChange[] {
  const withdrawn = new Set(all.map(({ withdraws }) => withdraws));
  return all.filter(
    (change) =>
      change.kind === 'announce' &&
      (change.provinceId === null || change.provinceId === provinceId) &&
      !withdrawn.has(change.version),
  );
}

function sourceOf({ documentNumber, documentDate }: StoredChange): string {
  return `${documentNumber} ngày ${formatDay(documentDate)}`;
}
