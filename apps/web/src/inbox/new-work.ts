import { useRef } from 'react';
import type { InboxItem } from '#contracts/inbox.js';

/** Task ids that came after this list was first shown. `list` names the filter: another one starts over. */
export function useNewWork(items: readonly InboxItem[] | undefined, list: string): ReadonlySet<string> {
  const first = useRef<{ list: string; ids: Set<string>; oldest: string } | null>(null);
  if (items === undefined) return new Set();
  if (first.current === null || first.current.list !== list) {
    const openedAt = items.map((item) => item.openedAt).sort();
    first.current = { list, ids: new Set(items.map((item) => item.taskId)), oldest: openedAt.at(-1) ?? '' };
  }
  const { ids, oldest } = first.current;
  // A page fetched later brings old work, which is not new.
  return new Set(items.filter((item) => !ids.has(item.taskId) && item.openedAt >= oldest).map((item) => item.taskId));
}
