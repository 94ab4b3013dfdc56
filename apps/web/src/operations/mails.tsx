import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { type MailPage, type ReportSourceView, resendableStatuses, type WorkerView } from '#contracts/mail-ledger.js';
import { useMails, useMailTrouble, useResendMail } from '../api/mails';
import { useMe } from '../api/queries';
import { Failure } from '../failure';
import { formatAgo, formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable, MoreButton } from '../parts/data-table';
import { Problem } from '../profile/problem';
import { MailFilterBar, useMailFilter } from './mail-filter';
import { mailStatusTexts, mailTexts, queueTexts, reportSourceTexts, suppressionTexts } from './mail-texts';

type MailRow = MailPage['items'][number];

const isTrouble = ({ status }: MailRow) => resendableStatuses.includes(status);

/** A status or reason this web does not know yet is shown as the server says it. */
function Status({ mail, language }: { readonly mail: MailRow; readonly language: LanguageValue }) {
  const { say } = language;
  const { status, suppressedReason, bouncedAt, lastResponse } = mail;
  const waits = status === 'planned' && mail.notBefore > mail.createdAt;
  return (
    <>
      <span className={isTrouble(mail) ? 'late' : undefined}>{say(mailStatusTexts[status])}</span>
      {suppressedReason && <div className="muted">{say(suppressionTexts[suppressedReason])}</div>}
      {waits && <div className="muted">{`${say(mailTexts.waitsUntil)} ${formatInstant(mail.notBefore)}`}</div>}
      {bouncedAt && <div className="late">{`${say(mailTexts.bouncedAt)} ${formatInstant(bouncedAt)}`}</div>}
      {lastResponse && status !== 'sent' && <div className="muted">{lastResponse}</div>}
    </>
  );
}

function columnsOf(language: LanguageValue, resend: ((mail: MailRow) => void) | null): Column<MailRow>[] {
  const { t, say } = language;
  const columns: Column<MailRow>[] = [
    { title: t('at'), kind: 'exact', cell: (mail) => formatInstant(mail.createdAt) },
    {
      title: t('caseCode'),
      kind: 'exact',
      cell: (mail) => (mail.caseId ? <Link to={`/cases/${mail.caseId}`}>{mail.caseCode}</Link> : '–'),
    },
    { title: say(mailTexts.recipient), cell: (mail) => mail.person?.fullName ?? '–' },
    { title: t('subject'), cell: (mail) => mail.subject },
    { title: t('status'), cell: (mail) => <Status mail={mail} language={language} /> },
    { title: t('attempts'), kind: 'number', cell: (mail) => mail.attempts },
    { title: t('sentAt'), kind: 'exact', cell: (mail) => formatInstant(mail.sentAt) },
  ];
  if (resend === null) return columns;
  const again: Column<MailRow> = {
    title: say(mailTexts.resend),
    cell: (mail) =>
      isTrouble(mail) ? (
        <Button size="small" onClick={() => resend(mail)} aria-label={`${say(mailTexts.resend)}: ${mail.subject}`}>
          {say(mailTexts.resend)}
        </Button>
      ) : null,
  };
  return [...columns, again];
}

/** What may happen is said before: nothing is sent again by itself, and a person who does it should know. */
function ResendDialog({ mail, close }: { readonly mail: MailRow; readonly close: () => void }) {
  const { t, say } = useLanguage();
  const resend = useResendMail();
  return (
    <Modal
      open
      title={say(mailTexts.resendTitle)}
      okText={say(mailTexts.resend)}
      cancelText={t('cancel')}
      confirmLoading={resend.isPending}
      onCancel={close}
      onOk={() => resend.mutate(mail.id, { onSuccess: close })}
    >
      <div className="stack">
        <Problem error={resend.error} />
        <p>
          <strong>{mail.subject}</strong>
          <br />
          {mail.person?.fullName}
        </p>
        <p>{say(mail.status === 'uncertain' ? mailTexts.resendUncertain : mailTexts.resendFailed)}</p>
        {mail.lastResponse && <p className="muted">{`${say(mailTexts.serverSaid)}: ${mail.lastResponse}`}</p>}
        <p className="muted">{say(mailTexts.resendNote)}</p>
      </div>
    </Modal>
  );
}

function ReportSource({ source }: { readonly source: ReportSourceView }) {
  const { say } = useLanguage();
  const { kind, lookedAt, fault, faultSince, setAside } = source;
  const read = lookedAt ? `${say(mailTexts.reportsReadAt)} ${formatInstant(lookedAt)}` : say(mailTexts.reportsNotYet);
  return (
    <span>
      {`${say(reportSourceTexts[kind])}, ${read}`}
      {fault && (
        <span className="late">{`; ${say(mailTexts.reportsFaultSince)} ${formatInstant(faultSince)}: ${fault}`}</span>
      )}
      {setAside > 0 && `; ${setAside} ${say(mailTexts.reportsSetAside)}`}
    </span>
  );
}

/** Whether anybody would notice that an accepted mail came back. */
function ReportSources({ sources }: { readonly sources: readonly ReportSourceView[] }) {
  const { say } = useLanguage();
  return (
    <p className="row muted" style={{ marginBottom: 12 }}>
      {`${say(mailTexts.reportSources)}: `}
      {sources.length === 0
        ? say(mailTexts.noReportSource)
        : sources.map((one) => <ReportSource key={one.kind} source={one} />)}
    </p>
  );
}

/** A ledger without trouble looks the same when nobody sends: so whether anybody does is said. */
function Workers({ workers }: { readonly workers: readonly WorkerView[] }) {
  const { say, language } = useLanguage();
  const atWork = workers.filter((one) => one.isAtWork);
  const [last] = workers;
  if (atWork.length === 0) {
    const seen = last
      ? `${say(mailTexts.lastSeen)} ${formatAgo(last.silentSeconds, language)}`
      : say(mailTexts.neverSeen);
    return (
      <p role="alert" className="late" style={{ marginBottom: 12 }}>
        {`${say(mailTexts.nobodyAtWork)} (${seen}). ${say(mailTexts.startWorker)}`}
      </p>
    );
  }
  const away = atWork.find(({ queueAwaySeconds }) => queueAwaySeconds !== null);
  const queue = say(queueTexts[(away ?? atWork[0]!).queue]);
  return (
    <p className="muted" style={{ marginBottom: 12 }}>
      {`${say(mailTexts.workers)}: ${atWork.length} ${say(mailTexts.workersAtWork)}, `}
      {away === undefined ? (
        queue
      ) : (
        <span className="late">
          {`${queue} ${say(mailTexts.queueAway)} ${formatAgo(away.queueAwaySeconds ?? 0, language)}; ${say(mailTexts.sweepWorks)}`}
        </span>
      )}
    </p>
  );
}

/** First of all what somebody has to look at. */
function Trouble() {
  const { say } = useLanguage();
  const { data } = useMailTrouble();
  if (data === undefined) return null;
  const { uncertain, failed, overdueTimers, reportSources, workers } = data;
  const isCalm = uncertain + failed + overdueTimers === 0;
  return (
    <>
      <p role="status" style={{ marginBottom: 12 }}>
        {isCalm ? (
          <span className="muted">{say(mailTexts.noTrouble)}</span>
        ) : (
          <span className="row late">
            {say(mailTexts.trouble)}:
            {uncertain > 0 && (
              <Link to="?status=uncertain">{`${uncertain} ${say(mailStatusTexts.uncertain).toLowerCase()}`}</Link>
            )}
            {failed > 0 && <Link to="?status=failed">{`${failed} ${say(mailStatusTexts.failed).toLowerCase()}`}</Link>}
            {overdueTimers > 0 && (
              <Link to="/operations/timers?due=overdue">{`${overdueTimers} ${say(mailTexts.overdueTimers)}`}</Link>
            )}
          </span>
        )}
      </p>
      <Workers workers={workers} />
      <ReportSources sources={reportSources} />
    </>
  );
}

/** The mail ledger: what was sent, what was not and why; the administrator sends one again on purpose. */
export function Mails() {
  const language = useLanguage();
  const { t, say } = language;
  const { filter, show } = useMailFilter();
  const mails = useMails(filter);
  const me = useMe();
  const [chosen, setChosen] = useState<MailRow | null>(null);
  const mayResend = me.data?.roles.some(({ role }) => role === 'administrator') ?? false;
  if (mails.isLoadingError) return <Failure problem={mails.error} retry={() => mails.refetch()} />;
  return (
    <>
      <Trouble />
      <MailFilterBar filter={filter} show={show} />
      <DataTable
        label={t('mails')}
        columns={columnsOf(language, mayResend ? setChosen : null)}
        rows={mails.data?.pages.flatMap((page) => page.items)}
        rowKey={(mail) => mail.id}
        empty={say(mailTexts.empty)}
      />
      <MoreButton
        more={mails.hasNextPage ? () => void mails.fetchNextPage() : null}
        loading={mails.isFetchingNextPage}
      />
      {chosen && <ResendDialog mail={chosen} close={() => setChosen(null)} />}
    </>
  );
}
