import { useEffect, useRef } from 'react';
import type { InboxItem } from '#contracts/inbox.js';
import { eventNames } from '#workflows/outbound-delegation/names.js';
import { type BulkResult, useDecideMany } from '../api/inbox';
import { consequences } from '../case/consequences';
import { useLanguage } from '../language';
import { bulkEventOf } from './bulk-events';

function Results({ results }: { readonly results: readonly BulkResult[] }) {
  const { t, say } = useLanguage();
  return (
    <ul className="results" aria-live="polite" aria-label={t('bulkResults')}>
      {results.map(({ item, problem }) => (
        <li key={item.taskId}>
          <strong>{item.caseCode}</strong> {item.delegationName}
          <div className={problem ? 'late' : 'muted'}>{problem ? say(problem.text) : t('bulkRecorded')}</div>
          {problem?.rules.map((rule) => (
            <div key={rule.name} className="muted">
              {say(rule.text)}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** One action for the chosen rows: what follows, a confirmation, then what became of each. */
export function BulkDialog({ items, close }: { readonly items: readonly InboxItem[]; readonly close: () => void }) {
  const { t, say } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  const { decide, results } = useDecideMany();
  // What is asked stays as it was when the dialog opened: rows leave the list while it works.
  const chosen = useRef(items).current;
  const type = bulkEventOf(chosen[0]?.kind ?? '');
  useEffect(() => dialog.current?.showModal(), []);
  if (type === undefined) return null;
  const started = decide.isPending || results.length > 0;
  const title = t('bulkTitle', { action: say(eventNames[type]), n: chosen.length });
  return (
    <dialog
      ref={dialog}
      onClose={close}
      onCancel={(event) => decide.isPending && event.preventDefault()}
      aria-label={title}
      className="panel dialog"
    >
      <h2>{title}</h2>
      {started ? (
        <>
          <p role="status">
            {t('bulkProgress', {
              done: results.filter((one) => one.problem === null).length,
              refused: results.filter((one) => one.problem !== null).length,
              all: chosen.length,
            })}
          </p>
          <Results results={results} />
        </>
      ) : (
        <>
          <p>{say(consequences[type])}</p>
          <ul className="results">
            {chosen.map((item) => (
              <li key={item.taskId}>
                <strong>{item.caseCode}</strong> {item.delegationName}
              </li>
            ))}
          </ul>
        </>
      )}
      <div className="row">
        {!started && (
          <button type="button" className="primary" onClick={() => decide.mutate({ items: chosen, type })}>
            {title}
          </button>
        )}
        <button type="button" className="plain" disabled={decide.isPending} onClick={() => dialog.current?.close()}>
          {t(started ? 'close' : 'cancel')}
        </button>
      </div>
    </dialog>
  );
}
