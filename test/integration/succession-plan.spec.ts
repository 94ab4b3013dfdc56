import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantAt } from '#libs/calendar';
import type { Answer } from './api-under-test.js';
import { DelegationHouse, document } from './delegation-house.js';

const basis = { number: '01/NQ-HĐND', date: '2023-03-01' };
let house: DelegationHouse;
let planId: string;
let lineId: string;
let caseId: string;
let unit: string;
let successor: string;

async function must(answer: Promise<Answer>): Promise<Answer> {
  const got = await answer;
  if (got.status >= 300) throw new Error(`${got.status} ${JSON.stringify(got.body)}`);
  return got;
}

const line = {
  ...{ name: 'Đoàn xúc tiến đầu tư tại Hàn Quốc', head: 'Giám đốc Sở', leaderRank: 'standingCommitteeManaged' },
  ...{ countries: 'Hàn Quốc', content: 'Làm việc với chính quyền địa phương', peopleCount: 6, days: 7 },
  ...{ includesTravel: true, period: 'Quý II', funding: 'Ngân sách tỉnh', noStateSecrets: true },
};
const report = (organisationId: string) => ({
  actual: { people: 1, days: 5, costs: [{ source: 'stateBudget', amount: 412_500_000, currency: 'VND' }] },
  ...{ deviations: '', lessons: 'Nên đặt lịch sớm', agreements: [] },
  meetings: [{ date: '2023-03-07', place: 'Maebashi', partner: 'Tỉnh Gunma', content: 'Hợp tác lao động' }],
  followUps: [{ task: 'Xây dựng đề án', organisationId, dueDate: '2023-05-15' }],
});

beforeAll(async () => {
  house = await DelegationHouse.open();
  [unit, successor] = [await house.organisationId('SKHDT'), await house.organisationId('SVHTTDL')];
  caseId = await house.openAbroad();
  house.clock.set(instantAt('2023-03-10', '16:00'));
  await house.must('chuyenvien.skhdt', caseId, { type: 'RETURN_HOME', returnedOn: '2023-03-10' });
  const filed = { type: 'SUBMIT_REPORT', document, summary: 'Đoàn đã làm việc.', report: report(unit) };
  await house.must('chuyenvien.skhdt', caseId, filed);
  planId = (await must(house.as('thamdinh.sngv', '/plans', { body: { year: 2024 } }))).body.id;
  await must(house.as('thamdinh.sngv', `/plans/${planId}/events`, { body: { type: 'OPEN_REGISTRATION' } }));
  lineId = (await must(house.as('chuyenvien.skhdt', `/plans/${planId}/items`, { body: line }))).body.id;
});
afterAll(() => house.close());

async function takeOver(organisationId: string, successorId: string) {
  const plan = { successorId, from: '2023-03-10', ends: true, basis };
  const at = `/organisations/${organisationId}/succession`;
  const seen = (await must(house.as('quantri.sngv', `${at}/preview`, { body: plan }))).body;
  const done = await must(house.as('quantri.sngv', at, { body: { plan, digest: seen.digest } }));
  return { seen, done: done.body };
}
const replays = async () => (await house.replayAll()).filter((one) => !one.matches);
const openTasks = (organisationId: string) =>
  house.query<{ kind: string }>(
    'select kind from tasks where organisation_id = $1 and closed_seq is null order by kind',
    [organisationId],
  );

describe('a unit that ends in the middle of the year', () => {
  it('leaves its registration, its lines and its follow-ups to the successor', async () => {
    const { seen } = await takeOver(unit, successor);
    const kinds = seen.cases.map((row: { kind: string }) => row.kind).sort();
    expect(kinds).toEqual(['delegation', 'plan', 'planItem']);
    expect(await openTasks(unit)).toEqual([]);
    const cycle = (await house.as('thamdinh.sngv', `/plans/${planId}/cycle`)).body;
    const units = cycle.units.map((row: { id: string }) => row.id);
    expect(units.filter((id: string) => id === successor)).toHaveLength(1);
    expect(units).not.toContain(unit);
    expect(await replays()).toEqual([]);
  });

  it('is followed by the successor: it registers, submits the line and does what was agreed abroad', async () => {
    await must(house.as('chuyenvien.svhttdl', `/plan-items/${lineId}/events`, { body: { type: 'SUBMIT' } }));
    const registered = { type: 'UNIT_REGISTERED', organisationId: successor };
    await must(house.as('giamdoc.svhttdl', `/plans/${planId}/events`, { body: registered }));
    await house.must('thamdinh.sngv', caseId, { type: 'ACCEPT_REPORT' });
    const followUps = (await house.as('chuyenvien.svhttdl', '/follow-ups')).body.items;
    expect(followUps).toMatchObject([{ task: 'Xây dựng đề án', state: 'open', may: { close: true } }]);
    expect(await replays()).toEqual([]);
  });

  it('and again when the successor ends: what is open goes on, the cases of both are read by whoever is there now', async () => {
    const third = await house.organisationId('STC');
    const { seen } = await takeOver(successor, third);
    expect(seen.cases.map((row: { kind: string }) => row.kind)).toContain('followUp');
    expect(await openTasks(successor)).toEqual([]);
    const [followUp] = (await house.as('chuyenvien.stc', '/follow-ups')).body.items;
    expect(followUp).toMatchObject({ task: 'Xây dựng đề án', may: { close: true } });
    const close = { type: 'CLOSE_FOLLOW_UP', note: 'Đã trình' };
    await must(house.as('chuyenvien.stc', `/follow-ups/${followUp.id}/events`, { body: close }));
    expect((await house.as('giamdoc.stc', `/cases/${caseId}`)).status).toBe(200);
    expect(await replays()).toEqual([]);
    const checked = await house.as('quantri.sngv', '/operations/audit/verify', { method: 'POST' });
    expect(checked.body.faults).toEqual([]);
  });
});
