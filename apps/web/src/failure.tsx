import { Button, Result } from 'antd';
import { ApiProblem } from './api/client';
import { useLanguage } from './language';

/** What happened and what to try, for a page that could not be loaded. */
export function Failure({ problem, retry }: { readonly problem: unknown; readonly retry: () => void }) {
  const { t, say } = useLanguage();
  const known = problem instanceof ApiProblem ? problem : null;
  return (
    <Result
      status={known?.status === 404 ? '404' : 'warning'}
      title={t('failed')}
      subTitle={
        <>
          <div>{say(known?.text)}</div>
          {known?.requestId && <div className="muted">{known.requestId}</div>}
        </>
      }
      extra={<Button onClick={retry}>{t('retry')}</Button>}
    />
  );
}
