import type { CaseView } from '#contracts/case.js';
import { useLanguage } from '../language';
import { phases } from './phases';

/** The five phases: passed, current, to come, by word as well as by colour. */
export function PhaseSteps({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const found = phases.findIndex((phase) => phase.id === view.phase.id);
  const current = found < 0 && view.phase.id === 'completed' ? phases.length : found;
  const now = phases[current];
  return (
    <>
      <ol className="steps" aria-label={t('phases')}>
        {phases.map((phase, index) => (
          <li
            key={phase.id}
            className={index < current ? 'passed' : undefined}
            aria-current={index === current ? 'step' : undefined}
          >
            {index + 1}. {say(phase.text)}
            {index < current && <span className="unseen">{` (${t('passed')})`}</span>}
          </li>
        ))}
      </ol>
      {/* On a telephone five names have no room: the list keeps its strokes and this line names the current one. */}
      {now && (
        <p className="step-now" aria-hidden="true">
          {`${current + 1}/${phases.length} · ${say(now.text)}`}
        </p>
      )}
    </>
  );
}
