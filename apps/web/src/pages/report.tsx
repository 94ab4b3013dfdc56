import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type ReportTripQuery, reportFormats, reportPresets } from '#contracts/periodic-report.js';
import type { Me } from '#contracts/session.js';
import { type Days, reportFile, usePeriodicReport } from '../api/report';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { DayField } from '../parts/day-field';
import { PageHead } from '../parts/page-head';
import { Bones } from '../parts/waiting';
import { ReportTables } from '../report/report-tables';
import { reportTexts } from '../report/report-texts';
import { roundTexts } from '../report/round-texts';
import { TripsBehind } from '../report/trips-behind';

/** The days of the report stand in the address, so that a report can be sent as a link. */
function useDays(me: Me): readonly [Days, (days: Days) => void] {
  const [search, setSearch] = useSearchParams();
  const year = me.today.slice(0, 4);
  const days = { from: search.get('from') ?? `${year}-01-01`, to: search.get('to') ?? `${year}-12-31` };
  return [days, (next) => setSearch({ ...next }, { replace: true })];
}

function Period({ days, choose, me }: { readonly days: Days; readonly choose: (days: Days) => void; readonly me: Me }) {
  const { say } = useLanguage();
  const presets = reportPresets(Number(me.today.slice(0, 4)));
  return (
    <div className="tools no-print" style={{ alignItems: 'end' }}>
      <fieldset className="chips" aria-label={say(reportTexts.presets)}>
        {presets.map((one) => (
          <button
            type="button"
            key={one.id}
            aria-pressed={one.from === days.from && one.to === days.to}
            onClick={() => choose({ from: one.from, to: one.to })}
          >
            {say(one.name)}
          </button>
        ))}
      </fieldset>
      <DayField
        label={say(reportTexts.from)}
        value={days.from}
        change={(from) => from !== '' && choose({ ...days, from })}
      />
      <DayField label={say(reportTexts.to)} value={days.to} change={(to) => to !== '' && choose({ ...days, to })} />
    </div>
  );
}

/** The report of any period: seven tables, the rule by which trips were counted, every figure with its trips, and the file. */
export function ReportPage({ me }: { readonly me: Me }) {
  const { say } = useLanguage();
  const [days, choose] = useDays(me);
  const [shown, show] = useState<{ readonly asked: ReportTripQuery; readonly title: string } | null>(null);
  const report = usePeriodicReport(days);
  return (
    <>
      <PageHead title={say(reportTexts.report)}>
        <div className="row no-print">
          <Link to="/report-rounds">{say(roundTexts.rounds)}</Link>
          {reportFormats.map((format) => (
            <a key={format} className="plain" href={reportFile(format, days)} download>
              {say(reportTexts.file).replace('{format}', format.toUpperCase())}
            </a>
          ))}
          <button type="button" className="plain" onClick={() => window.print()}>
            {say(reportTexts.print)}
          </button>
        </div>
      </PageHead>
      <Period days={days} choose={choose} me={me} />
      {report.isLoadingError ? (
        <Failure problem={report.error} retry={() => report.refetch()} />
      ) : report.data === undefined ? (
        <Bones />
      ) : (
        <div className="stack">
          <p className="big">{`${formatDay(report.data.from)} – ${formatDay(report.data.to)}`}</p>
          <p className="muted">
            <strong>{say(reportTexts.countingRule)}:</strong> {say(report.data.countingRule)}
          </p>
          {!report.data.wholeProvince && <p>{say(reportTexts.ownOnly)}</p>}
          <ReportTables report={report.data} show={(asked, title) => show({ asked: { ...days, ...asked }, title })} />
        </div>
      )}
      {shown && <TripsBehind {...shown} close={() => show(null)} />}
    </>
  );
}
