import { type ReactNode, useEffect } from 'react';
import { useLanguage } from '../language';

/** Names the page for the browser's tab, its history and a screen reader. */
export function useDocumentTitle(title: string): void {
  const { t } = useLanguage();
  useEffect(() => {
    document.title = `${title} · ${t('product')}`;
  }, [title, t]);
}

export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  useDocumentTitle(title);
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {children}
    </div>
  );
}
