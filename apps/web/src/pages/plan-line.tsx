import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { memberRankTexts } from '#contracts/ranks.js';
import { usePlanLine } from '../api/plan';
import { Failure } from '../failure';
import { useLanguage } from '../language';
import { PageHead } from '../parts/page-head';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { PlanActions } from '../plan/plan-actions';
import { PlanLineForm } from '../plan/plan-line-form';
import { PlanLog, PlanTasks } from '../plan/plan-making';
import { planTexts } from '../plan/plan-texts';

/** One line of the annual plan: what it says, where it stands, what may be done with it. */
export function PlanLinePage() {
  const { id = '' } = useParams();
  const { say } = useLanguage();
  const [editing, setEditing] = useState(false);
  const line = usePlanLine(id);
  if (line.isLoadingError) return <Failure problem={line.error} retry={() => line.refetch()} />;
  if (!line.data) return <Bones />;
  const { item, state, unit, version, availableEvents, missingFields, mergedInto } = line.data;
  const facts: readonly (readonly [keyof typeof planTexts, string | number | null | undefined])[] = [
    ['unit', unit?.name ?? item.hostUnit],
    ['capacity', item.capacity],
    ['head', item.head],
    ['leaderRank', item.leaderRank && say(memberRankTexts[item.leaderRank])],
    ['countries', item.countriesLabel],
    ['partners', item.partners],
    ['content', item.content],
    ['peopleCount', item.peopleCount],
    ['days', item.days],
    ['period', item.period?.label],
    ['funding', item.funding],
    ['note', item.note],
  ];
  return (
    <>
      <PageHead title={item.name ?? say(planTexts.lineOfPlan)}>
        <div className="row">
          <Link to={`/plan/${item.planId}`}>{say(planTexts.toPlan).replace('{year}', String(item.year))}</Link>
          {line.data.editable && (
            <Button className="no-print" onClick={() => setEditing(true)}>
              {say(planTexts.edit)}
            </Button>
          )}
        </div>
      </PageHead>
      <div className="stack">
        <Panel title={say(planTexts.stands)}>
          <div className="stack">
            <p>
              <span className="mark on">{say(state.text)}</span>{' '}
              {mergedInto && <Link to={`/plan/lines/${mergedInto}`}>{say(planTexts.mergedInto)}</Link>}
            </p>
            {item.condition && (
              <Alert
                type={item.state === 'approvedWithCondition' ? 'warning' : 'info'}
                showIcon
                title={`${say(planTexts.condition)}: ${item.condition}`}
                description={item.state === 'approvedWithCondition' ? say(planTexts.conditionHint) : undefined}
              />
            )}
            {line.data.editable && missingFields.length > 0 && (
              <p className="muted">
                {say(planTexts.missing).replace('{fields}', missingFields.map(({ text }) => say(text)).join(', '))}
              </p>
            )}
            <PlanActions
              about={{ of: 'plan-items', id: item.id, planId: item.planId, version }}
              events={availableEvents}
            />
            <PlanTasks tasks={line.data.tasks} />
          </div>
        </Panel>
        <Panel title={say(planTexts.lineOfPlan)}>
          <dl className="facts">
            {facts
              .filter(([, value]) => value !== null && value !== undefined && value !== '')
              .map(([key, value]) => (
                <div key={key}>
                  <dt>{say(planTexts[key])}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
          </dl>
        </Panel>
        <PlanLog log={line.data.log} />
      </div>
      {editing && <PlanLineForm planId={item.planId} units={[]} item={item} close={() => setEditing(false)} />}
    </>
  );
}
