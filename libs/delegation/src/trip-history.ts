import { type CalendarDay, type Clock, dayOf } from '#libs/calendar';
import type { Tx } from '#libs/persistence';
import { type PastTrip, rankFrom, type Trip } from '#libs/policy';

interface HistoryRow {
  caseId: string;
  personId: string;
  departureDate: string;
  returnDate: string;
  states: string[];
  hasDeparted: boolean;
  rank: string | null;
  agency: string;
}

/** How many days around a trip are looked at when leaders abroad together are sought. */
const yearOf = (day: CalendarDay) => day.slice(0, 4);

/**
 * Other trips of the members in the year of departure, and trips of anybody of the province with a known rank that overlap this
 * one. The case being judged is left out.
 */
export async function tripHistory(
  tx: Tx,
  { caseId, provinceId, trip, clock }: { caseId: string; provinceId: string; trip: Trip; clock: Clock },
): Promise<readonly PastTrip[]> {
  const { departureDate, returnDate } = trip;
  const personIds = trip.members.map((member) => member.personId).filter((id) => id !== null);
  if (departureDate === null || returnDate === null || personIds.length === 0) return [];
  const rows: HistoryRow[] = await tx.query(historyText, [
    provinceId,
    caseId,
    personIds,
    `${yearOf(departureDate)}-01-01`,
    `${yearOf(departureDate)}-12-31`,
    departureDate,
    returnDate,
    dayOf(clock.now()),
  ]);
  return rows.map(({ states, hasDeparted, rank, ...row }) => ({
    ...row,
    rank: rankFrom(rank),
    outcome: outcomeOf({ states, hasDeparted }),
  }));
}

const historyText = `
  select p.instance_id as "caseId", m.person_id as "personId", p.departure_date::text as "departureDate",
    p.return_date::text as "returnDate", i.states,
    i.snapshot->'context'->>'departedOn' is not null as "hasDeparted",
    x.rank, coalesce(x.organisation_id::text, m.organisation) as agency
  from proposals p
  join instances i on i.id = p.instance_id
  join proposal_members m on m.instance_id = p.instance_id and m.person_id is not null
  left join lateral (
    select rank, organisation_id from positions
    where person_id = m.person_id and valid_from <= $8::date and (valid_to is null or valid_to > $8::date)
    order by rank limit 1
  ) x on true
  where p.province_id = $1 and p.instance_id <> $2 and p.departure_date is not null and p.return_date is not null
    and not ('proposal.draft' = any(i.states))
    and (
      (m.person_id = any($3::uuid[]) and p.departure_date between $4::date and $5::date)
      or (p.departure_date <= $7::date and p.return_date >= $6::date)
    )`;

function outcomeOf({ states, hasDeparted }: { states: readonly string[]; hasDeparted: boolean }): PastTrip['outcome'] {
  if (states.includes('rejected')) return 'rejected';
  if (states.includes('withdrawn')) return 'withdrawn';
  if (states.includes('cancelled')) return hasDeparted ? 'cancelledAfter' : 'cancelledBefore';
  if (states.includes('completed') || states.includes('trip.closing')) return 'travelled';
  return hasDeparted ? 'abroad' : 'planned';
}
