import { useSyncExternalStore } from 'react';
import { useLanguage } from '../language';

const follow = (changed: () => void) => {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
};

/** Says so when the device has no network; a page that is opened without one is `offline.html`, kept by `sw.js`. */
export function OfflineNotice() {
  const { t } = useLanguage();
  const isOnline = useSyncExternalStore(follow, () => navigator.onLine);
  return (
    <div role="status" className={isOnline ? 'unseen' : 'offline'}>
      {isOnline ? '' : t('offline')}
    </div>
  );
}
