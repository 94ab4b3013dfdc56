import { Select } from 'antd';
import { useState } from 'react';
import type { CaseView } from '#contracts/case.js';
import type { RevisionSummary } from '#contracts/case-story.js';
import type { ProposalContent } from '#contracts/proposal.js';
import { useRevision, useRevisions } from '../api/overview';
import { formatInstant } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { fieldTexts, shownValue } from '../proposal/field-values';
import { changedFields, fieldsOf } from '../proposal/values';

function Choice({
  label,
  items,
  value,
  choose,
  nameOf,
}: {
  readonly label: string;
  readonly items: readonly RevisionSummary[];
  readonly value: number | undefined;
  readonly choose: (revision: number) => void;
  readonly nameOf: (item: RevisionSummary) => string;
}) {
  return (
    <Select
      aria-label={label}
      style={{ width: '100%' }}
      value={value}
      onChange={choose}
      options={items.map((item) => ({ value: item.revision, label: nameOf(item) }))}
    />
  );
}

function Difference({ before, after }: { readonly before: ProposalContent; readonly after: ProposalContent }) {
  const { t } = useLanguage();
  const [left, right] = [fieldsOf(before), fieldsOf(after)];
  const fields = changedFields(left, right);
  if (fields.length === 0) return <p role="status">{t('noDifference')}</p>;
  return (
    <div className="grid-frame">
      <table className="grid" aria-label={t('revisions')}>
        <thead>
          <tr>
            <th scope="col">{t('field')}</th>
            <th scope="col">{t('earlier')}</th>
            <th scope="col">{t('later')}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field}>
              <td data-label={t('field')}>{t(fieldTexts[field])}</td>
              <td data-label={t('earlier')} className="sentence">
                <del>{shownValue(field, left[field], t)}</del>
              </td>
              <td data-label={t('later')} className="sentence">
                <ins>{shownValue(field, right[field], t)}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Compare({ caseId, approvedDigest }: { readonly caseId: string; readonly approvedDigest: readonly string[] }) {
  const { t } = useLanguage();
  const items = useRevisions(caseId, true).data?.items;
  const [chosen, choose] = useState<{ before?: number; after?: number }>({});
  const after = chosen.after ?? items?.[0]?.revision;
  const before = chosen.before ?? items?.[1]?.revision;
  const [left, right] = [useRevision(caseId, before), useRevision(caseId, after)];
  if (items === undefined) return <Bones />;
  if (items.length < 2) return <p className="muted">{t('oneRevision')}</p>;
  const nameOf = (item: RevisionSummary) =>
    [
      t('revisionNumber', { n: item.revision }),
      formatInstant(item.editedAt),
      item.editedBy?.fullName,
      approvedDigest.includes(item.digest) && t('revisionApproved'),
    ]
      .filter(Boolean)
      .join(' · ');
  return (
    <div className="stack">
      <div className="two">
        <Choice
          label={t('earlier')}
          items={items}
          value={before}
          choose={(revision) => choose({ ...chosen, before: revision })}
          nameOf={nameOf}
        />
        <Choice
          label={t('later')}
          items={items}
          value={after}
          choose={(revision) => choose({ ...chosen, after: revision })}
          nameOf={nameOf}
        />
      </div>
      {left.data && right.data && <Difference before={left.data.content} after={right.data.content} />}
    </div>
  );
}

/** Two saved contents of the proposal side by side, field by field; asked for only when it is opened. */
export function Revisions({ view }: { readonly view: CaseView }) {
  const { t } = useLanguage();
  const [isOpen, setOpen] = useState(false);
  if (view.proposal.revision < 2) return null;
  return (
    <Panel title={t('revisions')} className="no-print">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t('revisionsOpen', { n: view.proposal.revision })}</summary>
        <div style={{ marginTop: 12 }}>
          {isOpen && (
            <Compare
              caseId={view.id}
              approvedDigest={view.approvals.some((one) => one.matchesProposal) ? [view.proposal.digest] : []}
            />
          )}
        </div>
      </details>
    </Panel>
  );
}
