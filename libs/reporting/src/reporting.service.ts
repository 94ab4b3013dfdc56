import { createHash } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import {
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
import { readPeriodicReport } from './read-report.js';
import { periodParameters, tripsBehindStatement } from './report-statement.js';
import { reportTables } from './report-tables.js';

/** Trips behind a figure: enough for a province, and a page stays a page. */
const tripLimit = 2000;
const mediaTypes: Readonly<Record<ReportFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/**
 * The periodic reports on trips abroad (báo cáo 6 tháng, năm, đột xuất). Reads only. The focal agency, inspector and administrator count
 * the province; anybody else the trips of the organisations they work in.
 */
export class ReportingService {
  constructor(private readonly room: { readonly reader: PreparedReader; readonly clock: Clock }) {}

  /** Throws FORBIDDEN for somebody who works in no organisation. */
  async periodic(principal: SessionPrincipal, period: ReportPeriod): Promise<PeriodicReport> {
    const { reader, clock } = this.room;
    const { provinceId } = principal;
    const scope = { provinceId, ...(await this.scopeOf(principal)) };
    return readPeriodicReport((...asked) => reader.read(...asked), { scope, period, now: clock.now() });
  }

  /** The trips behind one figure, by day of departure. Throws VALIDATION_FAILED for a key without a table, FORBIDDEN. */
  async trips(
    principal: SessionPrincipal,
    query: ReportTripQuery,
  ): Promise<{ items: ReportTrip[]; truncated: boolean }> {
    const { table, key, outcome, inPlan, standing, organisationId, ...days } = query;
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
      standing ?? null,
      this.room.clock.now(),
      dayOf(this.room.clock.now()),
      tripLimit + 1,
      organisationId ?? null,
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
    const scope = await tripScopeOf(this.room, principal);
    if (scope.organisationIds?.length === 0) throw new AppError('FORBIDDEN');
    return scope;
  }
}

const wrongQuery = {
  vi: 'Kỳ báo cáo không đúng, hoặc có dòng mà không nói bảng nào.',
  en: 'The period is not valid, or a row is asked for without its table.',
};
