import { describe, expect, test } from '@jest/globals';
import type { Period } from '#contracts/plan.js';
import { type ProposalContentInput, proposalContent } from '#contracts/proposal.js';
import type { MemberRank } from '#contracts/ranks.js';
import { createBusinessCalendar, instantAt, vietnamHolidays } from '#libs/calendar';
import {
  judgeTrip,
  type OtherTrip,
  type PastTrip,
  type ProvinceProfile,
  policyRules,
  type Restriction,
  type Severity,
  shippedProfiles,
  tripOf,
} from '#libs/policy';

/**
 * For every rule one trip that passes, one that warns and one that blocks. A rule whose shipped severity is softer or harder is read with
 * that severity changed, as a province may; a rule of the product itself (dates, secrecy …) knows no warning.
 */
interface Given {
  readonly profile?: (shipped: ProvinceProfile) => ProvinceProfile;
  readonly change?: Partial<ProposalContentInput>;
  readonly ranks?: readonly MemberRank[];
  readonly inPlan?: boolean;
  readonly periods?: readonly Period[];
  readonly titles?: readonly string[];
  readonly numbers?: readonly string[];
  readonly history?: readonly Partial<PastTrip>[];
  readonly restrictions?: readonly Restriction[];
  readonly others?: readonly Partial<OtherTrip>[];
  readonly at?: string;
}

const calendar = createBusinessCalendar(vietnamHolidays);
const shipped = (id: string) => shippedProfiles.find((profile) => profile.id === id)!;
const reason = (rule: string) => ({
  change: {
    exceptions: [{ rule, justification: 'Theo chỉ đạo bằng văn bản của cấp trên' }],
  } as Partial<ProposalContentInput>,
});
const hard =
  (
    name:
      | 'overlap'
      | 'duplicates'
      | 'studyOnBudget'
      | 'unfinishedDuties'
      | 'enterprisePaid'
      | 'outOfPlan'
      | 'planPeriod',
    severity: Severity,
  ) =>
  (profile: ProvinceProfile): ProvinceProfile => ({
    ...profile,
    [name]: { ...profile[name], severity, whenJustified: severity },
  });
const hardLimit =
  (name: keyof ProvinceProfile['limits'], severity: Severity) =>
  (profile: ProvinceProfile): ProvinceProfile => {
    const rows = profile.limits[name].map((row) => ({ ...row, severity, whenJustified: severity }));
    return { ...profile, limits: { ...profile.limits, [name]: rows } };
  };
const pausing =
  (severity: 'warning' | 'block', caseCode?: string) =>
  (profile: ProvinceProfile): ProvinceProfile => ({
    ...profile,
    moratoria: [
      {
        id: 'pause',
        name: { vi: 'Tạm dừng theo Kết luận 167-KL/TW', en: 'Suspended by Kết luận 167-KL/TW' },
        from: '2026-04-01',
        to: '2026-04-30',
        when: {},
        severity,
        exceptions: caseCode ? [{ caseCode, number: '9/UBND-VP', date: '2026-03-01' }] : [],
        source: 'Kết luận 167-KL/TW (2025)',
      },
    ],
  });

const eleven = Array.from({ length: 11 }, (): MemberRank => 'unitManaged');
const fourCountries = { countries: ['JP', 'KR', 'CN', 'LA'].map((code) => ({ code, name: code })) };
const elevenDays = { returnDate: '2026-04-16', dayCount: 11 };
const leaders: MemberRank[] = ['standingCommitteeManaged', 'standingCommitteeManaged'];
const twoTrips = [{ caseId: 'a' }, { caseId: 'b', departureDate: '2026-02-02', returnDate: '2026-02-05' }];
const otherLeader = [
  { personId: 'other', outcome: 'planned' as const, departureDate: '2026-04-08', returnDate: '2026-04-12' },
];
const sameTime = [{ outcome: 'planned' as const, departureDate: '2026-04-01', returnDate: '2026-04-06' }];
const late = '2026-03-20';
const study = { purposeKind: 'study' as const };
const company = { funding: [{ source: 'socialised' as const, label: 'Công ty TNHH ABC' }] };
const twin = [{}];
const firstQuarter = { from: '2026-01-01', to: '2026-03-31', label: 'Quý I/2026' };
const secondQuarter = { from: '2026-04-01', to: '2026-06-30', label: 'Quý II/2026' };

const cases: Readonly<Record<TripRule, readonly [Given, Given | null, Given]>> = {
  dates: [{}, null, { change: { departureDate: '2026-03-02', returnDate: '2026-03-06' } }],
  destination: [{}, null, { change: { countries: [] } }],
  delegationLeader: [{}, null, { ranks: [] }],
  memberCount: [
    { ranks: eleven.slice(1) },
    { ranks: eleven },
    { ranks: eleven, profile: hardLimit('membersMax', 'block') },
  ],
  dayCount: [{}, { change: elevenDays }, { change: elevenDays, profile: hardLimit('daysMax', 'block') }],
  countryCount: [{}, { change: fourCountries }, { change: fourCountries, profile: hardLimit('countriesMax', 'block') }],
  tripsPerYear: [{}, { history: twoTrips, ...reason('tripsPerYear') }, { history: twoTrips }],
  twoLeaders: [{}, { ranks: leaders, ...reason('twoLeaders') }, { ranks: leaders }],
  leadersAbroadTogether: [
    {},
    { history: otherLeader },
    { history: otherLeader, profile: hardLimit('keyLeadersAbroadTogether', 'block') },
  ],
  overlap: [{}, { history: sameTime, ...reason('overlap') }, { history: sameTime }],
  leadTime: [
    {},
    { at: late },
    {
      at: late,
      profile: (profile) => {
        const { dossierBeforeDeparture: lead } = profile.leadTimes;
        return {
          ...profile,
          leadTimes: {
            ...profile.leadTimes,
            dossierBeforeDeparture: { ...lead, severity: 'block', whenJustified: 'block' },
          },
        };
      },
    },
  ],
  outOfPlan: [{}, { inPlan: false, change: { outOfPlanJustification: 'Thư mời đến sau' } }, { inPlan: false }],
  planPeriod: [
    { periods: [secondQuarter] },
    { periods: [firstQuarter], profile: hard('planPeriod', 'warning') },
    { periods: [firstQuarter], profile: hard('planPeriod', 'block') },
  ],
  funding: [{}, { change: { ...company, ...reason('funding').change } }, { change: company }],
  studyOnBudget: [{}, { change: study }, { change: study, profile: hard('studyOnBudget', 'block') }],
  eligibility: [
    { restrictions: [{ personId: 'somebody else', kind: 'exitSuspension' }] },
    { restrictions: [{ personId: 'p0', kind: 'retiring' }] },
    {
      restrictions: [
        { personId: 'p0', kind: 'retiring' },
        { personId: 'p0', kind: 'exitSuspension' },
      ],
    },
  ],
  unfinishedDuties: [
    { history: [{ owes: [] }] },
    { history: [{ owes: ['report'] }] },
    { history: [{ owes: ['report', 'passports'] }], profile: hard('unfinishedDuties', 'block') },
  ],
  duplicate: [
    { others: [{ subject: 'Hội chợ chè quốc tế, bán chè Shan tuyết của đồng bào vùng cao' }] },
    { others: twin },
    { others: twin, profile: hard('duplicates', 'block') },
  ],
  moratorium: [
    { profile: pausing('block', 'DR-2026-0001') },
    { profile: pausing('warning') },
    { profile: pausing('block') },
  ],
  classifiedContent: [{}, null, { change: { content: 'TỐI MẬT' } }],
  classifiedReference: [{}, { numbers: ['341/BNG-CNV-m'] }, {}],
  noSecretsDeclared: [{}, null, { change: { noStateSecrets: false } }],
};

type TripRule = (typeof policyRules)[number];

function severityOf(rule: TripRule, given: Given): string {
  const { change = {}, ranks = ['standingCommitteeManaged', 'unitManaged'], inPlan = true, numbers = [] } = given;
  const ids = ranks.map((_, at) => `00000000-0000-4000-8000-00000000000${at.toString(16)}`);
  const nameOf = new Map(ids.map((id, at) => [id, `p${at}`]));
  const proposal = proposalContent.parse({
    delegationName: 'Đoàn xúc tiến đầu tư',
    purpose: 'Xúc tiến đầu tư vào công nghiệp chế biến gỗ rừng trồng',
    content: 'Làm việc với hiệp hội gỗ tỉnh Gunma về trồng rừng gỗ lớn',
    members: ranks.map((_, at) => ({
      personId: ids[at]!,
      organisation: 'SKHDT',
      role: at === 0 ? 'leader' : 'member',
    })),
    countries: [{ code: 'JP', name: 'Nhật Bản' }],
    departureDate: '2026-04-06',
    returnDate: '2026-04-11',
    dayCount: 6,
    funding: [{ source: 'stateBudget', label: 'Ngân sách tỉnh' }],
    noStateSecrets: true,
    ...change,
  });
  const trip = tripOf({
    proposal,
    planItemId: inPlan ? 'line' : null,
    planPeriods: given.periods ?? [],
    caseCode: 'DR-2026-0001',
    documentNumbers: numbers,
    rankOf: ({ personId }) => ({ rank: ranks[ids.indexOf(personId ?? '')] ?? null }),
  });
  const members = trip.members.map((member) => ({ ...member, personId: nameOf.get(member.personId ?? '') ?? null }));
  const history = (given.history ?? []).map(
    (past): PastTrip => ({
      ...{
        personId: 'p0',
        caseId: 'case-0',
        departureDate: '2026-01-12',
        returnDate: '2026-01-16',
        outcome: 'travelled',
      },
      ...{ rank: 'standingCommitteeManaged', agency: 'SKHDT' },
      ...past,
    }),
  );
  const others = (given.others ?? []).map(
    (other): OtherTrip => ({
      ...{
        caseId: 'c',
        caseCode: 'DR-2025-0007',
        countries: ['JP'],
        departureDate: '2025-06-02',
        subject: trip.subject,
      },
      outcome: 'travelled',
      ...other,
    }),
  );
  const base = shipped('tuyen-quang');
  const findings = judgeTrip({
    trip: { ...trip, members },
    profile: given.profile?.(base) ?? base,
    ...{ calendar, history, others, restrictions: given.restrictions ?? [] },
    now: instantAt(given.at ?? '2026-03-02', '09:00'),
  });
  return findings.find((finding) => finding.rule === rule)!.severity;
}

describe.each(policyRules.map((rule) => [rule, cases[rule]] as const))('%s', (rule, [passes, warns, blocks]) => {
  test('a trip in order passes', () => {
    expect(severityOf(rule, passes)).toBe('pass');
  });
  if (warns !== null) {
    test('one that warns', () => {
      expect(severityOf(rule, warns)).toBe('warning');
    });
  }
  // A suspicious number only warns: it is refused where it would be recorded, before any judgement.
  if (rule !== 'classifiedReference') {
    test('one that blocks', () => {
      expect(severityOf(rule, blocks)).toBe('block');
    });
  }
});

describe('exactly at its boundary', () => {
  const back = (departureDate: string, returnDate: string) => [
    { outcome: 'planned' as const, departureDate, returnDate },
  ];
  const leaderAway = (caseId: string, personId = 'other') => ({
    ...{ caseId, personId, outcome: 'planned' as const },
    ...{ departureDate: '2026-04-11', returnDate: '2026-04-20' },
  });
  const twoAllowed = (profile: ProvinceProfile): ProvinceProfile => {
    const rows = profile.limits.keyLeadersAbroadTogether.map((row) => ({ ...row, value: 2 }));
    return { ...profile, limits: { ...profile.limits, keyLeadersAbroadTogether: rows } };
  };
  // The trip: 06/04/2026 to 11/04/2026; duplicates within 36 months.
  test.each<[string, TripRule, Given, string]>([
    ['36 months earlier, to the day', 'duplicate', { others: [{ departureDate: '2023-04-06' }] }, 'warning'],
    ['a day more than 36 months earlier', 'duplicate', { others: [{ departureDate: '2023-04-05' }] }, 'pass'],
    ['36 months later, to the day', 'duplicate', { others: [{ departureDate: '2029-04-06' }] }, 'warning'],
    ['a day more than 36 months later', 'duplicate', { others: [{ departureDate: '2029-04-07' }] }, 'pass'],
    ['one that was cancelled before it left', 'duplicate', { others: [{ outcome: 'cancelledBefore' }] }, 'pass'],
    ['one that was rejected', 'duplicate', { others: [{ outcome: 'rejected' }] }, 'pass'],
    ['one cancelled on the way', 'duplicate', { others: [{ outcome: 'cancelledAfter' }] }, 'warning'],
    ['to another country', 'duplicate', { others: [{ countries: ['KR'] }] }, 'pass'],
    ['back on the day of departure', 'overlap', { history: back('2026-04-01', '2026-04-06') }, 'block'],
    ['back the day before', 'overlap', { history: back('2026-04-01', '2026-04-05') }, 'pass'],
    ['leaving on the day of return', 'overlap', { history: back('2026-04-11', '2026-04-12') }, 'block'],
    ['leaving the day after', 'overlap', { history: back('2026-04-12', '2026-04-13') }, 'pass'],
    ['another leader leaving on the day of return', 'leadersAbroadTogether', { history: [leaderAway('a')] }, 'warning'],
    [
      'one other leader where two may be away',
      'leadersAbroadTogether',
      { history: [leaderAway('a')], profile: twoAllowed },
      'pass',
    ],
    [
      'the same leader on two trips of those days',
      'leadersAbroadTogether',
      { history: [leaderAway('a'), leaderAway('b')], profile: twoAllowed },
      'pass',
    ],
    [
      'two other leaders',
      'leadersAbroadTogether',
      { history: [leaderAway('a'), leaderAway('b', 'third')], profile: twoAllowed },
      'warning',
    ],
    ['the second trip of the year', 'tripsPerYear', { history: [{}] }, 'warning'],
    [
      'the third, one of them on the last day of the year before',
      'tripsPerYear',
      {
        history: [{}, { caseId: 'b', departureDate: '2025-12-31', returnDate: '2026-01-05' }],
      },
      'warning',
    ],
    [
      'the third',
      'tripsPerYear',
      { history: [{}, { caseId: 'b', departureDate: '2026-12-31', returnDate: '2027-01-05' }] },
      'block',
    ],
    ['ten days', 'dayCount', { change: { returnDate: '2026-04-15', dayCount: 10 } }, 'pass'],
    ['ten people', 'memberCount', { ranks: eleven.slice(1) }, 'pass'],
  ])('%s', (_, rule, given, severity) => {
    expect(severityOf(rule, given)).toBe(severity);
  });
});

describe('what only one province says', () => {
  const daNang = (given: Given) => ({ ...given, profile: () => shipped('da-nang') });
  const five = Array.from({ length: 5 }, (): MemberRank => 'unitManaged');
  const led = (rank: MemberRank, count: number): readonly MemberRank[] => [rank, ...eleven.slice(0, count - 1)];

  test.each<[string, TripRule, Given, string]>([
    ['Đà Nẵng: five people of a department', 'memberCount', { ranks: five }, 'pass'],
    ['Đà Nẵng: six people of a department', 'memberCount', { ranks: [...five, 'unitManaged'] }, 'warning'],
    ['Đà Nẵng: ten led by the head of the city', 'memberCount', { ranks: led('centralManaged', 10) }, 'pass'],
    ['Đà Nẵng: eleven led by the head of the city', 'memberCount', { ranks: led('centralManaged', 11) }, 'warning'],
    ['Đà Nẵng: three days in one country', 'dayCount', { change: { returnDate: '2026-04-08', dayCount: 3 } }, 'pass'],
    [
      'Đà Nẵng: five days, an event',
      'dayCount',
      { change: { returnDate: '2026-04-10', dayCount: 5, ...reason('dayCount').change } },
      'note',
    ],
    ['Đà Nẵng: six days whatever the reason', 'dayCount', reason('dayCount'), 'block'],
    ['Đà Nẵng: study on the budget', 'studyOnBudget', { change: study }, 'block'],
  ])('%s', (_, rule, given, severity) => {
    expect(severityOf(rule, daNang(given))).toBe(severity);
  });

  test('Hà Nội takes no enterprise money, whatever the reason', () => {
    const given = { change: { ...company, ...reason('funding').change }, profile: () => shipped('ha-noi') };
    expect(severityOf('funding', given)).toBe('block');
  });
});
