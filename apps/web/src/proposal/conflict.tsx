import { Alert, Button } from 'antd';
import { useLanguage } from '../language';
import type { Conflict } from './autosave';
import { fieldTexts, shownValue } from './field-values';
import { contentOf, fieldsOf, type ProposalValues } from './values';

/** Mine beside theirs, field by field; nothing is overwritten before the person says so. */
export function ConflictBox({
  conflict,
  mine,
  settle,
}: {
  readonly conflict: Conflict;
  readonly mine: ProposalValues;
  readonly settle: (keep: 'mine' | 'theirs') => void;
}) {
  const { t } = useLanguage();
  const content = contentOf(mine);
  const theirs = fieldsOf(conflict.theirs);
  return (
    <Alert
      type="warning"
      showIcon
      title={t('conflictTitle')}
      description={
        <div className="stack">
          <div className="grid-frame">
            <table className="grid" aria-label={t('conflictTitle')}>
              <thead>
                <tr>
                  <th scope="col">{t('field')}</th>
                  <th scope="col">{t('mine')}</th>
                  <th scope="col">{t('theirs')}</th>
                </tr>
              </thead>
              <tbody>
                {conflict.fields.map((field) => (
                  <tr key={field}>
                    <td data-label={t('field')}>{t(fieldTexts[field])}</td>
                    <td data-label={t('mine')} className="sentence">
                      {shownValue(field, content[field], t)}
                    </td>
                    <td data-label={t('theirs')} className="sentence">
                      {shownValue(field, theirs[field], t)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <div className="row">
            <Button onClick={() => settle('mine')}>{t('keepMine')}</Button>
            <Button onClick={() => settle('theirs')}>{t('takeTheirs')}</Button>
          </div>
        </div>
      }
    />
  );
}
