import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { ReportTrip, ReportTripQuery } from '#contracts/periodic-report.js';
import { useReportTrips } from '../api/report';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { outcomeTexts, reportTexts } from './report-texts';

const columns = ({ t, say }: LanguageValue): Column<ReportTrip>[] => [
  { title: t('caseCode'), kind: 'exact', cell: (row) => <Link to={`/cases/${row.caseId}`}>{row.caseCode}</Link> },
  {
    title: t('delegation'),
    cell: (row) => (
      <>
        {row.delegationName}
        <div className="muted">{row.unit}</div>
      </>
    ),
  },
  {
    title: t('dates'),
    kind: 'exact',
    cell: (row) => `${formatDay(row.departureDate)} – ${formatDay(row.returnDate)}`,
  },
  { title: t('state'), cell: (row) => say(outcomeTexts[row.outcome]) },
  { title: t('people'), kind: 'number', cell: (row) => row.people },
];

/** Which trips a figure counts, so that it can be checked one by one. */
export function TripsBehind({
  asked,
  title,
  close,
}: {
  readonly asked: ReportTripQuery;
  readonly title: string;
  readonly close: () => void;
}) {
  const language = useLanguage();
  const { say } = language;
  const dialog = useRef<HTMLDialogElement>(null);
  const found = useReportTrips(asked);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-label={title} className="panel dialog wide">
      <h2>{title}</h2>
      {found.isLoadingError ? (
        <Failure problem={found.error} retry={() => found.refetch()} />
      ) : (
        <DataTable
          label={say(reportTexts.behind)}
          columns={columns(language)}
          rows={found.data?.items}
          rowKey={(row) => row.caseId}
          empty={say(reportTexts.nothing)}
        />
      )}
      {found.data?.truncated && <p className="muted">{say(reportTexts.truncated)}</p>}
      <button type="button" className="plain" onClick={() => dialog.current?.close()}>
        {say(reportTexts.close)}
      </button>
    </dialog>
  );
}
