import { memberRanks } from '#contracts/ranks.js';
import { runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';

/** What `trip_figures` keeps of `figuresOf`, under the same names. */
const kept = [
  'organisation_id',
  'plan_item_id',
  'departs',
  'days',
  'outcome',
  'purpose',
  'people',
  'level',
  'travellers',
  'countries',
  'country_names',
  'funding',
  'estimated',
  'actual',
  'report_on_time',
  'report_late',
  'report_due',
  'passports_on_time',
  'passports_late',
  'passports_due',
  'reports',
  'meetings',
  'agreements',
  'follow_ups',
  'follow_ups_done',
] as const;

/** A country as its code, or as it was written where it has none. */
const countryKey = `coalesce(c->>'code', c->>'name')`;

const dutyCounts = (kind: string, column: string) => `
    (count(*) filter (where k.kind = '${kind}' and k.closed_at <= k.due_at))::int as ${column}_on_time,
    (count(*) filter (where k.kind = '${kind}' and k.closed_at > k.due_at))::int as ${column}_late,
    max(k.due_at) filter (where k.kind = '${kind}' and k.closed_at is null) as ${column}_due`;

/**
 * The figures of the trips of `wanted` (a column `id`) out of their sources: the one place that says how a trip is counted. `ranks`: the
 * parameter with the ranks from the highest. `outcome` null: a draft, refused or withdrawn, in no report. Of each duty at most one task is
 * open at a time.
 */
export const figuresOf = (ranks: string): string => `
  select p.instance_id as id, p.organisation_id, p.plan_item_id, p.departure_date as departs,
    p.return_date - p.departure_date + 1 as days, t.outcome, p.purpose_kind as purpose, crew.people, crew.level,
    coalesce(array(select m.person_id from proposal_members m
      where m.instance_id = p.instance_id and m.person_id is not null and t.outcome <> 'cancelled' order by 1), '{}') as travellers,
    coalesce(visit.countries, '{}') as countries, coalesce(visit.names, '{}') as country_names,
    coalesce(money.funding, '{}') as funding, coalesce(money.estimated, '{}') as estimated,
    coalesce(money.actual, '{}') as actual, duty.*,
    case when r.instance_id is null then 0 else 1 end as reports,
    coalesce(jsonb_array_length(r.content->'meetings'), 0) as meetings,
    coalesce(jsonb_array_length(r.content->'agreements'), 0) as agreements,
    after.follow_ups, after.follow_ups_done
  from wanted w
  cross join lateral (select * from proposals where instance_id = w.id offset 0) p
  join instances i on i.id = p.instance_id
  cross join lateral (select case when i.states && array['proposal.draft', 'rejected', 'withdrawn'] then null
      when i.states && array['cancelled'] then 'cancelled'
      when i.states && array['completed', 'trip.closing'] then 'done' else 'underway' end as outcome) t
  left join trip_reports r on r.instance_id = p.instance_id and r.accepted_at is not null
  cross join lateral (
    select coalesce(max(m.position), 0) as people,
      coalesce((${ranks}::text[])[min(array_position(${ranks}::text[], h.rank))], 'unknown') as level
    from proposal_members m left join positions h on h.person_id = m.person_id
      and h.valid_from <= p.departure_date and coalesce(h.valid_to, 'infinity') > p.departure_date
    where m.instance_id = p.instance_id) crew
  cross join lateral (
    select array_agg(v.key order by v.key) as countries, array_agg(v.name order by v.key) as names
    from (select ${countryKey} as key, max(c->>'name') as name from jsonb_array_elements(p.countries) e(c) group by 1) v) visit
  cross join lateral (
    select array_agg(s.key order by s.key) as funding, array_agg(s.estimated order by s.key) as estimated,
      array_agg(s.actual order by s.key) as actual
    from (select key, sum(estimated) as estimated, sum(actual) as actual from (
        select f.source || ' ' || f.currency as key, f.amount as estimated, null::numeric as actual
          from proposal_funding f where f.instance_id = p.instance_id and t.outcome <> 'cancelled'
        union all
        select (c->>'source') || ' ' || (c->>'currency'), null, (c->>'amount')::numeric
          from jsonb_array_elements(r.content->'actual'->'costs') e(c)
      ) line group by key) s) money
  cross join lateral (
    select ${dutyCounts('submitReport', 'report')},${dutyCounts('returnPassports', 'passports')}
    from tasks k where k.instance_id = p.instance_id and k.kind in ('submitReport', 'returnPassports') and k.due_at is not null) duty
  cross join lateral (
    select count(*)::int as follow_ups, (count(*) filter (where f.state = 'done'))::int as follow_ups_done
    from trip_follow_ups f where f.instance_id = p.instance_id and r.instance_id is not null) after`;

/** Trips counted in one transaction: some ten milliseconds in which nobody changes what a trip is counted from. */
const batch = 200;
/** As in the migration of `trip_figures`. */
const tryToCountAlone = 'select pg_try_advisory_xact_lock(763700041) as alone';

/** $1 ranks, $2 how many. */
const countStatement = {
  name: 'reporting_count_trips',
  text: `with wanted as materialized (
    select instance_id as id from trip_figures where not counted limit $2
  ), figures as (${figuresOf('$1')}
  ), written as (
    update trip_figures t set counted = true, ${kept.map((column) => `${column} = f.${column}`).join(', ')}
    from figures f where t.instance_id = f.id returning 1
  ) select count(*)::int as counted from written`,
};

/** `busy`: somebody is changing what a trip is counted from, and nothing was counted. */
export type Counting = 'all' | 'more' | 'busy';

/** Counts a batch of the trips whose figures were thrown away. Waits for nobody. */
export async function countTrips(unitOfWork: UnitOfWork): Promise<Counting> {
  return unitOfWork.run(async (tx) => {
    const [row]: { alone: boolean }[] = await tx.query(tryToCountAlone);
    if (!row!.alone) return 'busy';
    const [written] = await runPrepared<{ counted: number }>(tx, countStatement, [memberRanks, batch]);
    return written!.counted < batch ? 'all' : 'more';
  });
}

export interface FiguresCheck {
  readonly trips: number;
  readonly counted: number;
  /** Proposals without their row. */
  readonly missing: number;
  /** Case codes of counted trips whose sources say something else. */
  readonly different: readonly string[];
}

/** Counts every counted trip again out of its sources and compares. */
export async function checkTripFigures(tx: Tx): Promise<FiguresCheck> {
  const [row]: FiguresCheck[] = await tx.query(
    `with wanted as materialized (select instance_id as id from trip_figures where counted),
    figures as (${figuresOf('$1')})
    select (select count(*)::int from proposals) as trips, (select count(*)::int from wanted) as counted,
      (select count(*)::int from proposals p where not exists (select from trip_figures t where t.instance_id = p.instance_id)) as missing,
      array(select p.case_code from figures f join trip_figures t on t.instance_id = f.id join proposals p on p.instance_id = f.id
        where (${kept.map((column) => `t.${column}`).join(', ')}) is distinct from (${kept.map((column) => `f.${column}`).join(', ')}) order by 1) as different`,
    [memberRanks],
  );
  return row!;
}

/** Throws all figures away; `countTrips` makes them anew. For an operator who doubts them. */
export async function recountTrips(tx: Tx): Promise<void> {
  await tx.query(`insert into trip_figures (instance_id, province_id) select instance_id, province_id from proposals
    on conflict (instance_id) do update set counted = false`);
}
