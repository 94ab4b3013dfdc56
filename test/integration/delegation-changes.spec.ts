import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantAt } from '#libs/calendar';
import { shippedProfiles } from '#libs/policy';
import { DelegationHouse, document } from './delegation-house.js';

describe('changes after the decision', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  const viewOf = async (caseId: string) => (await house.as('thamdinh.sngv', `/cases/${caseId}`)).body;
  const stateIds = async (caseId: string) => (await viewOf(caseId)).states.map((state: { id: string }) => state.id);

  it('are open to the unit only while an amendment is asked for, and approved they bind the decision', async () => {
    const caseId = await house.openDecided();
    expect((await house.edit(caseId, { partners: 'Đối tác khác' })).status).toBe(409);
    await house.must('chuyenvien.skhdt', caseId, {
      type: 'REQUEST_AMENDMENT',
      changedFields: ['partners'],
      reason: 'Đối tác đổi lịch',
    });
    expect((await house.edit(caseId, { partners: 'Đối tác khác' })).status).toBe(200);
    await house.must('phochutich.ubnd', caseId, { type: 'AMENDMENT_APPROVED', document });
    expect((await viewOf(caseId)).proposal.partners).toBe('Đối tác khác');
    expect(await stateIds(caseId)).toContain('notification.preparing.amendment.none');
  });

  it('are taken back when the amendment is rejected, as a revision of their own', async () => {
    const caseId = await house.openDecided();
    const before = (await viewOf(caseId)).proposal;
    await house.must('chuyenvien.skhdt', caseId, {
      type: 'REQUEST_AMENDMENT',
      changedFields: ['countries'],
      reason: 'Thêm một nước',
    });
    await house.edit(caseId, { countries: [{ code: 'KR', name: 'Hàn Quốc' }] });
    await house.must('phochutich.ubnd', caseId, { type: 'AMENDMENT_REJECTED', reason: 'Không cần thiết' });
    const after = (await viewOf(caseId)).proposal;
    expect(after.countries).toEqual(before.countries);
    expect(after.digest).toBe(before.digest);
    expect(after.revision).toBe(before.revision + 2);
    const kept = await house.query('select revision from proposal_revisions where instance_id = $1', [caseId]);
    expect(kept.length).toBe(after.revision);
  });

  it('of the dates alone come with RESCHEDULE, and the deadlines follow the new day', async () => {
    const caseId = await house.openDecided();
    await house.must('giamdoc.skhdt', caseId, { type: 'POSTPONE', reason: 'Đối tác đề nghị lùi' });
    const dates = { departureDate: '2023-04-10', returnDate: '2023-04-14' };
    await house.must('giamdoc.skhdt', caseId, { type: 'RESCHEDULE', ...dates });
    const view = await viewOf(caseId);
    expect(view.proposal).toMatchObject(dates);
    expect(view.states.map((state: { id: string }) => state.id)).toContain('notification.preparing');
    const open = view.deadlines.filter(
      (timer: { kind: string; name: string; cancelledAt: string | null }) =>
        timer.kind === 'deadline' && timer.name === 'mofaNotificationDeadline' && timer.cancelledAt === null,
    );
    expect(open.map((timer: { dueAt: string }) => timer.dueAt.slice(0, 10))).toEqual(['2023-03-27']);
  });

  it('asked later than the rules want are warned of, and refused where the rules say so', async () => {
    const [warned, refused, abroad] = [await house.openDecided(), await house.openDecided(), await house.openAbroad()];
    const ask = { type: 'REQUEST_AMENDMENT', changedFields: ['partners'], reason: 'Đối tác đổi lịch' };
    const extend = { type: 'REQUEST_EXTENSION', newReturnDate: '2023-03-12', reason: 'Thêm một buổi làm việc' };
    const urgentReason = 'Đối tác vừa báo';
    const lookAt = async (caseId: string, event: object) =>
      (await house.as('chuyenvien.skhdt', `/cases/${caseId}/events/preview`, { body: event })).body.findings;
    const shown = async (caseId: string) =>
      (await viewOf(caseId)).findings.filter(({ rule }: { rule: string }) => rule.endsWith('LeadTime'));
    const late = {
      ...{ rule: 'amendmentLeadTime', outcome: 'warn', justified: false, source: null },
      text: { vi: expect.stringContaining('lẽ ra trước 17:00 27/02/2023') },
    };
    // Five working days before the departure on 06/03/2023.
    house.clock.set(instantAt('2023-02-27', '17:00'));
    expect(await lookAt(warned, ask)).toMatchObject([{ rule: 'amendmentLeadTime', outcome: 'pass' }]);
    house.clock.set(instantAt('2023-02-27', '17:01'));
    expect(await lookAt(warned, ask)).toMatchObject([late]);
    await house.must('chuyenvien.skhdt', warned, ask);
    // Whoever decides later sees what the unit saw.
    house.clock.set(instantAt('2023-03-01', '09:00'));
    expect(await shown(warned)).toMatchObject([late]);

    const shipped = shippedProfiles[0]!;
    const { amendmentBeforeDeparture, extensionBeforeReturn } = shipped.leadTimes;
    const strict = { severity: 'block', whenJustified: 'warning' } as const;
    await house.publish({
      ...shipped,
      ...{ validFrom: '2023-03-01' },
      leadTimes: {
        ...shipped.leadTimes,
        amendmentBeforeDeparture: { ...amendmentBeforeDeparture, ...strict },
        extensionBeforeReturn: { ...extensionBeforeReturn, ...strict, whenJustified: 'block' },
      },
    });
    const no = await house.must('chuyenvien.skhdt', refused, ask, { refused: 409 });
    expect(no.body).toMatchObject({ rules: [{ name: 'amendmentInTime' }], findings: [{ rule: 'amendmentLeadTime' }] });
    await house.must('chuyenvien.skhdt', refused, { ...ask, urgentReason });
    expect(await shown(refused)).toMatchObject([{ rule: 'amendmentLeadTime', outcome: 'warn', justified: true }]);
    const kept = await house.query<{ row: object }>(
      "select to_jsonb(e) as row from events e where instance_id = $1 and type = 'REQUEST_AMENDMENT'",
      [refused],
    );
    const { private: own, payload } = kept[0]!.row as { private: object; payload: object };
    expect(own).toMatchObject({ urgentReason });
    expect(JSON.stringify(payload)).not.toContain(urgentReason);

    // Abroad the departure is no measure any more. Three working days before the return on 10/03/2023 end on the seventh.
    house.clock.set(instantAt('2023-03-07', '17:00'));
    await house.must('chuyenvien.skhdt', abroad, ask);
    await house.must('phochutich.ubnd', abroad, { type: 'AMENDMENT_REJECTED', reason: 'Không cần' });
    expect(await lookAt(abroad, extend)).toMatchObject([{ rule: 'extensionLeadTime', outcome: 'pass' }]);
    house.clock.set(instantAt('2023-03-07', '17:01'));
    const never = await house.must('chuyenvien.skhdt', abroad, { ...extend, urgentReason }, { refused: 409 });
    expect(never.body.rules).toMatchObject([{ name: 'extensionInTime' }]);
    const { availableEvents } = (await house.as('chuyenvien.skhdt', `/cases/${abroad}`)).body;
    const offered = availableEvents.find(({ type }: { type: string }) => type === 'REQUEST_EXTENSION');
    expect(offered).toMatchObject({ allowed: false, rules: [{ name: 'extensionInTime' }] });
    await house.publish({ ...shipped, validFrom: '2023-03-01' });
    await house.must('chuyenvien.skhdt', abroad, extend);
    expect(await shown(abroad)).toMatchObject([{ rule: 'extensionLeadTime', outcome: 'warn' }]);
  });

  it('of the day of return come with a granted extension, and nobody who travels grants it', async () => {
    const caseId = await house.openAbroad();
    await house.must('chuyenvien.skhdt', caseId, {
      type: 'REQUEST_EXTENSION',
      newReturnDate: '2023-03-12',
      reason: 'Thêm một buổi làm việc',
    });
    expect((await house.fire('giamdoc.sngv', caseId, { type: 'EXTENSION_GRANTED', document })).status).toBe(403);
    await house.must('phochutich.ubnd', caseId, { type: 'EXTENSION_GRANTED', document });
    expect((await viewOf(caseId)).proposal.returnDate).toBe('2023-03-12');
    house.clock.set(instantAt('2023-03-12', '20:00'));
    await house.must('chuyenvien.skhdt', caseId, { type: 'RETURN_HOME', returnedOn: '2023-03-12' });
    expect(await stateIds(caseId)).toContain('trip.closing');
  });

  it('replay to the stored state and leave every chain whole', async () => {
    const audit = await house.as('thanhtra.sngv', '/operations/audit/verify', { method: 'POST' });
    expect(audit.body.faults).toEqual([]);
    expect(audit.body.instances).toBeGreaterThanOrEqual(4);
    const replayed = await house.replayAll();
    expect(replayed.filter((report) => !report.matches)).toEqual([]);
    expect(replayed).toHaveLength(audit.body.instances);
  });
});
