import { Component, type ReactNode } from 'react';
import { useLanguage } from './language';

function Crashed() {
  const { t } = useLanguage();
  return (
    <div className="panel empty" role="alert">
      <h1>{t('crashed')}</h1>
      <p style={{ marginTop: 12 }}>
        <button type="button" className="quiet" onClick={() => window.location.reload()}>
          {t('reload')}
        </button>
      </p>
    </div>
  );
}

/** Catches what a page throws while drawing; what was saved is on the server. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError(): { crashed: boolean } {
    return { crashed: true };
  }

  override render(): ReactNode {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}
