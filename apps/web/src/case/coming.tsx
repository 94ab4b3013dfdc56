import type { CaseView } from '#contracts/case.js';
import type { ComingStep } from '#contracts/case-story.js';
import { useStory } from '../api/overview';
import { formatInstant } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';

function Step({ step }: { readonly step: ComingStep }) {
  const { t, say } = useLanguage();
  return (
    <li>
      <strong>{say(step.text)}</strong>
      <div className="muted">
        {[step.organisation.name, step.people.map((one) => one.fullName).join(', ')].filter(Boolean).join(' · ')}
      </div>
      {step.people.length === 0 && <div className="late">{t('nobodyHolds')}</div>}
      <div title={say(step.explanation)}>
        {step.expectedAt ? t('expectedBy', { at: formatInstant(step.expectedAt) }) : t('noTerm')}
      </div>
    </li>
  );
}

/** Who comes next until the decision, and when at the latest if each takes the whole term. */
export function Coming({ view }: { readonly view: CaseView }) {
  const { t } = useLanguage();
  const coming = useStory(view.id).data?.coming ?? [];
  if (coming.length === 0) return null;
  return (
    <Panel title={t('comingSteps')}>
      <ol className="past coming">
        {coming.map((step) => (
          <Step key={step.key} step={step} />
        ))}
      </ol>
      <p className="muted" style={{ marginTop: 8 }}>
        {t('comingHint')}
      </p>
    </Panel>
  );
}
