import { Link, NavLink, useParams, useSearchParams } from 'react-router';
import { pathOfCase } from '#contracts/plan-codes.js';
import { ApiProblem } from '../api/client';
import { type OpenTimer, useTimers, useVerifyAudit } from '../api/queries';
import { deadlineName } from '../case/deadline-name';
import { Failure } from '../failure';
import { formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { House } from '../operations/house';
import { MailPreviews } from '../operations/mail-preview';
import { Mails } from '../operations/mails';
import { Organisations } from '../operations/organisations';
import { People } from '../operations/people';
import { Retention } from '../operations/retention';
import { Successions } from '../operations/successions';
import { Tokens } from '../operations/tokens';
import { type Column, DataTable, MoreButton } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import type { TextKey } from '../texts';

const timerColumns = ({ t, say }: LanguageValue): Column<OpenTimer>[] => [
  { title: t('due'), kind: 'exact', cell: (timer) => formatInstant(timer.dueAt) },
  {
    title: t('caseCode'),
    kind: 'exact',
    cell: (timer) => <Link to={pathOfCase(timer.caseCode, timer.caseId)}>{timer.caseCode}</Link>,
  },
  { title: t('kind'), kind: 'exact', cell: (timer) => t(timer.kind === 'deadline' ? 'deadline' : 'reminder') },
  { title: t('deadline'), cell: (timer) => say(deadlineName(timer.name)) },
  { title: t('why'), cell: (timer) => <span className="muted">{say(timer.explanation)}</span> },
];

const timerLists = [
  ['false', 'timersOpen'],
  ['true', 'timersDue'],
  ['overdue', 'timersOverdue'],
] as const satisfies readonly (readonly [string, TextKey])[];

function Timers() {
  const language = useLanguage();
  const { t } = language;
  const [params, setParams] = useSearchParams();
  const due = timerLists.find(([one]) => one === params.get('due'))?.[0] ?? 'false';
  const timers = useTimers(due);
  if (timers.isLoadingError) return <Failure problem={timers.error} retry={() => timers.refetch()} />;
  return (
    <>
      <fieldset className="chips tools" style={{ border: 0, margin: '0 0 12px' }} aria-label={t('timers')}>
        {timerLists.map(([one, text]) => (
          <button
            type="button"
            key={one}
            aria-pressed={due === one}
            onClick={() => setParams(one === 'false' ? {} : { due: one }, { replace: true })}
          >
            {t(text)}
          </button>
        ))}
      </fieldset>
      <DataTable
        label={t('timers')}
        columns={timerColumns(language)}
        rows={timers.data?.pages.flatMap((page) => page.items)}
        rowKey={(timer) => timer.id}
        empty={t(due === 'false' ? 'timersEmpty' : 'timersNoneDue')}
      />
      <MoreButton
        more={timers.hasNextPage ? () => void timers.fetchNextPage() : null}
        loading={timers.isFetchingNextPage}
      />
    </>
  );
}

function Audit() {
  const { t, say } = useLanguage();
  const verify = useVerifyAudit();
  const report = verify.data;
  return (
    <div className="panel">
      <div className="stack">
        <p>{t('auditIntro')}</p>
        <div>
          <button type="button" className="primary" disabled={verify.isPending} onClick={() => verify.mutate()}>
            {t('auditRun')}
          </button>
        </div>
        <div role="status">
          {verify.isError && (
            <p className="late">{verify.error instanceof ApiProblem ? say(verify.error.text) : t('failed')}</p>
          )}
          {report && (
            <p className={report.faults.length > 0 ? 'late' : undefined}>
              {t(report.faults.length > 0 ? 'auditFaults' : 'auditSound', {
                cases: report.instances,
                events: report.events,
                faults: report.faults.length,
              })}
            </p>
          )}
        </div>
        {report?.faults.map((fault) => (
          <div key={`${fault.instanceId}-${fault.seq}`}>
            <Link to={`/cases/${fault.instanceId}`}>{t('openCase')}</Link> {`${t('event')} ${fault.seq}: ${fault.kind}`}
          </div>
        ))}
      </div>
    </div>
  );
}

const parts = [
  { to: '/operations', part: undefined, text: 'mails', shown: Mails },
  { to: '/operations/mail-preview', part: 'mail-preview', text: 'mailPreview', shown: MailPreviews },
  { to: '/operations/timers', part: 'timers', text: 'timers', shown: Timers },
  { to: '/operations/house', part: 'house', text: 'house', shown: House },
  { to: '/operations/audit', part: 'audit', text: 'audit', shown: Audit },
  { to: '/operations/retention', part: 'retention', text: 'retention', shown: Retention },
  { to: '/operations/organisations', part: 'organisations', text: 'organisations', shown: Organisations },
  { to: '/operations/people', part: 'people', text: 'peopleList', shown: People },
  { to: '/operations/successions', part: 'successions', text: 'successions', shown: Successions },
  { to: '/operations/tokens', part: 'tokens', text: 'apiTokens', shown: Tokens },
] as const;

/** For the administrator and the inspector: what was sent and why not, what will fall due, whether the log is sound. */
export function OperationsPage() {
  const { t } = useLanguage();
  const { part } = useParams();
  const current = parts.find((one) => one.part === part) ?? parts[0];
  const Shown = current.shown;
  return (
    <>
      <PageHead title={t(current.text)}>
        <nav className="row parts" aria-label={t('operations')}>
          {parts.map((one) => (
            <NavLink key={one.to} to={one.to} end>
              {t(one.text)}
            </NavLink>
          ))}
        </nav>
      </PageHead>
      <Shown />
    </>
  );
}
