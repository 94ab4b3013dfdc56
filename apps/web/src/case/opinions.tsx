import type { CaseView } from '#contracts/case.js';
import { formatDay, formatInstant } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import type { TextKey } from '../texts';

const words: Readonly<Record<string, TextKey>> = {
  agree: 'agree',
  agreeWithComments: 'agreeWithComments',
  disagree: 'disagree',
};

/** Whom was asked, what each answered, and who has not yet. */
export function Opinions({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const asked = view.tasks.filter((task) => task.kind === 'giveOpinion');
  const toAsk = view.opinionsWanted.filter(({ state }) => state === 'notAsked');
  if (asked.length === 0 && toAsk.length === 0) return null;
  const answers = view.timeline.filter((event) => event.type === 'OPINION_RECEIVED');
  return (
    <Panel title={t('opinions')}>
      <div className="stack">
        {toAsk.map(({ organisation, subject, required, inWriting, source }) => (
          <div key={organisation.id}>
            <strong>{organisation.name}</strong>
            <div>
              <span className={required ? 'mark on' : 'mark'}>
                {[t('opinionNotAsked'), required && t('opinionRequired'), inWriting && t('opinionInWriting')]
                  .filter(Boolean)
                  .join(', ')}
              </span>{' '}
              {say(subject)}
            </div>
            <div className="muted">
              {t('source')}: {source ?? t('assumption')}
            </div>
          </div>
        ))}
        {asked.map((task) => {
          const agency = task.assignee.organisation;
          const answer =
            task.closedAt === null ? undefined : answers.findLast((one) => one.payload.organisationId === agency?.id);
          const word = words[String(answer?.payload.opinion)];
          return (
            <div key={task.id}>
              <strong>{agency?.name}</strong>
              {answer ? (
                <>
                  <div>
                    <span className="mark">{word ? t(word) : ''}</span>{' '}
                    {answer.document && `${answer.document.number}, ${formatDay(answer.document.date)}`}
                  </div>
                  <div className="muted">
                    {[answer.principal?.fullName, formatInstant(answer.at)].filter(Boolean).join(' · ')}
                  </div>
                  {typeof answer.private?.note === 'string' && <div className="sentence">{answer.private.note}</div>}
                </>
              ) : task.closedAt === null ? (
                <div>
                  {t('opinionAwaited')}
                  {task.dueAt && (
                    <span title={say(task.dueExplanation)}>{` · ${t('due')} ${formatInstant(task.dueAt)}`}</span>
                  )}
                </div>
              ) : (
                <div className="muted">{t('opinionNotGiven')}</div>
              )}
            </div>
          );
        })}
      </div>
    </Panel>
  );
}
