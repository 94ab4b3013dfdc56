import { countingRule, type DutyRow, type PeriodicReport, type ReportPeriod } from '#contracts/periodic-report.js';
import { dayOf } from '#libs/calendar';
import type { PreparedStatement } from '#libs/persistence';
import { periodParameters, reportStatement } from './report-statement.js';

/** Rows of the table of people: enough for a province, and a page stays a page. */
const peopleLimit = 500;

/** Whose trips are counted: of these organisations, or of the whole province. */
export interface ReportScope {
  readonly provinceId: string;
  readonly organisationIds: readonly string[] | null;
}

export type Read = <Row>(statement: PreparedStatement, values: readonly unknown[]) => Promise<Row[]>;

type ReportRowOfDatabase = Omit<PeriodicReport, 'from' | 'to' | 'countingRule' | 'wholeProvince'>;

/** Tables 1 to 7 of a period as they are now: the one way in which trips are counted, for the page, a unit's report and the province's. */
export async function readPeriodicReport(
  read: Read,
  given: { scope: ReportScope; period: ReportPeriod; now: Date },
): Promise<PeriodicReport> {
  const { scope, period, now } = given;
  const { from, to } = period;
  const values = [...periodParameters({ ...scope, from, to }), now, peopleLimit, dayOf(now)];
  const [row] = await read<ReportRowOfDatabase>(reportStatement, values);
  const { duties, ...tables } = row!;
  return {
    from,
    to,
    countingRule,
    wholeProvince: scope.organisationIds === null,
    ...tables,
    duties: (['submitReport', 'returnPassports'] as const).map(
      (key): DutyRow => duties.find((duty) => duty.key === key) ?? { key, onTime: 0, late: 0, missing: 0, open: 0 },
    ),
  };
}
