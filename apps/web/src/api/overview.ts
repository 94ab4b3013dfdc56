import { useQuery } from '@tanstack/react-query';
import type { CaseStory, RevisionSummary, RevisionView } from '#contracts/case-story.js';
import type { HouseView, PlanActuals, Statistics, TravellerYears, TripsAbroad } from '#contracts/overview.js';
import { query, request } from './client';

/** Under the key of the case: what makes the case be read again does so with its story. */
export function useStory(caseId: string) {
  return useQuery({ queryKey: ['case', caseId, 'story'], queryFn: () => request<CaseStory>(`/cases/${caseId}/story`) });
}

export function useRevisions(caseId: string, enabled: boolean) {
  return useQuery({
    queryKey: ['case', caseId, 'revisions'],
    queryFn: () => request<{ items: RevisionSummary[] }>(`/cases/${caseId}/revisions`),
    enabled,
  });
}

/** A saved content never changes. */
export function useRevision(caseId: string, revision: number | undefined) {
  return useQuery({
    queryKey: ['revision', caseId, revision],
    queryFn: () => request<RevisionView>(`/cases/${caseId}/revisions/${revision}`),
    enabled: revision !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useAbroad(from: string, to: string) {
  return useQuery({
    queryKey: ['abroad', from, to],
    queryFn: () => request<TripsAbroad>(`/abroad${query({ from, to })}`),
    placeholderData: (before) => before,
  });
}

export function useTravellers(year: number) {
  return useQuery({
    queryKey: ['travellers', year],
    queryFn: () => request<TravellerYears>(`/travellers${query({ year })}`),
  });
}

export function useStatistics(year: number) {
  return useQuery({
    queryKey: ['statistics', year],
    queryFn: () => request<Statistics>(`/statistics${query({ year })}`),
    placeholderData: (before) => before,
  });
}

export function usePlanActuals(planId: string) {
  return useQuery({
    queryKey: ['plan-actuals', planId],
    queryFn: () => request<PlanActuals>(`/plans/${planId}/actuals`),
  });
}

export function useHouse() {
  return useQuery({
    queryKey: ['house'],
    queryFn: () => request<HouseView>('/operations/house'),
    refetchInterval: 15_000,
  });
}
