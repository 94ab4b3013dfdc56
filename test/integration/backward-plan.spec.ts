import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { BackwardPlanView } from '#contracts/backward-plan.js';
import { instantAt } from '#libs/calendar';
import { DelegationHouse, document } from './delegation-house.js';

describe('the backward plan of a case', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open(instantAt('2023-01-09', '08:00'));
  });
  afterAll(() => house.close());

  const short = ({ steps }: BackwardPlanView) =>
    steps.map(({ step, lastDay, colour }) => `${step} ${lastDay} ${colour}`);
  const planOf = async (caseId: string): Promise<BackwardPlanView> =>
    (await house.as('thamdinh.sngv', `/cases/${caseId}`)).body.backwardPlan;

  it('stands on the dossier, step by step, and grows shorter', async () => {
    const caseId = await house.openWithDossier();
    // Departure on 06/03, Ministry ten working days before; then back: decision 2, party 5, committee 3, focal 1, appraisal 3, intake 1,
    // unit head 2 (over Tết). The twenty working days of the rules would only ask for 06/02.
    expect(short((await house.as('chuyenvien.skhdt', `/cases/${caseId}`)).body.backwardPlan)).toEqual([
      'submit 2023-01-19 safe',
      'unitHead 2023-01-30 safe',
      'intake 2023-01-31 safe',
      'appraisal 2023-02-03 safe',
      'approval:focalAgency 2023-02-06 safe',
      'approval:peoplesCommittee 2023-02-09 safe',
      'approval:partyCommittee 2023-02-16 safe',
      'decision 2023-02-20 safe',
      'passports 2023-03-01 safe',
      'noteVerbale 2023-03-03 safe',
      'mofaNotification 2023-02-20 safe',
      'embassyNotification 2023-02-20 safe',
      'funding 2023-03-03 safe',
    ]);
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    house.clock.set(instantAt('2023-02-01', '09:00'));
    const late = await planOf(caseId);
    expect(short(late).slice(0, 3)).toEqual([
      'intake 2023-01-31 late',
      'appraisal 2023-02-03 tight',
      'approval:focalAgency 2023-02-06 tight',
    ]);
    expect(late.steps[0]).toMatchObject({ daysLeft: -1 });
    house.clock.set(instantAt('2023-01-09', '08:00'));
  });

  it('answers for a day of departure somebody tries out, to those who may see the case', async () => {
    const caseId = await house.open();
    const path = `/cases/${caseId}/backward-plan`;
    const tried = await house.as('chuyenvien.skhdt', `${path}?departureDate=2023-02-06`);
    expect(tried.status).toBe(200);
    expect(short(tried.body)[0]).toMatch(/^submit 2022-12-\d\d late$/);
    expect((await house.as('chuyenvien.skhdt', path)).body.departureDate).toBe('2023-03-06');
    expect((await house.as('chuyenvien.skhdt', `${path}?departureDate=mai`)).status).toBe(400);
    expect((await house.as('chuyenvien.stc', path)).status).toBe(404);
    const undated = await house.open({ departureDate: null, returnDate: null });
    expect((await house.as('chuyenvien.skhdt', `/cases/${undated}/backward-plan`)).body).toEqual({
      departureDate: null,
      steps: [],
    });
  });

  it('stands beside the tasks of the inbox', async () => {
    const caseId = await house.openInApproval();
    const { items } = (await house.as('giamdoc.sngv', '/inbox')).body;
    const [item] = items.filter((one: { caseId: string }) => one.caseId === caseId);
    expect(item.safeDay).toMatchObject({ lastDay: '2023-02-06', colour: 'safe' });
    expect(item.safeDay.explanation.vi).toContain('ngày làm việc trước ngày');
    house.clock.set(instantAt('2023-02-07', '09:00'));
    const again = (await house.as('giamdoc.sngv', '/inbox')).body.items;
    expect(again.find((one: { caseId: string }) => one.caseId === caseId).safeDay.colour).toBe('late');
    house.clock.set(instantAt('2023-01-09', '08:00'));
  });
});
