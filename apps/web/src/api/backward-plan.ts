import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { BackwardPlanView } from '#contracts/backward-plan.js';
import { query, request } from './client';

/** The plan as if the delegation left on that day; what was shown stays until the answer comes. */
export function useBackwardPlan(caseId: string, departureDate: string | undefined) {
  return useQuery({
    queryKey: ['backward-plan', caseId, departureDate],
    queryFn: () => request<BackwardPlanView>(`/cases/${caseId}/backward-plan${query({ departureDate })}`),
    enabled: departureDate !== undefined,
    placeholderData: keepPreviousData,
  });
}
