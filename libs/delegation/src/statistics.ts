import type { OverdueDuty, Punctuality, Share, Statistics } from '#contracts/overview.js';
import { memberRanks } from '#contracts/ranks.js';
import type { Text } from '#contracts/text.js';
import { dayOf, instantAt } from '#libs/calendar';
import type { SessionPrincipal } from '#libs/organisation';
import type { TaskKind } from '#workflows/outbound-delegation/tasks.js';
import { readableCase, readerOf } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { taskText } from './state-texts.js';
import { rankOn, standingTrip } from './trip-rows.js';

/** $5 and $6: the year as instants, $7 now. */
const punctualityStatement = {
  name: 'delegation_punctuality',
  text: `
    select t.kind,
      (count(*) filter (where t.closed_at <= t.due_at))::int as "inTime",
      (count(*) filter (where t.closed_at > t.due_at))::int as late,
      (count(*) filter (where t.closed_at is null and t.due_at < $7::timestamptz))::int as "openLate",
      (count(*) filter (where t.closed_at is null and t.due_at >= $7::timestamptz))::int as open
    from tasks t join proposals p on p.instance_id = t.instance_id
    where p.province_id = $1 and ${readableCase}
      and t.due_at is not null and t.opened_at >= $5::timestamptz and t.opened_at < $6::timestamptz
      and t.kind <> 'completeDraft'
    group by t.kind order by t.kind`,
};

const duties: readonly TaskKind[] = ['submitReport', 'reviseReport', 'returnPassports'];

/** $5 kinds, $6 now, $7 today. */
const overdueStatement = {
  name: 'delegation_overdue_duties',
  text: `
    select p.instance_id as "caseId", p.case_code as "caseCode", p.delegation_name as "delegationName",
      coalesce((select v.name from organisation_versions v where v.organisation_id = p.organisation_id
        and v.valid_from <= $7::date order by v.valid_from desc limit 1), '') as unit,
      t.kind, t.due_at as "dueAt", t.due_explanation as explanation, count(*) over ()::int as count
    from tasks t join proposals p on p.instance_id = t.instance_id
    where p.province_id = $1 and ${readableCase}
      and t.closed_at is null and t.kind = any($5::text[]) and t.due_at < $6::timestamptz
    order by t.due_at, t.id limit 200`,
};

/**
 * The trips that depart in [$5, $6] counted by each of their sides: level (that of the highest member), purpose, quarter, and the money and
 * countries, of which a trip may have several and counts under each. $7 today, $8 ranks from the highest.
 */
const sharesStatement = {
  name: 'delegation_trip_shares',
  text: `
    with trips as materialized (
      select p.instance_id as id, p.purpose_kind as purpose, p.countries,
        extract(quarter from p.departure_date)::text as quarter, m.people, ($8::text[])[m.level] as level
      from proposals p join instances i on i.id = p.instance_id
      cross join lateral (select count(*)::int as people,
          min(array_position($8::text[], ${rankOn({ day: '$7', ranks: '$8' })})) as level
        from proposal_members m where m.instance_id = p.instance_id) m
      where p.province_id = $1 and ${readableCase}
        and p.departure_date between $5::date and $6::date and p.return_date is not null and ${standingTrip}),
    sides as (
      select 'all' as side, '' as key, null as name, people from trips
      union all select 'level', coalesce(level, 'unknown'), null, people from trips
      union all select 'purpose', purpose, null, people from trips
      union all select 'quarter', quarter, null, people from trips
      union all select 'funding', f.source, null, people
        from trips join (select distinct instance_id, source from proposal_funding) f on f.instance_id = trips.id
      union all select 'country', c.key, c.name, people
        from trips cross join lateral (select coalesce(one->>'code', one->>'name') as key, min(one->>'name') as name
          from jsonb_array_elements(countries) as one group by 1) c)
    select side, key, min(name) as name, count(*)::int as trips, sum(people)::int as people from sides group by side, key`,
};

type Side = 'all' | 'level' | 'purpose' | 'quarter' | 'funding' | 'country';

interface DutyRow extends Omit<OverdueDuty, 'dueAt' | 'text'> {
  dueAt: Date;
  explanation: Text | null;
  /** How many there are of them. */
  count: number;
}

/** The year in numbers, as far as the reader may see. */
export async function readStatistics(
  dependencies: CaseDependencies,
  principal: SessionPrincipal,
  year: number,
): Promise<Statistics> {
  const { reader, clock } = dependencies;
  const now = clock.now();
  const who = await readerOf(dependencies, principal);
  const [found, steps, overdue] = await Promise.all([
    reader.read<Share & { side: Side }>(sharesStatement, [
      ...who,
      ...[`${year}-01-01`, `${year}-12-31`, dayOf(now), memberRanks],
    ]),
    reader.read<Omit<Punctuality, 'text'>>(punctualityStatement, [
      ...who,
      instantAt(`${year}-01-01`, '00:00'),
      instantAt(`${year + 1}-01-01`, '00:00'),
      now,
    ]),
    reader.read<DutyRow>(overdueStatement, [...who, duties, now, dayOf(now)]),
  ]);
  const by = (side: Side) =>
    found
      .filter((row) => row.side === side)
      .map(({ key, name, trips, people }): Share => ({ key, name, trips, people }));
  const total = by('all')[0];
  const quarters = by('quarter');
  return {
    year,
    trips: total?.trips ?? 0,
    people: total?.people ?? 0,
    byLevel: mostFirst(by('level')),
    byCountry: mostFirst(by('country')),
    byPurpose: mostFirst(by('purpose')),
    byFunding: mostFirst(by('funding')),
    byQuarter: ['1', '2', '3', '4'].map(
      (key) => quarters.find((share) => share.key === key) ?? { key, name: null, trips: 0, people: 0 },
    ),
    punctuality: steps.map((row) => ({ ...row, text: taskText(row.kind) })),
    overdue: overdue.map(({ count: _, ...row }) => ({
      ...{ ...row, text: taskText(row.kind), dueAt: row.dueAt.toISOString() },
    })),
    overdueCount: overdue[0]?.count ?? 0,
  };
}

function mostFirst(shares: readonly Share[]): Share[] {
  return shares.toSorted((a, b) => b.trips - a.trips || a.key.localeCompare(b.key));
}
