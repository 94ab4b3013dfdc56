import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RoundList, RoundView, UnitReportView } from '#contracts/report-round.js';
import { instantAt } from '#libs/calendar';
import { readTables } from '#libs/documents';
import { findOffice, renderDocx } from '#test/support/office-to-pdf.js';
import type { Answer } from './api-under-test.js';
import { DelegationHouse, newKey, pdf } from './delegation-house.js';

const office = findOffice();
/** Where to leave the document when somebody wants to look at it; null else. */
const keepIn: string | null = null;
const period = { kind: 'halfYear', from: '2022-12-15', to: '2023-06-14' };
const remarks = {
  achievements: 'Ký bản ghi nhớ với tỉnh Gunma.\nĐón hai đoàn doanh nghiệp.',
  difficulties: 'Lịch làm việc của đối tác thay đổi.',
  proposals: '',
};

describe('the periodic reports of the units', () => {
  let house: DelegationHouse;
  let roundId: string;
  let units: ReadonlyMap<string, string>;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    await house.openAbroad();
    house.clock.set(instantAt('2023-05-29', '08:00'));
    const answer = await request();
    roundId = answer.body.id;
    const { units: rows } = await round();
    units = new Map(rows.map(({ organisation, id }) => [organisation.name, id]));
  });
  afterAll(() => house.close());

  const request = (body: object = period, mailbox = 'thamdinh.sngv', headers: Record<string, string> = {}) =>
    house.as(mailbox, '/report-rounds', { body, headers });
  const round = async (mailbox = 'thamdinh.sngv'): Promise<RoundView> =>
    (await house.as(mailbox, `/report-rounds/${roundId}`)).body;
  const unitId = (name = 'Sở Kế hoạch và Đầu tư') => units.get(name)!;
  const unit = async (mailbox: string, id = unitId()): Promise<UnitReportView> =>
    (await house.as(mailbox, `/unit-reports/${id}`)).body;
  const send = (mailbox: string, body: object, id = unitId(), headers: Record<string, string> = {}): Promise<Answer> =>
    house.as(mailbox, `/unit-reports/${id}/events`, { body, headers });
  const decide = (mailbox: string, body: object): Promise<Answer> =>
    house.as(mailbox, `/report-rounds/${roundId}/events`, { body });
  const rowOf = async (name = 'Sở Kế hoạch và Đầu tư') =>
    (await round()).units.find(({ organisation }) => organisation.name === name)!;

  it('are asked of every unit that drafts trips, by the day the rules name, and once for a period', async () => {
    const view = await round();
    expect(view).toMatchObject({
      code: 'BC-2023-001',
      dueOn: '2023-06-15',
      dueSource: null,
      state: 'collecting',
      progress: { asked: 4, submitted: 0, accepted: 0, overdue: 0 },
    });
    expect(view.units.map(({ organisation }) => organisation.name)).toEqual(
      view.units.map(({ organisation }) => organisation.name).toSorted(),
    );
    expect(await request()).toMatchObject({ status: 409, body: { code: 'DUPLICATE' } });
    expect((await request(period, 'chuyenvien.skhdt')).status).toBe(403);
    expect((await request({ ...period, kind: 'adHoc' })).body.errors).toMatchObject([{ path: 'dueOn' }]);
    const late = { ...period, from: '2021-12-15', to: '2022-06-14' };
    expect((await request(late)).body.errors).toMatchObject([{ path: 'dueOn' }]);
    const stranger = { ...period, kind: 'year', organisationIds: [roundId] };
    expect((await request(stranger)).body.errors).toMatchObject([{ path: 'organisationIds' }]);
  });

  it('asked twice with one key are asked once', async () => {
    const body = { kind: 'adHoc', from: '2023-01-01', to: '2023-03-31', dueOn: '2023-06-09' };
    const headers = { 'idempotency-key': newKey() };
    const [first, second] = [
      await request(body, 'giamdoc.sngv', headers),
      await request(body, 'giamdoc.sngv', headers),
    ];
    expect(second.body).toEqual(first.body);
    const cancelled = await house.as('giamdoc.sngv', `/report-rounds/${first.body.id}/events`, {
      body: { type: 'CANCEL_ROUND', reason: 'Lập nhầm kỳ' },
    });
    expect(cancelled).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    const open = await house.query(
      `select 1 from tasks t join unit_reports u on u.id = t.instance_id where u.round_id = $1 and t.closed_at is null`,
      [first.body.id],
    );
    expect(open).toEqual([]);
    // The period may be asked for again.
    expect((await request(body, 'giamdoc.sngv')).status).toBe(201);
  });

  it('stand in the inbox of each unit with what they are about, and lead to the page', async () => {
    const { items } = (await house.as('chuyenvien.skhdt', '/inbox?kind=fileUnitReport&limit=200')).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        caseId: unitId(),
        caseCode: 'BC-2023-001-SKHDT',
        delegationName: 'Báo cáo đoàn ra 6 tháng đầu năm 2023',
        unit: 'Sở Kế hoạch và Đầu tư',
        dueAt: instantAt('2023-06-15', '17:00').toISOString(),
      }),
    );
    const found = (await house.as('chuyenvien.skhdt', '/inbox?q=dinh%20ky')).body.items;
    expect(found.map((one: { caseId: string }) => one.caseId)).toContain(unitId());
  });

  it('come prefilled with the trips of the unit and of nobody else', async () => {
    const own = await unit('chuyenvien.skhdt');
    expect(own).toMatchObject({ state: 'requested', report: { total: { trips: 1 } }, mayOpenRound: false });
    expect(own.report.byUnit.map(({ name }) => name)).toEqual(['Sở Kế hoạch và Đầu tư']);
    expect(own.offers.map(({ type, allowed }) => [type, allowed])).toEqual([['SUBMIT_UNIT_REPORT', true]]);
    expect((await unit('thamdinh.sngv', unitId('Sở Tài chính'))).report.total.trips).toBe(0);
  });

  it('are seen by the unit and the focal agency alone', async () => {
    for (const path of [`/unit-reports/${unitId()}`, `/report-rounds/${roundId}`, `/report-rounds/${roundId}/document`])
      expect((await house.as('giamdoc.stc', path)).status).toBe(404);
    expect((await house.as('chuyenvien.skhdt', `/report-rounds/${roundId}`)).status).toBe(404);
    const list = (await house.as('chuyenvien.skhdt', '/report-rounds')).body as RoundList;
    expect(list.items[0]).toMatchObject({ mayOpen: false, own: [{ organisation: { name: 'Sở Kế hoạch và Đầu tư' } }] });
    expect(list.mayRequest).toBe(false);
  });

  it('keep what the unit is writing, and never over words of somebody else that were not seen', async () => {
    const save = (mailbox: string, body: object) =>
      house.as(mailbox, `/unit-reports/${unitId()}/remarks`, { method: 'PUT', body });
    expect((await unit('chuyenvien.skhdt')).remarksRevision).toBe(0);
    const begun = { achievements: 'Ký bản ghi nhớ', difficulties: '', proposals: '' };
    expect(await save('chuyenvien.skhdt', { remarks: begun, revision: 0 })).toMatchObject({
      status: 200,
      body: { revision: 1, savedAt: house.clock.now().toISOString() },
    });
    expect(await save('giamdoc.skhdt', { remarks, revision: 0 })).toMatchObject({ status: 412 });
    expect(await unit('giamdoc.skhdt')).toMatchObject({ state: 'requested', remarks: begun, remarksRevision: 1 });
    expect((await rowOf()).remarks).toBeNull();
    expect((await save('giamdoc.stc', { remarks, revision: 1 })).status).toBe(404);
    expect((await save('thamdinh.sngv', { remarks, revision: 1 })).status).toBe(403);
    const secret = { ...begun, proposals: 'Xem công văn MẬT kèm theo' };
    expect((await save('chuyenvien.skhdt', { remarks: secret, revision: 1 })).status).toBe(400);
  });

  it('are handed in by the unit alone, without classified words, and are frozen with their figures', async () => {
    const body = { type: 'SUBMIT_UNIT_REPORT', remarks };
    expect((await send('giamdoc.stc', body)).status).toBe(404);
    expect((await send('thamdinh.sngv', body)).status).toBe(403);
    const secret = { ...body, remarks: { ...remarks, difficulties: 'Tài liệu TỐI MẬT của đối tác' } };
    expect((await send('chuyenvien.skhdt', secret)).status).toBe(400);
    expect(await send('chuyenvien.skhdt', body)).toMatchObject({ status: 200, body: { state: 'submitted' } });
    await house
      .open({ departureDate: '2023-06-05', returnDate: '2023-06-08' })
      .then((caseId) => house.query(`update instances set states = array['preparing'] where id = $1`, [caseId]));
    expect(await unit('chuyenvien.skhdt')).toMatchObject({
      state: 'submitted',
      remarks,
      report: { total: { trips: 1 } },
    });
    expect(await rowOf()).toMatchObject({ trips: 1, tripsNow: 2, remarks });
    const { remarksRevision: revision } = await unit('chuyenvien.skhdt');
    const path = `/unit-reports/${unitId()}/remarks`;
    const late = await house.as('chuyenvien.skhdt', path, { method: 'PUT', body: { remarks, revision } });
    expect(late).toMatchObject({ status: 409, body: { code: 'EVENT_REFUSED' } });
  });

  it('are returned with a reason, revised, and never examined by who handed them in', async () => {
    const returned = { type: 'RETURN_UNIT_REPORT', reason: 'Bổ sung kết quả đoàn Gunma' };
    expect((await send('giamdoc.skhdt', returned)).status).toBe(403);
    expect((await send('thamdinh.sngv', { type: 'RETURN_UNIT_REPORT' })).status).toBe(400);
    expect((await send('thamdinh.sngv', returned)).status).toBe(200);
    expect(await unit('chuyenvien.skhdt')).toMatchObject({ state: 'returned', returnReason: returned.reason });
    expect((await rowOf()).remarks).toBeNull();
    expect((await send('giamdoc.skhdt', { type: 'SUBMIT_UNIT_REPORT', remarks })).status).toBe(200);
    expect((await unit('chuyenvien.skhdt')).report.total.trips).toBe(2);
    expect((await send('giamdoc.sngv', { type: 'ACCEPT_UNIT_REPORT' })).status).toBe(200);
    // One person is both in a unit and in the focal agency.
    const own = unitId('Sở Ngoại vụ');
    expect((await send('thamdinh2.sngv', { type: 'SUBMIT_UNIT_REPORT', remarks: {} }, own)).status).toBe(200);
    const refused = await send('thamdinh2.sngv', { type: 'ACCEPT_UNIT_REPORT' }, own);
    expect(refused).toMatchObject({ status: 409, body: { rules: [{ name: 'notOwnReport' }] } });
  });

  it('are reminded along the ladder, the last steps to the focal agency too', async () => {
    const said = async () =>
      (
        await house.query<{ template: string; role: string }>(
          `select o.template, o.recipient->>'role' as role from outbox_messages o where o.instance_id = $1 order by o.created_at, o.recipient->>'role' desc`,
          [unitId('Sở Tài chính')],
        )
      ).map(({ template, role }) => `${template} ${role}`);
    expect(await said()).toEqual(['taskOpened unitOfficer']);
    for (const day of ['2023-06-07', '2023-06-14', '2023-06-15', '2023-06-16', '2023-06-20', '2023-06-22']) {
      house.clock.set(instantAt(day, '16:59'));
      await house.fireDueTimers();
    }
    const steps = await said();
    expect(steps.slice(1, 5)).toEqual([
      'deadlineApproaching unitOfficer',
      'deadlineApproaching unitOfficer',
      'deadlineToday unitOfficer',
      'deadlineOverdue unitOfficer',
    ]);
    expect(steps.slice(5)).toContain('deadlineOverdue reviewer');
    expect(await rowOf('Sở Tài chính')).toMatchObject({ overdue: true });
    expect((await round()).progress).toMatchObject({ asked: 4, submitted: 2, overdue: 2 });
  });

  it('say nothing of the same duty to everybody a second time', async () => {
    const said = await house.query<{ key: string }>(`select key from plan_reminders where key like 'duty:halfYear%'`);
    expect(said.map(({ key }) => key).toSorted()).toEqual(
      [
        ...[-1, -7, 1].map((offset) => `duty:halfYearReport:2023:${offset}`),
        ...[0, 5].map((offset) => `duty:halfYearReportRequest:2023:${offset}`),
      ].toSorted(),
    );
  });

  it('are consolidated only when what was handed in is examined; who is missing is named', async () => {
    const refused = await decide('thamdinh.sngv', { type: 'CONSOLIDATE_REPORTS' });
    expect(refused).toMatchObject({ status: 409, body: { rules: [{ name: 'reportsExamined' }] } });
    expect((await send('thamdinh.sngv', { type: 'ACCEPT_UNIT_REPORT' }, unitId('Sở Ngoại vụ'))).status).toBe(200);
    expect((await decide('chuyenvien.skhdt', { type: 'CONSOLIDATE_REPORTS' })).status).toBe(404);
    expect((await decide('vanthu.sngv', { type: 'CONSOLIDATE_REPORTS' })).status).toBe(403);
    expect(await decide('thamdinh.sngv', { type: 'CONSOLIDATE_REPORTS' })).toMatchObject({ status: 200 });
    const view = await round();
    expect(view.state).toBe('consolidated');
    expect(view.units.map(({ state }) => state).toSorted()).toEqual([
      'consolidated',
      'consolidated',
      'leftOut',
      'leftOut',
    ]);
    expect((await send('chuyenvien.skhdt', { type: 'SUBMIT_UNIT_REPORT', remarks })).status).toBe(409);
    // What happens later changes nothing of what was consolidated.
    await house.query(`update proposals set departure_date = '2024-01-02', return_date = '2024-01-03'`);
    expect((await round()).report.total.trips).toBe(view.report.total.trips);
  });

  it('become one official document, numbered by the clerk of the focal agency', async () => {
    expect((await decide('thamdinh.sngv', { type: 'ISSUE_REPORT' })).status).toBe(403);
    const issued = await decide('vanthu.sngv', { type: 'ISSUE_REPORT', startAt: 41 });
    expect(issued).toMatchObject({ status: 200, body: { state: 'issued' } });
    expect((await round()).document).toEqual({ number: '41/BC-SNgV', date: '2023-06-22', signedCopy: null });
    expect((await decide('vanthu.sngv', { type: 'ISSUE_REPORT' })).status).toBe(409);
    const { books } = (await house.as('vanthu.sngv', '/number-register?year=2023')).body;
    expect(JSON.stringify(books)).toContain('41/BC-SNgV');
    const { bytes, headers } = await house.download('thamdinh.sngv', `/report-rounds/${roundId}/document`);
    expect(headers.get('content-disposition')).toContain(encodeURIComponent('số 41-BC-SNgV'));
    const tables = JSON.stringify(await readTables({ name: 'bao-cao.docx', bytes }));
    for (const words of ['Trong kế hoạch', 'Nhật Bản', 'Nộp lại hộ chiếu']) expect(tables).toContain(words);
    expect((await house.replayAll()).every(({ matches }) => matches)).toBe(true);
  });

  it('have their signed copy beside the number, and a wrong number is voided with its reason and followed by another', async () => {
    const upload = (mailbox: string) =>
      house.upload(mailbox, `/report-rounds/${roundId}/document/signed-copy`, {}, { name: 'bc-41-ky.pdf', bytes: pdf });
    const paper = (mailbox: string, act: string, body: object) =>
      house.as(mailbox, `/report-rounds/${roundId}/document/${act}`, { body });
    expect((await round('vanthu.sngv')).mayPaper).toEqual({ attachSigned: true, void: true, number: false });
    expect((await round('thamdinh.sngv')).mayPaper).toEqual({ attachSigned: false, void: false, number: false });
    expect((await upload('thamdinh.sngv')).status).toBe(403);
    expect((await upload('chuyenvien.skhdt')).status).toBe(404);
    expect(await upload('vanthu.sngv')).toMatchObject({
      status: 201,
      body: { document: { signedCopy: 'bc-41-ky.pdf' } },
    });
    expect((await upload('vanthu.sngv')).status).toBe(409);
    const copy = await house.download('thamdinh.sngv', `/report-rounds/${roundId}/document/signed-copy`);
    expect(copy.bytes).toEqual(pdf);
    expect((await house.as('chuyenvien.skhdt', `/report-rounds/${roundId}/document/signed-copy`)).status).toBe(404);
    expect((await paper('vanthu.sngv', 'number', {})).status).toBe(409);
    expect((await paper('giamdoc.sngv', 'void', { reason: 'Ghi nhầm số' })).status).toBe(403);
    expect((await paper('vanthu.sngv', 'void', {})).status).toBe(400);
    expect(await paper('vanthu.sngv', 'void', { reason: 'Ghi nhầm số' })).toMatchObject({
      status: 200,
      body: {
        state: 'issued',
        document: null,
        voidedDocuments: [{ number: '41/BC-SNgV', reason: 'Ghi nhầm số' }],
        mayPaper: { attachSigned: false, void: false, number: true },
      },
    });
    expect((await paper('vanthu.sngv', 'void', { reason: 'Ghi nhầm số' })).status).toBe(409);
    expect((await house.as('vanthu.sngv', `/report-rounds/${roundId}/document/signed-copy`)).status).toBe(404);
    expect((await paper('thamdinh.sngv', 'number', {})).status).toBe(403);
    expect(await paper('vanthu.sngv', 'number', {})).toMatchObject({
      status: 200,
      body: { document: { number: '42/BC-SNgV', signedCopy: null }, voidedDocuments: [{ number: '41/BC-SNgV' }] },
    });
    const { books } = (await house.as('vanthu.sngv', '/number-register?year=2023')).body;
    const states = books.flatMap(({ entries }: { entries: { number: string; state: string }[] }) => entries);
    expect(states.map(({ number, state }: { number: string; state: string }) => [number, state])).toEqual(
      expect.arrayContaining([
        ['41/BC-SNgV', 'void'],
        ['42/BC-SNgV', 'numbered'],
      ]),
    );
    const audited = await house.query<{ action: string }>(
      `select action from audit_records where instance_id = $1 and action like 'officialDocument.%' order by at, action`,
      [roundId],
    );
    expect(audited.map(({ action }) => action).toSorted()).toEqual([
      'officialDocument.numbered',
      'officialDocument.voided',
    ]);
  });

  (office === null ? it.skip : it)('stands on paper as Nghị định 30/2020 wants it', async () => {
    const { bytes } = await house.download('thamdinh.sngv', `/report-rounds/${roundId}/document`);
    const { report } = await renderDocx(office!, { report: bytes });
    if (keepIn !== null) writeFileSync(join(keepIn, 'bao-cao.pdf'), report!.bytes);
    const [first, ...rest] = report!.pages;
    const text = (page: (typeof rest)[number]) => page.words.map((word) => word.text).join(' ');
    for (const words of [
      'ỦY BAN NHÂN DÂN TỈNH',
      'SỞ NGOẠI VỤ',
      'Số: 42/BC-SNgV',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Tuyên Quang, ngày 22 tháng 6 năm 2023',
      'BÁO CÁO',
      'Kết quả công tác đoàn ra 6 tháng đầu năm 2023',
    ])
      expect(text(first!)).toContain(words);
    const body = [first!, ...rest].map(text).join(' ');
    for (const words of [
      'Sở Kế hoạch và Đầu tư: Ký bản ghi nhớ với tỉnh Gunma.',
      'Chưa có báo cáo của: Sở Tài chính; Sở Văn hóa, Thể thao và Du lịch',
      'Nơi nhận:',
      'Kèm theo Báo cáo số 42/BC-SNgV ngày 22 tháng 6 năm 2023',
      'Bảng 7. Chấp hành',
    ])
      expect(body).toContain(words);
    expect([first!, ...rest].map(text).find((page) => page.includes('Nơi nhận:'))).toContain('Trân trọng báo cáo./.');
    // A4 upright with the margins of Phụ lục I; the tables lie on their side.
    const mm = (points: number) => (points / 72) * 25.4;
    expect([mm(first!.width), mm(first!.height)].map(Math.round)).toEqual([210, 297]);
    expect(mm(Math.min(...first!.words.map(({ left }) => left)))).toBeGreaterThan(29);
    expect(mm(Math.max(...first!.words.map(({ right }) => right)))).toBeLessThan(191);
    expect([mm(rest.at(-1)!.width), mm(rest.at(-1)!.height)].map(Math.round)).toEqual([297, 210]);
    for (const page of rest)
      expect(mm(Math.max(...page.words.map(({ right }) => right)))).toBeLessThan(mm(page.width) - 19);
    for (const font of report!.fonts) expect(font).toMatch(/Times|Liberation ?Serif|Tinos/i);
  });
});
