import { AppError } from '#contracts/errors.js';
import type { AbroadQuery, TravellerYear, TravellerYears, TripsAbroad } from '#contracts/overview.js';
import type { MemberRank } from '#contracts/ranks.js';
import { daysFrom } from '#libs/calendar';
import type { SessionPrincipal } from '#libs/organisation';
import type { CaseDependencies } from './case-dependencies.js';
import { stateText } from './state-texts.js';
import { type TripRow, tripsBetween } from './trip-rows.js';

const longestDays = 366;

/** The same people of whom two must not be away together (libs/policy, leadersAbroadTogether). */
const leaderRanks: readonly MemberRank[] = ['politburo', 'centralManaged', 'standingCommitteeManaged'];
const isLeader = ({ rank }: TripRow['members'][number]) => (leaderRanks as readonly (string | null)[]).includes(rank);

/** Who is away when, as far as the reader may see, with what overlaps. Throws VALIDATION_FAILED for more than a year. */
export async function listAbroad(
  dependencies: CaseDependencies,
  principal: SessionPrincipal,
  query: AbroadQuery,
): Promise<TripsAbroad> {
  const days = daysFrom(query.from, query.to);
  if (days < 0 || days > longestDays) throw wrongPeriod();
  const { rows, isWhole } = await tripsBetween(dependencies, principal, query);
  const items = rows.map((row) => ({
    caseId: row.caseId,
    caseCode: row.caseCode,
    delegationName: row.delegationName,
    unit: row.unit,
    countries: row.countries.map((country) => country.name),
    departureDate: row.departureDate,
    returnDate: row.returnDate,
    confirmed: row.states.some((state) => /^(notification\.preparing|trip|completed)/.test(state)),
    state: stateText(row.states),
    members: row.members.map((member) => ({
      personId: member.personId,
      fullName: member.fullName,
      position: member.position,
      role: member.role,
      isLeader: isLeader(member),
      overlaps: codesOf(rows, row, (other) => other.personId !== null && other.personId === member.personId),
    })),
    leaderOverlaps: row.members.some(isLeader)
      ? codesOf(rows, row, (other) => isLeader(other) && !row.members.some((mine) => mine.personId === other.personId))
      : [],
  }));
  return { items, isWhole };
}

function codesOf(
  rows: readonly TripRow[],
  row: TripRow,
  takes: (member: TripRow['members'][number]) => boolean,
): string[] {
  return rows
    .filter((other) => other !== row && meets(row, other) && other.members.some(takes))
    .map((other) => other.caseCode);
}

const meets = (a: TripRow, b: TripRow) => a.departureDate <= b.returnDate && b.departureDate <= a.returnDate;

/** People with an account who travel in a year, the most trips first. */
export async function listTravellers(
  dependencies: CaseDependencies,
  principal: SessionPrincipal,
  year: number,
): Promise<TravellerYears> {
  const { rows, isWhole } = await tripsBetween(dependencies, principal, { from: `${year}-01-01`, to: `${year}-12-31` });
  const people = new Map<string, TravellerYear>();
  for (const row of rows.filter((one) => one.departureDate.startsWith(String(year)))) {
    const { caseId, caseCode, departureDate, returnDate } = row;
    const countries = row.countries.map((country) => country.name);
    for (const { personId, fullName, position } of row.members) {
      if (personId === null) continue;
      const known = people.get(personId) ?? { personId, fullName, position, unit: row.unit, trips: [], days: 0 };
      known.trips.push({ caseId, caseCode, countries, departureDate, returnDate });
      known.days += daysFrom(departureDate, returnDate) + 1;
      people.set(personId, known);
    }
  }
  const items = [...people.values()].sort((a, b) => b.trips.length - a.trips.length || b.days - a.days);
  return { year, items, isWhole };
}

function wrongPeriod(): AppError {
  const text = { vi: 'Khoảng thời gian từ 1 đến 366 ngày.', en: 'The period is of 1 to 366 days.' };
  return new AppError('VALIDATION_FAILED', { fields: [{ path: 'to', text }] });
}
