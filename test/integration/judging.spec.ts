import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CaseView } from '#contracts/case.js';
import type { JudgingBasis } from '#contracts/judging.js';
import { addDays, createBusinessCalendar, instantAt } from '#libs/calendar';
import { findingView, judgeTrip, rulesOfRegisters, tripForRules } from '#libs/policy';
import { DelegationHouse } from './delegation-house.js';

/** As a browser does it: the basis, the content of the form and the pure rules. */
function judgedOutside({ view, basis }: { view: CaseView; basis: JudgingBasis }) {
  const { profile, calendar, documentNumbers, planPeriods, ranks, now } = basis;
  const { planItemId } = view.proposal;
  const trip = tripForRules({
    content: view.proposal,
    planItemId,
    planPeriods,
    caseCode: view.caseCode,
    documentNumbers,
    ranks,
  });
  const found = judgeTrip({
    trip,
    profile,
    calendar: createBusinessCalendar(calendar),
    history: [],
    now: new Date(now),
  });
  return found.filter(({ rule }) => !rulesOfRegisters.includes(rule)).map(findingView);
}

describe('judging a proposal outside the server', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open(instantAt('2023-01-09', '08:00'));
  });
  afterAll(() => house.close());

  it.each([
    ['as it is', {}],
    ['too late, too long and out of plan', { departureDate: '2023-01-20', returnDate: '2023-02-20', dayCount: 40 }],
    ['with an enterprise paying', { funding: [{ source: 'other', label: 'Công ty A chi trả', amount: 1 }] }],
  ])('says the same as the case page of a proposal %s', async (_, patch) => {
    const caseId = await house.open(patch);
    const view: CaseView = (await house.as('chuyenvien.skhdt', `/cases/${caseId}`)).body;
    const basis: JudgingBasis = (await house.as('chuyenvien.skhdt', `/cases/${caseId}/judging`)).body;
    const ofServer = view.findings.filter(({ rule }) => !(rulesOfRegisters as readonly string[]).includes(rule));
    expect(judgedOutside({ view, basis })).toEqual(ofServer);
    expect(ofServer.length).toBeGreaterThan(10);
  });

  it('says the same of whatever somebody types', async () => {
    const ids = await Promise.all(['giamdoc.skhdt', 'chutich.ubnd', 'giamdoc.stc'].map((one) => house.personId(one)));
    const day = fc.integer({ min: 0, max: 500 }).map((days) => addDays('2022-12-20', days));
    const words = fc.constantFrom('', 'Học kinh nghiệm', 'Theo chỉ đạo bằng văn bản của UBND tỉnh', 'Công ty X mời');
    const member = fc.record({
      personId: fc.constantFrom(null, ...ids),
      fullName: fc.constant('Người đi (mẫu)'),
      position: fc.constantFrom('Giám đốc', 'Phó Giám đốc', 'Chuyên viên'),
      organisation: fc.constantFrom('Sở A', 'Sở B'),
      role: fc.constantFrom('leader', 'member', 'secretary'),
    });
    const draft = fc.record(
      {
        dates: fc.option(fc.tuple(day, fc.integer({ min: 0, max: 20 }))),
        dayCount: fc.option(fc.integer({ min: 1, max: 30 })),
        includesTravelDays: fc.boolean(),
        countries: fc.array(
          fc.constantFrom(
            { code: 'JP', name: 'Nhật Bản' },
            { code: null, name: 'nhật bản' },
            { code: 'KR', name: 'Hàn Quốc' },
          ),
          { maxLength: 5 },
        ),
        members: fc.array(member, { maxLength: 13 }),
        purposeKind: fc.constantFrom('visit', 'study', 'signing'),
        purpose: words,
        partners: words,
        outOfPlanJustification: words,
        urgentReason: words,
        funding: fc.array(
          fc.record({
            source: fc.constantFrom('stateBudget', 'partner', 'other'),
            label: words,
            amount: fc.constant(1),
          }),
          { maxLength: 3 },
        ),
        exceptions: fc.uniqueArray(
          fc.record({
            rule: fc.constantFrom('memberCount', 'dayCount', 'leadTime', 'studyOnBudget', 'funding'),
            justification: fc.constant('Theo chỉ đạo bằng văn bản'),
          }),
          { maxLength: 3, selector: ({ rule }) => rule },
        ),
        noStateSecrets: fc.boolean(),
      },
      { requiredKeys: ['dates'] },
    );
    const caseId = await house.open();
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(draft, async ({ dates, ...typed }) => {
        const [departureDate, length] = dates ?? [null, 0];
        const returnDate = departureDate && addDays(departureDate, length);
        const patch = { ...typed, departureDate, returnDate };
        expect((await house.edit(caseId, patch)).status).toBe(200);
        const view: CaseView = (await house.as('chuyenvien.skhdt', `/cases/${caseId}`)).body;
        const basis: JudgingBasis = (await house.as('chuyenvien.skhdt', `/cases/${caseId}/judging`)).body;
        const ofServer = view.findings.filter(({ rule }) => !(rulesOfRegisters as readonly string[]).includes(rule));
        expect(judgedOutside({ view, basis })).toEqual(ofServer);
        for (const { rule, outcome } of ofServer) if (outcome !== 'pass') seen.add(rule);
      }),
      { numRuns: 60 },
    );
    // The drafts were various: most rules were broken by one of them.
    expect(seen.size).toBeGreaterThan(7);
  });

  it('tells nobody who may not see the case', async () => {
    const caseId = await house.open();
    expect((await house.as('chuyenvien.stc', `/cases/${caseId}/judging`)).status).toBe(404);
  });
});
