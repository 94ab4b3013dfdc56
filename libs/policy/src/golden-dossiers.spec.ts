import { describe, expect, test } from '@jest/globals';
import { type DocumentKind, type ProposalContentInput, proposalContent } from '#contracts/proposal.js';
import { documentKinds } from '#contracts/proposal-kinds.js';
import type { MemberRank } from '#contracts/ranks.js';
import {
  missingDocuments,
  opinionsFor,
  type ProvinceProfile,
  routeFor,
  shippedProfiles,
  type Trip,
  tripOf,
} from '#libs/policy';

/**
 * What each shipped profile wants on paper, written down by hand from its sources: whom it asks ("!": binding and in writing), which document
 * each step records ("!": no other is taken), and what the dossier of a trip lacks when nothing is attached ("!": it may not be submitted).
 */
interface Paper {
  readonly ranks?: readonly MemberRank[];
  readonly inPlan?: boolean;
  readonly change?: Partial<ProposalContentInput>;
}

const money = (...sources: NonNullable<ProposalContentInput['funding']>[number]['source'][]) => ({
  funding: sources.map((source) => ({ source })),
});
const trips = {
  inPlanOnBudget: { change: money('stateBudget') },
  outOfPlanOnBudget: { inPlan: false, change: money('stateBudget') },
  outOfPlanOnPartyBudget: { inPlan: false, change: money('partner', 'partyBudget') },
  outOfPlanPartnerPays: { inPlan: false, change: money('partner') },
  partyManagedOutOfPlanOnBudget: {
    ranks: ['standingCommitteeManaged', 'unitManaged'],
    inPlan: false,
    change: money('stateBudget'),
  },
  leaderInPlan: { ranks: ['centralManaged'], change: money('stateBudget') },
} as const satisfies Readonly<Record<string, Paper>>;

/** Out of plan and on the budget: the Department of Finance appraises, whatever the province (DOMAIN 2.2). */
const opinions = (police: string): Readonly<Record<keyof typeof trips, string>> => ({
  inPlanOnBudget: police,
  outOfPlanOnBudget: `STC!, ${police}`,
  outOfPlanOnPartyBudget: `STC!, ${police}`,
  outOfPlanPartnerPays: police,
  partyManagedOutOfPlanOnBudget: `STC!, BTCTU, ${police}`,
  leaderInPlan: `BTCTU, ${police}`,
});

const own = 'submission/officialLetter';
const party = 'partyOpinion/notice/officialLetter';
const central = 'officialLetter/notice/partyOpinion';
const golden: Readonly<
  Record<string, { opinions: ReturnType<typeof opinions>; central: string; outOfPlan: string; letter: string }>
> = {
  'tuyen-quang': {
    opinions: opinions('CAT'),
    central: `SNGV ${own} | UBND ${own} | TINHUY ${party} | VPUBND ${central}`,
    outOfPlan: `SNGV ${own} | UBND ${own} | TINHUY ${party}`,
    letter: 'notAwaited, assumption',
  },
  // Its plan of 2019 cites what the Party committee and the central level answered with.
  'thai-nguyen': {
    opinions: opinions('CAT'),
    central: `SNGV ${own} | UBND ${own} | TINHUY ${party}! | VPUBND ${central}!`,
    outOfPlan: `SNGV ${own} | UBND ${own}`,
    letter: 'beforeApproval, sourced',
  },
  // Công văn 6373-CV/TU: the Party committee answers by letter.
  'dong-nai': {
    opinions: opinions('CAT'),
    central: `SNGV ${own} | TINHUY officialLetter/partyOpinion! | UBND ${own} | VPUBND ${central}!`,
    outOfPlan: `SNGV ${own} | TINHUY officialLetter/partyOpinion! | UBND ${own}`,
    letter: 'beforeIssue, sourced',
  },
  'ha-noi': {
    opinions: opinions('CATP'),
    central: `SNGV ${own} | UBND ${own} | THANHUY ${party} | VPUBND ${central}`,
    outOfPlan: `SNGV ${own} | UBND ${own} | THANHUY ${party}`,
    letter: 'beforeIssue, assumption',
  },
  'da-nang': {
    opinions: opinions('CATP'),
    central: `SNV ${own} | UBND ${own} | THANHUY ${party} | VPUBND ${central}`,
    outOfPlan: `SNV ${own} | UBND ${own} | THANHUY ${party}`,
    letter: 'beforeIssue, assumption',
  },
};

const profiles = shippedProfiles.map((profile) => [profile.id, profile] as const);

test('every shipped profile is written down', () => {
  expect(Object.keys(golden).toSorted()).toEqual(profiles.map(([id]) => id).toSorted());
});

describe.each(profiles)('%s', (id, profile) => {
  test.each(Object.entries(golden[id]!.opinions))('asks about a trip %s: %s', (name, expected) => {
    const rows = opinionsFor(tripFrom(trips[name as keyof typeof trips]), profile);
    const shown = rows.map((row) => `${row.organisationCode}${row.required && row.inWriting ? '!' : ''}`);
    expect(shown.join(', ')).toBe(expected);
  });

  test('records at each step what its sources show', () => {
    expect(recordsOf(trips.leaderInPlan, profile)).toBe(golden[id]!.central);
    expect(recordsOf(trips.outOfPlanOnBudget, profile)).toBe(golden[id]!.outOfPlan);
  });

  test('places the letter of the Ministry', () => {
    const { value, source } = profile.annualPlan.ministryLetter;
    expect(`${value}, ${source === null ? 'assumption' : 'sourced'}`).toBe(golden[id]!.letter);
  });

  test('lets the Department of Finance answer within the term of opinions', () => {
    const { rule } = profile.deadlines.opinionDeadline!;
    expect(rule).toMatchObject({ amount: 3, unit: 'workingDay', direction: 'after' });
  });
});

/** A trip that has nothing to do with the row, one that lacks the document, and the same with it attached. */
const rows: Readonly<Partial<Record<DocumentKind, { without: Paper | null; concerned: Paper }>>> = {
  proposalLetter: { without: null, concerned: {} },
  programme: { without: null, concerned: {} },
  memberList: { without: null, concerned: {} },
  invitation: { without: {}, concerned: { change: { partners: 'Đại học Keio' } } },
  invitationTranslation: { without: {}, concerned: { change: { partners: 'Đại học Keio' } } },
  costEstimate: { without: { change: money('partner') }, concerned: trips.inPlanOnBudget },
  partyOpinion: { without: {}, concerned: { ranks: ['unitManaged', 'standingCommitteeManaged'] } },
  agreementText: { without: {}, concerned: { change: { purposeKind: 'signing' } } },
};
/** The opinion of the Party committee is asked during the appraisal, except where the province wants it with the dossier. */
const withTheDossier = ['dong-nai', 'ha-noi'];

describe.each(profiles)('the dossier of %s', (id, profile) => {
  test('has a case here for each of its rows', () => {
    const kinds = profile.dossierChecklist.map(({ kind }) => kind);
    expect(documentKinds.filter((kind) => kinds.includes(kind)).toSorted()).toEqual(Object.keys(rows).toSorted());
  });

  test.each(Object.entries(rows))('%s', (name, { without, concerned }) => {
    const kind = name as DocumentKind;
    const lacking = (paper: Paper, attached: readonly DocumentKind[] = []) =>
      missingDocuments(tripFrom(paper), attached, profile).find((row) => row.kind === kind)?.severity;
    if (without !== null) expect(lacking(without)).toBeUndefined();
    expect(lacking(concerned)).toBe(kind === 'partyOpinion' && !withTheDossier.includes(id) ? 'note' : 'block');
    expect(lacking(concerned, [kind])).toBeUndefined();
  });
});

function tripFrom({ ranks = ['unitManaged'], inPlan = true, change = {} }: Paper): Trip {
  const members = ranks.map((_, index) => ({ position: String(index), fullName: `Người ${index}` }));
  return tripOf({
    proposal: proposalContent.parse({ delegationName: 'Đoàn', members, ...change }),
    planItemId: inPlan ? 'line' : null,
    rankOf: ({ position }) => ({ rank: ranks[Number(position)] ?? null }),
  });
}

function recordsOf(paper: Paper, profile: ProvinceProfile): string {
  return routeFor(tripFrom(paper), profile)
    .steps.map(
      ({ organisationCode, records, whenNotRecorded }) =>
        `${organisationCode} ${records.join('/')}${whenNotRecorded === 'block' ? '!' : ''}`,
    )
    .join(' | ');
}
