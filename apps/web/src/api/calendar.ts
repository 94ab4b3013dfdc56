import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  ApplyCalendar,
  CalendarApplied,
  CalendarDraft,
  CalendarPreview,
  CalendarYearView,
} from '#contracts/calendar.js';
import type { EventPreview } from '#contracts/case.js';
import { query, request } from './client';

/** `year` undefined: the one that runs. */
export function useCalendarYear(year: number | undefined) {
  return useQuery({
    queryKey: ['calendar', year ?? 'now'],
    queryFn: () => request<CalendarYearView>(`/calendar${query({ year })}`),
    placeholderData: (before) => before,
  });
}

/** What a change would move and who would be told. Nothing is stored. */
export function usePreviewCalendar() {
  return useMutation({
    mutationFn: (draft: CalendarDraft) =>
      request<CalendarPreview>('/calendar/preview', { method: 'POST', body: draft }),
  });
}

export function useApplyCalendar() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, ...body }: ApplyCalendar & { readonly seen: number }) =>
      request<CalendarApplied>('/calendar/changes', { method: 'POST', body, ifMatch: seen }),
    // Every due date may be another one now.
    onSuccess: () => cache.invalidateQueries(),
  });
}

/** What an event would do to the deadlines of the case; null: not enough is filled in to tell. */
export function useEventPreview(caseId: string, event: Readonly<Record<string, unknown>> | null) {
  return useQuery({
    queryKey: ['case', caseId, 'preview', event],
    queryFn: () => request<EventPreview>(`/cases/${caseId}/events/preview`, { method: 'POST', body: event }),
    enabled: event !== null,
    retry: false,
  });
}
