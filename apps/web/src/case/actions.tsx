import { Button } from 'antd';
import { useState } from 'react';
import type { CaseView } from '#contracts/case.js';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { ActionDialog, type Available, useActionName } from './action-dialog';
import { actionRank } from './event-fields';

/** Only what the server says this person may do; what is not possible yet stands below with its rule. */
export function Actions({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const [action, setAction] = useState<Available>();
  const name = useActionName(view);
  const allowed = view.availableEvents.filter((one) => one.allowed);
  const ordered = allowed.toSorted((a, b) => actionRank(a.type) - actionRank(b.type));
  const notYet = view.availableEvents.filter((one) => !one.allowed);
  return (
    <Panel title={t('actions')} className="no-print">
      {allowed.length === 0 && <p className="muted">{t('noActions')}</p>}
      <div className="row">
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
      {action && <ActionDialog view={view} action={action} close={() => setAction(undefined)} />}
    </Panel>
  );
}
