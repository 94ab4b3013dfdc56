import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  Ending,
  NewOrganisationBody,
  NewPersonBody,
  NewPosition,
  NewRole,
  OrganisationChange,
  OrganisationVersionView,
  PersonPatch,
  PersonRecord,
} from '#contracts/directory.js';
import type { IssuedLink, SentLink } from '#contracts/session.js';
import { request } from './client';

export function useOrganisationHistory(id: string) {
  return useQuery({
    queryKey: ['organisations', id, 'versions'],
    queryFn: () => request<{ items: OrganisationVersionView[] }>(`/organisations/${id}/versions`),
  });
}

export function usePerson(id: string) {
  return useQuery({ queryKey: ['people', 'record', id], queryFn: () => request<PersonRecord>(`/people/${id}`) });
}

/** What may be changed in the directory and where it is sent. */
export type DirectoryChange =
  | { readonly to: '/organisations'; readonly body: NewOrganisationBody }
  | { readonly to: `/organisations/${string}/changes`; readonly body: OrganisationChange }
  | { readonly to: `/${'organisations' | 'positions' | 'role-assignments'}/${string}/end`; readonly body: Ending }
  | { readonly to: '/people'; readonly body: NewPersonBody }
  | { readonly to: `/people/${string}/positions`; readonly body: NewPosition }
  | { readonly to: `/people/${string}/roles`; readonly body: NewRole };

/** One change at a time; every list of organisations and people is read again after it. */
export function useChangeDirectory() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ to, body }: DirectoryChange) => request<{ id: string } | null>(to, { method: 'POST', body }),
    onSuccess: () =>
      Promise.all(['organisations', 'people'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  });
}

export function useChangePerson(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: PersonPatch) => request(`/people/${id}`, { method: 'PATCH', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['people'] }),
  });
}

/** What an administrator takes away from somebody's account; each is on record. */
export function useTakeFromAccount(id: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (what: 'sessions' | 'second-factor' | 'provider-account') =>
      request(`/people/${id}/${what}`, { method: 'DELETE' }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['people'] }),
  });
}

/** To hand over, shown once and kept by nobody; or by mail, seen by the person alone. */
export function useIssueLink(id: string) {
  return useMutation({
    mutationFn: () => request<IssuedLink>(`/people/${id}/account-link`, { method: 'POST' }),
    gcTime: 0,
  });
}

export function useMailLink(id: string) {
  return useMutation({ mutationFn: () => request<SentLink>(`/people/${id}/account-link/mail`, { method: 'POST' }) });
}
