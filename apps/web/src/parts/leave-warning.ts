import { useEffect } from 'react';

/** The browser asks before somebody closes a page with words that are not saved. */
export function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (unsaved) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [unsaved]);
}
