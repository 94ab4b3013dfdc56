import type { Period } from '#contracts/plan.js';
import type { ProposalContent, ProposalMember } from '#contracts/proposal.js';
import { type MemberRank, memberRanks } from '#contracts/ranks.js';
import type { RestrictionKind } from '#contracts/restriction-kinds.js';
import { type CalendarDay, daysFrom } from '#libs/calendar';
import type { Condition, PlanLine } from './profile.js';

export interface TripMember {
  /** Null for somebody the province does not know by account; nothing is counted for them. */
  readonly personId: string | null;
  readonly role: ProposalMember['role'];
  /** Null: not known; the route treats it as the lowest. */
  readonly rank: MemberRank | null;
  /** What tells one agency from another: an organisation id, or the name as written. */
  readonly agency: string;
  /** The title says so: "Phó Chủ tịch", "Phó Giám đốc". */
  readonly isDeputy: boolean;
}

/** What a rule set looks at. Names of people are not in it. */
export interface Trip
  extends Pick<
    ProposalContent,
    | 'purposeKind'
    | 'countries'
    | 'departureDate'
    | 'returnDate'
    | 'dayCount'
    | 'includesTravelDays'
    | 'funding'
    | 'outOfPlanJustification'
    | 'urgentReason'
    | 'exceptions'
    | 'noStateSecrets'
    | 'handledOutside'
  > {
  /** The running number of the case; null while there is none. */
  readonly caseCode: string | null;
  readonly planLine: PlanLine;
  /** When the line of the plan, or a further activity of it, is to take place; empty: it does not say, or there is no line. */
  readonly planPeriods: readonly Period[];
  /** Purpose and programme in words, compared with those of other delegations. */
  readonly subject: string;
  readonly members: readonly TripMember[];
  /** Free texts of the proposal, searched for markings of state secrets. */
  readonly texts: readonly string[];
  /** Numbers and symbols of the attached documents. */
  readonly documentNumbers: readonly string[];
  /** True when there is an invitation to attach. */
  readonly invited: boolean;
}

/** A trip of one of the members, as far as the register knows. */
export interface PastTrip {
  readonly personId: string;
  /** The case, so that the trip being judged is never counted against itself. */
  readonly caseId: string;
  readonly departureDate: CalendarDay;
  readonly returnDate: CalendarDay;
  /** planned: proposed or decided, still ahead. A trip refused, withdrawn or cancelled before departure never counts. */
  readonly outcome:
    | 'planned'
    | 'abroad'
    | 'travelled'
    | 'rejected'
    | 'withdrawn'
    | 'cancelledBefore'
    | 'cancelledAfter';
  /** For the question whether two leaders of one agency are away at once. */
  readonly rank: MemberRank | null;
  readonly agency: string;
  /** What that trip still lacks although its deadline is over. */
  readonly owes?: readonly OwedDuty[];
}

export type OwedDuty = 'report' | 'passports' | 'settlement';

/** Another delegation of the province, for the question whether two do the same. */
export interface OtherTrip {
  readonly caseId: string;
  readonly caseCode: string;
  /** Codes, or names as written where there is no code. */
  readonly countries: readonly string[];
  readonly departureDate: CalendarDay;
  readonly subject: string;
  readonly outcome: PastTrip['outcome'];
}

/** A member's bar to travel, as the focal agency's register has it on the day of the judgement. */
export interface Restriction {
  readonly personId: string;
  readonly kind: RestrictionKind;
}

/** The part of a proposal the rules look at. `rankOf`: rank and agency of a member on the day the trip is judged. */
export function tripOf({
  proposal,
  planItemId,
  planPeriods = [],
  caseCode = null,
  documentNumbers = [],
  rankOf,
}: {
  proposal: ProposalContent;
  planItemId: string | null;
  planPeriods?: readonly Period[];
  caseCode?: string | null;
  documentNumbers?: readonly string[];
  rankOf: (member: ProposalMember) => { rank: MemberRank | null; agency?: string };
}): Trip {
  const members = proposal.members.map((member) => {
    const { rank, agency } = rankOf(member);
    const { personId, role, position, organisation } = member;
    return { personId, role, rank, agency: agency ?? organisation, isDeputy: isDeputyTitle(position) };
  });
  return {
    purposeKind: proposal.purposeKind,
    countries: proposal.countries,
    departureDate: proposal.departureDate,
    returnDate: proposal.returnDate,
    dayCount: proposal.dayCount,
    includesTravelDays: proposal.includesTravelDays,
    funding: proposal.funding,
    outOfPlanJustification: proposal.outOfPlanJustification,
    urgentReason: proposal.urgentReason,
    exceptions: proposal.exceptions,
    noStateSecrets: proposal.noStateSecrets,
    handledOutside: proposal.handledOutside,
    caseCode,
    subject: `${proposal.purpose}\n${proposal.content}`,
    planLine: planItemId === null ? 'outOfPlan' : 'inPlan',
    planPeriods,
    members,
    texts: [
      proposal.delegationName,
      proposal.capacity,
      proposal.purpose,
      proposal.partners,
      proposal.content,
      proposal.outOfPlanJustification,
      proposal.urgentReason,
      ...proposal.exceptions.map((exception) => exception.justification),
      ...proposal.funding.map((line) => line.label),
    ],
    documentNumbers,
    invited: proposal.partners.trim() !== '',
  };
}

/** "Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh" leads the People's Committee, so one office as head makes a head. */
export function isDeputyTitle(title: string): boolean {
  const offices = title
    .normalize('NFC')
    .split(/[,;]/)
    .map((office) => office.trim());
  return offices.some((office) => /^phó(?!\p{L})/iu.test(office)) && !offices.some((office) => head.test(office));
}

const head = /^(chủ tịch|bí thư|giám đốc|trưởng|chánh|chủ nhiệm|hiệu trưởng|tổng giám đốc)(?!\p{L})/iu;

/** A stored rank that is no longer in the list counts as unknown. */
export function rankFrom(stored: string | null | undefined): MemberRank | null {
  return memberRanks.find((rank) => rank === stored) ?? null;
}

/** Who travels on a trip handled outside is not known here, so it takes the road of the province's leaders. */
export function highestRank(trip: Trip): MemberRank {
  if (trip.handledOutside && trip.members.length === 0) return 'centralManaged';
  return memberRanks.find((rank) => trip.members.some((member) => member.rank === rank)) ?? 'unitManaged';
}

export function conditionHolds(trip: Trip, condition: Condition): boolean {
  const { highestRank: ranks, anyMemberOf, planLine, purposes, funding, invited } = condition;
  return (
    (!ranks || ranks.includes(highestRank(trip))) &&
    leaderHolds(trip, condition) &&
    (!anyMemberOf || trip.members.some((member) => member.rank !== null && anyMemberOf.includes(member.rank))) &&
    (!planLine || planLine === trip.planLine) &&
    (!purposes || purposes.includes(trip.purposeKind)) &&
    (!funding || trip.funding.some((line) => funding.includes(line.source))) &&
    (invited === undefined || invited === trip.invited)
  );
}

/** Without a leader named yet, a condition on the leader does not hold. */
function leaderHolds(trip: Trip, { leaderRank, leaderIsDeputy }: Condition): boolean {
  if (!leaderRank && leaderIsDeputy === undefined) return true;
  const leader = trip.members.find(({ role }) => role === 'leader');
  if (!leader) return false;
  return (
    (!leaderRank || leaderRank.includes(leader.rank ?? 'unitManaged')) &&
    (leaderIsDeputy === undefined || leaderIsDeputy === leader.isDeputy)
  );
}

/** Days of the trip as its limit counts them: the stated number, or departure to return with both days. Null without dates. */
export function tripDays(
  trip: Pick<Trip, 'dayCount' | 'includesTravelDays' | 'departureDate' | 'returnDate'>,
): number | null {
  if (trip.departureDate === null || trip.returnDate === null) return trip.dayCount;
  const span = daysFrom(trip.departureDate, trip.returnDate) + 1;
  // A stated number may leave out the days of travel; it never hides days that the dates show beyond two of travel.
  return trip.dayCount === null ? span : Math.max(trip.dayCount, trip.includesTravelDays ? span : span - 2);
}
