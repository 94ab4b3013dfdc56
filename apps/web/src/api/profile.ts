import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CalendarFeedMade, CalendarFeedStatus } from '#contracts/calendar-feed.js';
import type { MailSettings, MailSettingsPatch } from '#contracts/mail-settings.js';
import type { PersonView } from '#contracts/organisation.js';
import type { Page } from '#contracts/page.js';
import type {
  BothFactors,
  ChangePasswordBody,
  PasswordResetBody,
  ProofBody,
  ProviderAddress,
  RedeemLink,
  SecondFactorCode,
  SecondFactorSetUp,
  SecondFactorStatus,
  SessionView,
  SignInWays,
} from '#contracts/session.js';
import type { SubstitutionList, SubstitutionOffer, SubstitutionView } from '#contracts/substitution.js';
import { query, request } from './client';

export function useMailSettings() {
  return useQuery({ queryKey: ['mail-settings'], queryFn: () => request<MailSettings>('/me/mail-settings') });
}

export function useChangeMailSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: MailSettingsPatch) => request<MailSettings>('/me/mail-settings', { method: 'PATCH', body }),
    onSuccess: (settings) => cache.setQueryData(['mail-settings'], settings),
  });
}

const calendarFeed = '/me/calendar-feed';

export function useCalendarFeed() {
  return useQuery({ queryKey: ['calendar-feed'], queryFn: () => request<CalendarFeedStatus>(calendarFeed) });
}

/** The address is kept by the page that shows it, not by the cache. */
export function useRenewCalendarFeed() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => request<CalendarFeedMade>(calendarFeed, { method: 'POST' }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['calendar-feed'] }),
    gcTime: 0,
  });
}

export function useRemoveCalendarFeed() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => request(calendarFeed, { method: 'DELETE' }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['calendar-feed'] }),
  });
}

export function useSubstitutions() {
  return useQuery({ queryKey: ['substitutions'], queryFn: () => request<SubstitutionList>('/me/substitutions') });
}

export function useSubstitutionOffers() {
  return useQuery({
    queryKey: ['substitution-offers'],
    queryFn: () => request<{ items: SubstitutionOffer[] }>('/me/substitution-offers'),
  });
}

export interface NewSubstitution {
  readonly substituteId: string;
  readonly role: string | null;
  readonly organisationId: string | null;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly caseId: string | null;
}

/** Who works on what changes with it: the lists, the offers and what is shown on a dossier are asked for again. */
function useAfterSubstitution() {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ['substitutions', 'substitution-offers', 'case', 'inbox', 'me'].map((key) =>
        cache.invalidateQueries({ queryKey: [key] }),
      ),
    );
}

export function useCreateSubstitution() {
  const onSettled = useAfterSubstitution();
  return useMutation({
    mutationFn: (body: NewSubstitution) => request<SubstitutionView>('/me/substitutions', { method: 'POST', body }),
    onSettled,
  });
}

export function useEndSubstitution() {
  const onSettled = useAfterSubstitution();
  return useMutation({
    mutationFn: (id: string) => request(`/substitutions/${id}`, { method: 'DELETE' }),
    onSettled,
  });
}

/** People of the province whose name has these words, with or without diacritics. */
export function useFoundPeople(search: string) {
  return useQuery({
    queryKey: ['people', search],
    queryFn: () => request<Page<PersonView>>(`/people${query({ search, limit: 20 })}`),
    placeholderData: (before) => before,
  });
}

export function useSessions() {
  return useQuery({ queryKey: ['sessions'], queryFn: () => request<{ items: SessionView[] }>('/session/list') });
}

export function useEndSession() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: ProofBody & { id: string }) =>
      request(`/sessions/${id}/end`, { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['sessions'] }),
    gcTime: 0,
  });
}

export function useChangePassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangePasswordBody) => request('/session/password', { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['sessions'] }),
  });
}

const secondFactor = '/me/second-factor';

export function useSecondFactor() {
  return useQuery({ queryKey: ['second-factor'], queryFn: () => request<SecondFactorStatus>(secondFactor) });
}

/** The secret is kept by the page that shows it, not by the cache. */
export function useBeginSecondFactor() {
  return useMutation({
    mutationFn: (body: ProofBody) => request<SecondFactorSetUp>(secondFactor, { method: 'POST', body }),
    gcTime: 0,
  });
}

export function useConfirmSecondFactor() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: SecondFactorCode) =>
      request<{ codes: string[] }>(`${secondFactor}/confirm`, { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['second-factor'] }),
    gcTime: 0,
  });
}

/** Shown by the page alone, too. */
export function useRenewCodes() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: BothFactors) =>
      request<{ codes: string[] }>(`${secondFactor}/recovery-codes`, { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['second-factor'] }),
    gcTime: 0,
  });
}

/** The code a session that was opened by the provider still waits for. */
export function useGiveCode() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: SecondFactorCode) => request('/session/second-factor', { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries(),
  });
}

export function useRemoveSecondFactor() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: BothFactors) => request(`${secondFactor}/remove`, { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['second-factor'] }),
  });
}

export function useSignInWays() {
  return useQuery({
    queryKey: ['sign-in-ways'],
    queryFn: () => request<SignInWays>('/sign-in/ways'),
    staleTime: 60_000,
  });
}

/** Leaves for the provider; the browser comes back to `to`. */
export function useProviderSignIn() {
  return useMutation({
    mutationFn: (to: string) => request<ProviderAddress>('/sign-in/provider', { method: 'POST', body: { to } }),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export function useRequestReset() {
  return useMutation({ mutationFn: (body: PasswordResetBody) => request('/password-reset', { method: 'POST', body }) });
}

/** A password set by a link; nobody is signed in. */
export function useRedeemLink() {
  return useMutation({
    mutationFn: (body: RedeemLink) => request('/account-link', { method: 'POST', body }),
    gcTime: 0,
  });
}
