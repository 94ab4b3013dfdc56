import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ApprovalView, CaseView, FindingView, TimerView } from '#contracts/case.js';
import { requestRules } from '#contracts/request-rules.js';
import { stepDocumentTexts } from '#contracts/rule-profile-kinds.js';
import { formatDay, formatInstant } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { ActionDialog, type Available } from './action-dialog';
import { deadlineName } from './deadline-name';
import { Finding } from './finding';

export function Waiting({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const open = view.tasks.filter((task) => task.closedAt === null);
  if (open.length === 0) return null;
  return (
    <Panel title={t('tasks')}>
      <div className="stack">
        {open.map((task) => (
          <div key={task.id}>
            <strong>{say(task.text)}</strong> {task.mine && <span className="mark on no-print">{t('yours')}</span>}
            <div className="muted">
              {[task.assignee.person?.fullName, task.assignee.organisation?.name].filter(Boolean).join(', ')}
            </div>
            {task.dueAt && (
              <div>
                {t('due')} {formatInstant(task.dueAt)}
                <div className="muted">{say(task.dueExplanation)}</div>
              </div>
            )}
          </div>
        ))}
      </div>
    </Panel>
  );
}

function DeadlineLine({ timer }: { readonly timer: TimerView }) {
  const { t, say } = useLanguage();
  const ended = timer.cancelReason === 'moved' ? t('deadlineMoved') : t('cancelled');
  const state = timer.cancelledAt ? ended : timer.firedAt ? t('fired') : null;
  return (
    <div className={state ? 'muted' : undefined}>
      <strong>{say(deadlineName(timer.name))}</strong> {state && <span className="mark">{state}</span>}
      <div>{formatInstant(timer.dueAt)}</div>
      <div className="muted">{say(timer.explanation)}</div>
    </div>
  );
}

const isOpen = (timer: TimerView) => timer.cancelledAt === null && timer.firedAt === null;
const byDue = (a: TimerView, b: TimerView) => a.dueAt.localeCompare(b.dueAt);

/** Open deadlines with the sentence that explains each; passed ones and reminders folded away below. */
export function Deadlines({ view, reminders }: { readonly view: CaseView; readonly reminders: boolean }) {
  const { t } = useLanguage();
  const shown = view.deadlines.filter((timer) => reminders || timer.kind === 'deadline').sort(byDue);
  const open = shown.filter((timer) => timer.kind === 'deadline' && isOpen(timer));
  const next = shown.filter((timer) => timer.kind === 'reminder' && isOpen(timer));
  const past = shown.filter((timer) => !isOpen(timer));
  if (shown.length === 0) return null;
  return (
    <Panel title={t('deadlines')}>
      <div className="stack">
        {open.length === 0 && <p className="muted">{t('noDeadlines')}</p>}
        {open.map((timer) => (
          <DeadlineLine key={timer.id} timer={timer} />
        ))}
        {[[t('reminders'), next] as const, [t('pastDeadlines'), past] as const].map(
          ([title, timers]) =>
            timers.length > 0 && (
              <details key={title} className="no-print">
                <summary>{`${title} (${timers.length})`}</summary>
                <div className="stack" style={{ marginTop: 8 }}>
                  {timers.map((timer) => (
                    <DeadlineLine key={`${timer.id} ${timer.reminderKey}`} timer={timer} />
                  ))}
                </div>
              </details>
            ),
        )}
      </div>
    </Panel>
  );
}

const folded = ['notification', 'trip', 'completed'];

const ofRequests: readonly string[] = requestRules;

/**
 * What a rule warns of or forbids stands open until the trip is decided, the rest folded away: it is judged as of today. A request
 * that came late stands open until it is decided.
 */
export function Rules({ view }: { readonly view: CaseView }) {
  const { t } = useLanguage();
  const isDecided = view.states.some(({ id }) => folded.includes(id));
  const isOpen = ({ outcome, rule }: FindingView) => outcome !== 'pass' && (!isDecided || ofRequests.includes(rule));
  const open = view.findings.filter(isOpen);
  const rest = view.findings.filter((finding) => !isOpen(finding));
  if (view.findings.length === 0) return null;
  return (
    <Panel title={t('rules')}>
      <div className="stack">
        {open.map((finding) => (
          <Finding key={`${finding.rule}-${finding.text.en}`} finding={finding} />
        ))}
        {rest.length > 0 && (
          <details>
            <summary>{t(isDecided ? 'rulesAsOfToday' : 'rulesPassed', { n: rest.length })}</summary>
            <div className="stack" style={{ marginTop: 8 }}>
              {rest.map((finding) => (
                <Finding key={`${finding.rule}-${finding.text.en}`} finding={finding} />
              ))}
            </div>
          </details>
        )}
      </div>
    </Panel>
  );
}

/** What each level decided and with which documents; a further one, or the one it owes, is added beside it. */
export function Approvals({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const [action, setAction] = useState<Available>();
  const adding = (approval: ApprovalView) =>
    approval === view.approvals.findLast(({ step }) => step === approval.step)
      ? view.availableEvents.find(
          ({ type, subject, allowed }) => allowed && type === 'RECORD_STEP_DOCUMENT' && subject === approval.step,
        )
      : undefined;
  if (view.approvals.length === 0) return null;
  return (
    <Panel title={t('approvals')}>
      <div className="stack">
        {view.approvals.map((approval) => (
          <div key={`${approval.step}-${approval.at}`}>
            <strong>{say(approval.text)}</strong>
            {approval.decision === 'approvedWithCondition' && <div>{t('withCondition')}</div>}
            <div className="muted">
              {[
                approval.document?.type && say(stepDocumentTexts[approval.document.type]),
                approval.document?.number,
                formatDay(approval.document?.date),
                approval.decidedBy?.fullName,
              ]
                .filter(Boolean)
                .join(' · ')}
              {approval.onBehalfOf ? ` (${t('onBehalfOf')} ${approval.onBehalfOf.fullName})` : ''}
            </div>
            {approval.further.map((one) => (
              <div key={`${one.at} ${one.document.number}`} className="muted">
                {[
                  one.document.type && say(stepDocumentTexts[one.document.type]),
                  one.document.number,
                  formatDay(one.document.date),
                  t('recordedBy', { name: one.recordedBy?.fullName ?? t('system'), at: formatInstant(one.at) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            ))}
            {!approval.matchesProposal && <div className="late">{t('voided')}</div>}
            {adding(approval) && (
              <Button
                className="no-print"
                size="small"
                aria-label={`${t('addStepDocument')}: ${say(approval.text)}`}
                onClick={() => setAction(adding(approval))}
              >
                {t('addStepDocument')}
              </Button>
            )}
          </div>
        ))}
      </div>
      {action && <ActionDialog view={view} action={action} close={() => setAction(undefined)} />}
    </Panel>
  );
}

/** What somebody wrote with an event; the report of a trip has a page of its own. */
function Words({ caseId, name, value }: { readonly caseId: string; readonly name: string; readonly value: unknown }) {
  const { t } = useLanguage();
  if (name === 'report') return <Link to={`/trip-reports/${caseId}`}>{t('readReport')}</Link>;
  return (
    <div className="sentence">
      {name === 'urgentReason' && `${t('urgentReason')}: `}
      {Array.isArray(value) ? value.map((item) => `– ${String(item)}`).join('\n') : String(value)}
    </div>
  );
}

export function History({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  return (
    <Panel title={t('timeline')}>
      <ol className="past">
        {[...view.timeline].reverse().map((event) => (
          <li key={event.seq}>
            <div className="row">
              <strong>{say(event.text)}</strong>
              <span className="muted">{formatInstant(event.at)}</span>
            </div>
            <div className="muted">
              {event.principal?.fullName ?? t('system')}
              {event.onBehalfOf ? ` (${t('onBehalfOf')} ${event.onBehalfOf.fullName})` : ''}
              {event.document && (
                <>
                  {' · '}
                  {event.document.fileId ? (
                    <a href={`/api/v1/files/${event.document.fileId}`}>{event.document.number}</a>
                  ) : (
                    event.document.number
                  )}
                  {`, ${formatDay(event.document.date)}`}
                </>
              )}
            </div>
            {Object.entries(event.private ?? {}).map(([name, value]) => (
              <Words key={name} caseId={view.id} name={name} value={value} />
            ))}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
