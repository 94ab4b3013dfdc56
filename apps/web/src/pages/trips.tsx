import { useState } from 'react';
import { Link } from 'react-router';
import type { CaseSummary } from '#contracts/case.js';
import type { Me } from '#contracts/session.js';
import { useCases } from '../api/queries';
import { OutOfPlanButton } from '../case/out-of-plan';
import { phases } from '../case/phases';
import { Failure } from '../failure';
import { formatDay, formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable, MoreButton } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import { StartFromPlan } from '../parts/start-from-plan';
import { Ways } from '../parts/ways';

/** Red once the day is over; the hour is said in the inbox. */
function Due({ row, today }: { readonly row: CaseSummary; readonly today: string }) {
  const { t } = useLanguage();
  const isLate = row.dueAt !== null && row.dueAt.slice(0, 10) < today;
  return (
    <span className={isLate ? 'late' : undefined}>
      {formatInstant(row.dueAt)}
      {isLate && <div>{t('overdue')}</div>}
    </span>
  );
}

const columns = ({ t, say }: LanguageValue, today: string): Column<CaseSummary>[] => [
  {
    title: t('caseCode'),
    kind: 'exact',
    cell: (row) => <Link to={`/cases/${row.id}`}>{row.caseCode}</Link>,
  },
  {
    title: t('delegation'),
    kind: 'wide',
    cell: (row) => (
      <>
        <div>{row.delegationName}</div>
        <div className="muted">{row.leader}</div>
      </>
    ),
  },
  { title: t('countries'), cell: (row) => row.countries.join(', ') || '–' },
  {
    title: t('dates'),
    kind: 'exact',
    cell: (row) => (row.departureDate ? `${formatDay(row.departureDate)} – ${formatDay(row.returnDate)}` : '–'),
  },
  { title: t('unit'), cell: (row) => row.organisation.name },
  {
    title: t('state'),
    cell: (row) => (
      <>
        <span className={row.status === 'done' ? 'mark' : 'mark on'}>{say(row.phase.text)}</span>
        {row.state.id !== row.phase.id && <div>{say(row.state.text)}</div>}
      </>
    ),
  },
  { title: t('due'), kind: 'exact', cell: (row) => <Due row={row} today={today} /> },
];

/** The five phases as columns, and what has ended; each card in the phase where the case is now. */
function Board({ rows, today }: { readonly rows: readonly CaseSummary[]; readonly today: string }) {
  const { t, say } = useLanguage();
  const ended = { id: 'ended', text: { vi: t('ended'), en: t('ended') } };
  const of = (id: string) =>
    rows.filter((row) => (id === ended.id ? !phases.some((phase) => phase.id === row.phase.id) : row.phase.id === id));
  return (
    <div className="board">
      {[...phases, ...(of(ended.id).length > 0 ? [ended] : [])].map((column) => (
        <section key={column.id} aria-label={say(column.text)}>
          <h2>{`${say(column.text)} (${of(column.id).length})`}</h2>
          <ul>
            {of(column.id).map((row) => (
              <li key={row.id}>
                <Link to={`/cases/${row.id}`}>{row.caseCode}</Link>
                <div>{row.delegationName}</div>
                <div className="muted">{[row.leader, row.countries.join(', ')].filter(Boolean).join(' · ')}</div>
                {row.state.id !== row.phase.id && <div>{say(row.state.text)}</div>}
                {row.dueAt && (
                  <div className="muted">
                    {t('due')} <Due row={row} today={today} />
                  </div>
                )}
              </li>
            ))}
          </ul>
          {of(column.id).length === 0 && <p className="muted">{t('boardEmpty')}</p>}
        </section>
      ))}
    </div>
  );
}

/** Every case the reader may see; the search knows names without diacritics. */
export function TripsPage({ me }: { readonly me: Me }) {
  const language = useLanguage();
  const { t } = language;
  const [q, setQ] = useState('');
  const [openOnly, setOpenOnly] = useState(true);
  const cases = useCases(q, openOnly);
  const [way, setWay] = useState<'table' | 'board'>('table');
  const rows = cases.data?.pages.flatMap((page) => page.items);
  const empty =
    q === '' ? (
      <>
        {t(openOnly ? 'tripsOpenEmpty' : 'tripsEmpty')}{' '}
        {openOnly && (
          <button type="button" className="quiet" onClick={() => setOpenOnly(false)}>
            {t('showEnded')}
          </button>
        )}{' '}
        <StartFromPlan me={me} />
      </>
    ) : (
      t('nothingFound')
    );
  if (cases.isLoadingError) return <Failure problem={cases.error} retry={() => cases.refetch()} />;
  return (
    <>
      <PageHead title={t('trips')}>
        {me.roles.some((role) => role.role === 'unitOfficer') && <OutOfPlanButton />}
      </PageHead>
      <form
        className="tools no-print"
        onSubmit={(event) => {
          event.preventDefault();
          setQ(String(new FormData(event.currentTarget).get('q') ?? '').trim());
        }}
      >
        <input name="q" type="search" className="search" aria-label={t('search')} placeholder={t('search')} />
        <button type="submit" className="plain">
          {t('find')}
        </button>
        <label className="row" style={{ gap: 4 }}>
          <input type="checkbox" checked={openOnly} onChange={(event) => setOpenOnly(event.target.checked)} />
          {t('openOnly')}
        </label>
        <Ways
          label={t('trips')}
          ways={[
            ['table', t('table')],
            ['board', t('board')],
          ]}
          chosen={way}
          choose={setWay}
        />
      </form>
      {way === 'board' && rows && rows.length > 0 ? (
        <Board rows={rows} today={me.today} />
      ) : (
        <DataTable
          label={t('trips')}
          columns={columns(language, me.today)}
          rows={rows}
          rowKey={(row) => row.id}
          empty={empty}
        />
      )}
      <MoreButton
        more={cases.hasNextPage ? () => void cases.fetchNextPage() : null}
        loading={cases.isFetchingNextPage}
      />
    </>
  );
}
