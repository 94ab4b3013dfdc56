import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import type { CaseView } from '#contracts/case.js';
import { usePageKeys } from '../inbox/keys';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { ActionDialog, type Available, useActionName } from './action-dialog';
import { actionRank, asideEvents } from './event-fields';

/** Back to the list the case was opened from, with its filter. */
function useWayBack() {
  const navigate = useNavigate();
  const { from } = (useLocation().state ?? {}) as { from?: string };
  return () => navigate(from ?? '/');
}

/**
 * `a` takes the case on, `r` returns it, `u` goes back to the inbox; a key pressed in the inbox brings the same wish in the address
 * (`act`), which is answered once.
 */
function useActionKeys(ordered: readonly Available[], choose: (action: Available, wished?: true) => void): void {
  const [params, setParams] = useSearchParams();
  const location = useLocation();
  const back = useWayBack();
  const wish = params.get('act');
  const meant = (direction: string | null) =>
    ordered.find((one) => actionRank(one.type) === (direction === 'back' ? 1 : 0));
  usePageKeys((key) => {
    const action = key === 'a' ? meant('forward') : key === 'r' ? meant('back') : undefined;
    if (action) choose(action);
    else if (key === 'u') back();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wish is answered once, when it comes.
  useEffect(() => {
    if (wish === null) return;
    const action = meant(wish);
    if (action) choose(action, true);
    setParams({}, { replace: true, state: location.state });
  }, [wish]);
}

/** Only what the server says this person may do; what is not possible yet stands below with its rule. */
export function Actions({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const [action, setAction] = useState<Available>();
  const navigate = useNavigate();
  const name = useActionName(view);
  const offered = view.availableEvents.filter(({ type }) => !asideEvents.has(type));
  const allowed = offered.filter((one) => one.allowed);
  const ordered = allowed.toSorted((a, b) => actionRank(a.type) - actionRank(b.type));
  const back = useWayBack();
  const [isWished, setWished] = useState(false);
  useActionKeys(ordered, (one, wished) => {
    setAction(one);
    setWished(wished ?? false);
  });
  const notYet = offered.filter((one) => !one.allowed);
  // While the dossier cannot go on, writing it is what there is to do.
  const completes = view.editable && !ordered.some(({ type }) => actionRank(type) === 0);
  return (
    <Panel title={t('actions')} className="no-print">
      {allowed.length === 0 && !completes && <p className="muted">{t('noActions')}</p>}
      <div className="row">
        {completes && (
          <Button type="primary" onClick={() => navigate(`/cases/${view.id}/proposal`)}>
            {t('completeProposal')}
          </Button>
        )}
        {ordered.map((one, index) => (
          <Button
            key={`${one.type}-${one.subject ?? ''}`}
            type={index === 0 && actionRank(one.type) === 0 ? 'primary' : 'default'}
            style={{ maxWidth: '100%', height: 'auto', minHeight: 32, whiteSpace: 'normal' }}
            onClick={() => setAction(one)}
          >
            {name(one)}
          </Button>
        ))}
      </div>
      {notYet.length > 0 && (
        <details style={{ marginTop: 12 }} open={allowed.length <= 1}>
          <summary>{`${t('notYet')} (${notYet.length})`}</summary>
          {notYet.map((one) => (
            <div key={`${one.type}-${one.subject ?? ''}`} style={{ marginTop: 8 }}>
              <strong>{name(one)}</strong>
              {one.rules.map((rule) => (
                <div key={rule.name} className="muted">
                  {say(rule.text)} {rule.source ? `(${t('source')}: ${rule.source})` : ''}
                </div>
              ))}
            </div>
          ))}
        </details>
      )}
      {action && (
        <ActionDialog
          view={view}
          action={action}
          close={() => setAction(undefined)}
          // Somebody working through the inbox by keys goes on with the next row.
          {...(isWished && { done: back })}
        />
      )}
    </Panel>
  );
}
