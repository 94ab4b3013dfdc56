import {
  type InfiniteData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { InboxChange, InboxFilter, InboxItem, InboxPage, InboxView, SaveInboxView } from '#contracts/inbox.js';
import { ApiProblem, query, request } from './client';
import { followSessionEnd, isSessionOver } from './session-end';

/** A short first page is on the screen soon; the next ones are fetched while somebody scrolls. */
const firstPage = 50;
const nextPages = 200;

/** Also asked by `public/first.js`, in these very words, while the application is on its way. */
export const inboxQuery = (filter: InboxFilter) => ({
  queryKey: ['inbox', filter],
  queryFn: ({ pageParam }: { readonly pageParam: string | undefined }) =>
    request<InboxPage>(
      `/inbox${query({ ...filter, cursor: pageParam, limit: pageParam === undefined ? firstPage : nextPages })}`,
    ),
  initialPageParam: undefined as string | undefined,
});

export function useInbox(filter: InboxFilter) {
  return useInfiniteQuery({
    ...inboxQuery(filter),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    // The stream tells of new work at once; this is for when there is none.
    refetchInterval: 60_000,
    placeholderData: (before) => before,
  });
}

/** What was just decided is gone at once; the list that is asked for next may still bring other work on the case. */
export function dropFromInbox(cache: QueryClient, caseId: string): void {
  cache.setQueriesData<InfiniteData<InboxPage>>({ queryKey: ['inbox'] }, (inbox) =>
    inbox === undefined
      ? inbox
      : {
          ...inbox,
          pages: inbox.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.caseId !== caseId) })),
        },
  );
}

/**
 * Hears of new and finished work while the page is seen; a hidden page closes its connection, since a browser has few of them, and reads
 * again when it is looked at.
 */
export function useInboxStream(): void {
  const cache = useQueryClient();
  useEffect(() => {
    let source: EventSource | null = null;
    const heard = (event: MessageEvent<string>) => {
      const { cases } = JSON.parse(event.data) as InboxChange;
      void cache.invalidateQueries({ queryKey: ['inbox'] });
      for (const id of cases) void cache.invalidateQueries({ queryKey: ['case', id] });
    };
    // The server closed it for good: perhaps because the session is over, which the next question finds out.
    const failed = () => {
      if (source?.readyState === EventSource.CLOSED) void cache.invalidateQueries({ queryKey: ['me'] });
    };
    const follow = () => {
      if (document.hidden || isSessionOver()) {
        source?.close();
        source = null;
      } else if (source === null || source.readyState === EventSource.CLOSED) {
        source = new EventSource('/api/v1/inbox/stream');
        source.addEventListener('inbox', heard);
        source.addEventListener('error', failed);
      }
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    const unfollow = followSessionEnd(follow);
    return () => {
      unfollow();
      document.removeEventListener('visibilitychange', follow);
      source?.close();
    };
  }, [cache]);
}

const viewsKey = ['inbox-views'];

export function useInboxViews() {
  return useQuery({ queryKey: viewsKey, queryFn: () => request<{ items: InboxView[] }>('/inbox/views') });
}

export function useSaveInboxView() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: SaveInboxView) => request<InboxView>('/inbox/views', { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: viewsKey }),
  });
}

export function useRemoveInboxView() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request(`/inbox/views/${id}`, { method: 'DELETE' }),
    onSuccess: () => cache.invalidateQueries({ queryKey: viewsKey }),
  });
}

export interface BulkResult {
  readonly item: InboxItem;
  /** Null: recorded. */
  readonly problem: ApiProblem | null;
}

/** How many decisions are on their way at once. */
const lanes = 3;

/** The same event for several cases. Each is a decision of its own with its own key and its own answer; one refused stops no other. */
export function useDecideMany() {
  const cache = useQueryClient();
  const [results, setResults] = useState<readonly BulkResult[]>([]);
  const decide = useMutation({
    mutationFn: async ({ items, type }: { items: readonly InboxItem[]; type: string }) => {
      setResults([]);
      const waiting = [...items];
      const lane = async () => {
        for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
          const problem = await decideOne(item, type);
          if (problem === null) dropFromInbox(cache, item.caseId);
          const result = { item, problem };
          setResults((before) => [...before, result]);
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
    },
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ['inbox'] }),
        cache.invalidateQueries({ queryKey: ['cases'] }),
        cache.invalidateQueries({ queryKey: ['case'] }),
      ]),
  });
  return { decide, results };
}

function decideOne({ caseId, taskId }: InboxItem, type: string): Promise<ApiProblem | null> {
  return request(`/cases/${caseId}/events`, {
    method: 'POST',
    body: { type, taskId },
    idempotencyKey: crypto.randomUUID(),
  }).then(
    () => null,
    (problem: unknown) => (problem instanceof ApiProblem ? problem : new ApiProblem(0, {})),
  );
}
