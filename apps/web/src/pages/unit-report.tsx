import { useId, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { ReportTripQuery } from '#contracts/periodic-report.js';
import type { UnitRemarks, UnitReportEventInput, UnitReportView } from '#contracts/report-round.js';
import { unitReportStateNames } from '#workflows/periodic-report/names.js';
import { useDecideUnitReport, useUnitReport } from '../api/report-rounds';
import { Failure } from '../failure';
import { formatDay, formatInstant } from '../format';
import { useLanguage } from '../language';
import { PageHead } from '../parts/page-head';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { type RemarksState, useRemarksAutosave } from '../report/remarks-autosave';
import { ReportTables } from '../report/report-tables';
import { DecisionDialog, OfferButtons } from '../report/round-dialogs';
import { roundTexts } from '../report/round-texts';
import { TripsBehind } from '../report/trips-behind';
import type { TextKey } from '../texts';

const parts = ['achievements', 'difficulties', 'proposals'] as const;

/** One part of what the unit writes; read when it may not be written. */
function Part({
  name,
  words,
  change,
}: {
  readonly name: (typeof parts)[number];
  readonly words: string;
  readonly change: ((words: string) => void) | null;
}) {
  const { say } = useLanguage();
  const id = useId();
  if (change === null)
    return (
      <div>
        <h3>{say(roundTexts[name])}</h3>
        <p className="sentence">{words === '' ? '–' : words}</p>
      </div>
    );
  return (
    <div>
      <label htmlFor={id}>{say(roundTexts[name])}</label>
      <textarea
        id={id}
        className="search"
        style={{ width: '100%', height: 'auto' }}
        rows={4}
        maxLength={8000}
        value={words}
        onChange={({ target }) => change(target.value)}
      />
    </div>
  );
}

function UnitReportActions({ report, remarks }: { readonly report: UnitReportView; readonly remarks: UnitRemarks }) {
  const [chosen, choose] = useState<UnitReportView['offers'][number]>();
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const decision = useDecideUnitReport();
  const eventOf = (type: string, reason: string): UnitReportEventInput => {
    if (type === 'SUBMIT_UNIT_REPORT') return { type, remarks };
    return type === 'RETURN_UNIT_REPORT' ? { type, reason } : { type: 'ACCEPT_UNIT_REPORT' };
  };
  return (
    <>
      <OfferButtons offers={report.offers} lesser="RETURN_UNIT_REPORT" choose={choose} />
      {chosen && (
        <DecisionDialog
          action={chosen.text}
          asks={chosen.type === 'RETURN_UNIT_REPORT' ? 'reason' : 'nothing'}
          decision={decision}
          decide={({ reason = '' }, done) =>
            decision.mutate(
              { id: report.id, event: eventOf(chosen.type, reason), idempotencyKey },
              { onSuccess: done, onError: () => setKey(crypto.randomUUID()) },
            )
          }
          close={() => {
            decision.reset();
            choose(undefined);
          }}
        />
      )}
    </>
  );
}

/** The periodic report of one unit: its own trips counted, and what it writes beside them. */
export function UnitReportPage() {
  const { id = '' } = useParams();
  const found = useUnitReport(id);
  if (found.isError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  if (!found.data) return <Bones />;
  // What is typed belongs to the report as it was opened: another state, another form.
  return <UnitReport key={`${found.data.id} ${found.data.state}`} report={found.data} />;
}

const saveTexts: Readonly<Record<RemarksState, TextKey>> = {
  saved: 'autosaved',
  unsaved: 'unsaved',
  saving: 'saving',
  failed: 'saveFailed',
};

function UnitReport({ report }: { readonly report: UnitReportView }) {
  const { t, say } = useLanguage();
  const { remarks, state, problem, isJoined, change } = useRemarksAutosave(report);
  const [shown, show] = useState<{ readonly asked: ReportTripQuery; readonly title: string } | null>(null);
  const mayWrite = report.offers.some(({ type, allowed }) => type === 'SUBMIT_UNIT_REPORT' && allowed);
  const isWithUnit = report.state === 'requested' || report.state === 'returned';
  const { from, to, organisation } = report;
  const rules = report.offers.flatMap((offer) => (offer.allowed ? [] : offer.rules));
  return (
    <>
      <PageHead title={say(roundTexts.roundOf).replace('{title}', say(report.title))}>
        <div className="row no-print">
          <Link to={report.mayOpenRound ? `/report-rounds/${report.roundId}` : '/report-rounds'}>
            {say(report.mayOpenRound ? roundTexts.progress : roundTexts.all)}
          </Link>
          <UnitReportActions report={report} remarks={remarks} />
        </div>
      </PageHead>
      <p className="big">{organisation.name}</p>
      <p className={report.overdue ? 'late' : 'muted'} style={{ marginBottom: 12 }}>
        {[
          `${formatDay(from)} – ${formatDay(to)}`,
          `${say(roundTexts.due)}: ${formatDay(report.dueOn)} (${report.dueSource ?? say(roundTexts.assumption)})`,
          say(unitReportStateNames[report.state]),
          ...(report.submittedAt === null ? [] : [`${say(roundTexts.handedIn)}: ${formatInstant(report.submittedAt)}`]),
        ].join(' · ')}
      </p>
      <div className="stack">
        {rules.map(({ text }) => (
          <p key={text.vi}>{say(text)}</p>
        ))}
        {report.returnReason !== null && isWithUnit && (
          <Panel title={say(roundTexts.returned)} className="warning">
            <p className="sentence">{report.returnReason}</p>
          </Panel>
        )}
        <Panel title={say(roundTexts.ownRemarks)}>
          <div className="stack">
            {mayWrite && (
              <p className={state === 'failed' ? 'late' : 'muted'} role="status">
                {state === 'saved' && report.remarksSavedAt === null
                  ? say(roundTexts.savedAsYouWrite)
                  : t(saveTexts[state])}
                {problem !== null && ` · ${say(problem.text)}`}
              </p>
            )}
            {isJoined && <p className="sentence">{say(roundTexts.joined)}</p>}
            {parts.map((name) => (
              <Part
                key={name}
                name={name}
                words={remarks[name]}
                change={mayWrite ? (words) => change({ ...remarks, [name]: words }) : null}
              />
            ))}
          </div>
        </Panel>
        <h2>{say(roundTexts.ownFigures)}</h2>
        <p className="muted">{say(isWithUnit ? roundTexts.prefilled : roundTexts.frozen)}</p>
        <ReportTables
          report={report.report}
          show={(asked, title) => show({ asked: { from, to, organisationId: organisation.id, ...asked }, title })}
        />
      </div>
      {shown && <TripsBehind {...shown} close={() => show(null)} />}
    </>
  );
}
