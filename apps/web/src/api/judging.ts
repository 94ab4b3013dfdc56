import { useQuery } from '@tanstack/react-query';
import type { JudgingBasis } from '#contracts/judging.js';
import { request } from './client';

/** Profile and calendar hardly change while somebody writes; not under the key of the case, which is read again after every save. */
export function useJudgingBasis(caseId: string) {
  return useQuery({
    queryKey: ['judging', caseId],
    queryFn: () => request<JudgingBasis>(`/cases/${caseId}/judging`),
    staleTime: 10 * 60_000,
  });
}
