import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantAt } from '#libs/calendar';
import { type ClockRules, shippedProfiles } from '#libs/policy';
import { DelegationHouse, document } from './delegation-house.js';

const demo = shippedProfiles[0]!;
const standard = demo.clock;

describe('the clock rules of a province', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  /** A case keeps the clock rules it was opened under, so only the opening needs the other profile. */
  const openUnder = async (clock: Partial<ClockRules>) => {
    await house.publish({ ...demo, clock: { ...standard, ...clock } });
    const id = await house.open();
    await house.publish(demo);
    for (const kind of ['proposalLetter', 'programme', 'memberList', 'costEstimate'])
      await house.attach('chuyenvien.skhdt', id, { kind });
    return id;
  };

  const dueOf = async (caseId: string, key: string) => {
    const [task] = await house.query<{ due: Date; why: { vi: string } }>(
      'select due_at as due, due_explanation as why from tasks where instance_id = $1 and key = $2 and closed_at is null',
      [caseId, key],
    );
    return { due: task?.due, why: task?.why.vi };
  };

  const toReview = async (caseId: string) => {
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    await house.must('thamdinh.sngv', caseId, { type: 'RECEIVE' });
  };
  const askMore = (caseId: string) =>
    house.must('thamdinh.sngv', caseId, { type: 'REQUEST_SUPPLEMENT', items: ['Bổ sung chương trình'] });

  it('let the appraisal start again from zero when the dossier is complete', async () => {
    house.clock.set(instantAt('2023-01-09', '08:00'));
    const caseId = await openUnder({});
    await toReview(caseId);
    expect((await dueOf(caseId, 'appraise')).due).toEqual(instantAt('2023-01-12', '17:00'));
    house.clock.set(instantAt('2023-01-11', '09:00'));
    await askMore(caseId);
    house.clock.set(instantAt('2023-01-16', '08:00'));
    await house.must('chuyenvien.skhdt', caseId, { type: 'RESUBMIT' });
    // Three whole working days after Monday; Friday the 20th is Tết, so the third is Thursday.
    expect((await dueOf(caseId, 'appraise')).due).toEqual(instantAt('2023-01-19', '17:00'));
  });

  it('or go on with what was left of it, each time a little less', async () => {
    house.clock.set(instantAt('2023-01-09', '08:00'));
    const caseId = await openUnder({ supplement: { value: 'pauseAndResume', source: null } });
    await toReview(caseId);
    house.clock.set(instantAt('2023-01-11', '09:00'));
    // Wednesday morning has begun; Wednesday afternoon and Thursday are left: a day and a half.
    await askMore(caseId);
    house.clock.set(instantAt('2023-01-16', '08:00'));
    await house.must('chuyenvien.skhdt', caseId, { type: 'RESUBMIT' });
    expect(await dueOf(caseId, 'appraise')).toEqual({
      due: instantAt('2023-01-18', '12:00'),
      why: '1,5 ngày làm việc, tính từ 17/01/2023 (không tính ngày 16/01)',
    });
    house.clock.set(instantAt('2023-01-17', '13:00'));
    await askMore(caseId);
    house.clock.set(instantAt('2023-01-18', '08:00'));
    await house.must('chuyenvien.skhdt', caseId, { type: 'RESUBMIT' });
    expect((await dueOf(caseId, 'appraise')).due).toEqual(instantAt('2023-01-19', '12:00'));
    await house.must('thamdinh.sngv', caseId, { type: 'ACCEPT_DOSSIER' });
    expect(await house.replayAll()).toEqual(
      expect.arrayContaining([expect.objectContaining({ instanceId: caseId, matches: true })]),
    );
  });

  it('count what comes in the evening from the next working day, or from the same day where the province says so', async () => {
    for (const [value, due] of [
      ['nextWorkingDay', '2023-01-13'],
      ['sameDay', '2023-01-12'],
    ] as const) {
      house.clock.set(instantAt('2023-01-09', '08:00'));
      const caseId = await openUnder({ afterClosing: { value, source: null } });
      house.clock.set(instantAt('2023-01-10', '17:30'));
      await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
      expect((await dueOf(caseId, 'signSubmission')).due).toEqual(instantAt(due, '17:00'));
    }
  });

  it('move the last day of a period in days off a rest day, or let it stay', async () => {
    for (const [value, due] of [
      ['moves', '2023-02-20'],
      ['stays', '2023-02-18'],
    ] as const) {
      // Thirty days from Thursday the 19th of January end on a Saturday.
      house.clock.set(instantAt('2023-01-19', '08:00'));
      const caseId = await openUnder({ lastRestDay: { value, source: null } });
      const { due: at, why } = await dueOf(caseId, 'completeDraft');
      expect(at).toEqual(instantAt(due, '17:00'));
      if (value === 'stays')
        expect(why).toContain('ngày cuối là ngày nghỉ 18/02 (cuối tuần), theo quy chế không chuyển');
    }
  });
});
