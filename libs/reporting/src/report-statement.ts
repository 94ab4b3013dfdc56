import { memberRanks } from '#contracts/ranks.js';
import { figuresOf } from './trip-figures.js';

/** Of one duty that is not done, at the instant of the parameter `now`: past its day, or with time left. */
const standingOf = (column: string, now: string) => `
    case when ${column}_due < ${now}::timestamptz then 1 else 0 end as ${column}_missing,
    case when ${column}_due >= ${now}::timestamptz then 1 else 0 end as ${column}_open`;

/** The trips of `source` that a report counts, from the figures of each. */
const tripsOf = (source: string, now: string) => `
    select id, organisation_id as unit, plan_item_id, plan_item_id is not null as in_plan, departs, days, outcome, purpose,
      people, level, travellers, countries, country_names, funding, estimated, actual, reports, meetings, agreements, follow_ups,
      follow_ups_done, report_on_time, report_late, passports_on_time, passports_late,${standingOf('report', now)},${standingOf('passports', now)}
    from ${source} where outcome is not null and departs between $2::date and $3::date
      and ($4::uuid[] is null or organisation_id = any($4::uuid[]))`;

/**
 * The trips of a period, one row each; `now`: the parameter with the instant. $1 province, $2 and $3 its days, $4 organisations the reader
 * may count or null for all, $5 ranks from the highest. `kept` are those whose figures are kept, `changed` those that changed since and are
 * counted now; every trip is in one of the two, and both have the same columns.
 */
const tripsOfPeriod = (now: string): string => `
  wanted as materialized (select instance_id as id from trip_figures where province_id = $1 and not counted),
  changed as materialized (${tripsOf(`(${figuresOf('$5')}) f`, now)}),
  kept as not materialized (${tripsOf('(select instance_id as id, * from trip_figures where counted and province_id = $1) f', now)})`;

/** $1 to $5 of `tripsOfPeriod`. */
export function periodParameters(given: {
  provinceId: string;
  from: string;
  to: string;
  organisationIds: readonly string[] | null;
}): unknown[] {
  return [given.provinceId, given.from, given.to, given.organisationIds, memberRanks];
}

/** Each of the two added up by itself, so that the kept ones can be read by several processes at once. */
const fromBoth = (select: (trips: string) => string): string => `${select('kept')} union all ${select('changed')}`;

/** Sums of the whole table of trips that the figures of a report are made of; every row of them is small. */
const summedColumns = [
  'people',
  ...['report_on_time', 'report_late', 'report_missing', 'report_open'],
  ...['passports_on_time', 'passports_late', 'passports_missing', 'passports_open'],
  ...['reports', 'meetings', 'agreements', 'follow_ups', 'follow_ups_done'],
];

const counts = `coalesce(sum(trips), 0)::int as trips,
      coalesce(sum(trips) filter (where in_plan), 0)::int as "inPlan",
      coalesce(sum(trips) filter (where not in_plan), 0)::int as "outOfPlan",
      coalesce(sum(trips) filter (where outcome = 'done'), 0)::int as done,
      coalesce(sum(trips) filter (where outcome = 'underway'), 0)::int as underway,
      coalesce(sum(trips) filter (where outcome = 'cancelled'), 0)::int as cancelled,
      coalesce(sum(people), 0)::int as people`;

const json = (select: string) => `(select coalesce(json_agg(r), '[]') from (${select}) r)`;

/** The name an organisation had at the end of the period. */
const unitName = `(select v.name from organisation_versions v where v.organisation_id = unit and v.valid_from <= $3::date
      order by v.valid_from desc limit 1)`;

/** A line `n` of the annual plan that falls into the period. */
const lineOfPeriod = `n.province_id = $1 and n.direction = 'outbound'
        and n.state in ('approved', 'approvedWithCondition', 'closed') and n.period_from <= $3::date and n.period_to >= $2::date`;

/** The position a person held last in the period; '' where the register knows none. */
const positionOf = `coalesce((select x.title from positions x where x.person_id = w.person_id and x.valid_from <= $3::date
      order by x.valid_from desc, x.title limit 1), '')`;

const sum = (column: string) => `coalesce(sum(${column}), 0)::int`;

const dutyRow = (kind: string, column: string) => `select '${kind}' as key, ${sum(`${column}_on_time`)} as "onTime",
      ${sum(`${column}_late`)} as late, ${sum(`${column}_missing`)} as missing, ${sum(`${column}_open`)} as open from summed`;

/** $6 now, $7 how many people at most, $8 today. */
export const reportStatement = {
  name: null,
  text: `with ${tripsOfPeriod('$6')}
  , summed as materialized (${fromBoth(
    (trips) => `select unit, level, purpose, outcome, in_plan, count(*) as trips,
      ${summedColumns.map((column) => `sum(${column}) as ${column}`).join(', ')}
      from ${trips} group by 1, 2, 3, 4, 5`,
  )})
  , visit as (${fromBoth(
    (trips) => `select unnest(countries) as key, unnest(country_names) as name, outcome, in_plan, trips, people
      from (select countries, country_names, outcome, in_plan, count(*) as trips, sum(people) as people
        from ${trips} group by 1, 2, 3, 4) together`,
  )})
  , money as (${fromBoth(
    (trips) => `select key, count(*) as trips, sum(estimated) as estimated, sum(actual) as actual
      from (select unnest(funding) as key, unnest(estimated) as estimated, unnest(actual) as actual from ${trips}) line group by 1`,
  )})
  , traveller as (${fromBoth(
    (trips) => `select person_id, count(*) as trips, sum(days) as days
      from (select unnest(travellers) as person_id, days from ${trips}) seat group by 1`,
  )})
  select (select row_to_json(r) from (select ${counts} from summed) r) as total,
    ${json(`select level as key, null as name, ${counts} from summed group by level
      order by array_position($5::text[], level) nulls last`)} as "byLevel",
    ${json(`select key, max(name) as name, ${counts} from visit group by key order by sum(trips) desc, 1`)} as "byCountry",
    ${json(`select purpose as key, null as name, ${counts} from summed group by purpose
      order by sum(trips) desc, 1`)} as "byPurpose",
    ${json(`select unit as key, ${unitName} as name, ${counts} from summed group by unit
      order by sum(trips) desc, 1`)} as "byUnit",
    ${json(`select split_part(key, ' ', 1) as key, split_part(key, ' ', 2) as currency, sum(trips)::int as trips,
        coalesce(sum(estimated), 0)::text as estimated, coalesce(sum(actual), 0)::text as actual
      from money group by money.key order by 1, 2`)} as "byFunding",
    ${json(`select w.person_id as key, p.full_name as name, ${positionOf} as position, w.trips, w.days as "daysAbroad"
      from (select person_id, sum(trips)::int as trips, sum(days)::int as days from traveller
        group by person_id order by sum(trips) desc, 3 desc, 1 limit $7) w
      join people p on p.id = w.person_id order by w.trips desc, w.days desc, p.full_name`)} as "byPerson",
    ${json(`${dutyRow('submitReport', 'report')} union all ${dutyRow('returnPassports', 'passports')}`)} as duties,
    (select json_build_object('lines', count(*)::int, 'withTrip', (count(*) filter (where n.id in (
        ${fromBoth((trips) => `select plan_item_id from ${trips} where plan_item_id is not null`)})))::int)
      from plan_items n where ${lineOfPeriod}) as plan,
    (select json_build_object('reports', ${sum('reports')}, 'meetings', ${sum('meetings')}, 'agreements', ${sum('agreements')},
        'followUps', ${sum('follow_ups')}, 'followUpsDone', ${sum('follow_ups_done')},
        'followUpsOverdue', (select count(*)::int from trip_follow_ups f join (
            ${fromBoth((trips) => `select id from ${trips} where reports > 0`)}) t on t.id = f.instance_id
          where f.province_id = $1 and f.state = 'open' and f.due_date < $8::date))
      from summed) as results`,
};

/** What a row of the table of duties counts, of one trip; $10 how the duty stands, null: whichever. */
const hasDuty = (column: string) => `case coalesce($10::text, '')
        when 'onTime' then ${column}_on_time when 'late' then ${column}_late when 'missing' then ${column}_missing
        when 'open' then ${column}_open else ${column}_on_time + ${column}_late + ${column}_missing + ${column}_open end > 0`;

/** What a row of the table of results counts, of one trip. $12 today. */
const hasResult = `reports > 0 and case $7
        when 'reports' then true when 'meetings' then meetings > 0 when 'agreements' then agreements > 0
        when 'followUps' then follow_ups > 0 when 'followUpsDone' then follow_ups_done > 0
        when 'followUpsOverdue' then exists (select from trip_follow_ups f
          where f.instance_id = id and f.state = 'open' and f.due_date < $12::date) end`;

const behind = (trips: string) => `select id, unit, departs, outcome, in_plan, people from ${trips}
    where ($14::uuid is null or unit = $14) and ($8::text is null or outcome = $8) and ($9::boolean is null or in_plan = $9)
      and case coalesce($6::text, '') when '' then true
        when 'level' then level = $7
        when 'purpose' then purpose = $7
        when 'unit' then unit::text = $7
        when 'country' then $7 = any(countries)
        when 'funding' then $7 = any(funding)
        when 'person' then $7 = any(travellers::text[])
        when 'duty' then case $7 when 'submitReport' then ${hasDuty('report')}
          when 'returnPassports' then ${hasDuty('passports')} end
        when 'result' then ${hasResult}
        when 'plan' then exists (select from plan_items n where n.id = plan_item_id and ${lineOfPeriod})
      end`;

/**
 * The trips behind one figure. $6 which table, $7 which row of it, $8 outcome, $9 in plan, $10 how the duty stands, null: not asked;
 * $11 now, $12 today, $13 how many, $14 one organisation or null.
 */
export const tripsBehindStatement = {
  name: null,
  text: `with ${tripsOfPeriod('$11')}
  select t.id as "caseId", p.case_code as "caseCode", p.delegation_name as "delegationName",
    coalesce(${unitName}, '') as unit, departs::text as "departureDate", p.return_date::text as "returnDate", outcome,
    in_plan as "inPlan", people
  from (${fromBoth(behind)}) t join proposals p on p.instance_id = t.id
  order by departs, p.case_code limit $13`,
};
