import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CasePage, CaseReceipt, CaseView, ProposalReceipt, TimerView } from '#contracts/case.js';
import type { TimerListQuery } from '#contracts/inbox.js';
import type { OrganisationView, PersonView } from '#contracts/organisation.js';
import type { Page } from '#contracts/page.js';
import type { PlanImport, PlanItemView, PlanPreview, PlanView } from '#contracts/plan.js';
import type { DossierDocument, ProposalPatch } from '#contracts/proposal.js';
import type { Me, SignInBody } from '#contracts/session.js';
import { ApiProblem, query, request, upload } from './client';
import { dropFromInbox } from './inbox';
import { resumeAs } from './session-end';

/** Null when nobody has signed in on this page yet. */
export const meQuery = {
  queryKey: ['me'],
  queryFn: async () => {
    try {
      const me = await request<Me>('/me');
      resumeAs(me);
      return me;
    } catch (problem) {
      if (problem instanceof ApiProblem && problem.status === 401) return null;
      throw problem;
    }
  },
};

export function useMe() {
  return useQuery(meQuery);
}

/** For the first time, or again after a session that ended under an open page: then what waited goes on. */
export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: SignInBody) => request<Me>('/session', { method: 'POST', body }),
    onSuccess: (me) => {
      resumeAs(me);
      return cache.invalidateQueries();
    },
  });
}

/** Somebody may have signed in again on another page of the same browser, or is signed in and owes a second factor. */
export function useLookForSession(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    const me = await request<Me>('/me', { atOnce: true }).catch(() => null);
    if (me === null) return;
    cache.setQueryData(meQuery.queryKey, me);
    resumeAs(me);
  };
}

/** The page is loaded anew: nothing of whoever was here stays in its memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => request('/session', { method: 'DELETE', atOnce: true }),
    onSettled: () => window.location.assign('/'),
  });
}

export function useCases(q: string, openOnly: boolean) {
  return useInfiniteQuery({
    queryKey: ['cases', q, openOnly],
    queryFn: ({ pageParam }) => request<CasePage>(`/cases${query({ q, openOnly, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

const readCase = (id: string) => () => request<CaseView>(`/cases/${id}`);

export function useCase(id: string) {
  return useQuery({ queryKey: ['case', id], queryFn: readCase(id), refetchInterval: 15_000 });
}

/** The newest state of a case, now; for somebody who was refused because it had moved on. */
export function useFreshCase(id: string) {
  const cache = useQueryClient();
  return () => cache.fetchQuery({ queryKey: ['case', id], queryFn: readCase(id), staleTime: 0 });
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
    onSuccess: (_receipt, { caseId }) => dropFromInbox(cache, caseId),
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

/** From a line of the plan, or out of plan with a name and the reason. */
export type NewProposal =
  | { readonly planItemId: string }
  | { readonly proposal: { readonly delegationName: string; readonly outOfPlanJustification: string } };

export function useCreateProposal() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ start, idempotencyKey }: { start: NewProposal; idempotencyKey: string }) =>
      request<CaseReceipt>('/proposals', { method: 'POST', body: start, idempotencyKey }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['cases'] }),
  });
}

export function useAttachDocument(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, file, progress }: { kind: string; file: File; progress?: (part: number) => void }) => {
      const form = new FormData();
      form.set('kind', kind);
      // The panel lets nobody choose a file before this is ticked.
      form.set('noStateSecrets', 'true');
      form.set('file', file, file.name);
      return upload<DossierDocument>(`/cases/${caseId}/documents`, form, progress ?? (() => undefined));
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['case', caseId] }),
  });
}

/** A classified document of the checklist: that it exists, and nothing of it. */
export function useRecordOutside(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (kind: string) => request(`/cases/${caseId}/documents/outside`, { method: 'POST', body: { kind } }),
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
      form.set('noStateSecrets', 'true');
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

export interface OpenTimer extends TimerView {
  readonly caseId: string;
  readonly caseCode: string;
}

export function useTimers(due: TimerListQuery['due']) {
  return useInfiniteQuery({
    queryKey: ['timers', due],
    queryFn: ({ pageParam }) => request<Page<OpenTimer>>(`/operations/timers${query({ due, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 15_000,
  });
}

export interface AuditReport {
  readonly instances: number;
  readonly events: number;
  readonly faults: readonly { readonly instanceId: string; readonly seq: number; readonly kind: string }[];
}

export function useVerifyAudit() {
  return useMutation({ mutationFn: () => request<AuditReport>('/operations/audit/verify', { method: 'POST' }) });
}
