import { Button, Result } from 'antd';
import { Component, type ReactNode } from 'react';
import { useLanguage } from './language';

function Crashed() {
  const { t } = useLanguage();
  return (
    <Result
      status="error"
      title={t('crashed')}
      extra={<Button onClick={() => window.location.reload()}>{t('reload')}</Button>}
    />
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
