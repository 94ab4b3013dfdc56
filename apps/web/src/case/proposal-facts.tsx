import type { CaseView } from '#contracts/case.js';
import { formatAmount, formatDay } from '../format';
import { useLanguage } from '../language';
import { exceptionTexts, fundingTexts, purposeTexts, roleTexts } from './kind-texts';

/** The proposal to be read: what was filled in, in the order of the official form. */
export function ProposalFacts({ view }: { readonly view: CaseView }) {
  const { t } = useLanguage();
  const { proposal } = view;
  const rows = [
    [
      t('planLine'),
      view.planItem && [view.planItem.number, view.planItem.name, view.planItem.period].filter(Boolean).join(' · '),
    ],
    [t('capacity'), proposal.capacity],
    [t('purposeKind'), t(purposeTexts[proposal.purposeKind])],
    [t('purpose'), proposal.purpose],
    [
      t('members'),
      proposal.members
        .map((member) =>
          [
            member.fullName,
            member.position,
            member.organisation,
            member.role === 'member' ? '' : t(roleTexts[member.role]),
          ]
            .filter(Boolean)
            .join(', '),
        )
        .join('\n'),
    ],
    [t('countries'), proposal.countries.map((country) => country.name).join(' → ')],
    [
      t('dates'),
      proposal.departureDate ? `${formatDay(proposal.departureDate)} – ${formatDay(proposal.returnDate)}` : '',
    ],
    [
      t('days'),
      proposal.dayCount === null
        ? ''
        : `${proposal.dayCount}${proposal.includesTravelDays ? ` (${t('includesTravel').toLowerCase()})` : ''}`,
    ],
    [t('partners'), proposal.partners],
    [t('content'), proposal.content],
    [
      t('funding'),
      proposal.funding
        .map((line) =>
          [line.label || t(fundingTexts[line.source]), line.amount !== null && formatAmount(line.amount, line.currency)]
            .filter(Boolean)
            .join(': '),
        )
        .join('\n'),
    ],
    [t('urgentReason'), proposal.urgentReason],
    [t('outOfPlanReason'), proposal.outOfPlanJustification],
    [
      t('exceptions'),
      proposal.exceptions.map((one) => `${t(exceptionTexts[one.rule])}: ${one.justification}`).join('\n'),
    ],
  ].filter((row): row is [string, string] => Boolean(row[1]));
  return (
    <dl className="facts">
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="sentence">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
