import { describe, expect, test } from '@jest/globals';
import { type ProposalContentInput, proposalContent } from '#contracts/proposal.js';
import type { MemberRank } from '#contracts/ranks.js';
import { createBusinessCalendar, instantAt, vietnamHolidays } from '#libs/calendar';
import {
  blocksOf,
  type Finding,
  judgeTrip,
  type PastTrip,
  type PolicyRule,
  policyRules,
  problemsOf,
  shippedProfiles,
  type Trip,
  tripOf,
} from '#libs/policy';

const calendar = createBusinessCalendar(vietnamHolidays);
const now = instantAt('2026-03-02', '09:00');
const ids = Array.from({ length: 12 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`);

/** A trip in order: four people, six days, two countries, in the plan, five weeks ahead, paid by the province. */
function trip({
  change = {},
  ranks = ['standingCommitteeManaged', 'unitManaged', 'unitManaged', 'unitManaged'],
  planItemId = 'line-1',
  documentNumbers = ['12/SKHDT-VP'],
}: {
  change?: Partial<ProposalContentInput>;
  ranks?: readonly (MemberRank | null)[];
  planItemId?: string | null;
  documentNumbers?: readonly string[];
} = {}): Trip {
  const members = ranks.map((_, index) => ({
    personId: ids[index] ?? null,
    fullName: `Người ${index}`,
    organisation: 'SKHDT',
    role: index === 0 ? ('leader' as const) : ('member' as const),
  }));
  const proposal = proposalContent.parse({
    delegationName: 'Đoàn xúc tiến đầu tư',
    purpose: 'Xúc tiến đầu tư, bảo mật thông tin, quan hệ mật thiết',
    content: 'Làm việc với đối tác',
    partners: 'Phòng Thương mại',
    members,
    countries: [
      { code: 'JP', name: 'Nhật Bản' },
      { code: 'KR', name: 'Hàn Quốc' },
    ],
    departureDate: '2026-04-06',
    returnDate: '2026-04-11',
    dayCount: 6,
    funding: [{ source: 'stateBudget', label: 'Ngân sách tỉnh', amount: 100_000_000 }],
    noStateSecrets: true,
    ...change,
  });
  return tripOf({
    proposal,
    planItemId,
    documentNumbers,
    rankOf: (member) => ({ rank: ranks[ids.indexOf(member.personId ?? '')] ?? null }),
  });
}

function past(change: Partial<PastTrip> = {}): PastTrip {
  return {
    personId: ids[0]!,
    caseId: 'case-0',
    departureDate: '2026-01-12',
    returnDate: '2026-01-16',
    outcome: 'travelled',
    rank: 'standingCommitteeManaged',
    agency: 'SKHDT',
    ...change,
  };
}

function judge(given: Trip, history: readonly PastTrip[] = [], at = now): readonly Finding[] {
  return judgeTrip({ trip: given, profile: shippedProfiles[0]!, calendar, history, now: at });
}

function finding(rule: PolicyRule, given: Trip, history: readonly PastTrip[] = [], at = now): Finding {
  return judge(given, history, at).find((one) => one.rule === rule)!;
}

const because = (
  rule: 'memberCount' | 'dayCount' | 'countryCount' | 'tripsPerYear' | 'twoLeaders' | 'overlap' | 'funding',
) => ({
  exceptions: [{ rule, justification: 'Theo yêu cầu của cấp trên, có văn bản kèm theo' }],
});

describe('a trip in order', () => {
  test('passes every rule, each answering once', () => {
    const findings = judge(trip());
    expect(findings.map(({ rule }) => rule).toSorted()).toEqual(policyRules.toSorted());
    expect(problemsOf(findings)).toEqual([]);
  });

  test('each sentence is in both languages', () => {
    for (const { text } of judge(trip()))
      expect([text.vi !== '', text.en !== '', text.vi !== text.en]).toEqual([true, true, true]);
  });
});

describe('limits', () => {
  const eleven = Array.from({ length: 11 }, (): MemberRank => 'unitManaged');

  test('ten people pass, eleven are a warning, with a reason a note', () => {
    expect(finding('memberCount', trip({ ranks: eleven.slice(1) })).severity).toBe('pass');
    expect(finding('memberCount', trip({ ranks: eleven }))).toMatchObject({
      severity: 'warning',
      justified: false,
      values: { found: 11, limit: 10 },
      source: null,
      reference: expect.stringContaining('Hà Nội'),
    });
    expect(finding('memberCount', trip({ ranks: eleven, change: because('memberCount') }))).toMatchObject({
      severity: 'note',
      justified: true,
    });
  });

  test.each([
    [{ departureDate: '2026-04-06', returnDate: '2026-04-15', dayCount: 10 }, 'pass'],
    [{ departureDate: '2026-04-06', returnDate: '2026-04-16', dayCount: 11 }, 'warning'],
    [{ departureDate: '2026-04-06', returnDate: '2026-04-16', dayCount: null }, 'warning'],
    // The stated number may not hide what the dates show.
    [{ departureDate: '2026-04-06', returnDate: '2026-04-20', dayCount: 5 }, 'warning'],
    // Ten days there, the two days of travel not included.
    [{ departureDate: '2026-04-06', returnDate: '2026-04-17', dayCount: 10, includesTravelDays: false }, 'pass'],
  ] as const)('%j in days is %s', (change, severity) => {
    expect(finding('dayCount', trip({ change })).severity).toBe(severity);
  });

  test('three countries pass, four are a warning; a country twice is one', () => {
    const names = ['JP', 'KR', 'CN', 'LA'].map((code) => ({ code, name: code }));
    expect(finding('countryCount', trip({ change: { countries: names.slice(1) } })).severity).toBe('pass');
    expect(finding('countryCount', trip({ change: { countries: [...names.slice(1), names[1]!] } })).severity).toBe(
      'pass',
    );
    expect(finding('countryCount', trip({ change: { countries: names } })).severity).toBe('warning');
  });

  test('the second trip of the year warns, the third stops, with a reason it warns', () => {
    const one = [past()];
    const two = [past(), past({ caseId: 'case-1', departureDate: '2026-02-02', returnDate: '2026-02-05' })];
    expect(finding('tripsPerYear', trip()).severity).toBe('pass');
    expect(finding('tripsPerYear', trip(), one)).toMatchObject({ severity: 'warning', values: { most: 2 } });
    expect(finding('tripsPerYear', trip(), two)).toMatchObject({
      severity: 'block',
      values: { most: 3, limit: 2, year: '2026', personIds: [ids[0]] },
      source: expect.stringContaining('38-CT/TW'),
    });
    expect(finding('tripsPerYear', trip({ change: because('tripsPerYear') }), two)).toMatchObject({
      severity: 'warning',
      justified: true,
    });
  });

  test.each([
    ['rejected', 'pass'],
    ['withdrawn', 'pass'],
    ['cancelledBefore', 'pass'],
    ['cancelledAfter', 'warning'],
    ['planned', 'warning'],
    ['abroad', 'warning'],
    ['travelled', 'warning'],
  ] as const)('a trip that was %s makes this one %s', (outcome, severity) => {
    expect(finding('tripsPerYear', trip(), [past({ outcome })]).severity).toBe(severity);
  });

  test('trips of another year or of another person do not count', () => {
    const other = past({ departureDate: '2025-12-30', returnDate: '2026-01-04' });
    expect(finding('tripsPerYear', trip(), [other, past({ personId: 'somebody' })]).severity).toBe('pass');
  });

  test('two key leaders of one agency or of the province stop, of two agencies pass', () => {
    expect(finding('twoLeaders', trip({ ranks: ['centralManaged', 'standingCommitteeManaged'] })).severity).toBe(
      'pass',
    );
    expect(finding('twoLeaders', trip({ ranks: ['centralManaged', 'politburo'] })).severity).toBe('block');
    const two = ['standingCommitteeManaged', 'standingCommitteeManaged'] as const;
    expect(finding('twoLeaders', trip({ ranks: two })).severity).toBe('block');
    expect(finding('twoLeaders', trip({ ranks: two, change: because('twoLeaders') })).severity).toBe('warning');
    const apart = trip({ ranks: two });
    const members = apart.members.map((member, index) => ({ ...member, agency: `agency-${index}` }));
    expect(finding('twoLeaders', { ...apart, members }).severity).toBe('pass');
  });

  test('another key leader of the agency abroad at the same time is a warning, a day apart is none', () => {
    const other = past({
      personId: 'other',
      outcome: 'planned',
      departureDate: '2026-04-11',
      returnDate: '2026-04-14',
    });
    expect(finding('leadersAbroadTogether', trip(), [other])).toMatchObject({
      severity: 'warning',
      values: { others: 1, caseIds: ['case-0'] },
    });
    const after = { ...other, departureDate: '2026-04-12' };
    const elsewhere = { ...other, agency: 'STC' };
    const noLeader = { ...other, rank: 'unitManaged' as const };
    const withdrawn = { ...other, outcome: 'withdrawn' as const };
    for (const harmless of [after, elsewhere, noLeader, withdrawn]) {
      expect(finding('leadersAbroadTogether', trip(), [harmless]).severity).toBe('pass');
    }
  });

  test('a member already on another trip then stops it', () => {
    const same = past({ outcome: 'planned', departureDate: '2026-04-01', returnDate: '2026-04-06' });
    expect(finding('overlap', trip(), [same])).toMatchObject({ severity: 'block', values: { personIds: [ids[0]] } });
    expect(finding('overlap', trip(), [{ ...same, returnDate: '2026-04-05' }]).severity).toBe('pass');
    expect(finding('overlap', trip({ change: because('overlap') }), [same]).severity).toBe('warning');
  });
});

describe('time', () => {
  test.each([
    [{ departureDate: null, returnDate: null }, 'block'],
    [{ departureDate: '2026-04-10', returnDate: '2026-04-06' }, 'block'],
    [{ departureDate: '2026-03-02', returnDate: '2026-03-06' }, 'block'],
    [{ departureDate: '2026-03-03', returnDate: '2026-03-03' }, 'pass'],
  ] as const)('dates %j are %s', (change, severity) => {
    expect(finding('dates', trip({ change })).severity).toBe(severity);
  });

  test('the dossier is in time until 17:00 of the twentieth working day before departure', () => {
    // Back from Monday 06/04/2026: twenty plain working days end on 09/03/2026.
    expect(finding('leadTime', trip(), [], instantAt('2026-03-09', '17:00')).severity).toBe('pass');
    const late = finding('leadTime', trip(), [], instantAt('2026-03-09', '17:01'));
    expect(late).toMatchObject({ severity: 'warning', values: { latest: '2026-03-09T10:00:00.000Z' } });
    expect(late.text.vi).toContain('17:00 09/03/2026');
    const urgent = trip({ change: { urgentReason: 'Đối tác đổi lịch' } });
    expect(finding('leadTime', urgent, [], instantAt('2026-03-09', '17:01'))).toMatchObject({
      severity: 'note',
      justified: true,
    });
  });
});

describe('what is in the proposal', () => {
  test('out of plan needs a reason', () => {
    expect(finding('outOfPlan', trip({ planItemId: null })).severity).toBe('block');
    const reasoned = trip({ planItemId: null, change: { outOfPlanJustification: 'Thư mời đến sau khi lập kế hoạch' } });
    expect(finding('outOfPlan', reasoned)).toMatchObject({ severity: 'warning', justified: true });
    expect(blocksOf(judge(reasoned))).toEqual([]);
  });

  test('exactly one leader of the delegation, at least one country', () => {
    const none = trip();
    expect(finding('delegationLeader', { ...none, members: none.members.slice(1) }).severity).toBe('block');
    const two = none.members.map((member) => ({ ...member, role: 'leader' as const }));
    expect(finding('delegationLeader', { ...none, members: two }).severity).toBe('block');
    expect(finding('destination', trip({ change: { countries: [] } })).severity).toBe('block');
  });

  test.each([
    ['Công ty TNHH ABC tài trợ', 'block'],
    ['Do doanh nghiệp chi trả', 'block'],
    ['Xã hội hóa', 'pass'],
    ['Đối tác đài thọ', 'pass'],
  ])('funding by %j is %s', (label, severity) => {
    expect(finding('funding', trip({ change: { funding: [{ source: 'socialised', label }] } })).severity).toBe(
      severity,
    );
  });

  test('a marking of secrecy stops, whatever reason is given', () => {
    for (const content of [
      'Độ mật: Mật',
      'TỐI MẬT',
      'Tài liệu Tuyệt mật của đoàn',
      'Chương trình (Mật)',
      'MẬT\nKế hoạch',
    ]) {
      expect(finding('classifiedContent', trip({ change: { content } })).severity).toBe('block');
    }
  });

  test('the declaration must be ticked, and a number ending in -m is pointed at', () => {
    expect(finding('noSecretsDeclared', trip({ change: { noStateSecrets: false } })).severity).toBe('block');
    expect(finding('classifiedReference', trip({ documentNumbers: ['341/BNG-CNV-m'] })).severity).toBe('warning');
  });

  test('values and sentences carry no name of a member', () => {
    const named = trip({
      change: { members: [{ personId: ids[0]!, fullName: 'Nguyễn Văn Bí Danh', role: 'leader' }] },
    });
    const history = [
      past(),
      past({ caseId: 'x', outcome: 'planned', departureDate: '2026-04-01', returnDate: '2026-04-08' }),
    ];
    expect(JSON.stringify(judge(named, history))).not.toContain('Bí Danh');
  });
});
