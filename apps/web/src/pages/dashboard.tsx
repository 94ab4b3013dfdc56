import { useState } from 'react';
import { Link } from 'react-router';
import type { OverdueDuty, Punctuality, Share, Statistics } from '#contracts/overview.js';
import { memberRankTexts } from '#contracts/ranks.js';
import type { Me } from '#contracts/session.js';
import { useStatistics } from '../api/overview';
import { fundingTexts, purposeTexts } from '../case/kind-texts';
import { Failure } from '../failure';
import { formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { BarChart, type ChartRow, inks } from '../overview/bar-chart';
import { type Column, DataTable } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import { Bones } from '../parts/waiting';
import type { TextKey } from '../texts';

/** A key this web has no name for is shown as the server says it. */
const named = (names: Readonly<Record<string, TextKey>>, key: string, t: LanguageValue['t']) =>
  names[key] ? t(names[key]) : key;

function Shares({
  title,
  shares,
  nameOf,
}: {
  readonly title: string;
  readonly shares: readonly Share[];
  readonly nameOf: (share: Share) => string;
}) {
  const { t } = useLanguage();
  const rows = shares.map((share) => ({
    key: share.key,
    name: nameOf(share),
    parts: [share.trips],
    value: t('tripsAndPeople', { trips: share.trips, people: share.people }),
    cells: [share.trips, share.people],
  }));
  return <BarChart title={title} heads={[title, t('tripCount'), t('people')]} rows={rows} />;
}

function Steps({ steps }: { readonly steps: readonly Punctuality[] }) {
  const { t, say } = useLanguage();
  const rows: ChartRow[] = steps.map((step) => {
    const { inTime, late, openLate, open } = step;
    const decided = inTime + late + openLate;
    return {
      key: step.kind,
      name: say(step.text),
      parts: [inTime, late, openLate, open],
      value:
        decided === 0
          ? '–'
          : `${Math.round((inTime / decided) * 100)}% ${t('inTime').toLowerCase()} (${inTime}/${decided})`,
      cells: [inTime, late, openLate, open],
    };
  });
  const words = [t('inTime'), t('lateDone'), t('openLate'), t('openStill')];
  return (
    <BarChart
      title={t('punctuality')}
      heads={[t('tasks'), ...words]}
      rows={rows}
      legend={
        <p className="legend muted">
          {words.map((word, at) => (
            <span key={word}>
              <span className="key" style={{ background: inks[at] }} /> {word}{' '}
            </span>
          ))}
        </p>
      }
    />
  );
}

const dutyColumns = ({ t, say }: LanguageValue): Column<OverdueDuty>[] => [
  { title: t('caseCode'), kind: 'exact', cell: (row) => <Link to={`/cases/${row.caseId}`}>{row.caseCode}</Link> },
  { title: t('delegation'), cell: (row) => row.delegationName },
  { title: t('unit'), cell: (row) => row.unit },
  { title: t('kind'), cell: (row) => say(row.text) },
  {
    title: t('due'),
    cell: (row) => (
      <>
        <span className="late">{formatInstant(row.dueAt)}</span>
        <div className="muted">{say(row.explanation)}</div>
      </>
    ),
  },
];

function Charts({ year }: { readonly year: Statistics }) {
  const { t, say } = useLanguage();
  const levelOf = ({ key }: Share) =>
    key in memberRankTexts ? say(memberRankTexts[key as keyof typeof memberRankTexts]) : t('unknownLevel');
  return (
    <div className="charts">
      <Shares title={t('byQuarter')} shares={year.byQuarter} nameOf={({ key }) => t('quarterNumber', { n: key })} />
      <Shares title={t('byCountry')} shares={year.byCountry} nameOf={({ key, name }) => name ?? key} />
      <Shares title={t('byLevel')} shares={year.byLevel} nameOf={levelOf} />
      <Shares title={t('byPurpose')} shares={year.byPurpose} nameOf={({ key }) => named(purposeTexts, key, t)} />
      <Shares title={t('byFunding')} shares={year.byFunding} nameOf={({ key }) => named(fundingTexts, key, t)} />
      <Steps steps={year.punctuality} />
    </div>
  );
}

/** The year in numbers: charts to read, and to take away as a picture or as a table. */
export function DashboardPage({ me }: { readonly me: Me }) {
  const language = useLanguage();
  const { t } = language;
  const [year, setYear] = useState(() => Number(me.today.slice(0, 4)));
  const found = useStatistics(year);
  if (found.isLoadingError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  const step = (by: number, label: TextKey, sign: string) => (
    <button type="button" className="plain" aria-label={t(label)} onClick={() => setYear(year + by)}>
      {sign}
    </button>
  );
  return (
    <>
      <PageHead title={`${t('dashboard')} ${year}`}>
        <div className="row no-print">
          <Link to={`/report?from=${year}-01-01&to=${year}-12-31`}>{t('periodicReport')}</Link>
          {step(-1, 'earlierPeriod', '‹')}
          <strong aria-live="polite">{year}</strong>
          {step(1, 'laterPeriod', '›')}
        </div>
      </PageHead>
      {found.data === undefined ? (
        <Bones />
      ) : (
        <div className="stack">
          <p className="big">{t('totals', { trips: found.data.trips, people: found.data.people })}</p>
          <h2>{t('overdueDuties')}</h2>
          <DataTable
            label={t('overdueDuties')}
            columns={dutyColumns(language)}
            rows={found.data.overdue}
            rowKey={(row) => `${row.caseId} ${row.kind}`}
            empty={t('noOverdueDuties')}
          />
          {found.data.overdueCount > found.data.overdue.length && (
            <p className="late">
              {t('oldestOfDuties', { n: found.data.overdue.length, all: found.data.overdueCount })}
            </p>
          )}
          <Charts year={found.data} />
        </div>
      )}
    </>
  );
}
