import { type QueryCache, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { ApiProblem } from '../api/client';
import { useLanguage } from '../language';

const follow = (changed: () => void) => {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
};

/** Why something on the page is not the newest: it was asked for again and did not come. */
const whyOld = (cache: QueryCache) =>
  cache.findAll({ type: 'active', predicate: ({ state }) => state.status === 'error' && state.data !== undefined })[0]
    ?.state.error;

/** Says so when the device has no network, or the server does not answer; a page opened without a network is `offline.html`, kept by `sw.js`. */
export function OfflineNotice() {
  const { t, say } = useLanguage();
  const cache = useQueryClient().getQueryCache();
  const isOnline = useSyncExternalStore(follow, () => navigator.onLine);
  const problem = useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    () => whyOld(cache),
  );
  const text = !isOnline
    ? t('offline')
    : problem
      ? `${t('notNewest')} ${problem instanceof ApiProblem ? say(problem.text) : ''}`
      : '';
  return (
    <div role="status" className={text === '' ? 'unseen' : 'offline'}>
      {text}
    </div>
  );
}
