import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
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
