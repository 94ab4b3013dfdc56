import { createHash } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import {
  countingRule,
  type DutyRow,
  type PeriodicReport,
  type ReportFormat,
  type ReportPeriod,
  type ReportTrip,
  type ReportTripQuery,
  reportPeriod,
} from '#contracts/periodic-report.js';
import { type Clock, dayOf } from '#libs/calendar';
import { tripScopeOf } from '#libs/delegation';
import { writeTableDocument, writeTableWorkbook } from '#libs/documents';
import type { SessionPrincipal } from '#libs/organisation';
import type { PreparedReader } from '#libs/persistence';
import { downloadHeaders } from '#libs/storage';
import { periodParameters, reportStatement, tripsBehindStatement } from './report-statement.js';
import { reportTables } from './report-tables.js';

/** Rows of the table of people, and trips behind a figure: enough for a province, and a page stays a page. */
const peopleLimit = 500;
const tripLimit = 2000;
const mediaTypes: Readonly<Record<ReportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

type ReportRowOfDatabase = Omit<PeriodicReport, 'from' | 'to' | 'countingRule' | 'wholeProvince'>;

/**
 * The periodic reports on trips abroad (báo cáo 6 tháng, năm, đột xuất). Reads only. The focal agency, inspector and administrator count
 * the province; anybody else the trips of the organisations they work in.
 */
export class ReportingService {
  constructor(private readonly room: { readonly reader: PreparedReader; readonly clock: Clock }) {}

  /** Throws FORBIDDEN for somebody who works in no organisation. */
  async periodic(principal: SessionPrincipal, period: ReportPeriod): Promise<PeriodicReport> {
    const { reader, clock } = this.room;
    const scope = await this.scopeOf(principal);
    const [row] = await reader.read<ReportRowOfDatabase>(reportStatement, [
      ...periodParameters({ provinceId: principal.provinceId, ...period, ...scope }),
      clock.now(),
      peopleLimit,
      dayOf(clock.now()),
    ]);
    const { duties, ...tables } = row!;
    return {
      ...period,
      countingRule,
      wholeProvince: scope.organisationIds === null,
      ...tables,
      duties: (['submitReport', 'returnPassports'] as const).map(
        (key): DutyRow => duties.find((duty) => duty.key === key) ?? { key, onTime: 0, late: 0, missing: 0, open: 0 },
      ),
    };
  }

  /** The trips behind one figure, by day of departure. Throws VALIDATION_FAILED for a key without a table, FORBIDDEN. */
  async trips(
    principal: SessionPrincipal,
    query: ReportTripQuery,
  ): Promise<{ items: ReportTrip[]; truncated: boolean }> {
    const { table, key, outcome, inPlan, ...days } = query;
    const period = reportPeriod.safeParse(days);
    if (!period.success || (table === undefined) !== (key === undefined))
      throw new AppError('VALIDATION_FAILED', { text: wrongQuery });
    const scope = await this.scopeOf(principal);
    const rows = await this.room.reader.read<ReportTrip>(tripsBehindStatement, [
      ...periodParameters({ provinceId: principal.provinceId, ...period.data, ...scope }),
      table ?? null,
      key ?? null,
      outcome ?? null,
      inPlan === undefined ? null : inPlan === 'true',
      tripLimit + 1,
    ]);
    return { items: rows.slice(0, tripLimit), truncated: rows.length > tripLimit };
  }

  /** The same tables as a file, in Vietnamese: for the report that is sent on. Throws as `periodic`. */
  async file(principal: SessionPrincipal, { format, ...period }: ReportPeriod & { format: ReportFormat }) {
    const tables = reportTables(await this.periodic(principal, period));
    const bytes = await (format === 'xlsx' ? writeTableWorkbook(tables) : writeTableDocument(tables));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const name = `Báo cáo đoàn ra ${period.from} - ${period.to}.${format}`;
    return { bytes, headers: downloadHeaders({ name, mediaType: mediaTypes[format], size: bytes.length, sha256 }) };
  }

  private async scopeOf(principal: SessionPrincipal): Promise<{ organisationIds: readonly string[] | null }> {
    const scope = await tripScopeOf(this.room.reader, principal);
    if (scope.organisationIds?.length === 0) throw new AppError('FORBIDDEN');
    return scope;
  }
}

const wrongQuery = {
  vi: 'Kỳ báo cáo không đúng, hoặc có dòng mà không nói bảng nào.',
  en: 'The period is not valid, or a row is asked for without its table.',
};
