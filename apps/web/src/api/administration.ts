import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ApiTokenView, CreateApiToken, CreatedApiToken } from '#contracts/api-token.js';
import type { SuccessionPlan, SuccessionPreview, SuccessionView } from '#contracts/succession.js';
import { request } from './client';

const tokens = ['api-tokens'];

export function useApiTokens() {
  return useQuery({ queryKey: tokens, queryFn: () => request<{ items: ApiTokenView[] }>('/api-tokens') });
}

/** The token is in the answer once; the page that shows it keeps it, the cache does not. */
export function useCreateApiToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: CreateApiToken) => request<CreatedApiToken>('/api-tokens', { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: tokens }),
    gcTime: 0,
  });
}

export function useRevokeApiToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`/api-tokens/${id}`, { method: 'DELETE' }),
    onSettled: () => cache.invalidateQueries({ queryKey: tokens }),
  });
}

const successions = ['successions'];

export function useSuccessions() {
  return useQuery({
    queryKey: successions,
    queryFn: () => request<{ items: SuccessionView[] }>('/organisation-successions'),
  });
}

export interface WantedSuccession {
  readonly organisationId: string;
  readonly plan: SuccessionPlan;
}

export function usePreviewSuccession() {
  return useMutation({
    mutationFn: ({ organisationId, plan }: WantedSuccession) =>
      request<SuccessionPreview>(`/organisations/${organisationId}/succession/preview`, { method: 'POST', body: plan }),
  });
}

/** Whose work it is changes with it: everything that was read may be old. */
export function useEnterSuccession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ organisationId, ...body }: WantedSuccession & { digest: string }) =>
      request<SuccessionView>(`/organisations/${organisationId}/succession`, { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries(),
  });
}

export function useCancelSuccession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`/organisation-successions/${id}`, { method: 'DELETE' }),
    onSettled: () => cache.invalidateQueries({ queryKey: successions }),
  });
}
