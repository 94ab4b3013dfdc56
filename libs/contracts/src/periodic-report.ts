import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import type { Text } from './text.js';

/** A period people report on, its days in order. */
export const withinTwoYears = ({ from, to }: { readonly from: string; readonly to: string }) =>
  from <= to && Date.parse(to) - Date.parse(from) <= 731 * 86_400_000;

/** Both days included; at most two years. */
export const reportPeriod = z
  .object({ from: calendarDay, to: calendarDay })
  .refine(withinTwoYears, { error: 'from ≤ to ≤ from + 2 năm / years', path: ['to'] });
export type ReportPeriod = z.output<typeof reportPeriod>;

export const reportFormats = ['xlsx', 'docx'] as const;
export type ReportFormat = (typeof reportFormats)[number];
export const reportFormat = z.object({ format: z.enum(reportFormats) });

export const reportTables = [
  'level',
  'country',
  'purpose',
  'unit',
  'funding',
  'person',
  'duty',
  'result',
  'plan',
] as const;
export const dutyStandings = ['onTime', 'late', 'missing', 'open'] as const;
export const tripOutcomes = ['done', 'underway', 'cancelled'] as const;

/** The trips behind one figure: of one row of a table, of one column, or of the whole period. */
export const reportTripQuery = z.object({
  from: calendarDay,
  to: calendarDay,
  table: z.enum(reportTables).optional(),
  /** As in the row; of `funding` the source and the currency with a blank between, of `result` the name of the figure. */
  key: z.string().max(200).optional(),
  /** Of the table `duty`: one column. */
  standing: z.enum(dutyStandings).optional(),
  /** Of one organisation alone: for the report of a unit read by somebody who sees the province. */
  organisationId: z.uuid().optional(),
  outcome: z.enum(tripOutcomes).optional(),
  inPlan: z.enum(['true', 'false']).optional(),
});
export type ReportTripQuery = z.output<typeof reportTripQuery>;

const counts = {
  trips: z.int(),
  inPlan: z.int(),
  outOfPlan: z.int(),
  done: z.int(),
  underway: z.int(),
  cancelled: z.int(),
  /** Seats: who goes twice is counted twice. */
  people: z.int(),
};
export const reportCounts = z.object(counts);
export type ReportCounts = z.output<typeof reportCounts>;

/** `key`: of a closed list, a country, an organisation; `name` where the key is none that has a text of its own. */
export const reportRow = z.object({ key: z.string(), name: z.string().nullable(), ...counts });
export type ReportRow = z.output<typeof reportRow>;

export const fundingRow = z.object({
  key: z.string(),
  currency: z.string(),
  trips: z.int(),
  /** As proposed; a decimal number as text. */
  estimated: z.string(),
  /** As the reports on the trips say; only of trips whose report is accepted. */
  actual: z.string(),
});
export type FundingRow = z.output<typeof fundingRow>;

export const personRow = z.object({
  key: z.uuid(),
  name: z.string(),
  position: z.string(),
  trips: z.int(),
  daysAbroad: z.int(),
});
export type PersonRow = z.output<typeof personRow>;

export const dutyRow = z.object({
  key: z.enum(['submitReport', 'returnPassports']),
  onTime: z.int(),
  late: z.int(),
  /** Not done, and the day has passed. */
  missing: z.int(),
  /** Not done, and there is time left. */
  open: z.int(),
});
export type DutyRow = z.output<typeof dutyRow>;

/** What came of the trips of the period (table 7), as far as their reports are accepted. */
export const reportResults = z.object({
  reports: z.int(),
  meetings: z.int(),
  agreements: z.int(),
  followUps: z.int(),
  followUpsDone: z.int(),
  /** Not done, and the day has passed. */
  followUpsOverdue: z.int(),
});

export const periodicReport = z.object({
  from: calendarDay,
  to: calendarDay,
  countingRule: z.object({ vi: z.string(), en: z.string() }),
  /** False: only the trips of the reader's own organisations. */
  wholeProvince: z.boolean(),
  total: reportCounts,
  byLevel: z.array(reportRow),
  byCountry: z.array(reportRow),
  byPurpose: z.array(reportRow),
  byUnit: z.array(reportRow),
  byFunding: z.array(fundingRow),
  byPerson: z.array(personRow),
  duties: z.array(dutyRow),
  plan: z.object({ lines: z.int(), withTrip: z.int() }),
  results: reportResults,
});
export type PeriodicReport = z.output<typeof periodicReport>;

export const reportTrip = z.object({
  caseId: z.uuid(),
  caseCode: z.string(),
  delegationName: z.string(),
  unit: z.string(),
  departureDate: calendarDay,
  returnDate: calendarDay,
  outcome: z.enum(tripOutcomes),
  inPlan: z.boolean(),
  people: z.int(),
});
export type ReportTrip = z.output<typeof reportTrip>;
export const reportTrips = z.object({ items: z.array(reportTrip), truncated: z.boolean() });

export interface ReportPreset {
  readonly id: 'halfYear' | 'year' | 'calendarYear';
  readonly name: Text;
  readonly from: string;
  readonly to: string;
}

/**
 * The usual periods of a year. Cut-offs 15/12 to 14/06 and 15/12 to 14/12: giả định (provinces cite Nghị định 09/2019/NĐ-CP; the days
 * were not read in it here), so a report may be asked for any other days.
 */
export function reportPresets(year: number): readonly ReportPreset[] {
  return [
    {
      id: 'halfYear',
      name: { vi: `6 tháng đầu năm ${year}`, en: `First half of ${year}` },
      from: `${year - 1}-12-15`,
      to: `${year}-06-14`,
    },
    { id: 'year', name: { vi: `Năm ${year}`, en: `Year ${year}` }, from: `${year - 1}-12-15`, to: `${year}-12-14` },
    {
      id: 'calendarYear',
      name: { vi: `01/01 – 31/12/${year}`, en: `01/01 – 31/12/${year}` },
      from: `${year}-01-01`,
      to: `${year}-12-31`,
    },
  ];
}

export const countingRule: Text = {
  vi: 'Tính đoàn có ngày đi trong kỳ, trừ bản nháp, đoàn bị từ chối và đoàn đã rút. Một đoàn tính một lần; theo nước, đoàn đi nhiều nước được tính ở mỗi nước nên tổng theo nước có thể lớn hơn số đoàn. Cấp của đoàn là cấp cao nhất trong các thành viên tại ngày đi.',
  en: 'Trips that depart within the period, without drafts, refused and withdrawn ones. A trip counts once; by country, a trip to several countries counts under each, so that these rows may add up to more than the trips. The level of a delegation is the highest among its members on the day of departure.',
};
