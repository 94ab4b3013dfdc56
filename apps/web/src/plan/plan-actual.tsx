import { Link } from 'react-router';
import type { PlanActual } from '#contracts/overview.js';
import type { PlanItemView, PlanView } from '#contracts/plan.js';
import { usePlanActuals } from '../api/overview';
import { usePlanItems } from '../api/queries';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';

interface Line {
  readonly item: PlanItemView;
  readonly cases: PlanActual['cases'];
}

/** What was planned over what came of it, where the two differ. */
function Against({ planned, actual }: { readonly planned: number | null; readonly actual: number | null }) {
  if (actual === null || actual === planned) return planned ?? '–';
  return (
    <>
      {actual} <span className="muted">{`/ ${planned ?? '–'}`}</span>
    </>
  );
}

const sum = (numbers: readonly (number | null)[]) =>
  numbers.length === 0 ? null : numbers.reduce<number>((all, one) => all + (one ?? 0), 0);

const columns = ({ t, say }: LanguageValue): Column<Line>[] => [
  { title: t('lineNumber'), kind: 'number', cell: ({ item }) => item.number },
  {
    title: t('delegation'),
    cell: ({ item }) => (
      <>
        {item.name}
        <div className="muted">{[item.head, item.countriesLabel].filter(Boolean).join(' · ')}</div>
      </>
    ),
  },
  { title: t('period'), kind: 'exact', cell: ({ item }) => item.period?.label ?? '–' },
  {
    title: t('actual'),
    cell: ({ cases }) =>
      cases.length === 0 ? (
        <span className="muted">{t('notStarted')}</span>
      ) : (
        cases.map((one) => (
          <div key={one.id}>
            <Link to={`/cases/${one.id}`}>{one.caseCode}</Link> {say(one.state.text)}
            {one.departureDate && (
              <div className="muted">{`${formatDay(one.departureDate)} – ${formatDay(one.returnDate)}`}</div>
            )}
          </div>
        ))
      ),
  },
  {
    title: t('people'),
    kind: 'number',
    cell: ({ item, cases }) => <Against planned={item.peopleCount} actual={sum(cases.map((one) => one.people))} />,
  },
  {
    title: t('days'),
    kind: 'number',
    cell: ({ item, cases }) => <Against planned={item.days} actual={cases[0]?.days ?? null} />,
  },
];

/** Each line of the plan beside the cases that stand on it. */
export function PlanAgainstActual({ plan }: { readonly plan: PlanView }) {
  const language = useLanguage();
  const { t } = language;
  const [items, actuals] = [usePlanItems(plan.id), usePlanActuals(plan.id)];
  if (items.isLoadingError) return <Failure problem={items.error} retry={() => items.refetch()} />;
  if (actuals.isLoadingError) return <Failure problem={actuals.error} retry={() => actuals.refetch()} />;
  const casesOf = new Map(actuals.data?.items.map((one) => [one.planItemId, one.cases]));
  const lines =
    items.data && actuals.data && items.data.items.map((item) => ({ item, cases: casesOf.get(item.id) ?? [] }));
  const started = lines?.filter((line) => line.cases.length > 0) ?? [];
  return (
    <>
      {lines && (
        <p style={{ marginBottom: 12 }}>
          {t('planSummary', {
            started: started.length,
            all: lines.length,
            people: sum(started.flatMap((line) => line.cases.map((one) => one.people))) ?? 0,
            planned: sum(lines.map((line) => line.item.peopleCount)) ?? 0,
            extra: actuals.data?.outOfPlan ?? 0,
          })}
        </p>
      )}
      <DataTable
        label={t('planActual')}
        columns={columns(language)}
        rows={lines}
        rowKey={({ item }) => item.id}
        empty={t('planEmpty')}
      />
    </>
  );
}
