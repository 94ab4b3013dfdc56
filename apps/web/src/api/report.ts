import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PeriodicReport, ReportFormat, ReportTrip, ReportTripQuery } from '#contracts/periodic-report.js';
import { query, request } from './client';

export interface Days {
  readonly from: string;
  readonly to: string;
}

export function usePeriodicReport(days: Days) {
  return useQuery({
    queryKey: ['report', days],
    queryFn: () => request<PeriodicReport>(`/reports/periodic${query({ ...days })}`),
    placeholderData: keepPreviousData,
  });
}

/** The trips behind one figure. */
export function useReportTrips(asked: ReportTripQuery) {
  return useQuery({
    queryKey: ['report', 'trips', asked],
    queryFn: () =>
      request<{ items: ReportTrip[]; truncated: boolean }>(`/reports/periodic/trips${query({ ...asked })}`),
  });
}

export const reportFile = (format: ReportFormat, days: Days) =>
  `/api/v1/reports/periodic/file.${format}${query({ ...days })}`;
