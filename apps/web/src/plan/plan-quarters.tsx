import { Link } from 'react-router';
import type { PlanItemView, PlanView } from '#contracts/plan.js';
import { usePlanActuals } from '../api/overview';
import { usePlanItems } from '../api/queries';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { type Bar, TimeLine } from '../overview/time-line';
import { Bones } from '../parts/waiting';

/** The lines of a plan along its year: hatched when planned, full when a case has its days. */
export function PlanQuarters({ plan }: { readonly plan: PlanView }) {
  const { t } = useLanguage();
  const [items, actuals] = [usePlanItems(plan.id), usePlanActuals(plan.id)];
  if (items.isLoadingError) return <Failure problem={items.error} retry={() => items.refetch()} />;
  if (items.data === undefined) return <Bones />;
  const casesOf = new Map(actuals.data?.items.map((one) => [one.planItemId, one.cases]));
  const barsOf = (item: PlanItemView): Bar[] => [
    ...(item.period
      ? [{ key: 'plan', from: item.period.from, to: item.period.to, look: 'asked' as const, title: item.period.label }]
      : []),
    ...(casesOf.get(item.id) ?? []).flatMap((one) =>
      one.departureDate && one.returnDate
        ? [
            {
              key: one.id,
              from: one.departureDate,
              to: one.returnDate,
              look: 'confirmed' as const,
              title: `${one.caseCode}: ${formatDay(one.departureDate)} – ${formatDay(one.returnDate)}`,
            },
          ]
        : [],
    ),
  ];
  const lanes = items.data.items.map((item) => ({
    key: item.id,
    bars: barsOf(item),
    name: (
      <>
        {item.number ? `${item.number}. ` : ''}
        {item.name}
        <div className="muted">
          {[item.countriesLabel, item.period?.label ?? t('noPeriod')].filter(Boolean).join(' · ')}
        </div>
        {(casesOf.get(item.id) ?? []).map((one) => (
          <div key={one.id}>
            <Link to={`/cases/${one.id}`}>{one.caseCode}</Link>{' '}
            {one.departureDate && `${formatDay(one.departureDate)} – ${formatDay(one.returnDate)}`}
          </div>
        ))}
      </>
    ),
  }));
  const period = { span: 'year' as const, from: `${plan.year}-01-01`, to: `${plan.year}-12-31` };
  return (
    <>
      <TimeLine label={t('planQuarters')} period={period} lanes={lanes} />
      <p className="legend muted" aria-hidden="true">
        <span className="key asked" /> {t('plan')} <span className="key confirmed" /> {t('actual')}
      </p>
    </>
  );
}
