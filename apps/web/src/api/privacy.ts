import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { IdentityPapersPatch, MaskedPapersList, ShownPapers, ViewPapers } from '#contracts/identity-papers.js';
import type { RetentionClass, RetentionReport, RetentionRun } from '#contracts/retention.js';
import { request } from './client';

export function useIdentityPapers(caseId: string) {
  return useQuery({
    queryKey: ['identity-papers', caseId],
    queryFn: () => request<MaskedPapersList>(`/cases/${caseId}/identity-papers`),
  });
}

/** The values are kept by the part of the page that shows them, never by the cache. */
export function useShowPapers(caseId: string) {
  return useMutation({
    mutationFn: ({ position, reason }: ViewPapers & { position: number }) =>
      request<ShownPapers>(`/cases/${caseId}/members/${position}/identity-papers/view`, {
        method: 'POST',
        body: { reason },
      }),
    gcTime: 0,
  });
}

export function useRecordPapers(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (given: { position: number; revision: number; patch: IdentityPapersPatch }) =>
      request(`/cases/${caseId}/members/${given.position}/identity-papers`, {
        method: 'PUT',
        body: given.patch,
        ifMatch: given.revision,
      }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['identity-papers', caseId] }),
    gcTime: 0,
  });
}

const retention = '/operations/retention';

export function useRetention() {
  return useQuery({ queryKey: ['retention'], queryFn: () => request<RetentionReport>(retention) });
}

export function useSetRetention() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ dataClass, keepDays }: { dataClass: RetentionClass; keepDays: number }) =>
      request(`${retention}/${dataClass}`, { method: 'PUT', body: { keepDays } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['retention'] }),
  });
}

export function useApplyRetention() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => request<RetentionRun>(`${retention}/runs`, { method: 'POST', body: {} }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['retention'] }),
  });
}

/** A download: the browser asks for it itself, with the cookie. */
export const ownDataAddress = '/api/v1/me/data';
