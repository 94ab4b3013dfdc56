import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { InboxDue, InboxFilter } from '#contracts/inbox.js';
import type { TextKey } from '../texts';

export const dueTexts: Readonly<Record<InboxDue, TextKey>> = {
  overdue: 'dueOverdue',
  today: 'dueToday',
  week: 'dueWeek',
};

const isDue = (value: string | null): value is InboxDue => value !== null && value in dueTexts;

/** The filter stands in the address: going back from a case shows the same list, and a link to it can be kept. */
export function useInboxFilter() {
  const [params, setParams] = useSearchParams();
  const filter = useMemo((): InboxFilter => {
    const [kind, due, q] = [params.get('kind'), params.get('due'), params.get('q')];
    return { ...(kind && { kind }), ...(isDue(due) && { due }), ...(q && { q }) };
  }, [params]);
  const show = (next: InboxFilter) => {
    const entries = Object.entries(next).filter((entry): entry is [string, string] => Boolean(entry[1]));
    setParams(new URLSearchParams(entries), { replace: true });
  };
  return { filter, show };
}

export const isSameFilter = (a: InboxFilter, b: InboxFilter) => a.kind === b.kind && a.due === b.due && a.q === b.q;
