import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView } from '#contracts/case.js';
import type { JudgingBasis } from '#contracts/judging.js';
import { createBusinessCalendar, instantAt } from '#libs/calendar';
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

  it('tells nobody who may not see the case', async () => {
    const caseId = await house.open();
    expect((await house.as('chuyenvien.stc', `/cases/${caseId}/judging`)).status).toBe(404);
  });
});
