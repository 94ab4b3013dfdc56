import type { ReactNode } from 'react';
import { useLanguage } from '../language';

/** Takes the place of rows that are on their way, so that nothing jumps when they come. */
export function Bones() {
  const { t } = useLanguage();
  return (
    <div className="bones" aria-busy="true" role="status">
      <span className="unseen">{t('loading')}</span>
    </div>
  );
}

export function Empty({ children }: { readonly children: ReactNode }) {
  return <p className="panel empty">{children}</p>;
}
