import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CasePage, CaseReceipt, CaseView, ProposalReceipt } from '#contracts/case.js';
import type { InboxPage } from '#contracts/inbox.js';
import type { OrganisationView, PersonView } from '#contracts/organisation.js';
import type { Page } from '#contracts/page.js';
import type { PlanImport, PlanItemView, PlanPreview, PlanView } from '#contracts/plan.js';
import type { ProposalPatch } from '#contracts/proposal.js';
import type { Me } from '#contracts/session.js';
import { ApiProblem, query, request } from './client';

/** Null when nobody is signed in. */
export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: () =>
      request<Me>('/me').catch((problem: unknown) => {
        if (problem instanceof ApiProblem && problem.status === 401) return null;
        throw problem;
      }),
  });
}

export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => request('/session', { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries(),
  });
}

export function useSignOut() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => request('/session', { method: 'DELETE' }),
    onSuccess: () => {
      cache.clear();
      cache.setQueryData(['me'], null);
    },
  });
}

export function useInbox(kind: string | undefined) {
  return useInfiniteQuery({
    queryKey: ['inbox', kind ?? null],
    queryFn: ({ pageParam }) => request<InboxPage>(`/inbox${query({ kind, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 15_000,
  });
}

export function useCases(q: string) {
  return useInfiniteQuery({
    queryKey: ['cases', q],
    queryFn: ({ pageParam }) => request<CasePage>(`/cases${query({ q, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useCase(id: string) {
  return useQuery({
    queryKey: ['case', id],
    queryFn: () => request<CaseView>(`/cases/${id}`),
    refetchInterval: 15_000,
  });
}

export interface SendEvent {
  readonly caseId: string;
  readonly version: number;
  readonly event: Readonly<Record<string, unknown>> & { readonly type: string };
  readonly idempotencyKey: string;
}

export function useSendEvent() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ caseId, version, event, idempotencyKey }: SendEvent) =>
      request<CaseReceipt>(`/cases/${caseId}/events`, {
        method: 'POST',
        body: event,
        ifMatch: version,
        idempotencyKey,
      }),
    onSettled: (_receipt, _problem, { caseId }) =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ['case', caseId] }),
        cache.invalidateQueries({ queryKey: ['inbox'] }),
        cache.invalidateQueries({ queryKey: ['cases'] }),
      ]),
  });
}

export function useSaveProposal(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ patch, revision }: { patch: ProposalPatch; revision: number }) =>
      request<ProposalReceipt>(`/cases/${caseId}/proposal`, { method: 'PATCH', body: patch, ifMatch: revision }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['case', caseId] }),
  });
}

export function useCreateProposal() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ planItemId, idempotencyKey }: { planItemId: string; idempotencyKey: string }) =>
      request<CaseReceipt>('/proposals', { method: 'POST', body: { planItemId }, idempotencyKey }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['cases'] }),
  });
}

export function useAttachDocument(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, file }: { kind: string; file: File }) => {
      const form = new FormData();
      form.set('kind', kind);
      form.set('file', file, file.name);
      return request(`/cases/${caseId}/documents`, { method: 'POST', form });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['case', caseId] }),
  });
}

export function usePlans() {
  return useQuery({ queryKey: ['plans'], queryFn: () => request<{ items: PlanView[] }>('/plans') });
}

export function usePlanItems(planId: string | undefined) {
  return useQuery({
    queryKey: ['plan-items', planId],
    queryFn: () => request<Page<PlanItemView>>(`/plans/${planId}/items${query({ limit: 200 })}`),
    enabled: planId !== undefined,
  });
}

export function usePreviewPlan() {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.set('file', file, file.name);
      return request<PlanPreview>('/plan-previews', { method: 'POST', form });
    },
  });
}

export function useConfirmPlan() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ previewId, skipRows }: { previewId: string; skipRows: number[] }) =>
      request<PlanImport>(`/plan-previews/${previewId}/confirm`, {
        method: 'POST',
        body: { skipRows },
        idempotencyKey: `confirm-${previewId}`,
      }),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ['plans'] }),
        cache.invalidateQueries({ queryKey: ['plan-items'] }),
      ]),
  });
}

export function useOrganisations(enabled: boolean) {
  return useQuery({
    queryKey: ['organisations'],
    queryFn: () => request<{ items: OrganisationView[] }>('/organisations'),
    enabled,
  });
}

export function usePeople(enabled: boolean) {
  return useQuery({
    queryKey: ['people'],
    queryFn: () => request<Page<PersonView>>(`/people${query({ limit: 200 })}`),
    enabled,
  });
}
