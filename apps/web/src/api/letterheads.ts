import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  LetterheadPreview,
  LetterheadPreviewBody,
  LetterheadsView,
  NewLetterhead,
} from '#contracts/letterhead.js';
import { request } from './client';

const pathOf = (organisationId: string) => `/organisations/${organisationId}/letterheads`;
const keyOf = (organisationId: string) => ['organisations', organisationId, 'letterheads'];

export function useLetterheads(organisationId: string) {
  return useQuery({
    queryKey: keyOf(organisationId),
    queryFn: () => request<LetterheadsView>(pathOf(organisationId)),
  });
}

export function useChangeLetterhead(organisationId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewLetterhead) => request<LetterheadsView>(pathOf(organisationId), { method: 'POST', body }),
    onSuccess: (view) => cache.setQueryData(keyOf(organisationId), view),
  });
}

export function usePreviewLetterhead(organisationId: string) {
  return useMutation({
    mutationFn: (body: LetterheadPreviewBody) =>
      request<LetterheadPreview>(`${pathOf(organisationId)}/preview`, { method: 'POST', body }),
  });
}
