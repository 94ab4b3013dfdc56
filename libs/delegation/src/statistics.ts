import type { OverdueDuty, Punctuality, Share, Statistics } from '#contracts/overview.js';
import { memberRanks } from '#contracts/ranks.js';
import type { Text } from '#contracts/text.js';
import { dayOf, instantAt } from '#libs/calendar';
import type { SessionPrincipal } from '#libs/organisation';
import type { TaskKind } from '#workflows/outbound-delegation/tasks.js';
import { readableCase, readerOf } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { taskText } from './state-texts.js';
import { type TripRow, tripsBetween } from './trip-rows.js';

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
      t.kind, t.due_at as "dueAt", t.due_explanation as explanation
    from tasks t join proposals p on p.instance_id = t.instance_id
    where p.province_id = $1 and ${readableCase}
      and t.closed_at is null and t.kind = any($5::text[]) and t.due_at < $6::timestamptz
    order by t.due_at, t.id limit 200`,
};

interface DutyRow extends Omit<OverdueDuty, 'dueAt' | 'text'> {
  dueAt: Date;
  explanation: Text | null;
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
  const [touching, steps, overdue] = await Promise.all([
    tripsBetween(dependencies, principal, { from: `${year}-01-01`, to: `${year}-12-31` }),
    reader.read<Omit<Punctuality, 'text'>>(punctualityStatement, [
      ...who,
      instantAt(`${year}-01-01`, '00:00'),
      instantAt(`${year + 1}-01-01`, '00:00'),
      now,
    ]),
    reader.read<DutyRow>(overdueStatement, [...who, duties, now, dayOf(now)]),
  ]);
  const trips = touching.filter((row) => row.departureDate.startsWith(String(year)));
  return {
    year,
    trips: trips.length,
    people: trips.reduce((sum, row) => sum + row.members.length, 0),
    byLevel: shares(trips, (row) => [levelOf(row)]),
    byCountry: shares(
      trips,
      (row) => row.countries.map((country) => country.code ?? country.name),
      (row, key) => row.countries.find((country) => (country.code ?? country.name) === key)?.name ?? null,
    ),
    byPurpose: shares(trips, (row) => [row.purposeKind]),
    byFunding: shares(trips, (row) => row.fundingSources),
    byQuarter: ['1', '2', '3', '4'].map(
      (key) =>
        shares(trips, (row) => [quarterOf(row)]).find((share) => share.key === key) ?? {
          key,
          name: null,
          trips: 0,
          people: 0,
        },
    ),
    punctuality: steps.map((row) => ({ ...row, text: taskText(row.kind) })),
    overdue: overdue.map((row) => ({ ...row, text: taskText(row.kind), dueAt: row.dueAt.toISOString() })),
  };
}

/** A delegation is of the level of its highest member. */
function levelOf({ members }: TripRow): string {
  const held = members.map(({ rank }) => rank);
  return memberRanks.find((rank) => held.includes(rank)) ?? 'unknown';
}

const quarterOf = ({ departureDate }: TripRow) => String(Math.ceil(Number(departureDate.slice(5, 7)) / 3));

/** The most trips first. A trip with two keys (two countries) counts under both. */
function shares(
  trips: readonly TripRow[],
  keysOf: (row: TripRow) => readonly string[],
  nameOf: (row: TripRow, key: string) => string | null = () => null,
): Share[] {
  const found = new Map<string, Share>();
  for (const row of trips) {
    for (const key of new Set(keysOf(row))) {
      const share = found.get(key) ?? { key, name: nameOf(row, key), trips: 0, people: 0 };
      found.set(key, { ...share, trips: share.trips + 1, people: share.people + row.members.length });
    }
  }
  return [...found.values()].sort((a, b) => b.trips - a.trips || a.key.localeCompare(b.key));
}
