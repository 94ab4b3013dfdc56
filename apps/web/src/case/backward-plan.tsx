import { Form } from 'antd';
import type { BackwardPlanView, PlanColourName, SafeDay } from '#contracts/backward-plan.js';
import type { CaseView } from '#contracts/case.js';
import { useBackwardPlan } from '../api/backward-plan';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import type { ProposalValues } from '../proposal/values';

const colourTexts = { safe: 'planSafe', tight: 'planTight', late: 'planLate' } as const;

/** The word says it; the colour only repeats it. */
function Colour({ colour }: { readonly colour: PlanColourName }) {
  const { t } = useLanguage();
  return <span className={`mark plan-${colour}`}>{t(colourTexts[colour])}</span>;
}

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
                <Colour colour={step.colour} /> <strong>{formatDay(step.lastDay)}</strong> {say(step.text)}{' '}
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

/** Beside a task in the inbox. */
export function SafeDayLine({ safeDay }: { readonly safeDay: SafeDay }) {
  const { t, say } = useLanguage();
  if (safeDay === null || safeDay.colour === 'safe') return null;
  return (
    <div title={say(safeDay.explanation)}>
      <Colour colour={safeDay.colour} /> {t('safeDay', { day: formatDay(safeDay.lastDay) })}
    </div>
  );
}
