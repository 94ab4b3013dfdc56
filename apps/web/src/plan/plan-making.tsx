import { App, Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { PlanItemView, PlanView } from '#contracts/plan.js';
import type { PlanCycleView, PlanLogEntry, PlanTask } from '#contracts/plan-cycle.js';
import { planItemStateNames } from '#workflows/annual-plan/names.js';
import { ApiProblem } from '../api/client';
import { useOpenPlan, usePlanCycle, usePlanLines } from '../api/plan';
import { useOrganisations } from '../api/queries';
import { Failure } from '../failure';
import { formatDay, formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { PlanActions } from './plan-actions';
import { PlanLineForm } from './plan-line-form';
import { planTexts } from './plan-texts';

/** The plan as it is made: where it stands, what the reader may do, who has registered, and every proposed line. */
export function PlanMaking({ plan }: { readonly plan: PlanView }) {
  const cycle = usePlanCycle(plan.id);
  if (cycle.isLoadingError) return <Failure problem={cycle.error} retry={() => cycle.refetch()} />;
  if (!cycle.data) return <Bones />;
  const view = cycle.data;
  return (
    <div className="stack">
      {view.managed ? <Standing view={view} /> : <Unmanaged view={view} />}
      <Lines view={view} />
      {view.managed && (
        <>
          <Documents view={view} />
          <Registration view={view} />
          <PlanLog log={view.log} />
        </>
      )}
    </div>
  );
}

function Unmanaged({ view }: { readonly view: PlanCycleView }) {
  const { say, t } = useLanguage();
  const { message } = App.useApp();
  const open = useOpenPlan();
  return (
    <Panel title={say(planTexts.making)}>
      <p>{say(planTexts.notManaged)}</p>
      {view.mayManage && (
        <Button
          loading={open.isPending}
          onClick={() =>
            open.mutate(view.year, {
              onError: (problem) => message.error(problem instanceof ApiProblem ? say(problem.text) : t('failed')),
            })
          }
        >
          {say(planTexts.manage)}
        </Button>
      )}
    </Panel>
  );
}

function Standing({ view }: { readonly view: PlanCycleView }) {
  const { say } = useLanguage();
  const { planId, version, states } = view;
  return (
    <Panel title={say(planTexts.stands)}>
      <div className="stack">
        <p>
          {states.map((state, index) => (
            <span key={state.id} className={index === states.length - 1 ? 'mark on' : 'mark'}>
              {say(state.text)}{' '}
            </span>
          ))}
        </p>
        <PlanActions about={{ of: 'plans', id: planId, planId, version }} events={view.availableEvents} />
        <PlanTasks tasks={view.tasks} />
      </div>
    </Panel>
  );
}

/** Many units may owe the same; their names stand in one line. */
export function PlanTasks({ tasks }: { readonly tasks: readonly PlanTask[] }) {
  const { t, say } = useLanguage();
  const kinds = [...new Map(tasks.map((task) => [task.kind, task])).values()];
  return (
    <>
      {kinds.map((task) => {
        const same = tasks.filter((one) => one.kind === task.kind);
        return (
          <div key={task.kind}>
            <strong>{say(task.text)}</strong>{' '}
            {same.some((one) => one.mine) && <span className="mark on">{t('yours')}</span>}
            <div className="muted">
              {same
                .map((one) => one.organisation)
                .filter(Boolean)
                .join('; ')}
            </div>
            {task.dueAt && (
              <div>
                {t('due')} {formatInstant(task.dueAt)}
                <div className="muted">{say(task.dueExplanation)}</div>
              </div>
            )}
          </div>
        );
      })}
    </>
  );
}

const lineColumns = ({ t, say }: LanguageValue, unitName: (id: string | null) => string): Column<PlanItemView>[] => [
  { title: t('lineNumber'), kind: 'number', cell: (item) => item.position },
  {
    title: t('delegation'),
    cell: (item) => (
      <>
        <Link to={`/plan/lines/${item.id}`}>{item.name}</Link>
        <div className="muted">{[item.head, item.countriesLabel].filter(Boolean).join(' · ')}</div>
      </>
    ),
  },
  { title: say(planTexts.unit), cell: (item) => unitName(item.organisationId) || (item.hostUnit ?? '–') },
  { title: t('people'), kind: 'number', cell: (item) => item.peopleCount ?? '–' },
  { title: t('days'), kind: 'number', cell: (item) => item.days ?? '–' },
  { title: t('period'), kind: 'exact', cell: (item) => item.period?.label ?? '–' },
  {
    title: say(planTexts.state),
    cell: (item) => (
      <>
        {say(planItemStateNames[item.state])}
        {item.condition && <div className="muted">{item.condition}</div>}
      </>
    ),
  },
];

function Lines({ view }: { readonly view: PlanCycleView }) {
  const language = useLanguage();
  const { say } = language;
  const [adding, setAdding] = useState(false);
  const lines = usePlanLines(view.planId);
  const organisations = useOrganisations(true);
  const names = new Map(organisations.data?.items.map((one) => [one.id, one.name]));
  if (lines.isLoadingError) return <Failure problem={lines.error} retry={() => lines.refetch()} />;
  return (
    <section aria-label={say(planTexts.lines)}>
      <div className="page-head">
        <h2>{say(planTexts.lines)}</h2>
        {view.mayRegister.length > 0 && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {say(planTexts.addLine)}
          </Button>
        )}
      </div>
      <DataTable
        label={say(planTexts.lines)}
        columns={lineColumns(language, (id) => (id === null ? '' : (names.get(id) ?? '')))}
        rows={lines.data?.items}
        rowKey={(item) => item.id}
        empty={say(planTexts.noLines)}
      />
      {adding && (
        <PlanLineForm planId={view.planId} units={view.mayRegister} item={null} close={() => setAdding(false)} />
      )}
    </section>
  );
}

function Documents({ view }: { readonly view: PlanCycleView }) {
  const { say } = useLanguage();
  const levels = { focal: 'approvalFocal', authority: 'approvalAuthority', party: 'approvalParty' } as const;
  const rows = [
    ...view.approvals.map((one) => ({ name: say(planTexts[levels[one.level]]), ...one })),
    ...(view.ministryLetter ? [{ name: say(planTexts.ministryLetter), ...view.ministryLetter }] : []),
    ...view.issues.map((one, index) => ({
      name: index === 0 ? say(planTexts.issued) : say(planTexts.adjusted).replace('{n}', String(index)),
      ...one,
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <Panel title={say(planTexts.documents)}>
      <ul>
        {rows.map((row) => (
          <li key={`${row.name} ${row.at}`}>
            {row.name}
            {row.document && `: ${row.document.number}, ${formatDay(row.document.date)}`}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Registration({ view }: { readonly view: PlanCycleView }) {
  const { say, t } = useLanguage();
  if (view.units.length === 0 && view.opinions.length === 0) return null;
  return (
    <Panel title={say(planTexts.units)}>
      <ul>
        {view.units.map((unit) => (
          <li key={unit.id}>
            {unit.name}{' '}
            <span className="muted">{say(unit.registered ? planTexts.registered : planTexts.notRegistered)}</span>
          </li>
        ))}
      </ul>
      {view.opinions.length > 0 && <h3>{say(planTexts.opinions)}</h3>}
      <ul>
        {view.opinions.map(({ organisation, answer }) => (
          <li key={organisation.id}>
            {organisation.name}{' '}
            <span className="muted">
              {answer === null ? say(planTexts.awaited) : t(answer as 'agree' | 'agreeWithComments' | 'disagree')}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function PlanLog({ log }: { readonly log: readonly PlanLogEntry[] }) {
  const { say } = useLanguage();
  if (log.length === 0) return null;
  return (
    <Panel title={say(planTexts.log)}>
      <ol className="stack" reversed>
        {log.map((entry) => (
          <li key={entry.seq}>
            {say(entry.text)}
            {entry.document && `: ${entry.document.number}, ${formatDay(entry.document.date)}`}
            <div className="muted">{[formatInstant(entry.at), entry.by].filter(Boolean).join(' · ')}</div>
            {entry.words.map((words) => (
              <div key={words} className="sentence">
                {words}
              </div>
            ))}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
