import type { CaseView } from '#contracts/case.js';
import type { ProgressPhase } from '#contracts/case-story.js';
import { useStory } from '../api/overview';
import { useLanguage } from '../language';
import type { TextKey } from '../texts';
import { PhaseSteps } from './phase-steps';

type Mark = ProgressPhase['mark'];

/** Shape and word beside the colour: a tick, a full circle, an empty one, a dot. */
const shapes: Readonly<Record<Mark, string>> = { passed: '✓', current: '●', possible: '○', open: '·' };
const words: Readonly<Record<Mark, TextKey>> = {
  passed: 'markPassed',
  current: 'markCurrent',
  possible: 'markPossible',
  open: 'markOpen',
};

function Place({ state }: { readonly state: ProgressPhase['states'][number] }) {
  const { t, say } = useLanguage();
  return (
    <li className={`place ${state.mark}`}>
      <span aria-hidden="true">{shapes[state.mark]}</span>
      <span>
        {say(state.text)}
        <span className="unseen">{` (${t(words[state.mark])})`}</span>
      </span>
    </li>
  );
}

/** The way of the case on the machine: the five phases and, below each, where it was, is, may go next, and has not been. */
export function Progress({ view }: { readonly view: CaseView }) {
  const { t } = useLanguage();
  const story = useStory(view.id).data;
  return (
    <>
      <PhaseSteps view={view} />
      {story && (
        <div className="places">
          {story.phases.map((phase) => (
            <ul key={phase.id} className={phase.mark} aria-label={t('statesOfPhase')}>
              {(phase.states.length > 0 ? phase.states : [phase]).map((state) => (
                <Place key={state.id} state={state} />
              ))}
            </ul>
          ))}
        </div>
      )}
      {story && (
        <p className="muted legend" aria-hidden="true">
          {(Object.keys(shapes) as Mark[]).map((mark) => `${shapes[mark]} ${t(words[mark])}`).join('   ')}
        </p>
      )}
    </>
  );
}
