import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  NewRestriction,
  ProfilePreview,
  RestrictionPage,
  RuleVersionSummary,
  RuleVersionView,
} from '#contracts/regulation.js';
import { query, request } from './client';

export function useRuleVersions() {
  return useQuery({ queryKey: ['rules'], queryFn: () => request<{ items: RuleVersionSummary[] }>('/rules') });
}

/** What is published never changes; `inForce` does, so that it is asked for again now and then. */
export function useRuleVersion(version: number | undefined) {
  return useQuery({
    queryKey: ['rules', version],
    queryFn: () => request<RuleVersionView>(`/rules/${version}`),
    enabled: version !== undefined,
  });
}

/** Problems, changes, and the running cases the rules would treat differently; `seen`: goes on from there. Nothing is stored. */
export function usePreviewRules() {
  return useMutation({
    mutationFn: async ({ profile, seen }: { readonly profile: unknown; readonly seen?: ProfilePreview }) => {
      const body = { profile, ...(seen?.next && { after: seen.next }) };
      const page = await request<ProfilePreview>('/rules/preview', { method: 'POST', body });
      if (!seen) return page;
      return { ...page, judged: seen.judged + page.judged, affected: [...seen.affected, ...page.affected] };
    },
  });
}

export interface NewRules {
  readonly profile: unknown;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly note: string;
  /** The newest version whoever edited has seen. */
  readonly seen: number;
}

export function usePublishRules() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ seen, ...body }: NewRules) =>
      request<{ version: number }>('/rules', { method: 'POST', body, ifMatch: seen }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['rules'] }),
  });
}

export function useRestrictions(holdingOnly: boolean) {
  return useInfiniteQuery({
    queryKey: ['restrictions', holdingOnly],
    queryFn: ({ pageParam }) =>
      request<RestrictionPage>(`/restrictions${query({ holdingOnly: holdingOnly || undefined, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function useAddRestriction() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: NewRestriction) => request<{ id: string }>('/restrictions', { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['restrictions'] }),
  });
}

export function useLiftRestriction() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`/restrictions/${id}/lift`, { method: 'POST' }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['restrictions'] }),
  });
}
