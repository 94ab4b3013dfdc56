import { Card, Flex, Tag, Timeline } from 'antd';
import type { CaseView, TimerView } from '#contracts/case.js';
import { type DeadlineName, deadlineTexts } from '#contracts/deadline-names.js';
import { formatDay, formatInstant } from '../format';
import { useLanguage } from '../language';

export function Waiting({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const open = view.tasks.filter((task) => task.closedAt === null);
  if (open.length === 0) return null;
  return (
    <Card size="small" title={t('tasks')}>
      {open.map((task) => (
        <div key={task.id} style={{ marginBottom: 8 }}>
          <strong>{say(task.text)}</strong>
          <div className="muted">
            {[task.assignee.person?.fullName, task.assignee.organisation?.name].filter(Boolean).join(', ')}
            {task.dueAt ? ` · ${t('due')} ${formatInstant(task.dueAt)}` : ''}
          </div>
        </div>
      ))}
    </Card>
  );
}

function DeadlineLine({ timer }: { readonly timer: TimerView }) {
  const { t, say } = useLanguage();
  const state = timer.cancelledAt ? t('cancelled') : timer.firedAt ? t('fired') : null;
  return (
    <div style={{ marginBottom: 8 }} className={state ? 'muted' : undefined}>
      <strong>{say(deadlineTexts[timer.name as DeadlineName])}</strong> {state && <Tag>{state}</Tag>}
      <div>{formatInstant(timer.dueAt)}</div>
      <div className="muted">{say(timer.explanation)}</div>
    </div>
  );
}

/** Open deadlines with the sentence that explains each; passed and cancelled ones after them. */
export function Deadlines({ view }: { readonly view: CaseView }) {
  const { t } = useLanguage();
  const deadlines = view.deadlines.filter((timer) => timer.kind === 'deadline');
  if (deadlines.length === 0) return null;
  const rank = (timer: TimerView) => (timer.cancelledAt ? 2 : timer.firedAt ? 1 : 0);
  return (
    <Card size="small" title={t('deadlines')}>
      {[...deadlines]
        .sort((a, b) => rank(a) - rank(b) || a.dueAt.localeCompare(b.dueAt))
        .slice(0, 12)
        .map((timer) => (
          <DeadlineLine key={timer.id} timer={timer} />
        ))}
    </Card>
  );
}

export function Rules({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const shown = view.findings.filter((finding) => finding.outcome !== 'pass');
  if (shown.length === 0) return null;
  return (
    <Card size="small" title={t('rules')}>
      {shown.map((finding) => (
        <div key={`${finding.rule}-${finding.text.en}`} style={{ marginBottom: 8 }}>
          <div className={finding.outcome === 'block' ? 'late' : undefined}>{say(finding.text)}</div>
          <div className="muted">
            {t('source')}: {finding.source ?? t('assumption')}
          </div>
        </div>
      ))}
    </Card>
  );
}

export function Approvals({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  if (view.approvals.length === 0) return null;
  return (
    <Card size="small" title={t('approvals')}>
      {view.approvals.map((approval) => (
        <div key={`${approval.step}-${approval.at}`} style={{ marginBottom: 8 }}>
          <strong>{say(approval.text)}</strong>
          <div>
            {[approval.document?.number, formatDay(approval.document?.date), approval.decidedBy?.fullName]
              .filter(Boolean)
              .join(' · ')}
          </div>
          {!approval.matchesProposal && <div className="late">{t('voided')}</div>}
        </div>
      ))}
    </Card>
  );
}

export function History({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  return (
    <Card size="small" title={t('timeline')}>
      <Timeline
        items={[...view.timeline].reverse().map((event) => ({
          key: event.seq,
          content: (
            <div>
              <Flex gap={8} wrap>
                <strong>{say(event.text)}</strong>
                <span className="muted">{formatInstant(event.at)}</span>
              </Flex>
              <div className="muted">
                {event.principal?.fullName ?? t('system')}
                {event.onBehalfOf ? ` (${t('onBehalfOf')} ${event.onBehalfOf.fullName})` : ''}
                {event.document ? ` · ${event.document.number}, ${formatDay(event.document.date)}` : ''}
              </div>
              {Object.entries(event.private ?? {}).map(([name, value]) => (
                <div key={name} className="sentence">
                  {Array.isArray(value) ? value.map((item) => `– ${String(item)}`).join('\n') : String(value)}
                </div>
              ))}
            </div>
          ),
        }))}
      />
    </Card>
  );
}
