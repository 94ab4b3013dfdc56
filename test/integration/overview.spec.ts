import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantAt } from '#libs/calendar';
import { DelegationHouse } from './delegation-house.js';

describe('overviews over HTTP', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  const read = async (path: string, mailbox = 'thamdinh.sngv') => (await house.as(mailbox, path)).body;
  const withPerson = async (mailbox: string, dates: [string, string], fullName: string) =>
    house.openWithDossier({
      members: [
        {
          personId: await house.personId(mailbox),
          fullName,
          position: 'Lãnh đạo',
          organisation: 'UBND',
          role: 'leader',
        },
      ],
      departureDate: dates[0],
      returnDate: dates[1],
    });
  const submit = async (caseId: string) => {
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    return caseId;
  };

  it('draw a case on the machine, with who comes next and when', async () => {
    const caseId = await submit(await house.openWithDossier());
    const story = await read(`/cases/${caseId}/story`, 'chuyenvien.skhdt');
    const marks = Object.fromEntries(
      story.phases
        .flatMap((phase: { states: object[] }) => phase.states)
        .map((one: { id: string; mark: string }) => [one.id, one.mark]),
    );
    expect(marks).toMatchObject({
      'proposal.draft': 'passed',
      'proposal.awaitingUnitHead': 'current',
      'appraisal.intake': 'possible',
      'trip.abroad': 'open',
    });
    const coming = story.coming as { key: string; people: { fullName: string }[]; expectedAt: string | null }[];
    expect(coming.map(({ key }) => key.split(':')[0])).toEqual([
      'signSubmission',
      'receive',
      'appraise',
      'approveStep',
      'approveStep',
      'approveStep',
      'issueDecision',
    ]);
    expect(coming.every(({ people }) => people.length > 0)).toBe(true);
    const days = coming.map(({ expectedAt }) => expectedAt).filter((at) => at !== null);
    expect(days).toEqual([...days].sort());
    const { tasks } = await read(`/cases/${caseId}`, 'chuyenvien.skhdt');
    const signing = tasks.find((task: { key: string }) => task.key === 'signSubmission');
    expect(coming[0]?.expectedAt).toBe(signing.dueAt);
    expect((await house.as('giamdoc.stc', `/cases/${caseId}/story`)).status).toBe(404);
  });

  it('stop announcing steps once the decision is issued', async () => {
    const caseId = await house.openDecided();
    expect((await read(`/cases/${caseId}/story`)).coming).toEqual([]);
  });

  it('keep every saved content of a proposal, with who saved it', async () => {
    const caseId = await house.open();
    await house.edit(caseId, { purpose: 'Mục đích thứ hai' });
    const { items } = await read(`/cases/${caseId}/revisions`, 'chuyenvien.skhdt');
    expect(items.map((one: { revision: number }) => one.revision)).toEqual([2, 1]);
    expect(items[0].editedBy.fullName).toMatch(/\(mẫu\)$/);
    const [first, second] = await Promise.all(
      [1, 2].map((n) => read(`/cases/${caseId}/revisions/${n}`, 'chuyenvien.skhdt')),
    );
    expect(first.content.purpose).not.toBe('Mục đích thứ hai');
    expect(second.content.purpose).toBe('Mục đích thứ hai');
    expect((await house.as('chuyenvien.skhdt', `/cases/${caseId}/revisions/9`)).status).toBe(404);
    expect((await house.as('giamdoc.stc', `/cases/${caseId}/revisions`)).status).toBe(404);
  });

  it('show who is away when, the person twice away and leaders away together', async () => {
    const chairman = await submit(
      await withPerson('chutich.ubnd', ['2023-08-07', '2023-08-11'], 'Hoàng Minh Quang (mẫu)'),
    );
    const deputy = await submit(
      await withPerson('phochutich.ubnd', ['2023-08-10', '2023-08-14'], 'Lương Thị Bích (mẫu)'),
    );
    await withPerson('phochutich.ubnd', ['2023-08-13', '2023-08-15'], 'Lương Thị Bích (mẫu)');
    const { items } = await read('/abroad?from=2023-08-01&to=2023-08-31');
    const of = (caseId: string) => items.find((one: { caseId: string }) => one.caseId === caseId);
    // The draft is nobody's trip yet.
    expect(items).toHaveLength(2);
    expect(of(chairman)).toMatchObject({ confirmed: false, leaderOverlaps: [of(deputy).caseCode] });
    expect(of(deputy).members[0]).toMatchObject({ isLeader: true, overlaps: [] });
    expect((await read('/abroad?from=2023-08-15&to=2023-08-31')).items).toEqual([]);
    expect((await house.as('thamdinh.sngv', '/abroad?from=2023-01-01&to=2024-06-01')).status).toBe(400);
    // Another unit sees nothing of it.
    expect((await read('/abroad?from=2023-08-01&to=2023-08-31', 'giamdoc.stc')).items).toEqual([]);
    const travellers = (await read('/travellers?year=2023')).items;
    expect(travellers.find((one: { fullName: string }) => one.fullName.startsWith('Hoàng Minh'))).toMatchObject({
      trips: [{ caseId: chairman }],
      days: 5,
    });
  });

  it('count the trips of a year and what is late', async () => {
    const caseId = await house.openAbroad();
    house.clock.set(instantAt('2023-03-10', '16:00'));
    await house.must('chuyenvien.skhdt', caseId, { type: 'RETURN_HOME', returnedOn: '2023-03-10' });
    const calm = await read('/statistics?year=2023');
    house.clock.set(instantAt('2023-06-01', '08:00'));
    const year = await read('/statistics?year=2023');
    expect(year.trips).toBe(calm.trips);
    expect(year.byQuarter.map((one: { trips: number }) => one.trips).reduce((a: number, b: number) => a + b)).toBe(
      year.trips,
    );
    expect(year.byCountry[0]).toMatchObject({ key: 'JP', name: 'Nhật Bản' });
    expect(year.overdue.map((one: { kind: string }) => one.kind)).toEqual(
      expect.arrayContaining(['submitReport', 'returnPassports']),
    );
    expect(calm.overdue.filter((one: { caseId: string }) => one.caseId === caseId)).toEqual([]);
    const signing = year.punctuality.find((one: { kind: string }) => one.kind === 'signSubmission');
    expect(signing).toMatchObject({ late: 0 });
    expect(signing.inTime).toBeGreaterThan(0);
    expect((await read('/statistics?year=2031')).trips).toBe(0);
    expect((await read('/statistics?year=2023', 'giamdoc.stc')).trips).toBe(0);
  });

  it('are counted whole however many there are, and a list that is not whole says so', async () => {
    const caseId = await house.openAbroad();
    const copies = 5001;
    // A country that stands there twice is counted once.
    await house.query(
      `with made as (
         insert into instances select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'case_code', 'DR-2033-' || n))).*
         from instances i, generate_series(1, ${copies}) n where i.id = $1 returning id, case_code),
       proposed as (
         insert into proposals select (jsonb_populate_record(p, jsonb_build_object('instance_id', m.id, 'case_code', m.case_code,
           'departure_date', '2033-12-30', 'return_date', '2034-01-02',
           'countries', '[{"code": "JP", "name": "Nhật Bản"}, {"code": "JP", "name": "Nhật Bản"}, {"code": null, "name": "Xứ lạ"}]'::jsonb))).*
         from proposals p, made m where p.instance_id = $1 returning instance_id)
       insert into proposal_funding select (jsonb_populate_record(f, jsonb_build_object('instance_id', d.instance_id))).*
       from proposal_funding f, proposed d where f.instance_id = $1`,
      [caseId],
    );
    const year = await read('/statistics?year=2033');
    expect(year).toMatchObject({ trips: copies, people: 0, byLevel: [{ key: 'unknown', trips: copies }] });
    expect(year.byCountry.map(({ key, name, trips }: Record<string, unknown>) => [key, name, trips])).toEqual([
      ['JP', 'Nhật Bản', copies],
      ['Xứ lạ', 'Xứ lạ', copies],
    ]);
    expect(year.byQuarter.map(({ trips }: { trips: number }) => trips)).toEqual([0, 0, 0, copies]);
    expect(year.byFunding).toMatchObject([{ key: 'socialised', trips: copies }]);
    expect((await read('/statistics?year=2034')).trips).toBe(0);
    const list = await read('/abroad?from=2034-01-01&to=2034-01-31');
    expect([list.items.length, list.isWhole]).toEqual([5000, false]);
    expect(await read('/travellers?year=2033')).toMatchObject({ isWhole: false });
    expect(await read('/abroad?from=2023-08-01&to=2023-08-31')).toMatchObject({ isWhole: true });
  });

  it('tell the operator the versions of the machine and the work that waits, and nobody else', async () => {
    const seen = await read('/operations/house', 'quantri.sngv');
    expect(seen.versions[0]).toMatchObject({ isNewest: true, active: expect.any(Number) });
    expect(seen.work).toMatchObject({ timersDue: expect.any(Number) });
    expect((await house.as('thamdinh.sngv', '/operations/house')).status).toBe(403);
  });
});
