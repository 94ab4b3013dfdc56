import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { ReportTripQuery } from '#contracts/periodic-report.js';
import type { RoundRow, RoundSummary, RoundView } from '#contracts/report-round.js';
import type { Me } from '#contracts/session.js';
import { roundStateNames, unitReportStateNames } from '#workflows/periodic-report/names.js';
import { roundDocument, useDecideRound, useReportRound, useReportRounds } from '../api/report-rounds';
import { Failure } from '../failure';
import { formatDay, formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { ReportTables } from '../report/report-tables';
import { DecisionDialog, OfferButtons, RequestDialog } from '../report/round-dialogs';
import { RoundPaper } from '../report/round-paper';
import { roundTexts } from '../report/round-texts';
import { TripsBehind } from '../report/trips-behind';

const fill = (text: string, values: Readonly<Record<string, string | number>>) =>
  Object.entries(values).reduce((said, [name, value]) => said.replace(`{${name}}`, String(value)), text);

/** "3 of 4 units · 1 overdue". */
function Progress({ progress }: Pick<RoundSummary, 'progress'>) {
  const { say } = useLanguage();
  return (
    <>
      {fill(say(roundTexts.of), { submitted: progress.submitted, asked: progress.asked })}
      {progress.overdue > 0 && <div className="late">{fill(say(roundTexts.late), { overdue: progress.overdue })}</div>}
    </>
  );
}

const roundColumns = ({ say }: LanguageValue): Column<RoundSummary>[] => [
  {
    title: say(roundTexts.period),
    cell: (round) => (
      <>
        {round.mayOpen ? (
          <Link to={`/report-rounds/${round.id}`}>{fill(say(roundTexts.roundOf), { title: say(round.title) })}</Link>
        ) : (
          fill(say(roundTexts.roundOf), { title: say(round.title) })
        )}
        <div className="muted">{`${formatDay(round.from)} – ${formatDay(round.to)}`}</div>
        {round.own.map((one) => (
          <div key={one.id}>
            <Link to={`/unit-reports/${one.id}`}>{one.organisation.name}</Link>:{' '}
            <span className={one.overdue ? 'late' : undefined}>{say(unitReportStateNames[one.state])}</span>
          </div>
        ))}
      </>
    ),
  },
  { title: say(roundTexts.due), kind: 'exact', cell: ({ dueOn }) => formatDay(dueOn) },
  { title: say(roundTexts.progress), cell: ({ progress }) => <Progress progress={progress} /> },
  { title: say(roundTexts.state), cell: ({ state }) => say(roundStateNames[state]) },
];

/** Every request for periodic reports the reader has a part in. */
export function ReportRoundsPage({ me }: { readonly me: Me }) {
  const language = useLanguage();
  const { say } = language;
  const rounds = useReportRounds();
  const [isAsking, ask] = useState(false);
  if (rounds.isError) return <Failure problem={rounds.error} retry={() => rounds.refetch()} />;
  const mayRequest = rounds.data?.mayRequest === true;
  return (
    <>
      <PageHead title={say(roundTexts.rounds)}>
        <div className="row no-print">
          <Link to="/report">{say(roundTexts.figuresNow)}</Link>
          {mayRequest && (
            <button type="button" className="primary" onClick={() => ask(true)}>
              {say(roundTexts.request)}
            </button>
          )}
        </div>
      </PageHead>
      <div className="stack">
        <p className="muted">{say(roundTexts.hint)}</p>
        <DataTable
          label={say(roundTexts.rounds)}
          columns={roundColumns(language)}
          rows={rounds.data?.items}
          rowKey={({ id }) => id}
          empty={say(mayRequest ? roundTexts.noneYet : roundTexts.noneAsked)}
        />
      </div>
      {isAsking && <RequestDialog today={me.today} close={() => ask(false)} />}
    </>
  );
}

const unitColumns = ({ say }: LanguageValue): Column<RoundRow>[] => [
  {
    title: say(roundTexts.unit),
    cell: ({ id, organisation }) => <Link to={`/unit-reports/${id}`}>{organisation.name}</Link>,
  },
  {
    title: say(roundTexts.state),
    cell: ({ state, overdue }) => (
      <span className={overdue ? 'late' : undefined}>
        {say(unitReportStateNames[state])}
        {overdue && ` · ${say(roundTexts.overdue)}`}
      </span>
    ),
  },
  {
    title: say(roundTexts.handedIn),
    kind: 'exact',
    cell: ({ submittedAt }) => (submittedAt === null ? '–' : formatInstant(submittedAt)),
  },
  {
    title: say(roundTexts.trips),
    kind: 'number',
    cell: ({ trips, tripsNow }) => (
      <>
        {trips ?? '–'}
        {trips !== null && trips !== tripsNow && (
          <div className="muted">{fill(say(roundTexts.changed), { n: tripsNow })}</div>
        )}
      </>
    ),
  },
];

/** What the units write, part by part, one under the other. */
function Remarks({ units }: Pick<RoundView, 'units'>) {
  const { say } = useLanguage();
  const parts = (['achievements', 'difficulties', 'proposals'] as const).map((part) => ({
    part,
    said: units.flatMap(({ id, organisation, remarks }) =>
      remarks === null || remarks[part] === '' ? [] : [{ id, name: organisation.name, words: remarks[part] }],
    ),
  }));
  if (parts.every(({ said }) => said.length === 0)) return <p className="muted">{say(roundTexts.noRemarks)}</p>;
  return (
    <div className="stack">
      {parts
        .filter(({ said }) => said.length > 0)
        .map(({ part, said }) => (
          <section key={part} className="stack" aria-label={say(roundTexts[part])}>
            <h3>{say(roundTexts[part])}</h3>
            {said.map(({ id, name, words }) => (
              <div key={id}>
                <div className="muted">{name}</div>
                <p className="sentence">{words}</p>
              </div>
            ))}
          </section>
        ))}
    </div>
  );
}

/** What may be decided about the round, as far as the reader may. */
function RoundActions({ round }: { readonly round: RoundView }) {
  const { say } = useLanguage();
  const [chosen, choose] = useState<RoundView['offers'][number]>();
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const decision = useDecideRound();
  const missing = round.units.filter(({ state }) => state === 'requested' || state === 'returned').length;
  const eventOf = (type: string, { reason = '', startAt }: { reason?: string; startAt?: number | null }) => {
    if (type === 'CANCEL_ROUND') return { type, reason } as const;
    if (type === 'ISSUE_REPORT') return { type, ...(typeof startAt === 'number' && { startAt }) } as const;
    return { type: 'CONSOLIDATE_REPORTS' } as const;
  };
  return (
    <>
      <OfferButtons offers={round.offers} lesser="CANCEL_ROUND" choose={choose} />
      {chosen && (
        <DecisionDialog
          action={chosen.text}
          asks={chosen.type === 'CANCEL_ROUND' ? 'reason' : chosen.type === 'ISSUE_REPORT' ? 'number' : 'nothing'}
          decision={decision}
          decide={(written, done) =>
            decision.mutate(
              { id: round.id, event: eventOf(chosen.type, written), idempotencyKey },
              { onSuccess: done, onError: () => setKey(crypto.randomUUID()) },
            )
          }
          close={() => {
            decision.reset();
            choose(undefined);
          }}
        >
          {chosen.type === 'CONSOLIDATE_REPORTS' && (
            <p>{missing > 0 ? fill(say(roundTexts.missing), { n: missing }) : say(roundTexts.sure)}</p>
          )}
        </DecisionDialog>
      )}
    </>
  );
}

/** One request: who has reported, what they write, the figures of the province, and the report as a document. */
export function ReportRoundPage() {
  const language = useLanguage();
  const { say } = language;
  const { id = '' } = useParams();
  const found = useReportRound(id);
  const [shown, show] = useState<{ readonly asked: ReportTripQuery; readonly title: string } | null>(null);
  if (found.isError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  if (!found.data) return <Bones />;
  const round = found.data;
  const { from, to } = round;
  const blocked = round.offers.filter(({ allowed }) => !allowed).flatMap(({ rules }) => rules);
  return (
    <>
      <PageHead title={fill(say(roundTexts.roundOf), { title: say(round.title) })}>
        <div className="row no-print">
          <Link to="/report-rounds">{say(roundTexts.all)}</Link>
          {round.state !== 'cancelled' && (
            <a className="plain" href={roundDocument(id)} download>
              {round.document === null
                ? say(roundTexts.draft)
                : fill(say(roundTexts.document), { number: round.document.number })}
            </a>
          )}
          <RoundActions round={round} />
        </div>
      </PageHead>
      <div className="stack">
        <RoundFacts round={round} />
        <RoundPaper round={round} />
        {blocked.map(({ text }) => (
          <p key={text.vi}>{say(text)}</p>
        ))}
        <DataTable
          label={say(roundTexts.progress)}
          columns={unitColumns(language)}
          rows={round.units}
          rowKey={(row) => row.id}
          empty={say(roundTexts.noneYet)}
        />
        <Panel title={say(roundTexts.remarks)}>
          <Remarks units={round.units} />
        </Panel>
        <h2>{say(roundTexts.province)}</h2>
        {round.consolidatedAt !== null && (
          <p className="muted">{`${say(roundTexts.consolidated)} ${formatInstant(round.consolidatedAt)}`}</p>
        )}
        <p className="muted">{say(round.report.countingRule)}</p>
        <ReportTables report={round.report} show={(asked, title) => show({ asked: { from, to, ...asked }, title })} />
      </div>
      {shown && <TripsBehind {...shown} close={() => show(null)} />}
    </>
  );
}

function RoundFacts({ round }: { readonly round: RoundView }) {
  const { say } = useLanguage();
  const facts = [
    `${formatDay(round.from)} – ${formatDay(round.to)}`,
    `${say(roundTexts.due)}: ${formatDay(round.dueOn)} (${round.dueSource ?? say(roundTexts.assumption)})`,
    ...(round.consolidateBy === null
      ? []
      : [`${say(roundTexts.consolidateBy)}: ${formatInstant(round.consolidateBy)}`]),
    say(roundStateNames[round.state]),
  ];
  return (
    <>
      <p className="muted">{facts.join(' · ')}</p>
      <p className="big">
        {say(roundTexts.progress)}: <Progress progress={round.progress} />
      </p>
    </>
  );
}
