import { useState } from 'react';
import { Link, NavLink, useParams } from 'react-router';
import type { MailPage } from '#contracts/inbox.js';
import { ApiProblem } from '../api/client';
import { type OpenTimer, useMails, useTimers, useVerifyAudit } from '../api/queries';
import { deadlineName } from '../case/deadline-name';
import { Failure } from '../failure';
import { formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { Organisations, People } from '../operations/directory';
import { House } from '../operations/house';
import { type Column, DataTable, MoreButton } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import { type TextKey, texts } from '../texts';

type MailRow = MailPage['items'][number];

const mailStatuses = {
  planned: 'mailPlanned',
  queued: 'mailQueued',
  sending: 'mailSending',
  sent: 'mailSent',
  uncertain: 'mailUncertain',
  failed: 'mailFailed',
  suppressed: 'mailSuppressed',
} as const satisfies Record<string, TextKey>;

/** A status or reason this web does not know yet is shown as the server says it. */
const named = (names: Readonly<Record<string, TextKey>>, id: string, t: LanguageValue['t']) =>
  names[id] ? t(names[id]) : id;

const suppressionReasons: Readonly<Record<string, TextKey>> = Object.fromEntries(
  (Object.keys(texts) as TextKey[])
    .filter((key) => key.startsWith('suppressed_'))
    .map((key) => [key.slice('suppressed_'.length), key]),
);

const mailColumns = ({ t }: LanguageValue): Column<MailRow>[] => [
  { title: t('at'), kind: 'exact', cell: (mail) => formatInstant(mail.createdAt) },
  {
    title: t('caseCode'),
    kind: 'exact',
    cell: (mail) => (mail.caseId ? <Link to={`/cases/${mail.caseId}`}>{mail.caseCode}</Link> : '–'),
  },
  { title: t('subject'), cell: (mail) => mail.subject },
  {
    title: t('status'),
    cell: (mail) => (
      <>
        <span className={mail.status === 'failed' || mail.status === 'uncertain' ? 'late' : undefined}>
          {named(mailStatuses, mail.status, t)}
        </span>
        {mail.suppressedReason && <div className="muted">{named(suppressionReasons, mail.suppressedReason, t)}</div>}
      </>
    ),
  },
  { title: t('attempts'), kind: 'number', cell: (mail) => mail.attempts },
  { title: t('sentAt'), kind: 'exact', cell: (mail) => formatInstant(mail.sentAt) },
];

function Mails() {
  const language = useLanguage();
  const { t } = language;
  const [status, setStatus] = useState<string>();
  const mails = useMails(status);
  if (mails.isError) return <Failure problem={mails.error} retry={() => mails.refetch()} />;
  return (
    <>
      <fieldset className="chips tools" style={{ border: 0, margin: '0 0 12px' }} aria-label={t('status')}>
        {[undefined, ...Object.keys(mailStatuses)].map((one) => (
          <button type="button" key={one ?? ''} aria-pressed={status === one} onClick={() => setStatus(one)}>
            {one === undefined ? t('all') : named(mailStatuses, one, t)}
          </button>
        ))}
      </fieldset>
      <DataTable
        label={t('mails')}
        columns={mailColumns(language)}
        rows={mails.data?.pages.flatMap((page) => page.items)}
        rowKey={(mail) => mail.id}
        empty={t('mailsEmpty')}
      />
      <MoreButton
        more={mails.hasNextPage ? () => void mails.fetchNextPage() : null}
        loading={mails.isFetchingNextPage}
      />
    </>
  );
}

const timerColumns = ({ t, say }: LanguageValue): Column<OpenTimer>[] => [
  { title: t('due'), kind: 'exact', cell: (timer) => formatInstant(timer.dueAt) },
  {
    title: t('caseCode'),
    kind: 'exact',
    cell: (timer) => <Link to={`/cases/${timer.caseId}`}>{timer.caseCode}</Link>,
  },
  { title: t('kind'), kind: 'exact', cell: (timer) => t(timer.kind === 'deadline' ? 'deadline' : 'reminder') },
  { title: t('deadline'), cell: (timer) => say(deadlineName(timer.name)) },
  { title: t('why'), cell: (timer) => <span className="muted">{say(timer.explanation)}</span> },
];

function Timers() {
  const language = useLanguage();
  const { t } = language;
  const [dueOnly, setDueOnly] = useState(false);
  const timers = useTimers(dueOnly);
  if (timers.isError) return <Failure problem={timers.error} retry={() => timers.refetch()} />;
  return (
    <>
      <fieldset className="chips tools" style={{ border: 0, margin: '0 0 12px' }} aria-label={t('timers')}>
        {[false, true].map((one) => (
          <button type="button" key={String(one)} aria-pressed={dueOnly === one} onClick={() => setDueOnly(one)}>
            {t(one ? 'timersDue' : 'timersOpen')}
          </button>
        ))}
      </fieldset>
      <DataTable
        label={t('timers')}
        columns={timerColumns(language)}
        rows={timers.data?.pages.flatMap((page) => page.items)}
        rowKey={(timer) => timer.id}
        empty={t(dueOnly ? 'timersNoneDue' : 'timersEmpty')}
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
  { to: '/operations/timers', part: 'timers', text: 'timers', shown: Timers },
  { to: '/operations/house', part: 'house', text: 'house', shown: House },
  { to: '/operations/audit', part: 'audit', text: 'audit', shown: Audit },
  { to: '/operations/organisations', part: 'organisations', text: 'organisations', shown: Organisations },
  { to: '/operations/people', part: 'people', text: 'peopleList', shown: People },
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
        <nav className="row" aria-label={t('operations')}>
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
