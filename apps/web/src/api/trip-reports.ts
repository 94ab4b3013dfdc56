import { useInfiniteQuery, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Page } from '#contracts/page.js';
import type {
  FollowUpEventInput,
  FollowUpQuery,
  FollowUpReceipt,
  FollowUpView,
  TripReportSummary,
  TripReportView,
} from '#contracts/trip-report.js';
import { query, request } from './client';
import { dropFromInbox } from './inbox';

export function useReportLibrary(q: string) {
  return useInfiniteQuery({
    queryKey: ['trip-reports', q],
    queryFn: ({ pageParam }) =>
      request<Page<TripReportSummary>>(`/trip-reports${query({ q, cursor: pageParam, limit: 50 })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (before) => before,
  });
}

/** Of the last trips to each of the countries (their code, or the name in small letters), newest first. */
export function useEarlierReports(countries: readonly string[]): readonly TripReportSummary[] {
  return useQueries({
    queries: countries.map((country) => ({
      queryKey: ['trip-reports', 'country', country],
      queryFn: () => request<Page<TripReportSummary>>(`/trip-reports${query({ country, limit: 4 })}`),
    })),
    combine: (answers) => {
      const found = answers.flatMap(({ data }) => data?.items ?? []);
      return [...new Map(found.map((one) => [one.caseId, one])).values()].toSorted((one, other) =>
        (other.acceptedAt ?? '').localeCompare(one.acceptedAt ?? ''),
      );
    },
  });
}

export function useTripReport(caseId: string) {
  return useQuery({
    queryKey: ['trip-report', caseId],
    queryFn: () => request<TripReportView>(`/trip-reports/${caseId}`),
    retry: false,
  });
}

export function useFollowUps(state: FollowUpQuery['state']) {
  return useQuery({
    queryKey: ['follow-ups', state],
    queryFn: () => request<{ items: FollowUpView[] }>(`/follow-ups${query({ state, limit: 200 })}`),
  });
}

export function useSendFollowUp() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, event, idempotencyKey }: { id: string; event: FollowUpEventInput; idempotencyKey: string }) =>
      request<FollowUpReceipt>(`/follow-ups/${id}/events`, { method: 'POST', body: event, idempotencyKey }),
    onSuccess: (_receipt, { id }) => dropFromInbox(cache, id),
    onSettled: () =>
      Promise.all(['follow-ups', 'trip-report', 'inbox'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  });
}
