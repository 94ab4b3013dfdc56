import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  MailListQuery,
  MailPage,
  MailPreview,
  MailPreviewQuery,
  MailResent,
  MailTemplateList,
  MailTroubleView,
} from '#contracts/mail-ledger.js';
import { query, request } from './client';

export type MailFilter = Partial<Omit<MailListQuery, 'limit' | 'cursor' | 'caseId' | 'reason'>>;

export function useMails(filter: MailFilter) {
  return useInfiniteQuery({
    queryKey: ['mails', filter],
    queryFn: ({ pageParam }) => request<MailPage>(`/operations/mails${query({ ...filter, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 15_000,
  });
}

export function useMailTrouble() {
  return useQuery({
    queryKey: ['mail-trouble'],
    queryFn: () => request<MailTroubleView>('/operations/mails/trouble'),
    refetchInterval: 15_000,
  });
}

export function useMailTemplates() {
  return useQuery({
    queryKey: ['mail-templates'],
    queryFn: () => request<MailTemplateList>('/operations/mail-templates'),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useResendMail() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (mailId: string) => request<MailResent>(`/operations/mails/${mailId}/resend`, { method: 'POST' }),
    onSettled: () => Promise.all(['mails', 'mail-trouble'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  });
}

export function useMailPreview(asked: MailPreviewQuery) {
  return useQuery({
    queryKey: ['mail-preview', asked],
    queryFn: () => request<MailPreview>(`/operations/mail-previews${query(asked)}`),
    retry: false,
  });
}
