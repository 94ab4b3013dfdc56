import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  IssueReport,
  OpenReportRound,
  ReportReceipt,
  RoundEventInput,
  RoundList,
  RoundView,
  SavedRemarks,
  SaveRemarks,
  UnitReportEventInput,
  UnitReportView,
} from '#contracts/report-round.js';
import { request } from './client';
import { dropFromInbox } from './inbox';

export function useReportRounds() {
  return useQuery({ queryKey: ['report-rounds'], queryFn: () => request<RoundList>('/report-rounds') });
}

export function useReportRound(id: string) {
  return useQuery({
    queryKey: ['report-rounds', id],
    queryFn: () => request<RoundView>(`/report-rounds/${id}`),
    retry: false,
  });
}

export function useUnitReport(id: string) {
  return useQuery({
    queryKey: ['unit-reports', id],
    queryFn: () => request<UnitReportView>(`/unit-reports/${id}`),
    retry: false,
  });
}

/** What a decision on one changes is seen in the lists of all. */
function useDecision<Given extends { readonly idempotencyKey: string }>(given: {
  readonly path: (one: Given) => string;
  readonly body: (one: Given) => unknown;
  readonly id?: (one: Given) => string;
}) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (one: Given) =>
      request<ReportReceipt>(given.path(one), {
        method: 'POST',
        body: given.body(one),
        idempotencyKey: one.idempotencyKey,
      }),
    onSuccess: (_receipt, one) => {
      if (given.id) dropFromInbox(cache, given.id(one));
    },
    onSettled: () =>
      Promise.all(
        ['report-rounds', 'unit-reports', 'inbox'].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      ),
  });
}

export const useOpenRound = () =>
  useDecision<{ command: OpenReportRound; idempotencyKey: string }>({
    path: () => '/report-rounds',
    body: ({ command }) => command,
  });

export const useDecideRound = () =>
  useDecision<{ id: string; event: RoundEventInput; idempotencyKey: string }>({
    path: ({ id }) => `/report-rounds/${id}/events`,
    body: ({ event }) => event,
    id: ({ id }) => id,
  });

export const useDecideUnitReport = () =>
  useDecision<{ id: string; event: UnitReportEventInput; idempotencyKey: string }>({
    path: ({ id }) => `/unit-reports/${id}/events`,
    body: ({ event }) => event,
    id: ({ id }) => id,
  });

/** What the unit is writing; nothing else changes with it, so no list is asked again. */
export function useSaveRemarks(id: string) {
  const cache = useQueryClient();
  const path = `/unit-reports/${id}`;
  return {
    save: async (body: SaveRemarks): Promise<SavedRemarks> => {
      const saved = await request<SavedRemarks>(`${path}/remarks`, { method: 'PUT', body });
      cache.setQueryData<UnitReportView>(
        ['unit-reports', id],
        (known) =>
          known && { ...known, remarks: body.remarks, remarksRevision: saved.revision, remarksSavedAt: saved.savedAt },
      );
      return saved;
    },
    readFresh: () => request<UnitReportView>(path),
  };
}

/** What the clerk does with the numbered report: the answer is the round as it is then. */
function useRoundPaper<Given>(send: (given: Given) => Promise<RoundView>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSettled: () => cache.invalidateQueries({ queryKey: ['report-rounds'] }),
  });
}

export const useSignRound = (id: string) =>
  useRoundPaper((file: File) => {
    const form = new FormData();
    // Asked before the file is taken.
    form.set('noStateSecrets', 'true');
    form.set('file', file, file.name);
    return request<RoundView>(`/report-rounds/${id}/document/signed-copy`, { method: 'POST', form });
  });

export const useVoidRoundNumber = (id: string) =>
  useRoundPaper((reason: string) =>
    request<RoundView>(`/report-rounds/${id}/document/void`, { method: 'POST', body: { reason } }),
  );

export const useNumberRoundAgain = (id: string) =>
  useRoundPaper((body: IssueReport) =>
    request<RoundView>(`/report-rounds/${id}/document/number`, { method: 'POST', body }),
  );

export const roundSignedCopy = (id: string) => `${roundDocument(id)}/signed-copy`;
export const roundDocument = (id: string) => `/api/v1/report-rounds/${encodeURIComponent(id)}/document`;
