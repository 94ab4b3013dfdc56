import { describe, expect, test } from '@jest/globals';
import { deadlineNames } from '#contracts/deadline-names.js';
import { type DocumentKind, type ProposalContentInput, proposalContent } from '#contracts/proposal.js';
import type { MemberRank } from '#contracts/ranks.js';
import {
  highestRank,
  missingDocuments,
  opinionsFor,
  type ProvinceProfile,
  profileInForce,
  profileProblems,
  rankFrom,
  routeFor,
  type Trip,
  tripOf,
  tuyenQuangDemoProfile,
} from '#libs/policy';

const profile = tuyenQuangDemoProfile;

function trip({
  ranks = ['unitManaged'],
  planItemId = 'line-1',
  change = {},
}: {
  ranks?: readonly (MemberRank | null)[];
  planItemId?: string | null;
  change?: Partial<ProposalContentInput>;
} = {}): Trip {
  const members = ranks.map((_, index) => ({ position: String(index), fullName: `Người ${index}` }));
  return tripOf({
    proposal: proposalContent.parse({ delegationName: 'Đoàn', members, ...change }),
    planItemId,
    rankOf: (member) => ({ rank: ranks[Number(member.position)] ?? null }),
  });
}

describe('the profile in force', () => {
  const dated = (version: number, validFrom: string, validTo: string | null): ProvinceProfile => ({
    ...profile,
    version,
    validFrom,
    validTo,
  });
  const profiles = [
    dated(1, '2019-01-01', '2025-07-01'),
    dated(2, '2025-07-01', '2026-01-01'),
    dated(3, '2026-02-01', null),
  ];

  test.each([
    ['2018-12-31', null],
    ['2019-01-01', 1],
    ['2025-06-30', 1],
    ['2025-07-01', 2],
    ['2025-12-31', 2],
    ['2026-01-01', null],
    ['2026-01-15', null],
    ['2030-01-01', 3],
  ])('on %s is version %s', (day, version) => {
    expect(profileInForce(profiles, 'TQ', day)?.version ?? null).toBe(version);
  });

  test('is that of the province asked for, and the newer of two', () => {
    expect(profileInForce(profiles, 'TN', '2026-06-01')).toBeNull();
    expect(profileInForce([...profiles, dated(4, '2026-03-01', null)], 'TQ', '2026-06-01')?.version).toBe(4);
  });
});

describe('the route', () => {
  const steps = (given: Trip): string[] =>
    routeFor(given, profile).steps.map(({ organisationCode }) => organisationCode);

  test.each([
    [['centralManaged'], ['SNGV', 'UBND', 'TINHUY', 'VPUBND']],
    [
      ['standingCommitteeManaged', 'unitManaged'],
      ['SNGV', 'UBND', 'TINHUY'],
    ],
    [
      ['unitManaged', 'chairmanManaged'],
      ['SNGV', 'UBND'],
    ],
    [
      ['unitManaged', 'standingCommitteeManaged'],
      ['SNGV', 'UBND', 'TINHUY'],
    ],
    [[null], ['SNGV', 'UBND']],
  ] as const)('of %j in plan is %j', (ranks, codes) => {
    expect(steps(trip({ ranks }))).toEqual(codes);
  });

  test('out of plan always goes to the Party committee', () => {
    expect(steps(trip({ planItemId: null }))).toEqual(['SNGV', 'UBND', 'TINHUY']);
  });

  test('a trip no route takes is refused, never let through', () => {
    const holed = { ...profile, routes: profile.routes.slice(0, 1) };
    expect(() => routeFor(trip(), holed)).toThrow('VALIDATION_FAILED');
    const empty = { ...profile, routes: [{ ...profile.routes[0]!, when: {}, steps: [] }] };
    expect(() => routeFor(trip(), empty)).toThrow('VALIDATION_FAILED');
  });

  test('takes the highest rank; an unknown one counts as the lowest', () => {
    expect(highestRank(trip({ ranks: ['unitManaged', 'politburo', 'chairmanManaged'] }))).toBe('politburo');
    expect(highestRank(trip({ ranks: [] }))).toBe('unitManaged');
    expect(rankFrom('director')).toBeNull();
    expect(rankFrom('chairmanManaged')).toBe('chairmanManaged');
  });
});

describe('dossier and opinions', () => {
  const always: DocumentKind[] = ['proposalLetter', 'programme', 'memberList'];
  const kinds = (given: Trip, attached: readonly DocumentKind[] = []): DocumentKind[] =>
    missingDocuments(given, attached, profile).map(({ kind }) => kind);

  test.each([
    ['nothing special', {}, always],
    ['an invitation', { partners: 'Đại học Keio' }, [...always, 'invitation', 'invitationTranslation']],
    ['budget money', { funding: [{ source: 'stateBudget' as const }] }, [...always, 'costEstimate']],
    ['a partner who pays', { funding: [{ source: 'partner' as const }] }, always],
    ['signing', { purposeKind: 'signing' as const }, [...always, 'agreementText']],
  ])('with %s', (_, change, expected) => {
    expect(kinds(trip({ change }))).toEqual(expected);
  });

  test('what is attached is no longer missing; the Party opinion may come later', () => {
    const party = trip({ ranks: ['standingCommitteeManaged'] });
    expect(missingDocuments(party, always, profile)).toMatchObject([{ kind: 'partyOpinion', severity: 'note' }]);
    expect(kinds(party, [...always, 'partyOpinion'])).toEqual([]);
  });

  test.each([
    [{}, ['unitManaged'], ['CAT?']],
    [{ funding: [{ source: 'stateBudget' as const }] }, ['unitManaged'], ['STC', 'CAT?']],
    [{}, ['unitManaged', 'standingCommitteeManaged'], ['BTCTU', 'CAT?']],
  ] as const)('opinions for %j and %j are %j', (change, ranks, expected) => {
    const rows = opinionsFor(trip({ ranks, change: change as Partial<ProposalContentInput> }), profile);
    expect(rows.map(({ organisationCode, required }) => `${organisationCode}${required ? '' : '?'}`)).toEqual(expected);
  });
});

describe('the shipped profile', () => {
  test('has no problem and is plain JSON', () => {
    expect(profileProblems(profile)).toEqual([]);
    expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
  });

  test('never mails a leader of the province', () => {
    for (const name of deadlineNames) {
      for (const { to } of profile.deadlines[name].ladder) expect(to).not.toContain('provincialLeader');
    }
    // Steps above the focal agency are decided by leaders of the province, so their reminders go to others.
    for (const { to } of profile.deadlines.approvalDeadline.ladder) expect(to).not.toContain('assignee');
  });

  test.each([
    ['passportReturnDeadline', 5, 'workingDay', 'after', '58/2012'],
    ['reportDeadline', 10, 'calendarDay', 'after', 'Hà Nội'],
    ['appraisalDeadline', 3, 'workingDay', 'after', 'Huế'],
    ['mofaNotificationDeadline', 10, 'workingDay', 'before', null],
    ['settlementDeadline', 15, 'workingDay', 'after', null],
    ['supplementDeadline', 5, 'workingDay', 'after', null],
  ] as const)('%s is %i %s %s', (name, amount, unit, direction, source) => {
    const { rule } = profile.deadlines[name];
    expect(rule).toMatchObject({ amount, unit, direction });
    if (source === null) expect(rule.source).toBeNull();
    else expect(rule.source).toContain(source);
  });
});

describe('problems of a profile', () => {
  const row = profile.deadlines.reportDeadline;
  const withReport = (change: Partial<typeof row>): ProvinceProfile => ({
    ...profile,
    deadlines: { ...profile.deadlines, reportDeadline: { ...row, ...change } },
  });
  const step = row.ladder[0]!;

  test.each<[string, ProvinceProfile, string]>([
    ['ends before it begins', { ...profile, validTo: '2018-01-01' }, 'validTo'],
    ['has no last route for everything', { ...profile, routes: profile.routes.slice(0, 2) }, 'routes'],
    ['has a route without steps', { ...profile, routes: [{ ...profile.routes[3]!, steps: [] }] }, 'routes.0.steps'],
    [
      'has a step twice',
      {
        ...profile,
        routes: [{ ...profile.routes[3]!, steps: [profile.routes[3]!.steps[0]!, profile.routes[3]!.steps[0]!] }],
      },
      'routes.0.steps',
    ],
    ['counts half a day in days', withReport({ rule: { ...row.rule, amount: 2.5 } }), 'deadlines.reportDeadline'],
    [
      'counts back from now',
      withReport({ rule: { ...row.rule, direction: 'before' }, countedFrom: 'now' }),
      'deadlines.reportDeadline',
    ],
    ['repeats a reminder', withReport({ ladder: [step, step] }), 'deadlines.reportDeadline.ladder'],
    ['reminds nobody', withReport({ ladder: [{ ...step, to: [] }] }), 'deadlines.reportDeadline.ladder'],
    [
      'reminds at twice the term',
      withReport({ ladder: [{ ...step, at: { kind: 'fraction', of: 2 } }] }),
      'deadlines.reportDeadline.ladder',
    ],
  ])('one that %s', (_, broken, path) => {
    expect(profileProblems(broken).map((problem) => problem.path)).toEqual([path]);
  });

  test('one that lacks a deadline', () => {
    const { reportDeadline: _, ...deadlines } = profile.deadlines;
    const lacking = { ...profile, deadlines } as ProvinceProfile;
    expect(profileProblems(lacking).map(({ path }) => path)).toEqual(['deadlines.reportDeadline']);
  });
});
