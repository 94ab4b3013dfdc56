import fs from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until } from '#test/support/until.js';
import { expectSoon, openOffice } from './office.js';
import { desk, graveViolations, overflowPx, telephone } from './people.js';
import { askReports, beginPlan, bringHome, prepareCases, tellTrip } from './prepared-cases.js';

describe('the screens, in the browser', () => {
  const office = openOffice('2023-01-13', ({ system }) => prepareCases(system));
  const rows = (page: Page) => page.getByRole('list', { name: 'Việc cần làm' }).getByRole('listitem');
  /** The name and the bytes of what a button hands to the person. */
  const taken = async (page: Page, button: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
  };

  it('keeps a filter under a name, on every device of the person', async () => {
    const page = await office.as('thamdinh.sngv');
    await page.getByLabel('Tìm trong việc cần làm').fill('luu van');
    await expectSoon(() => rows(page).count(), 1);
    await page.getByRole('button', { name: 'Lưu cách xem' }).click();
    await page.getByLabel('Tên cách xem').fill('Anh Lưu');
    await page.keyboard.press('Enter');
    expect(await graveViolations(page)).toEqual([]);
    const other = await office.as('thamdinh.sngv', { size: telephone });
    await expectSoon(() => rows(other).count(), 3);
    await other.getByRole('button', { name: 'Anh Lưu' }).click();
    await expectSoon(() => rows(other).count(), 1);
    expect(await overflowPx(other)).toBe(0);
  });

  it('returns a case from the inbox and comes back to it, all by keys', async () => {
    const page = await office.as('thamdinh.sngv');
    await page.getByRole('button', { name: /^Thẩm định hồ sơ/ }).click();
    await expectSoon(() => rows(page).count(), 1);
    await page.keyboard.press('j');
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: 'Yêu cầu bổ sung' });
    await dialog.waitFor();
    await dialog.getByLabel('Danh mục cần bổ sung').fill('Thư mời bản gốc');
    await dialog.getByRole('button', { name: 'Yêu cầu bổ sung' }).press('Enter');
    await page.getByText('Không tìm thấy gì khớp').waitFor();
    expect(new URL(page.url()).searchParams.get('kind')).toBe('appraise');
  });

  it('receives several cases at once, with a result for each, and they are gone at once', async () => {
    const page = await office.as('thamdinh.sngv');
    await expectSoon(() => rows(page).count(), 2);
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Chọn tất cả loại này' }).click();
    await page.getByRole('region', { name: 'Đã chọn 2 việc' }).getByRole('button', { name: 'Tiếp nhận' }).click();
    // Somebody was faster with one of them: the other is recorded all the same.
    const { items } = await office.own.system.ask('thamdinh.sngv', '/inbox?kind=receive');
    await office.own.system.ask('thamdinh.sngv', `/cases/${items[0].caseId}/events`, { body: { type: 'RECEIVE' } });
    const dialog = page.getByRole('dialog', { name: 'Tiếp nhận: 2 hồ sơ' });
    expect(await graveViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Tiếp nhận: 2 hồ sơ' }).click();
    await dialog.getByText('Đã ghi nhận 1, bị từ chối 1, trong 2 hồ sơ.').waitFor();
    const results = dialog.getByRole('list', { name: 'Kết quả từng hồ sơ' });
    await results.getByText('Việc này đã được người khác xử lý.').waitFor();
    await expectSoon(() => results.getByText('Đã ghi nhận').count(), 1);
    await dialog.getByRole('button', { name: 'Đóng' }).click();
    await page.getByRole('button', { name: /^Tiếp nhận hồ sơ/ }).waitFor({ state: 'detached' });
  });

  it('draws the way of a case, names who comes next and compares its versions', async () => {
    const page = await office.as('thamdinh.sngv', { path: `/cases/${office.prepared.atProvince}` });
    await page.getByText('Chờ cấp có thẩm quyền cho ý kiến (đang ở đây)').waitFor();
    await page.getByText('Đang thẩm định (đã qua)').waitFor();
    await page.getByText('Trả lại để làm rõ (có thể đi tiếp)').waitFor();
    const coming = page.getByRole('region', { name: 'Các bước sắp tới' });
    await coming.getByText('Thường trực Tỉnh ủy').waitFor();
    expect(await coming.getByText(/Dự kiến chậm nhất \d\d:\d\d \d\d\/\d\d\/2023/).count()).toBeGreaterThan(1);
    await page.getByText(/Đã lưu \d+ bản; chọn hai bản để so sánh/).click();
    const table = page.getByRole('table', { name: 'So sánh các bản đề nghị' });
    await table.getByText('Đoàn đại biểu tỉnh Tuyên Quang').waitFor();
    expect(await graveViolations(page)).toEqual([]);
  });

  it('takes the signed copy of an event along', async () => {
    const page = await office.as('phochutich.ubnd', { path: `/cases/${office.prepared.atProvince}` });
    await page.getByRole('region', { name: 'Bạn có thể' }).getByRole('button', { name: 'Đồng ý', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Đồng ý' });
    // The type the rules ask of this level is chosen already.
    await dialog.getByText('Quy chế yêu cầu ghi: Lãnh đạo UBND tỉnh: Tờ trình hoặc Công văn').waitFor();
    await dialog.getByLabel('Số, ký hiệu văn bản').fill('77/UBND-NC');
    await dialog.getByLabel('Ngày văn bản').fill('13/01/2023');
    await dialog.getByLabel('Ngày văn bản').press('Enter');
    const file = { name: 'ý kiến.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };
    await dialog.locator('input[type=file]').setInputFiles(file);
    await dialog.getByText('ý kiến.pdf').waitFor();
    await dialog.getByRole('button', { name: 'Đồng ý', exact: true }).click();
    const link = page.getByRole('region', { name: 'Diễn biến' }).getByRole('link', { name: '77/UBND-NC' });
    await link.waitFor();
    await page.getByRole('region', { name: 'Phê duyệt' }).getByText('Tờ trình · 77/UBND-NC').waitFor();
    const answer = await page.request.get((await link.getAttribute('href')) ?? '');
    expect(answer.headers()['content-disposition']).toContain(encodeURIComponent('ý kiến.pdf'));
  });

  it('shows who is abroad on a time line, leaders apart, and the trips of each in the year', async () => {
    const page = await office.as('thamdinh.sngv');
    await page.getByRole('link', { name: 'Ai đang đi' }).click();
    const delegations = page.getByRole('list', { name: 'Theo đoàn' });
    await delegations.getByText('06/03/2023 – 10/03/2023').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Lãnh đạo' }).click();
    await page.getByRole('list', { name: 'Lãnh đạo' }).getByText('Hoàng Minh Quang (mẫu)').waitFor();
    await page.getByRole('button', { name: 'Kỳ sau' }).click();
    await page.getByText('04–06/2023').waitFor();
    await page.getByText('Không có lãnh đạo nào đi trong kỳ này.').waitFor();
    await page.getByRole('button', { name: 'Số chuyến trong năm' }).click();
    await page.getByRole('table', { name: 'Số chuyến trong năm' }).getByText('Hoàng Minh Quang (mẫu)').waitFor();
    expect(await graveViolations(page)).toEqual([]);
  });

  it('gives the charts of the year as a picture and as a table', async () => {
    const page = await office.as('thamdinh.sngv');
    await page.getByRole('link', { name: 'Thống kê' }).click();
    await page.getByRole('img', { name: /^Theo quý: Quý 1 1 chuyến/ }).waitFor();
    expect(await graveViolations(page)).toEqual([]);
    const table = await taken(page, 'Tải bảng: Theo nước đến');
    expect(table.name).toBe('Theo nước đến.csv');
    expect(table.bytes.toString('utf8')).toMatch(
      /^\uFEFFTheo nước đến;Số chuyến;Số người\r\n(.*\r\n)*Nhật Bản;1;3\r\n/,
    );
    const picture = await taken(page, 'Tải hình: Theo quý');
    expect(picture.name).toBe('Theo quý.png');
    expect(picture.bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
    expect(picture.bytes.length).toBeGreaterThan(5_000);
  });

  it('sets the plan against what became of it, and along the year', async () => {
    const page = await office.as('thamdinh.sngv');
    await page.getByRole('link', { name: 'Kế hoạch năm' }).click();
    await page.getByRole('button', { name: 'Kế hoạch và thực hiện' }).click();
    await page.getByText(/^6\/7 dòng đã có hồ sơ/).waitFor();
    const table = page.getByRole('table', { name: 'Kế hoạch và thực hiện' });
    await expectSoon(() => table.getByRole('link', { name: /^DR-/ }).count(), 6);
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Theo quý' }).click();
    await page.getByRole('list', { name: 'Theo quý' }).getByRole('img', { name: 'Quý IV/2023' }).waitFor();
    expect(await graveViolations(page)).toEqual([]);
  });

  it('shows the operator the queue, the versions, the organisations of a day and the people', async () => {
    const page = await office.as('quantri.sngv', { path: '/operations/house' });
    await page.getByRole('table', { name: 'Phiên bản quy trình' }).getByText('mới nhất').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Cơ quan' }).click();
    await page.getByRole('table', { name: 'Cơ quan' }).getByText('Sở Kế hoạch và Đầu tư').first().waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Người và chức vụ' }).click();
    await page.getByLabel('Tìm người theo tên').fill('luong thi bich');
    await page.keyboard.press('Enter');
    await expectSoon(() => page.getByRole('table').getByRole('row').count(), 2);
    expect(await graveViolations(page)).toEqual([]);
  });

  it('has no grave fault in the dark and dense either, and fits 320 pixels', async () => {
    const page = await office.as('thamdinh.sngv', { size: { width: 320, height: 640 } });
    await page.getByText('Hiển thị').click();
    await page.getByLabel('Nền').selectOption('dark');
    await page.getByLabel('Mật độ').selectOption('compact');
    const faults: Record<string, unknown> = {};
    for (const place of [
      '/',
      '/abroad',
      '/dashboard',
      '/plan',
      '/trips',
      `/cases/${office.prepared.atProvince}`,
      '/profile',
    ]) {
      await page.goto(place);
      await page.locator('main h1').first().waitFor();
      await page.waitForLoadState('load');
      const found = [...(await graveViolations(page)), `overflow ${await overflowPx(page)}`];
      if (found.length > 1 || found[0] !== 'overflow 0') faults[place] = found;
    }
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(faults).toEqual({});
  });

  it('shows who a new holiday affects before it is entered, moves what it moves, and takes it back', async () => {
    const page = await office.as('quantri.sngv', { path: '/rules' });
    await page.getByRole('link', { name: 'Lịch làm việc' }).click();
    const days = page.getByRole('table', { name: 'Lịch làm việc 2023' });
    await until(async () => (await days.getByText('? chưa xác minh').count()) > 3);
    await page.getByRole('button', { name: 'Thêm thay đổi' }).click();
    const form = page.getByRole('region', { name: 'Thay đổi mới công bố' });
    await form.getByLabel('Ngày', { exact: true }).fill('16/01/2023');
    await form.getByLabel('Tên ngày (tiếng Việt)').fill('Nghỉ thêm trước Tết');
    await form.getByLabel('Tên ngày (tiếng Anh)').fill('A day more before Tết');
    await form.getByLabel('Số, ký hiệu văn bản').fill('15/TB-UBND');
    await form.getByLabel('Ngày văn bản').fill('13/01/2023');
    await form.getByLabel('Lý do').fill('Theo thông báo của UBND tỉnh');
    await form.getByLabel('Lý do').press('Tab');
    await page.keyboard.press('Enter');
    const impact = form.getByRole('table', { name: 'Ai bị ảnh hưởng' });
    await impact.getByText('Trần Đức Bình (mẫu)').first().waitFor();
    await form.getByText(/\d+ thời hạn của \d+ hồ sơ đổi ngày/).waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await form.getByRole('button', { name: 'Áp dụng và tính lại' }).click();
    await page.getByText(/Đã áp dụng thay đổi số 1: \d+ thời hạn/).waitFor();
    await days.getByText('15/TB-UBND ngày 13/01/2023 · thay đổi số 1').waitFor();
    const phone = await office.as('quantri.sngv', { path: '/calendar', size: telephone });
    await phone.getByRole('button', { name: 'Rút thay đổi số 1' }).click();
    const back = phone.getByRole('region', { name: 'Rút thay đổi số 1' });
    await back.getByLabel('Số, ký hiệu văn bản').fill('16/TB-UBND');
    await back.getByLabel('Ngày văn bản').fill('13/01/2023');
    await back.getByLabel('Lý do').fill('Thu hồi thông báo');
    await back.getByRole('button', { name: 'Xem ai bị ảnh hưởng' }).click();
    await back.getByRole('button', { name: 'Áp dụng và tính lại' }).waitFor();
    expect(await overflowPx(phone)).toBe(0);
    expect(await graveViolations(phone)).toEqual([]);
    await back.getByRole('button', { name: 'Áp dụng và tính lại' }).click();
    await phone.getByText(/Đã áp dụng thay đổi số 2/).waitFor();
    await phone.getByText('đã rút bởi số 2').waitFor();
  });

  it('says in the dialog which deadlines a postponement stops and the new days set', async () => {
    const send = (who: string, event: object) =>
      office.own.system.ask(who, `/cases/${office.prepared.atProvince}/events`, { body: event });
    const document = { number: '9/CV', date: '2023-01-13' };
    // The last level is the central one, recorded by the Office; an earlier test may have taken a step already.
    for (const who of ['phochutich.ubnd', 'thuongtruc.tinhuy', 'vanthu.vpubnd'])
      await send(who, { type: 'APPROVE', document }).catch(() => undefined);
    const { items } = await office.own.system.ask(
      'vanthu.vpubnd',
      `/people?search=${encodeURIComponent('Lương Thị Bích')}`,
    );
    await send('vanthu.vpubnd', { type: 'ISSUE_DECISION', document, signerId: items[0].id });
    const page = await office.as('giamdoc.skhdt', { path: `/cases/${office.prepared.atProvince}` });
    const actions = page.getByRole('region', { name: 'Bạn có thể' });
    await actions.getByRole('button', { name: 'Hoãn chuyến' }).click();
    const stops = page.getByRole('dialog').getByRole('region', { name: 'Thời hạn sẽ đổi' });
    await stops.getByText(/Bộ Ngoại giao.*: dừng \(đang là \d\d:\d\d /).waitFor();
    expect(await graveViolations(page)).toEqual([]);
  });

  it('adds the document a level owed, and shows what an amendment changes and which way it goes', async () => {
    const { system } = office.own;
    const id = office.prepared.atProvince;
    const page = await office.as('thamdinh.sngv', { path: `/cases/${id}` });
    // The earlier test agreed without saying of what type the documents are.
    await page.getByText('Đã đồng ý nhưng thiếu văn bản').first().waitFor();
    const approvals = page.getByRole('region', { name: 'Phê duyệt', exact: true });
    await approvals.getByRole('button', { name: 'Ghi thêm văn bản: Thường trực Tỉnh ủy' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Số, ký hiệu văn bản').fill('77-CV/TU');
    await dialog.getByLabel('Ngày văn bản').fill('13/01/2023');
    await dialog.getByLabel('Ngày văn bản').press('Enter');
    expect(await graveViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Ghi thêm văn bản của bước' }).click();
    await approvals.getByText('77-CV/TU').waitFor();

    // Before it is asked, the officer reads whether it comes early enough.
    const unit = await office.as('chuyenvien.skhdt', { path: `/cases/${id}` });
    await unit.getByRole('button', { name: 'Đề nghị điều chỉnh', exact: true }).click();
    const asking = unit.getByRole('dialog');
    await asking.getByRole('status').getByText('còn trong hạn, muộn nhất 17:00 27/02/2023').waitFor();
    expect(await asking.getByLabel('Lý do gấp').count()).toBe(0);
    expect(await graveViolations(unit)).toEqual([]);
    await system.setClock(new Date('2023-02-28T03:00:00Z'));
    const late = await office.as('chuyenvien.skhdt', { path: `/cases/${id}`, size: telephone });
    await late.getByRole('button', { name: 'Đề nghị điều chỉnh', exact: true }).click();
    const why = late.getByRole('dialog');
    await why.getByText('Nêu lý do gấp thì chỉ ghi chú.').waitFor();
    await why.getByLabel('Lý do gấp').pressSequentially('Đối tác vừa báo');
    await why.getByRole('status').getByText('Đã nêu lý do gấp.').waitFor();
    expect(await why.getByLabel('Lý do gấp').inputValue()).toBe('Đối tác vừa báo');
    expect(await graveViolations(late)).toEqual([]);
    expect(await overflowPx(late)).toBe(0);

    const { proposal } = await system.ask('chuyenvien.skhdt', `/cases/${id}`);
    const body = { type: 'REQUEST_AMENDMENT', changedFields: ['partners', 'dates'], reason: 'Đối tác đề nghị' };
    await system.ask('chuyenvien.skhdt', `/cases/${id}/events`, { body });
    const patch = { partners: 'Chính quyền tỉnh Oita', departureDate: '2023-03-13', returnDate: '2023-03-17' };
    const headers = { 'if-match': `"${proposal.revision}"` };
    await system.ask('chuyenvien.skhdt', `/cases/${id}/proposal`, { method: 'PATCH', body: patch, headers });
    const desk = await office.as('vanthu.vpubnd', { path: `/cases/${id}` });
    const changes = desk.getByRole('region', { name: 'Điều chỉnh so với quyết định' });
    await changes.getByText('2 nội dung thay đổi: phải ban hành quyết định mới.').waitFor();
    await changes.getByText('Chính quyền tỉnh Oita').waitFor();
    expect(await graveViolations(desk)).toEqual([]);
    const phone = await office.as('vanthu.vpubnd', { path: `/cases/${id}`, size: telephone });
    await phone.getByRole('region', { name: 'Điều chỉnh so với quyết định' }).getByText('Từ 13/03/2023').waitFor();
    expect(await overflowPx(phone)).toBe(0);
  });

  it('says so without a network, also when a page is opened', async () => {
    const page = await office.as('thamdinh.sngv');
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
    await page.context().setOffline(true);
    await page.getByText('Mất kết nối mạng.').waitFor();
    await page.goto('/abroad');
    await page.getByRole('heading', { name: 'Không có kết nối' }).waitFor();
    await page.context().setOffline(false);
  });

  it('has no grave fault on the pages of reports, plans and administration, on a desk and on a telephone', async () => {
    const { system } = office.own;
    const home = await bringHome(system);
    await tellTrip(system, home);
    const { plan, line } = await beginPlan(system);
    const { round, unitReport } = await askReports(system);
    const places = {
      'thamdinh.sngv': [
        '/trip-reports',
        `/trip-reports/${home}`,
        '/trip-reports/follow-ups',
        `/plan/${plan}`,
        `/plan/lines/${line}`,
        '/report-rounds',
        `/report-rounds/${round}`,
        `/unit-reports/${unitReport}`,
      ],
      'quantri.sngv': ['/operations/successions', '/operations/retention', '/operations/tokens', '/calendar'],
    };
    const faults: Record<string, readonly string[]> = {};
    for (const [mailbox, paths] of Object.entries(places)) {
      const page = await office.as(mailbox);
      for (const path of paths) {
        await page.goto(path);
        await page.locator('main h1').first().waitFor();
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        for (const size of [desk, telephone]) {
          await page.setViewportSize(size);
          const wide = await overflowPx(page);
          const found = [...(await graveViolations(page)), ...(wide > 0 ? [`wider by ${wide}`] : [])];
          if (found.length > 0) faults[`${path} ${size.width}`] = found;
        }
      }
    }
    expect(faults).toEqual({});
  });
});
