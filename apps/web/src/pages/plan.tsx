import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { PlanItemView, PlanView } from '#contracts/plan.js';
import type { Me } from '#contracts/session.js';
import { ApiProblem } from '../api/client';
import { usePlanActuals } from '../api/overview';
import { useOpenPlan } from '../api/plan';
import { useCreateProposal, usePlanItems, usePlans } from '../api/queries';
import { Failure } from '../failure';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import { Bones, Empty } from '../parts/waiting';
import { Ways } from '../parts/ways';
import { PlanAgainstActual } from '../plan/plan-actual';
import { PlanExport } from '../plan/plan-export';
import { PlanImportDrawer } from '../plan/plan-import';
import { PlanMaking } from '../plan/plan-making';
import { PlanQuarters } from '../plan/plan-quarters';
import { planTexts } from '../plan/plan-texts';
import { yearToPlan } from '../plan/year-to-plan';

/** A case for this line; where one stands already, the way to it, and none more while it runs. */
function StartTrip({ plan, item }: { readonly plan: PlanView; readonly item: PlanItemView }) {
  const cases = usePlanActuals(plan.id).data?.items.find((one) => one.planItemId === item.id)?.cases ?? [];
  return (
    <>
      {cases.map((one) => (
        <div key={one.id}>
          <Link to={`/cases/${one.id}`}>{one.caseCode}</Link>
        </div>
      ))}
      {!cases.some((one) => one.status === 'active') && <StartButton item={item} />}
    </>
  );
}

function StartButton({ item }: { readonly item: PlanItemView }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const create = useCreateProposal();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  return (
    <Button
      size="small"
      loading={create.isPending}
      onClick={() =>
        create.mutate(
          { start: { planItemId: item.id }, idempotencyKey },
          {
            onSuccess: (receipt) => navigate(`/cases/${receipt.id}`),
            onError: (problem) => message.error(problem instanceof ApiProblem ? say(problem.text) : t('failed')),
          },
        )
      }
    >
      {t('startTrip')}
    </Button>
  );
}

function WorkOfLine({ item }: { readonly item: PlanItemView }) {
  const { t } = useLanguage();
  const more = [item.partners, item.content].filter(Boolean).join('\n');
  return (
    <>
      <div>{item.name}</div>
      {more !== '' && (
        <details className="muted">
          <summary>{t('content')}</summary>
          <div className="sentence">{more}</div>
        </details>
      )}
    </>
  );
}

/** The official columns of the plan, in the order the provinces print them. */
const columns = ({ t }: LanguageValue, startIn: PlanView | null): Column<PlanItemView>[] => [
  { title: t('lineNumber'), kind: 'number', cell: (item) => item.number },
  { title: t('delegation'), kind: 'wide', cell: (item) => <WorkOfLine item={item} /> },
  { title: t('leader'), cell: (item) => item.head ?? '–' },
  { title: t('countries'), cell: (item) => item.countriesLabel ?? '–' },
  { title: t('people'), kind: 'number', cell: (item) => item.peopleCount ?? '–' },
  { title: t('days'), kind: 'number', cell: (item) => item.days ?? '–' },
  { title: t('period'), kind: 'exact', cell: (item) => item.period?.label ?? '–' },
  { title: t('funding'), cell: (item) => item.funding ?? '–' },
  ...(startIn
    ? [
        {
          title: t('caseCode'),
          kind: 'exact' as const,
          cell: (item: PlanItemView) => <StartTrip plan={startIn} item={item} />,
        },
      ]
    : []),
];

function OfficialTable({ plan, mayStart }: { readonly plan: PlanView; readonly mayStart: boolean }) {
  const language = useLanguage();
  const items = usePlanItems(plan.id);
  if (items.isLoadingError) return <Failure problem={items.error} retry={() => items.refetch()} />;
  return (
    <DataTable
      label={language.t('plan')}
      columns={columns(language, mayStart && plan.direction === 'outbound' ? plan : null)}
      rows={items.data?.items}
      rowKey={(item) => item.id}
      empty={language.t('planEmpty')}
    />
  );
}

type Way = 'table' | 'actual' | 'quarters' | 'making';

/** The same lines three ways: as printed, against what became of them, and along the year. */
function PlanTable({ plan, mayStart }: { readonly plan: PlanView; readonly mayStart: boolean }) {
  const { t, say } = useLanguage();
  // A plan nobody has issued yet is being made.
  const [way, setWay] = useState<Way>(plan.itemCount === 0 ? 'making' : 'table');
  return (
    <div className="wide-print">
      <p className="print-only">{[plan.year, t(plan.direction), plan.document.number].filter(Boolean).join(' · ')}</p>
      <div className="tools no-print">
        <Ways<Way>
          label={t('plan')}
          ways={[
            ['table', t('planTable')],
            ['actual', t('planActual')],
            ['quarters', t('planQuarters')],
            ...(plan.direction === 'outbound' ? [['making', say(planTexts.making)] as const] : []),
          ]}
          chosen={way}
          choose={setWay}
        />
        <PlanExport plan={plan} />
      </div>
      {way === 'table' && <OfficialTable plan={plan} mayStart={mayStart} />}
      {way === 'actual' && <PlanAgainstActual plan={plan} />}
      {way === 'quarters' && <PlanQuarters plan={plan} />}
      {way === 'making' && <PlanMaking plan={plan} />}
    </div>
  );
}

/** Offers the next year that still lacks a plan. */
function StartPlan({ known, today }: { readonly known: readonly number[]; readonly today: string }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const open = useOpenPlan();
  const year = yearToPlan(today, known);
  if (year === null) return null;
  return (
    <Button
      loading={open.isPending}
      onClick={() =>
        open.mutate(year, {
          onSuccess: ({ id }) => navigate(`/plan/${id}`),
          onError: (problem) => message.error(problem instanceof ApiProblem ? say(problem.text) : t('failed')),
        })
      }
    >
      {say(planTexts.openPlan).replace('{year}', String(year))}
    </Button>
  );
}

export function PlanPage({ me }: { readonly me: Me }) {
  const { t } = useLanguage();
  const plans = usePlans();
  const { id: chosen } = useParams();
  const navigate = useNavigate();
  const [importing, setImporting] = useState(false);
  if (plans.isLoadingError) return <Failure problem={plans.error} retry={() => plans.refetch()} />;
  const list = plans.data?.items;
  const plan = list?.find((one) => one.id === chosen) ?? list?.find((one) => one.direction === 'outbound') ?? list?.[0];
  const mayImport = me.roles.some(
    (role) => role.role === 'reviewer' || role.role === 'leader' || role.role === 'administrator',
  );
  return (
    <>
      <PageHead title={t('plan')}>
        <div className="row no-print">
          {plan && (
            <Select
              aria-label={t('plan')}
              style={{ width: 280, maxWidth: '100%' }}
              value={plan.id}
              onChange={(id) => navigate(`/plan/${id}`)}
              options={list?.map((one) => ({
                value: one.id,
                label: [one.year, t(one.direction), one.document.number].filter(Boolean).join(' · '),
              }))}
            />
          )}
          {mayImport && (
            <StartPlan
              known={list?.filter((one) => one.direction === 'outbound').map((one) => one.year) ?? []}
              today={me.today}
            />
          )}
          {mayImport && (
            <Button type="primary" onClick={() => setImporting(true)}>
              {t('importPlan')}
            </Button>
          )}
        </div>
      </PageHead>
      {plan ? (
        <PlanTable key={plan.id} plan={plan} mayStart={me.roles.some((role) => role.role === 'unitOfficer')} />
      ) : list === undefined ? (
        <Bones />
      ) : (
        <Empty>{t(mayImport ? 'planEmpty' : 'planEmptyOthers')}</Empty>
      )}
      <PlanImportDrawer open={importing} close={() => setImporting(false)} />
    </>
  );
}
