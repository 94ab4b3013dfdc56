import type { Period, PlanActivity } from '#contracts/plan.js';
import type { PlanItemState } from '#contracts/plan-states.js';
import type { DocumentKind } from '#contracts/proposal.js';
import type { MemberRank } from '#contracts/ranks.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type HeldRank, type OtherTrip, type OwedDuty, type PastTrip, type Restriction, rankFrom } from '#libs/policy';
import { versionInForce } from '#libs/regulation';
import { type ProposalRow, proposalColumns, proposalFrom, type StoredProposal } from './proposal.repository.js';

/** What the rules need to know around a proposal, as the database holds it. */
export interface Surroundings {
  /** The version of the rules in force; null: none is stored. */
  readonly rulesId: string | null;
  readonly organisations: readonly { id: string; code: string }[];
  readonly documents: readonly { kind: DocumentKind; number: string | null }[];
  readonly ranks: readonly HeldRank[];
  readonly history: readonly PastTrip[];
  readonly restrictions: readonly Restriction[];
  readonly others: readonly OtherTrip[];
  /** Where the line of the annual plan stands; null: out of plan. */
  readonly planLineState: PlanItemState | null;
  /** Of the line and its further activities. */
  readonly planPeriods: readonly Period[];
}

interface HistoryRow extends Omit<PastTrip, 'rank' | 'owes'> {
  rank: string | null;
  overdue: string[] | null;
}

interface PlanLineRow {
  state: PlanItemState;
  period: Period | null;
  further: readonly PlanActivity[];
}

interface SurroundingsRow extends ProposalRow, Omit<Surroundings, 'history' | 'planLineState' | 'planPeriods'> {
  planLine: PlanLineRow | null;
  history: HistoryRow[];
}

const heldOn = (day: string) => `valid_from <= ${day}::date and (valid_to is null or valid_to > ${day}::date)`;

const provinceParts = `
  ${versionInForce({ province: '$2', day: '$3' })} as "rulesId",
  (select coalesce(json_agg(json_build_object('id', o.id, 'code', o.code)), '[]') from organisations o
    where o.province_id = $2 and exists (select from organisation_versions v
      where v.organisation_id = o.id and ${heldOn('$3')})) as organisations`;

/** SQL of the bars to travel of the members of a case that hold on a day. */
export function restrictionsOf(caseId: string, day: string): string {
  return `
    (select coalesce(json_agg(json_build_object('personId', b.person_id, 'kind', b.kind)), '[]')
      from proposal_members m join travel_restrictions b on b.person_id = m.person_id
        and b.valid_from <= ${day}::date and (b.valid_to is null or b.valid_to > ${day}::date)
      where m.instance_id = ${caseId})`;
}

/**
 * SQL of how another trip stands, by its instance `i` (policy, `PastTrip.outcome`): its states, sent along, would be most of what a
 * judgement reads. A case that has ended is in one state; only of a cancelled one is the snapshot unpacked.
 */
const tripOutcome = `
  case when i.status = 'active'
    then case when 'trip.closing' = any(i.states) then 'travelled' when 'trip' = any(i.states) then 'abroad' else 'planned' end
    when i.states = '{completed}' then 'travelled' when i.states <> '{cancelled}' then i.states[1]
    when i.snapshot->'context'->>'departedOn' is null then 'cancelledBefore' else 'cancelledAfter' end`;

/** Ranks whose holders may not be away together (policy, leadersAbroadTogether): only their trips are looked for by date. */
const keyRanks: readonly MemberRank[] = ['politburo', 'centralManaged', 'standingCommitteeManaged'];

/**
 * One round trip. History: other trips of the members in the year of departure or not settled yet, and trips of key leaders of the
 * province that overlap this one. Others: delegations to one of its countries within the months in which the rules look for
 * duplicates, to each the 60 nearest before and after this one: more than a province sends to one country in a year, and without
 * a bound a submission would grow dearer with each trip. `offset 0` keeps the planner from starting at all trips of the province
 * (from the people, the cost does not grow with the cases) and from unpacking the rules twice. Drafts are nobody's trip yet.
 * $1 case, $2 province, $3 today, $4 key ranks, $5 whether history and others are wanted.
 */
const surroundingsStatement: PreparedStatement = {
  name: 'delegation_surroundings',
  text: `
    select ${proposalColumns}, ${provinceParts},
      (select json_build_object('state', n.state, 'further', n.further_activities,
          'period', case when n.period_from is not null and n.period_to is not null
            then json_build_object('from', n.period_from, 'to', n.period_to, 'label', n.period_label) end)
        from plan_items n where n.id = p.plan_item_id) as "planLine",
      (select coalesce(json_agg(json_build_object('kind', d.kind, 'number', d.number)), '[]')
        from dossier_documents d where d.instance_id = $1) as documents,
      (select coalesce(json_agg(json_build_object('personId', x.person_id, 'rank', x.rank,
          'organisationId', x.organisation_id)), '[]')
        from positions x join proposal_members m on m.instance_id = $1 and m.person_id = x.person_id
        where ${heldOn('$3')}) as ranks,
      (select coalesce(json_agg(json_build_object('caseId', q.instance_id, 'personId', m.person_id,
          'departureDate', q.departure_date, 'returnDate', q.return_date, 'outcome', ${tripOutcome}, 'rank', x.rank,
          'overdue', i.snapshot->'context'->'overdue',
          'agency', coalesce(x.organisation_id::text, m.organisation))), '[]')
        from (select person_id, bool_or(own) as own from (
            select person_id, true as own from proposal_members where $5 and instance_id = $1 and person_id is not null
            union all
            select l.person_id, false from positions l join organisations o on o.id = l.organisation_id
              where $5 and o.province_id = $2 and l.rank = any($4::text[]) and l.valid_from <= $3::date
                and (l.valid_to is null or l.valid_to > $3::date)
          ) of_interest group by person_id) who
        cross join lateral (
          select * from proposal_members where person_id = who.person_id and instance_id <> $1 offset 0
        ) m
        cross join lateral (
          select * from proposals where instance_id = m.instance_id and province_id = $2
            and ((departure_date <= p.return_date and return_date >= p.departure_date)
              or (who.own and return_date is not null
                and (extract(year from departure_date) = extract(year from p.departure_date)
                  or return_date < $3::date and exists (select from instances open
                    where open.id = proposals.instance_id and open.status = 'active'))))
          offset 0
        ) q
        join instances i on i.id = q.instance_id and not ('proposal.draft' = any(i.states))
        left join lateral (
          select rank, organisation_id from positions where person_id = m.person_id and ${heldOn('$3')} limit 1
        ) x on true
      ) as history,
      ${restrictionsOf('$1', '$3')} as restrictions,
      (select coalesce(json_agg(json_build_object('caseId', q.instance_id, 'caseCode', q.case_code,
          'countries', found.countries,
          'departureDate', q.departure_date, 'subject', q.purpose || E'\\n' || q.content,
          'outcome', ${tripOutcome})), '[]')
        from (select near.instance_id, json_agg(distinct mine.country) as countries
          from proposal_countries mine cross join (select coalesce((
            select make_interval(months => (r.content->'duplicates'->>'months')::int) from rule_versions r
            where r.id = ${versionInForce({ province: '$2', day: '$3' })}), interval '12 months') as months offset 0) span
          cross join lateral (
            (select c.instance_id from proposal_countries c where c.province_id = $2 and c.country = mine.country
              and c.departure_date >= mine.departure_date and c.departure_date <= mine.departure_date + span.months
              and c.instance_id <> $1 order by c.departure_date limit 60)
            union all
            (select c.instance_id from proposal_countries c where c.province_id = $2 and c.country = mine.country
              and c.departure_date < mine.departure_date and c.departure_date >= mine.departure_date - span.months
              and c.instance_id <> $1 order by c.departure_date desc limit 60)
          ) near where $5 and mine.instance_id = $1 group by near.instance_id) found
        join proposals q on q.instance_id = found.instance_id
        join instances i on i.id = q.instance_id and not ('proposal.draft' = any(i.states))) as others
    from proposals p where p.instance_id = $1`,
};

/** The proposal and what is around it; without other trips, `history` and `others` are empty. Null: no such case. */
export async function findWithSurroundings(
  tx: Tx,
  given: { caseId: string; provinceId: string; day: string; withOtherTrips: boolean },
): Promise<{ proposal: StoredProposal; around: Surroundings } | null> {
  const { caseId, provinceId, day, withOtherTrips } = given;
  const values = [caseId, provinceId, day, keyRanks, withOtherTrips];
  const [row] = await runPrepared<SurroundingsRow>(tx, surroundingsStatement, values);
  if (!row) return null;
  const { rulesId, organisations, documents, ranks, history, restrictions, others, planLine, ...proposal } = row;
  const around = {
    ...{ rulesId, organisations, documents, ranks, restrictions },
    planLineState: planLine?.state ?? null,
    planPeriods: planLine === null ? [] : periodsOf(planLine),
    history: history.map(({ rank, overdue, ...trip }) => ({
      ...trip,
      rank: rankFrom(rank),
      owes: owedDuties(overdue),
    })),
    others,
  };
  return { proposal: proposalFrom(proposal), around };
}

const provinceStatement: PreparedStatement = {
  name: 'delegation_province_parts',
  text: `select ${provinceParts.replaceAll('$2', '$1').replaceAll('$3', '$2')}, (
      select coalesce(json_agg(json_build_object('personId', person_id, 'rank', rank, 'organisationId', organisation_id)), '[]')
      from positions where person_id = any($3::uuid[]) and ${heldOn('$2')}) as ranks`,
};

/** The same for a proposal that is not stored yet. */
export async function surroundingsBefore(
  tx: Tx,
  { provinceId, day, personIds }: { provinceId: string; day: string; personIds: readonly string[] },
): Promise<Pick<Surroundings, 'rulesId' | 'organisations' | 'ranks'>> {
  const [row] = await runPrepared<SurroundingsRow>(tx, provinceStatement, [provinceId, day, personIds]);
  return row!;
}

const duties: Readonly<Record<string, OwedDuty>> = {
  reportDeadline: 'report',
  passportReturnDeadline: 'passports',
  settlementDeadline: 'settlement',
};

/** What is overdue on a case, as far as its travellers owe it. */
function owedDuties(overdue: readonly string[] | null): readonly OwedDuty[] {
  return (overdue ?? []).map((name) => duties[name]).filter((duty) => duty !== undefined);
}

function periodsOf({ period, further }: PlanLineRow): readonly Period[] {
  return [period, ...further.map((activity) => activity.period)].filter((one) => one !== null);
}
