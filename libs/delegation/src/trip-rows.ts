import { memberRanks } from '#contracts/ranks.js';
import { dayOf } from '#libs/calendar';
import type { SessionPrincipal } from '#libs/organisation';
import { readableCase, readerOf } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';

/** SQL: a trip that somebody asked for and that was neither refused nor given up, as the overviews count it. */
export const standingTrip = `not (i.states && array['proposal.draft', 'rejected', 'withdrawn', 'cancelled'])`;

/** SQL of the rank of member `m` by the position held on day `day`, of two the higher; `ranks` from the highest. */
export const rankOn = ({ day, ranks }: { day: string; ranks: string }) => `
  (select x.rank from positions x where x.person_id = m.person_id
    and x.valid_from <= ${day}::date and (x.valid_to is null or x.valid_to > ${day}::date)
    order by array_position(${ranks}::text[], x.rank) nulls last limit 1)`;

export interface TripRow {
  caseId: string;
  caseCode: string;
  delegationName: string;
  unit: string;
  countries: { code: string | null; name: string }[];
  departureDate: string;
  returnDate: string;
  states: string[];
  members: {
    personId: string | null;
    fullName: string;
    position: string;
    role: string;
    /** Of the position held today; of two the higher. Null: no known position. */
    rank: string | null;
  }[];
}

/** Listed at once; a province sends some four hundred a year (DOMAIN 7). Beyond it the list says that it is not whole. */
const tripLimit = 5000;

/**
 * Trips that touch [$5, $6]. $1 province, $2 organisations, $3 person, $4 whole province, $7 today, $8 ranks from the highest.
 */
const tripsStatement = {
  name: 'delegation_trips_between',
  text: `
    select p.instance_id as "caseId", p.case_code as "caseCode", p.delegation_name as "delegationName",
      coalesce((select v.name from organisation_versions v where v.organisation_id = p.organisation_id
        and v.valid_from <= $7::date order by v.valid_from desc limit 1), '') as unit,
      p.countries, p.departure_date::text as "departureDate",
      p.return_date::text as "returnDate", i.states,
      (select coalesce(json_agg(json_build_object('personId', m.person_id, 'fullName', m.full_name, 'position', m.title,
          'role', m.role, 'rank', ${rankOn({ day: '$7', ranks: '$8' })}) order by m.position), '[]')
        from proposal_members m where m.instance_id = p.instance_id) as members
    from proposals p join instances i on i.id = p.instance_id
    where p.province_id = $1 and ${readableCase}
      and p.departure_date <= $6::date and p.return_date >= $5::date
      and ${standingTrip}
    order by p.departure_date, p.instance_id limit ${tripLimit + 1}`,
};

/** What the reader may see of the trips between two days, both included; not whole: there are more, which leave later. */
export async function tripsBetween(
  dependencies: CaseDependencies,
  principal: SessionPrincipal,
  { from, to }: { from: string; to: string },
): Promise<{ rows: TripRow[]; isWhole: boolean }> {
  const found = await dependencies.reader.read<TripRow>(tripsStatement, [
    ...(await readerOf(dependencies, principal)),
    from,
    to,
    dayOf(dependencies.clock.now()),
    memberRanks,
  ]);
  return { rows: found.slice(0, tripLimit), isWhole: found.length <= tripLimit };
}
