import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { OrganisationView, PersonView } from '#contracts/organisation.js';
import type { Page } from '#contracts/page.js';
import { query, request } from './client';

/** `on`: a calendar day; empty means today. */
export function useOrganisationsOn(on: string) {
  return useQuery({
    queryKey: ['organisations', on],
    queryFn: () => request<{ on: string; items: OrganisationView[] }>(`/organisations${query({ on })}`),
    placeholderData: (before) => before,
  });
}

export function usePeopleNamed(search: string) {
  return useInfiniteQuery({
    queryKey: ['people', search],
    queryFn: ({ pageParam }) => request<Page<PersonView>>(`/people${query({ search, cursor: pageParam, limit: 50 })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
