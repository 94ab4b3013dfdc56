/**
 * The report of a period counted out of the sources alone, slowly, as it was before trips that have ended were kept counted. It is what
 * the fast one is compared with; nothing else may use it.
 */

/**
 * The trips of a period, one row each: $1 province, $2 and $3 its days, $4 organisations the reader may count or null for all,
 * $5 ranks from the highest. Members of a trip are numbered from 1. Everything else here reads from `trip`, so that no two tables count by different rules.
 */
const tripsOfPeriod = `
  chosen as materialized (
    select p.instance_id as id, p.organisation_id as unit, p.purpose_kind as purpose, p.plan_item_id, p.countries,
      p.departure_date as departs, p.return_date as returns,
      case when i.states && array['cancelled'] then 'cancelled'
        when i.states && array['completed', 'trip.closing'] then 'done' else 'underway' end as outcome
    from proposals p join instances i on i.id = p.instance_id
    where p.province_id = $1 and p.departure_date between $2::date and $3::date
      and ($4::uuid[] is null or p.organisation_id = any($4::uuid[]))
      and not (i.states && array['proposal.draft', 'rejected', 'withdrawn'])
  ), member as materialized (
    select m.instance_id as id, m.position, m.person_id, c.departs, c.returns - c.departs + 1 as days,
      c.outcome <> 'cancelled' as travels
    from chosen c join proposal_members m on m.instance_id = c.id
  ), held as materialized (
    select person_id, valid_from, coalesce(valid_to, 'infinity') as ends, array_position($5::text[], rank) as level
    from positions
  ), crew as (
    select m.id, max(m.position) as people, min(h.level) as level
    from member m left join held h on h.person_id = m.person_id and h.valid_from <= m.departs and h.ends > m.departs
    group by m.id
  ), trip as materialized (
    select c.*, coalesce(w.people, 0) as people, coalesce(($5::text[])[w.level], 'unknown') as level
    from chosen c left join crew w on w.id = c.id
  )`;

const counted = `count(*)::int as trips,
      (count(*) filter (where plan_item_id is not null))::int as "inPlan",
      (count(*) filter (where plan_item_id is null))::int as "outOfPlan",
      (count(*) filter (where outcome = 'done'))::int as done,
      (count(*) filter (where outcome = 'underway'))::int as underway,
      (count(*) filter (where outcome = 'cancelled'))::int as cancelled,
      coalesce(sum(people), 0)::int as people`;

/** The same, counted already. */
const counts = 'trips, "inPlan", "outOfPlan", done, underway, cancelled, people';

const json = (select: string) => `(select coalesce(json_agg(r), '[]') from (${select}) r)`;

/** A country as its code, or as it was written where it has none. */
const countryKey = `coalesce(c->>'code', c->>'name')`;

/** The name an organisation had at the end of the period. */
const unitName = `(select v.name from organisation_versions v where v.organisation_id = unit and v.valid_from <= $3::date
      order by v.valid_from desc limit 1)`;

/** How a duty stands that is kept as the task `k`; `now`: the parameter. */
const standingAt = (
  now: string,
) => `case when k.closed_at <= k.due_at then 'onTime' when k.closed_at > k.due_at then 'late'
        when k.due_at < ${now}::timestamptz then 'missing' else 'open' end`;

/** A line `n` of the annual plan that falls into the period. */
const lineOfPeriod = `n.province_id = $1 and n.direction = 'outbound'
        and n.state in ('approved', 'approvedWithCondition', 'closed') and n.period_from <= $3::date and n.period_to >= $2::date`;

/** The position a person held last in the period; '' where the register knows none. */
const positionOf = `coalesce((select x.title from positions x where x.person_id = w.person_id and x.valid_from <= $3::date
      order by x.valid_from desc, x.title limit 1), '')`;

/** $6 now, $7 how many people at most, $8 today. */
export const slowReportStatement = {
  name: 'test_slow_periodic_report',
  text: `with ${tripsOfPeriod}
  , reported as materialized (
    select t.id, r.content from trip t join trip_reports r on r.instance_id = t.id and r.accepted_at is not null
  )
  , summed as materialized (
    select grouping(level, purpose, unit) as by, level, purpose, unit, ${counted}
    from trip group by grouping sets ((), (level), (purpose), (unit))
  )
  select (select row_to_json(r) from (select ${counts} from summed where by = 7) r) as total,
    ${json(`select level as key, null as name, ${counts} from summed where by = 3
      order by array_position($5::text[], level) nulls last`)} as "byLevel",
    ${json(`select visit.key, max(visit.name) as name, ${counted}
      from trip t cross join lateral (select ${countryKey} as key, max(c->>'name') as name
        from jsonb_array_elements(t.countries) e(c) group by 1) visit
      group by 1 order by count(*) desc, 1`)} as "byCountry",
    ${json(`select purpose as key, null as name, ${counts} from summed where by = 5
      order by trips desc, 1`)} as "byPurpose",
    ${json(`select unit as key, ${unitName} as name, ${counts} from summed where by = 6
      order by trips desc, 1`)} as "byUnit",
    ${json(`select source as key, currency, count(*)::int as trips,
        coalesce(sum(estimated), 0)::text as estimated, coalesce(sum(actual), 0)::text as actual
      from (select id, source, currency, sum(estimated) as estimated, sum(actual) as actual from (
        select t.id, f.source, f.currency, f.amount as estimated, null::numeric as actual
          from trip t join proposal_funding f on f.instance_id = t.id where t.outcome <> 'cancelled'
        union all
        select r.id, c->>'source', c->>'currency', null, (c->>'amount')::numeric
          from reported r cross join lateral jsonb_array_elements(r.content->'actual'->'costs') c
      ) money group by id, source, currency) of_trip group by source, currency order by 1, 2`)} as "byFunding",
    ${json(`select w.person_id as key, p.full_name as name, ${positionOf} as position, w.trips, w.days as "daysAbroad"
      from (select m.person_id, count(*)::int as trips, sum(m.days)::int as days
        from member m where m.travels and m.person_id is not null
        group by m.person_id order by count(*) desc, 3 desc, 1 limit $7) w
      join people p on p.id = w.person_id order by w.trips desc, w.days desc, p.full_name`)} as "byPerson",
    ${json(`select key, (count(*) filter (where standing = 'onTime'))::int as "onTime",
        (count(*) filter (where standing = 'late'))::int as late,
        (count(*) filter (where standing = 'missing'))::int as missing,
        (count(*) filter (where standing = 'open'))::int as open
      from (select k.kind as key, ${standingAt('$6')} as standing
        from trip t join tasks k on k.instance_id = t.id and k.kind in ('submitReport', 'returnPassports')
        where k.due_at is not null) duty group by key order by key desc`)} as duties,
    (select json_build_object('lines', count(*)::int, 'withTrip', (count(*) filter (where exists (
        select from trip t where t.plan_item_id = n.id)))::int)
      from plan_items n where ${lineOfPeriod}) as plan,
    (select json_build_object('reports', count(*)::int,
        'meetings', coalesce(sum(jsonb_array_length(r.content->'meetings')), 0)::int,
        'agreements', coalesce(sum(jsonb_array_length(r.content->'agreements')), 0)::int,
        'followUps', (select count(*)::int from reported x join trip_follow_ups f on f.instance_id = x.id),
        'followUpsDone', (select count(*)::int from reported x join trip_follow_ups f on f.instance_id = x.id
          where f.state = 'done'),
        'followUpsOverdue', (select count(*)::int from reported x join trip_follow_ups f on f.instance_id = x.id
          where f.state = 'open' and f.due_date < $8::date))
      from reported r) as results`,
};
