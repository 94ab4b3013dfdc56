import { ApiProblem } from './api/client';
import { useLanguage } from './language';

/** What happened and what to try, for a page that could not be loaded. */
export function Failure({ problem, retry }: { readonly problem: unknown; readonly retry: () => void }) {
  const { t, say } = useLanguage();
  const known = problem instanceof ApiProblem ? problem : null;
  return (
    <div className="panel empty" role="alert">
      <h1>{t(known?.status === 404 ? 'notFound' : 'failed')}</h1>
      <p>{say(known?.text)}</p>
      {known?.requestId && <p>{known.requestId}</p>}
      <p style={{ marginTop: 12 }}>
        <button type="button" className="quiet" onClick={retry}>
          {t('retry')}
        </button>
      </p>
    </div>
  );
}
