import type { DocumentKind } from '#contracts/proposal.js';
import type { MemberRank } from '#contracts/ranks.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type PastTrip, rankFrom } from '#libs/policy';
import { type ProposalRow, proposalColumns, proposalFrom, type StoredProposal } from './proposal.repository.js';
import type { HeldRank } from './province-rules.js';

/** What the rules need to know around a proposal, as the database holds it. */
export interface Surroundings {
  readonly provinceCode: string;
  readonly organisations: readonly { id: string; code: string }[];
  readonly documents: readonly { kind: DocumentKind; number: string | null }[];
  readonly ranks: readonly HeldRank[];
  readonly history: readonly PastTrip[];
}

interface HistoryRow extends Omit<PastTrip, 'rank' | 'outcome'> {
  states: string[];
  hasDeparted: boolean;
  rank: string | null;
}

interface SurroundingsRow extends ProposalRow, Omit<Surroundings, 'history' | 'provinceCode'> {
  provinceCode: string;
  history: HistoryRow[];
}

const heldOn = (day: string) => `valid_from <= ${day}::date and (valid_to is null or valid_to > ${day}::date)`;

const provinceParts = `
  (select code from provinces where id = $2) as "provinceCode",
  (select coalesce(json_agg(json_build_object('id', o.id, 'code', o.code)), '[]') from organisations o
    where o.province_id = $2 and exists (select from organisation_versions v
      where v.organisation_id = o.id and ${heldOn('$3')})) as organisations`;

/** Ranks whose holders may not be away together (policy, leadersAbroadTogether): only their trips are looked for by date. */
const keyRanks: readonly MemberRank[] = ['politburo', 'centralManaged', 'standingCommitteeManaged'];

/**
 * One round trip. History: other trips of the members in the year of departure, and trips of key leaders of the province that
 * overlap this one. `offset 0` keeps the planner from starting at all trips of the province: from the people, the cost does
 * not grow with the cases. Drafts are nobody's trip yet.
 * $1 case, $2 province, $3 today, $4 key ranks.
 */
const surroundingsStatement: PreparedStatement = {
  name: 'delegation_surroundings',
  text: `
    select ${proposalColumns}, ${provinceParts},
      (select coalesce(json_agg(json_build_object('kind', d.kind, 'number', d.number)), '[]')
        from dossier_documents d where d.instance_id = $1) as documents,
      (select coalesce(json_agg(json_build_object('personId', x.person_id, 'rank', x.rank,
          'organisationId', x.organisation_id)), '[]')
        from positions x join proposal_members m on m.instance_id = $1 and m.person_id = x.person_id
        where ${heldOn('$3')}) as ranks,
      (select coalesce(json_agg(json_build_object('caseId', q.instance_id, 'personId', m.person_id,
          'departureDate', q.departure_date, 'returnDate', q.return_date, 'states', i.states,
          'hasDeparted', i.snapshot->'context'->>'departedOn' is not null, 'rank', x.rank,
          'agency', coalesce(x.organisation_id::text, m.organisation))), '[]')
        from (select person_id, bool_or(own) as own from (
            select person_id, true as own from proposal_members where instance_id = $1 and person_id is not null
            union all
            select l.person_id, false from positions l join organisations o on o.id = l.organisation_id
              where o.province_id = $2 and l.rank = any($4::text[]) and l.valid_from <= $3::date
                and (l.valid_to is null or l.valid_to > $3::date)
          ) of_interest group by person_id) who
        cross join lateral (
          select * from proposal_members where person_id = who.person_id and instance_id <> $1 offset 0
        ) m
        cross join lateral (
          select * from proposals where instance_id = m.instance_id and province_id = $2
            and ((departure_date <= p.return_date and return_date >= p.departure_date)
              or (who.own and return_date is not null
                and extract(year from departure_date) = extract(year from p.departure_date)))
          offset 0
        ) q
        join instances i on i.id = q.instance_id and not ('proposal.draft' = any(i.states))
        left join lateral (
          select rank, organisation_id from positions where person_id = m.person_id and ${heldOn('$3')} limit 1
        ) x on true
      ) as history
    from proposals p where p.instance_id = $1`,
};

/** The proposal and what is around it. Null: no such case. */
export async function findWithSurroundings(
  tx: Tx,
  { caseId, provinceId, day }: { caseId: string; provinceId: string; day: string },
): Promise<{ proposal: StoredProposal; around: Surroundings } | null> {
  const [row] = await runPrepared<SurroundingsRow>(tx, surroundingsStatement, [caseId, provinceId, day, keyRanks]);
  if (!row) return null;
  const { provinceCode, organisations, documents, ranks, history, ...proposal } = row;
  const trips = history.map(({ states, hasDeparted, rank, ...trip }) => ({
    ...trip,
    rank: rankFrom(rank),
    outcome: outcomeOf({ states, hasDeparted }),
  }));
  const around = { provinceCode, organisations, documents, ranks, history: trips };
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
): Promise<Pick<Surroundings, 'provinceCode' | 'organisations' | 'ranks'>> {
  const [row] = await runPrepared<SurroundingsRow>(tx, provinceStatement, [provinceId, day, personIds]);
  return row!;
}

function outcomeOf({ states, hasDeparted }: { states: readonly string[]; hasDeparted: boolean }): PastTrip['outcome'] {
  if (states.includes('rejected')) return 'rejected';
  if (states.includes('withdrawn')) return 'withdrawn';
  if (states.includes('cancelled')) return hasDeparted ? 'cancelledAfter' : 'cancelledBefore';
  if (states.includes('completed') || states.includes('trip.closing')) return 'travelled';
  return hasDeparted ? 'abroad' : 'planned';
}
