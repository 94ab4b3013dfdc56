import type { ReactNode } from 'react';
import {
  type DutyRow,
  dutyStandings,
  type FundingRow,
  type PeriodicReport,
  type PersonRow,
  type ReportCounts,
  type ReportRow,
  type ReportTripQuery,
} from '#contracts/periodic-report.js';
import { memberRankTexts } from '#contracts/ranks.js';
import { fundingTexts, purposeTexts } from '../case/kind-texts';
import { formatAmount } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import type { TextKey } from '../texts';
import { reportTexts } from './report-texts';

type Asked = Omit<ReportTripQuery, 'from' | 'to'>;
export type Show = (asked: Asked, title: string) => void;

/** A figure that opens what it counts; nought opens nothing. */
function Figure({ n, title, show, asked }: { n: number; title: string; show: Show; asked: Asked }) {
  if (n === 0) return <span className="muted">0</span>;
  return (
    <button type="button" className="quiet figure" aria-label={`${title}: ${n}`} onClick={() => show(asked, title)}>
      {n}
    </button>
  );
}

type CountKey = keyof ReportCounts;
const counted: readonly (readonly [CountKey, Asked])[] = [
  ['trips', {}],
  ['inPlan', { inPlan: 'true' }],
  ['outOfPlan', { inPlan: 'false' }],
  ['done', { outcome: 'done' }],
  ['underway', { outcome: 'underway' }],
  ['cancelled', { outcome: 'cancelled' }],
  ['people', {}],
];

interface Named {
  readonly row: ReportCounts;
  readonly key?: string;
  readonly name: string;
}

function countColumns(
  head: string,
  { say }: LanguageValue,
  { show, table }: { show: Show; table?: Asked['table'] },
): Column<Named>[] {
  return [
    { title: head, cell: ({ name }) => name },
    ...counted.map(([count, asked]) => ({
      title: say(reportTexts[count]),
      kind: 'number' as const,
      cell: ({ row, key, name }: Named) => (
        <Figure
          n={row[count]}
          title={`${name}, ${say(reportTexts[count])}`}
          show={show}
          asked={{ ...asked, ...(table !== undefined && { table }), ...(key !== undefined && { key }) }}
        />
      ),
    })),
  ];
}

const fundingColumns = ({ t, say }: LanguageValue, show: Show): Column<FundingRow>[] => {
  const nameOf = ({ key }: FundingRow) =>
    key in fundingTexts ? t(fundingTexts[key as keyof typeof fundingTexts]) : key;
  return [
    { title: say(reportTexts.funding), cell: nameOf },
    { title: say(reportTexts.currency), cell: (row) => row.currency },
    {
      title: say(reportTexts.trips),
      kind: 'number',
      cell: (row) => (
        <Figure
          n={row.trips}
          title={nameOf(row)}
          show={show}
          asked={{ table: 'funding', key: `${row.key} ${row.currency}` }}
        />
      ),
    },
    {
      title: say(reportTexts.estimated),
      kind: 'number',
      cell: (row) => formatAmount(Number(row.estimated), row.currency),
    },
    {
      title: say(reportTexts.actual),
      kind: 'number',
      cell: (row) => formatAmount(Number(row.actual), row.currency),
    },
  ];
};

const personColumns = ({ say }: LanguageValue, show: Show): Column<PersonRow>[] => [
  { title: say(reportTexts.person), cell: (row) => row.name },
  { title: say(reportTexts.position), cell: (row) => row.position || '–' },
  {
    title: say(reportTexts.trips),
    kind: 'number',
    cell: (row) => <Figure n={row.trips} title={row.name} show={show} asked={{ table: 'person', key: row.key }} />,
  },
  { title: say(reportTexts.daysAbroad), kind: 'number', cell: (row) => row.daysAbroad },
];

const dutyColumns = ({ say }: LanguageValue, show: Show): Column<DutyRow>[] => [
  { title: say(reportTexts.duty), cell: (row) => say(reportTexts[row.key]) },
  ...dutyStandings.map((standing) => ({
    title: say(reportTexts[standing]),
    kind: 'number' as const,
    cell: (row: DutyRow) => (
      <span className={standing === 'missing' && row.missing > 0 ? 'late' : undefined}>
        <Figure
          n={row[standing]}
          title={`${say(reportTexts[row.key])}, ${say(reportTexts[standing])}`}
          show={show}
          asked={{ table: 'duty', key: row.key, standing }}
        />
      </span>
    ),
  })),
];

type Results = PeriodicReport['results'];
const resultKeys = ['reports', 'meetings', 'agreements', 'followUps', 'followUpsDone', 'followUpsOverdue'] as const;

/** Meetings, agreements and follow-ups are counted one by one; what opens is the trips they come from. */
const resultColumns = ({ say }: LanguageValue, show: Show): Column<Results>[] =>
  resultKeys.map((key) => ({
    title: say(reportTexts[key]),
    kind: 'number',
    cell: (row) => <Figure n={row[key]} title={say(reportTexts[key])} show={show} asked={{ table: 'result', key }} />,
  }));

const named = (names: Readonly<Record<string, TextKey>>, key: string, t: LanguageValue['t']) =>
  names[key] ? t(names[key]) : key;

function useTable() {
  const { say } = useLanguage();
  return (n: number, name: keyof typeof reportTexts) =>
    say(reportTexts.table).replace('{n}', String(n)).replace('{name}', say(reportTexts[name]));
}

function CountTable({
  title,
  head,
  rows,
  table,
  show,
  nameOf,
}: {
  readonly title: string;
  readonly head: string;
  readonly rows: readonly ReportRow[];
  readonly table: NonNullable<Asked['table']>;
  readonly show: Show;
  readonly nameOf: (row: ReportRow) => string;
}) {
  const language = useLanguage();
  return (
    <Section title={title}>
      <DataTable
        label={title}
        columns={countColumns(head, language, { show, table })}
        rows={rows.map((row) => ({ row, key: row.key, name: nameOf(row) }))}
        rowKey={({ key }) => key ?? ''}
        empty={language.say(reportTexts.nothing)}
      />
    </Section>
  );
}

/** Tables 1 to 7 of the report, every figure with the trips behind it. */
export function ReportTables({ report, show }: { readonly report: PeriodicReport; readonly show: Show }) {
  const language = useLanguage();
  const { t, say } = language;
  const titleOf = useTable();
  const levelOf = ({ key }: ReportRow) =>
    key in memberRankTexts ? say(memberRankTexts[key as keyof typeof memberRankTexts]) : say(reportTexts.unknown);
  const byCount = [
    ['level', report.byLevel, levelOf],
    ['country', report.byCountry, (row: ReportRow) => row.name ?? row.key],
    ['purpose', report.byPurpose, (row: ReportRow) => named(purposeTexts, row.key, t)],
    ['unit', report.byUnit, (row: ReportRow) => row.name ?? row.key],
  ] as const;
  return (
    <div className="stack report" style={{ gap: 24 }}>
      <Section title={say(reportTexts.inSum)}>
        <DataTable
          label={say(reportTexts.inSum)}
          columns={countColumns(say(reportTexts.inSum), language, { show })}
          rows={[{ row: report.total, name: say(reportTexts.trips) }]}
          rowKey={() => 'total'}
          empty={say(reportTexts.nothing)}
        />
      </Section>
      {byCount.map(([table, rows, nameOf], index) => (
        <CountTable
          key={table}
          title={titleOf(index + 1, table)}
          head={say(reportTexts[table])}
          {...{ rows, table, show, nameOf }}
        />
      ))}
      <Section title={titleOf(5, 'funding')}>
        <DataTable
          label={titleOf(5, 'funding')}
          columns={fundingColumns(language, show)}
          rows={report.byFunding}
          rowKey={(row) => `${row.key} ${row.currency}`}
          empty={say(reportTexts.nothing)}
        />
      </Section>
      <Section title={titleOf(6, 'person')}>
        <DataTable
          label={titleOf(6, 'person')}
          columns={personColumns(language, show)}
          rows={report.byPerson}
          rowKey={(row) => row.key}
          empty={say(reportTexts.nothing)}
        />
      </Section>
      <AfterTrips report={report} show={show} />
    </div>
  );
}

/** What was owed after the trips, what came of them, and the plan beside them. */
function AfterTrips({ report, show }: { readonly report: PeriodicReport; readonly show: Show }) {
  const language = useLanguage();
  const { say } = language;
  const titleOf = useTable();
  const { withTrip, lines } = report.plan;
  return (
    <Section title={titleOf(7, 'duties')}>
      <DataTable
        label={titleOf(7, 'duties')}
        columns={dutyColumns(language, show)}
        rows={report.duties}
        rowKey={(row) => row.key}
        empty={say(reportTexts.nothing)}
      />
      <DataTable
        label={say(reportTexts.results)}
        columns={resultColumns(language, show)}
        rows={[report.results]}
        rowKey={() => 'results'}
        empty={say(reportTexts.nothing)}
      />
      <p>
        {say(reportTexts.planLines)}{' '}
        <Figure
          n={withTrip}
          title={say(reportTexts.planLines)}
          show={show}
          asked={{ table: 'plan', key: 'withTrip' }}
        />
        {` / ${lines}`}
      </p>
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="stack" style={{ gap: 8 }} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
