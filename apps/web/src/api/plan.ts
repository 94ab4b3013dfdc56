import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Page } from '#contracts/page.js';
import type { PlanItemView } from '#contracts/plan.js';
import type { PlanCycleView, PlanItemPatch, PlanItemProgress, PlanReceipt } from '#contracts/plan-cycle.js';
import { query, request } from './client';
import { dropFromInbox } from './inbox';

export function usePlanCycle(planId: string) {
  return useQuery({
    queryKey: ['plan', planId, 'cycle'],
    queryFn: () => request<PlanCycleView>(`/plans/${planId}/cycle`),
  });
}

/** Proposed, decided and dropped lines alike, as far as the reader may see them. */
export function usePlanLines(planId: string) {
  return useQuery({
    queryKey: ['plan', planId, 'lines'],
    queryFn: () => request<Page<PlanItemView>>(`/plans/${planId}/items${query({ scope: 'all', limit: 200 })}`),
  });
}

export function usePlanLine(planItemId: string) {
  return useQuery({
    queryKey: ['plan-line', planItemId],
    queryFn: () => request<PlanItemProgress>(`/plan-items/${planItemId}/progress`),
  });
}

function useRefreshPlan() {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ['plan', 'plan-line', 'plan-items', 'plans', 'inbox'].map((key) => cache.invalidateQueries({ queryKey: [key] })),
    );
}

export function useOpenPlan() {
  const refresh = useRefreshPlan();
  return useMutation({
    mutationFn: (year: number) => request<PlanReceipt>('/plans', { method: 'POST', body: { year } }),
    onSettled: refresh,
  });
}

export interface PlanEvent {
  /** Of the plan as a whole, or of one line. */
  readonly of: 'plans' | 'plan-items';
  readonly id: string;
  readonly version: number;
  readonly event: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly idempotencyKey: string;
}

export function useSendPlanEvent() {
  const cache = useQueryClient();
  const refresh = useRefreshPlan();
  return useMutation({
    mutationFn: ({ of, id, version, event, idempotencyKey }: PlanEvent) =>
      request<PlanReceipt>(`/${of}/${id}/events`, {
        method: 'POST',
        body: event,
        idempotencyKey,
        // A line that was imported has no version yet.
        ...(version > 0 && { ifMatch: version }),
      }),
    onSuccess: (_receipt, { id }) => dropFromInbox(cache, id),
    onSettled: refresh,
  });
}

/** `item` null: a new line of the plan. */
export function useSavePlanLine(planId: string, item: Pick<PlanItemView, 'id' | 'revision'> | null) {
  const refresh = useRefreshPlan();
  return useMutation({
    mutationFn: (fields: PlanItemPatch & { readonly noStateSecrets?: boolean; readonly organisationId?: string }) =>
      item === null
        ? request<PlanItemView>(`/plans/${planId}/items`, { method: 'POST', body: fields })
        : request<PlanItemView>(`/plan-items/${item.id}`, { method: 'PATCH', body: fields, ifMatch: item.revision }),
    onSuccess: refresh,
  });
}
