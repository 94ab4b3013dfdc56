import { Alert, Button } from 'antd';
import { useLanguage } from '../language';
import type { TextKey } from '../texts';
import type { Conflict } from './autosave';
import { contentOf, type ProposalField, type ProposalValues } from './values';

export const fieldTexts: Readonly<Record<ProposalField, TextKey>> = {
  delegationName: 'delegation',
  capacity: 'capacity',
  purposeKind: 'purposeKind',
  purpose: 'purpose',
  members: 'members',
  countries: 'countries',
  departureDate: 'departureDate',
  returnDate: 'returnDate',
  dayCount: 'days',
  includesTravelDays: 'includesTravel',
  partners: 'partners',
  content: 'content',
  funding: 'funding',
  outOfPlanJustification: 'outOfPlanReason',
  urgentReason: 'urgentReason',
  exceptions: 'exceptions',
  noStateSecrets: 'noStateSecrets',
};

/** Any value of a proposal as lines to compare; rows by what a person would recognise them by. */
function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (!Array.isArray(value)) return String(value);
  return value
    .map((row: Record<string, unknown>) =>
      [row.fullName ?? row.name ?? row.label ?? row.rule, row.position ?? row.amount ?? row.justification]
        .filter(Boolean)
        .join(', '),
    )
    .join('\n');
}

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
                      {shown(content[field])}
                    </td>
                    <td data-label={t('theirs')} className="sentence">
                      {shown(conflict.theirs[field])}
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
