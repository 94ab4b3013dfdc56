import { useState } from 'react';
import { Link } from 'react-router';
import type { TravellerYear, TripAbroad } from '#contracts/overview.js';
import type { Me } from '#contracts/session.js';
import { useAbroad, useTravellers } from '../api/overview';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { MonthGrid } from '../overview/month-grid';
import { type Period, periodAround, periodName, type Span } from '../overview/period';
import { type Lane, TimeLine } from '../overview/time-line';
import { type Column, DataTable } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import { Bones, Empty } from '../parts/waiting';
import { Ways } from '../parts/ways';

type View = 'delegations' | 'calendar' | 'leaders' | 'travellers';

const overlapsOf = (trip: TripAbroad) => trip.members.filter((member) => member.overlaps.length > 0);
const daysOf = (trip: { departureDate: string; returnDate: string }) =>
  `${formatDay(trip.departureDate)} – ${formatDay(trip.returnDate)}`;

function TripName({ trip }: { readonly trip: TripAbroad }) {
  const { t, say } = useLanguage();
  const leader = trip.members.find((member) => member.role === 'leader') ?? trip.members[0];
  return (
    <>
      <Link to={`/cases/${trip.caseId}`}>{trip.caseCode}</Link> {trip.delegationName}
      <div className="muted">
        {[leader?.fullName, trip.countries.join(', '), trip.unit].filter(Boolean).join(' · ')}
      </div>
      <div className="muted">{`${daysOf(trip)} · ${say(trip.state.text)}`}</div>
      {overlapsOf(trip).map((member) => (
        <div key={member.personId} className="late">
          {t('overlapPerson', { who: member.fullName, codes: member.overlaps.join(', ') })}
        </div>
      ))}
      {trip.leaderOverlaps.length > 0 && (
        <div className="late">{t('overlapLeaders', { codes: trip.leaderOverlaps.join(', ') })}</div>
      )}
    </>
  );
}

function useBars() {
  const { t } = useLanguage();
  return (trip: TripAbroad, overlaps: boolean) => ({
    key: trip.caseId,
    from: trip.departureDate,
    to: trip.returnDate,
    look: overlaps ? ('overlap' as const) : trip.confirmed ? ('confirmed' as const) : ('asked' as const),
    title: [
      `${trip.caseCode} ${trip.countries.join(', ')}`,
      daysOf(trip),
      t(trip.confirmed ? 'confirmed' : 'asked'),
      overlaps && t('overlap'),
    ]
      .filter(Boolean)
      .join(' · '),
  });
}

function Delegations({ trips, period }: { readonly trips: readonly TripAbroad[]; readonly period: Period }) {
  const { t } = useLanguage();
  const bar = useBars();
  if (trips.length === 0) return <Empty>{t('abroadEmpty')}</Empty>;
  const lanes = trips.map((trip) => ({
    key: trip.caseId,
    name: <TripName trip={trip} />,
    bars: [bar(trip, overlapsOf(trip).length + trip.leaderOverlaps.length > 0)],
  }));
  return <TimeLine label={t('byDelegation')} period={period} lanes={lanes} />;
}

function Leaders({ trips, period }: { readonly trips: readonly TripAbroad[]; readonly period: Period }) {
  const { t } = useLanguage();
  const bar = useBars();
  const lanes = new Map<string, Lane>();
  for (const trip of trips) {
    for (const member of trip.members.filter((one) => one.isLeader)) {
      const key = member.personId ?? member.fullName;
      const bars = [
        ...(lanes.get(key)?.bars ?? []),
        bar(trip, member.overlaps.length + trip.leaderOverlaps.length > 0),
      ];
      const name = (
        <>
          <strong>{member.fullName}</strong>
          <div className="muted">{member.position}</div>
          {bars.map((one) => (
            <div key={one.key} className={one.look === 'overlap' ? 'late' : 'muted'}>
              {one.title}
            </div>
          ))}
        </>
      );
      lanes.set(key, { key, bars, name });
    }
  }
  if (lanes.size === 0) return <Empty>{t('leadersEmpty')}</Empty>;
  return <TimeLine label={t('byLeader')} period={period} lanes={[...lanes.values()]} />;
}

const travellerColumns = ({ t }: LanguageValue): Column<TravellerYear>[] => [
  { title: t('fullName'), cell: (row) => row.fullName },
  { title: t('position'), cell: (row) => row.position || '–' },
  { title: t('unit'), cell: (row) => row.unit },
  { title: t('tripCount'), kind: 'number', cell: (row) => row.trips.length },
  { title: t('dayTotal'), kind: 'number', cell: (row) => row.days },
  {
    title: t('trips'),
    cell: (row) =>
      row.trips.map((trip) => (
        <div key={trip.caseId}>
          <Link to={`/cases/${trip.caseId}`}>{trip.caseCode}</Link> {`${trip.countries.join(', ')}, ${daysOf(trip)}`}
        </div>
      )),
  },
];

function Travellers({ year }: { readonly year: number }) {
  const language = useLanguage();
  const { t } = language;
  const people = useTravellers(year);
  if (people.isLoadingError) return <Failure problem={people.error} retry={() => people.refetch()} />;
  return (
    <>
      {people.data?.isWhole === false && <p className="late">{t('travellersNotWhole')}</p>}
      <DataTable
        label={t('byTraveller')}
        columns={travellerColumns(language)}
        rows={people.data?.items}
        rowKey={(row) => row.personId}
        empty={t('travellersEmpty')}
      />
    </>
  );
}

function PeriodChoice({
  period,
  today,
  choose,
}: {
  readonly period: Period;
  readonly today: string;
  readonly choose: (period: Period) => void;
}) {
  const { t } = useLanguage();
  const spans = (['month', 'quarter', 'year'] as const).map((span) => [span, t(span)] as const);
  return (
    <div className="row">
      <Ways<Span>
        label={t('period')}
        ways={spans}
        chosen={period.span}
        choose={(span) => choose(periodAround(period.from, span))}
      />
      <button
        type="button"
        className="plain"
        aria-label={t('earlierPeriod')}
        onClick={() => choose(periodAround(period.from, period.span, -1))}
      >
        ‹
      </button>
      <strong aria-live="polite">{periodName(period)}</strong>
      <button
        type="button"
        className="plain"
        aria-label={t('laterPeriod')}
        onClick={() => choose(periodAround(period.from, period.span, 1))}
      >
        ›
      </button>
      <button type="button" className="quiet" onClick={() => choose(periodAround(today, period.span))}>
        {t('thisPeriod')}
      </button>
    </div>
  );
}

/** Who is away when, which leaders are away together, and how often each travels in the year. */
export function AbroadPage({ me }: { readonly me: Me }) {
  const { t } = useLanguage();
  const [view, setView] = useState<View>('delegations');
  const [period, setPeriod] = useState(() => periodAround(me.today, 'quarter'));
  const trips = useAbroad(period.from, period.to);
  if (trips.isLoadingError) return <Failure problem={trips.error} retry={() => trips.refetch()} />;
  const items = trips.data?.items;
  const month = periodAround(period.from, 'month');
  /** A calendar is of one month: the present one when the period has it. */
  const chooseView = (next: View) => {
    setView(next);
    if (next !== 'calendar' || period.span === 'month') return;
    const hasToday = period.from <= me.today && me.today <= period.to;
    setPeriod(periodAround(hasToday ? me.today : period.from, 'month'));
  };
  return (
    <>
      <PageHead title={t('abroad')} />
      <div className="tools no-print">
        <Ways<View>
          label={t('abroad')}
          ways={[
            ['delegations', t('byDelegation')],
            ['calendar', t('monthGrid')],
            ['leaders', t('byLeader')],
            ['travellers', t('byTraveller')],
          ]}
          chosen={view}
          choose={chooseView}
        />
        <PeriodChoice period={period} today={me.today} choose={setPeriod} />
      </div>
      {view !== 'travellers' && trips.data?.isWhole === false && <p className="late">{t('abroadNotWhole')}</p>}
      {view === 'travellers' ? (
        <Travellers year={Number(period.from.slice(0, 4))} />
      ) : items === undefined ? (
        <Bones />
      ) : view === 'calendar' ? (
        <MonthGrid label={`${t('monthGrid')} ${periodName(month)}`} month={month} trips={items} today={me.today} />
      ) : view === 'leaders' ? (
        <Leaders trips={items} period={period} />
      ) : (
        <Delegations trips={items} period={period} />
      )}
      {view !== 'travellers' && (
        <p className="legend muted" aria-hidden="true">
          <span className="key asked" /> {t('asked')} <span className="key confirmed" /> {t('confirmed')}{' '}
          <span className="key overlap" /> {t('overlap')}
        </p>
      )}
    </>
  );
}
