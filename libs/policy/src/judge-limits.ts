import { type CalendarDay, formatDay } from '#libs/calendar';
import { type Finding, type Hardness, isJustified, judged } from './finding.js';
import type { ExceptionRule, LimitName, LimitRow, ProvinceProfile } from './profile.js';
import { conditionHolds, type PastTrip, type Trip, type TripMember, tripDays } from './trip.js';

/** The numeric limits of the profile, each against this trip and the members' other trips. */
export function judgeLimits({
  trip,
  profile,
  history,
}: {
  trip: Trip;
  profile: ProvinceProfile;
  history: readonly PastTrip[];
}): Finding[] {
  const limit = (name: LimitName) => limitFor(trip, profile.limits[name]);
  return [
    count({ trip, rule: 'memberCount', limit: limit('membersMax'), found: trip.members.length, what: members }),
    count({ trip, rule: 'dayCount', limit: limit('daysMax'), found: tripDays(trip) ?? 0, what: days }),
    count({ trip, rule: 'countryCount', limit: limit('countriesMax'), found: countryCount(trip), what: countries }),
    tripsPerYear({ trip, limit: limit('tripsPerPersonPerYear'), history }),
    twoLeaders(trip, limit('twoKeyLeaders')),
    leadersAbroadTogether({ trip, limit: limit('keyLeadersAbroadTogether'), history }),
  ];
}

/** A row of the profile with its number for this trip; null: the province sets none for such a trip. */
type Limit = Omit<LimitRow, 'when' | 'per'> | null;

function limitFor(trip: Trip, rows: readonly LimitRow[]): Limit {
  const row = rows.find(({ when }) => conditionHolds(trip, when));
  if (!row) return null;
  const times = row.per === 'country' ? Math.max(1, countryCount(trip)) : 1;
  const ceiling = row.ceiling && { ...row.ceiling, value: row.ceiling.value * times };
  return { ...row, value: row.value * times, ceiling };
}

/** Beyond the ceiling a reason changes nothing. */
function hardAt(limit: NonNullable<Limit>, found: number): Hardness {
  if (limit.ceiling === null || found <= limit.ceiling.value) return limit;
  return { ...limit, severity: limit.ceiling.severity, whenJustified: limit.ceiling.severity };
}

export function countryCount(trip: Trip): number {
  return new Set(trip.countries.map(({ code, name }) => code ?? name.trim().toLocaleLowerCase('vi'))).size;
}

/** Shown as checked: the reader sees that the province leaves it open. */
function unlimited(rule: Finding['rule']): Finding {
  return {
    rule,
    severity: 'pass',
    justified: false,
    source: null,
    reference: null,
    values: {},
    text: { vi: 'Quy chế không đặt mức cho loại đoàn này.', en: 'The rule set has no limit for such a delegation.' },
  };
}

const members = { vi: 'người', en: 'people' };
const days = { vi: 'ngày', en: 'days' };
const countries = { vi: 'nước', en: 'countries' };

function count({
  trip,
  rule,
  limit,
  found,
  what,
}: {
  trip: Trip;
  rule: Extract<ExceptionRule, 'memberCount' | 'dayCount' | 'countryCount'>;
  limit: Limit;
  found: number;
  what: { vi: string; en: string };
}): Finding {
  if (limit === null) return unlimited(rule);
  const { value, ceiling } = limit;
  const broken = found > value;
  const tooFar = ceiling !== null && found > ceiling.value;
  return judged({
    rule,
    broken,
    justified: !tooFar && isJustified(trip, rule),
    hard: hardAt(limit, found),
    values: { found, limit: value, ...(ceiling && { ceiling: ceiling.value }) },
    text: tooFar
      ? {
          vi: `Đoàn có ${found} ${what.vi}, quá mức trần ${ceiling.value} ${what.vi}; có giải trình cũng không được.`,
          en: `The delegation has ${found} ${what.en}; the ceiling is ${ceiling.value}, whatever the reason.`,
        }
      : broken
        ? {
            vi: `Đoàn có ${found} ${what.vi}, quá mức ${value} ${what.vi}.`,
            en: `The delegation has ${found} ${what.en}; the limit is ${value}.`,
          }
        : {
            vi: `${found} ${what.vi}, trong mức ${value} ${what.vi}.`,
            en: `${found} ${what.en}, within the limit of ${value}.`,
          },
  });
}

const countedOutcomes: readonly PastTrip['outcome'][] = ['planned', 'abroad', 'travelled', 'cancelledAfter'];

/** A trip over New Year counts in the year of departure: no text settles it, so the simpler reading is taken and said. */
function tripsPerYear({ trip, limit, history }: { trip: Trip; limit: Limit; history: readonly PastTrip[] }): Finding {
  if (limit === null) return unlimited('tripsPerYear');
  const year = trip.departureDate?.slice(0, 4) ?? '';
  const counts = personIdsOf(trip.members).map((personId) => ({
    personId,
    trips:
      1 +
      history.filter(
        (past) =>
          past.personId === personId && past.departureDate.startsWith(year) && countedOutcomes.includes(past.outcome),
      ).length,
  }));
  const over = year === '' ? [] : counts.filter(({ trips }) => trips > limit.value);
  const most = Math.max(0, ...counts.map(({ trips }) => trips));
  if (year !== '' && most === limit.value) return lastAllowedTrip({ limit, most, year });
  return judged({
    rule: 'tripsPerYear',
    broken: over.length > 0,
    justified: isJustified(trip, 'tripsPerYear'),
    hard: hardAt(limit, most),
    values: { limit: limit.value, most, year, personIds: over.map(({ personId }) => personId) },
    text:
      over.length > 0
        ? {
            vi: `${over.length} người đi quá ${limit.value} chuyến trong năm ${year} (nhiều nhất ${most}, tính cả chuyến này; tính theo năm xuất cảnh).`,
            en: `${over.length} member(s) exceed ${limit.value} trips in ${year} (at most ${most}, this one included; counted by year of departure).`,
          }
        : {
            vi: `Không ai quá ${limit.value} chuyến trong năm, tính cả chuyến này.`,
            en: `Nobody exceeds ${limit.value} trips in the year, this one included.`,
          },
  });
}

/** Whoever decides should know that somebody's next trip this year would need an exception. */
function lastAllowedTrip(given: { limit: NonNullable<Limit>; most: number; year: string }): Finding {
  const { limit, most, year } = given;
  return {
    rule: 'tripsPerYear',
    severity: 'warning',
    justified: false,
    source: limit.source,
    reference: limit.reference ?? null,
    values: { limit: limit.value, most, year, personIds: [] },
    text: {
      vi: `Với chuyến này có người đã đủ ${limit.value} chuyến trong năm ${year}.`,
      en: `With this trip somebody reaches the ${limit.value} trips allowed in ${year}.`,
    },
  };
}

/** Key leaders of the province are one group; those managed by the Standing Board are a group in each agency. */
function leaderGroup({ rank, agency }: { rank: TripMember['rank']; agency: string }): string | null {
  if (rank === 'politburo' || rank === 'centralManaged') return 'province';
  return rank === 'standingCommitteeManaged' ? `agency:${agency.trim().toLocaleLowerCase('vi')}` : null;
}

function twoLeaders(trip: Trip, limit: Limit): Finding {
  if (limit === null) return unlimited('twoLeaders');
  const groups = new Map<string, number>();
  for (const member of trip.members) {
    const group = leaderGroup(member);
    if (group) groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  const found = Math.max(0, ...groups.values());
  const broken = found > limit.value;
  return judged({
    rule: 'twoLeaders',
    broken,
    justified: isJustified(trip, 'twoLeaders'),
    hard: hardAt(limit, found),
    values: { found, limit: limit.value },
    text: broken
      ? {
          vi: `Trong đoàn có ${found} lãnh đạo chủ chốt của cùng một tỉnh hoặc cơ quan.`,
          en: `The delegation has ${found} key leaders of one province or agency.`,
        }
      : {
          vi: 'Không có hai lãnh đạo chủ chốt của cùng một cơ quan trong đoàn.',
          en: 'No two key leaders of one agency travel together.',
        },
  });
}

function leadersAbroadTogether({
  trip,
  limit,
  history,
}: {
  trip: Trip;
  limit: Limit;
  history: readonly PastTrip[];
}): Finding {
  if (limit === null) return unlimited('leadersAbroadTogether');
  const own = new Set(personIdsOf(trip.members));
  const groups = new Set(trip.members.map(leaderGroup).filter((group) => group !== null));
  const others = overlapping(trip, history).filter((past) => {
    const group = leaderGroup(past);
    return group !== null && groups.has(group) && !own.has(past.personId);
  });
  const first = others[0];
  // Of somebody with two trips in those days it is still one person who is away.
  const away = new Set(others.map(({ personId }) => personId)).size;
  return judged({
    rule: 'leadersAbroadTogether',
    broken: away + 1 > limit.value && first !== undefined,
    justified: isJustified(trip, 'overlap'),
    hard: hardAt(limit, away + 1),
    values: { others: away, caseIds: [...new Set(others.map(({ caseId }) => caseId))] },
    text: first
      ? {
          vi: `Cùng lúc có ${away} lãnh đạo chủ chốt khác của cơ quan ở nước ngoài (${span(first)}).`,
          en: `${away} other key leader(s) of the agency are abroad at the same time (${span(first)}).`,
        }
      : {
          vi: 'Không trùng thời gian với lãnh đạo chủ chốt khác của cơ quan.',
          en: 'No other key leader of the agency is abroad at that time.',
        },
  });
}

/** Other trips that share a day with this one and still stand. */
export function overlapping(trip: Trip, history: readonly PastTrip[]): readonly PastTrip[] {
  const { departureDate, returnDate } = trip;
  if (departureDate === null || returnDate === null) return [];
  return history.filter(
    (past) =>
      (past.outcome === 'planned' || past.outcome === 'abroad' || past.outcome === 'travelled') &&
      past.departureDate <= returnDate &&
      departureDate <= past.returnDate,
  );
}

export function personIdsOf(all: readonly TripMember[]): readonly string[] {
  return [...new Set(all.map(({ personId }) => personId).filter((personId) => personId !== null))];
}

function span({ departureDate, returnDate }: { departureDate: CalendarDay; returnDate: CalendarDay }): string {
  return `${formatDay(departureDate)}–${formatDay(returnDate)}`;
}
