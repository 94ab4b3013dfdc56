import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dutyStandings, type PeriodicReport, type ReportRow, type ReportTrip } from '#contracts/periodic-report.js';
import { instantAt } from '#libs/calendar';
import { readTables } from '#libs/documents';
import { DelegationHouse } from './delegation-house.js';

const days = 'from=2022-12-15&to=2023-06-14';

describe('the periodic report', () => {
  let house: DelegationHouse;
  let ids: { abroad: string; asked: string; cancelled: string; draft: string };
  beforeAll(async () => {
    house = await DelegationHouse.open();
    const chairman = {
      personId: await house.personId('chutich.ubnd'),
      fullName: 'Hoàng Minh Quang (mẫu)',
      position: 'Chủ tịch UBND tỉnh',
      organisation: 'UBND tỉnh',
      role: 'leader',
    };
    const asked = await house.openWithDossier({
      members: [chairman],
      countries: [
        { code: 'KR', name: 'Hàn Quốc' },
        { code: 'JP', name: 'Nhật Bản' },
      ],
      departureDate: '2023-06-12',
      returnDate: '2023-06-16',
    });
    await house.must('chuyenvien.skhdt', asked, { type: 'SUBMIT' });
    const cancelled = await house.openDecided();
    await house.must('chutich.ubnd', cancelled, {
      type: 'CANCEL',
      reason: 'Đối tác hoãn',
      document: { number: '12/QĐ-UBND', date: '2023-01-09' },
    });
    const draft = await house.open();
    const abroad = await house.openAbroad();
    ids = { abroad, asked, cancelled, draft };
    house.clock.set(instantAt('2023-03-10', '16:00'));
    await house.must('chuyenvien.skhdt', abroad, { type: 'RETURN_HOME', returnedOn: '2023-03-10' });
  });
  afterAll(() => house.close());

  const read = async (query = days, mailbox = 'thamdinh.sngv'): Promise<PeriodicReport> =>
    (await house.as(mailbox, `/reports/periodic?${query}`)).body;
  const behind = async (query: string, mailbox = 'thamdinh.sngv'): Promise<ReportTrip[]> =>
    (await house.as(mailbox, `/reports/periodic/trips?${query}`)).body.items;
  const row = (rows: readonly ReportRow[], key: string) => rows.find((one) => one.key === key);

  it('counts what departs in the period by its state, and no draft', async () => {
    const report = await read();
    expect(report.wholeProvince).toBe(true);
    const trips = await behind(days);
    expect(trips.map(({ caseId }) => caseId)).not.toContain(ids.draft);
    expect(report.total).toMatchObject({ trips: trips.length, inPlan: 0, outOfPlan: trips.length, done: 1 });
    expect(report.total.done + report.total.underway + report.total.cancelled).toBe(report.total.trips);
    expect((await read('from=2023-07-01&to=2023-12-14')).total.trips).toBe(0);
    expect((await read('from=2023-06-12&to=2023-06-12')).total.trips).toBe(1);
  });

  it('counts a trip to two countries under each of them and once in the sum', async () => {
    const report = await read();
    expect(row(report.byCountry, 'KR')).toMatchObject({ name: 'Hàn Quốc', trips: 1, people: 1 });
    const visits = report.byCountry.reduce((sum, one) => sum + one.trips, 0);
    expect(visits).toBe(report.total.trips + 1);
  });

  it('takes the level of the highest member on the day of departure', async () => {
    const report = await read();
    const [chairman] = await behind(`${days}&table=person&key=${await house.personId('chutich.ubnd')}`);
    expect(chairman).toMatchObject({ caseId: ids.asked, outcome: 'underway', people: 1 });
    const level = report.byLevel.find((one) => one.key !== 'unknown')!;
    expect((await behind(`${days}&table=level&key=${level.key}`)).map(({ caseId }) => caseId)).toEqual([ids.asked]);
  });

  it('adds the days of a person and the money of each source', async () => {
    const report = await read();
    expect(report.byPerson).toContainEqual(
      expect.objectContaining({ key: await house.personId('chutich.ubnd'), trips: 1, daysAbroad: 5 }),
    );
    const living = report.total.trips - report.total.cancelled;
    expect(report.byFunding).toContainEqual(
      expect.objectContaining({ key: 'socialised', trips: living, estimated: `${450_000_000 * living}.00` }),
    );
  });

  it('tells the duties that are open from those whose day has passed', async () => {
    expect((await read()).duties[0]).toMatchObject({ key: 'submitReport', open: 1, missing: 0 });
    house.clock.set(instantAt('2023-06-01', '08:00'));
    expect((await read()).duties[0]).toMatchObject({ key: 'submitReport', open: 0, missing: 1 });
  });

  it('opens the trips behind every figure', async () => {
    const report = await read();
    for (const [table, rows] of [
      ['level', report.byLevel],
      ['country', report.byCountry],
      ['purpose', report.byPurpose],
      ['unit', report.byUnit],
    ] as const) {
      for (const one of rows) {
        const key = encodeURIComponent(one.key);
        expect(await behind(`${days}&table=${table}&key=${key}`)).toHaveLength(one.trips);
        for (const outcome of ['done', 'underway', 'cancelled'] as const)
          expect(await behind(`${days}&table=${table}&key=${key}&outcome=${outcome}`)).toHaveLength(one[outcome]);
        expect(await behind(`${days}&table=${table}&key=${key}&inPlan=true`)).toHaveLength(one.inPlan);
      }
    }
    for (const { key, currency, trips } of report.byFunding)
      expect(await behind(`${days}&table=funding&key=${encodeURIComponent(`${key} ${currency}`)}`)).toHaveLength(trips);
    for (const { key, trips } of report.byPerson)
      expect(await behind(`${days}&table=person&key=${key}`)).toHaveLength(trips);
    for (const { key, ...row } of report.duties)
      for (const standing of dutyStandings)
        expect(await behind(`${days}&table=duty&key=${key}&standing=${standing}`)).toHaveLength(row[standing]);
    expect(report.duties[0]).toMatchObject({ key: 'submitReport', missing: 1 });
    expect(await behind(`${days}&table=result&key=reports`)).toHaveLength(report.results.reports);
    expect(await behind(`${days}&table=plan&key=withTrip`)).toHaveLength(report.plan.withTrip);
  });

  it('counts only the own trips for anybody outside the focal agency', async () => {
    const unit = await read(days, 'giamdoc.skhdt');
    expect(unit.wholeProvince).toBe(false);
    expect(unit.total.trips).toBe((await read()).total.trips);
    expect((await read(days, 'giamdoc.stc')).total.trips).toBe(0);
    expect(await behind(days, 'giamdoc.stc')).toEqual([]);
  });

  it('refuses a period that is none, and a row without its table', async () => {
    for (const query of [
      'from=2023-06-14&to=2023-01-01',
      'from=2019-01-01&to=2023-01-01',
      'from=2023-02-30&to=2023-03-01',
    ])
      expect((await house.as('thamdinh.sngv', `/reports/periodic?${query}`)).status).toBe(400);
    expect((await house.as('thamdinh.sngv', `/reports/periodic/trips?${days}&key=JP`)).status).toBe(400);
  });

  it.each(['xlsx', 'docx'])('gives the tables as %s that reads back', async (format) => {
    const answer = await fetch(`${house.api.url}/api/v1/reports/periodic/file.${format}?${days}`, {
      headers: { cookie: await house.cookieOf('thamdinh.sngv') },
    });
    expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('Báo cáo đoàn ra'));
    const tables = await readTables({ name: `bao-cao.${format}`, bytes: Buffer.from(await answer.arrayBuffer()) });
    const text = JSON.stringify(tables);
    for (const name of ['Hàn Quốc', 'Trong kế hoạch', 'Hoàng Minh Quang (mẫu)', 'Báo cáo kết quả chuyến đi'])
      expect(text).toContain(name);
  });
});
