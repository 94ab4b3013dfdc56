import { Form } from 'antd';
import type { BackwardPlanView } from '#contracts/backward-plan.js';
import type { CaseView } from '#contracts/case.js';
import { useBackwardPlan } from '../api/backward-plan';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import type { ProposalValues } from '../proposal/values';
import { PlanColour } from './safe-day';

/** The last safe day of each step that remains; the sentence that explains it folded under it. */
export function BackwardPlan({ plan }: { readonly plan: BackwardPlanView }) {
  const { t, say } = useLanguage();
  if (plan.departureDate === null || plan.steps.length === 0) return null;
  return (
    <Panel title={t('backwardPlan')}>
      <p className="muted">{t('backwardPlanFor', { day: formatDay(plan.departureDate) })}</p>
      <ol className="plan-steps">
        {plan.steps.map((step) => (
          <li key={step.step}>
            <details>
              <summary>
                <PlanColour colour={step.colour} /> <strong>{formatDay(step.lastDay)}</strong> {say(step.text)}{' '}
                <span className="muted">
                  {step.daysLeft < 0
                    ? t('planDaysOver', { n: -step.daysLeft })
                    : t('planDaysLeft', { n: step.daysLeft })}
                </span>
              </summary>
              <div className="muted">{say(step.explanation)}</div>
            </details>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** While the dates are being written: the plan for the day that stands in the form, before it is saved. */
export function TriedPlan({ view }: { readonly view: CaseView }) {
  const dates = Form.useWatch<ProposalValues['dates']>('dates');
  const departureDate = dates?.[0]?.format('YYYY-MM-DD') ?? view.proposal.departureDate ?? undefined;
  const plan = useBackwardPlan(view.id, departureDate);
  return <BackwardPlan plan={plan.data ?? view.backwardPlan} />;
}
