import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectSoon, openOffice } from './office.js';
import { graveViolations, overflowPx, paste, telephone } from './people.js';

const dossier = ['proposalLetter', 'programme', 'memberList', 'costEstimate', 'invitation', 'invitationTranslation'];
const members = [
  'STT\tHọ và tên\tChức vụ\tCơ quan\tVai trò',
  '1\tLưu Văn Mẫu\tGiám đốc\tSở Kế hoạch và Đầu tư\tTrưởng đoàn',
  '2\tTạ Thị Mẫu\tChuyên viên\tSở Kế hoạch và Đầu tư\tThư ký',
].join('\n');

describe('a delegation, in the browser', () => {
  const office = openOffice('2023-01-13');
  let caseId = '';

  const dialog = (page: Page) => page.getByRole('dialog').last();

  /** Presses an action of the dossier, fills its dialog and confirms it. */
  const act = async (page: Page, action: string, fill: Readonly<Record<string, string>> = {}) => {
    await page.getByRole('region', { name: 'Bạn có thể' }).getByRole('button', { name: action, exact: true }).click();
    await confirm(page, action, fill);
  };

  const confirm = async (page: Page, action: string, fill: Readonly<Record<string, string>>) => {
    for (const [label, value] of Object.entries(fill)) {
      await dialog(page).getByLabel(label).fill(value);
      if (label === 'Ngày văn bản') await dialog(page).getByLabel(label).press('Enter');
    }
    await dialog(page).getByRole('button', { name: action, exact: true }).click();
  };

  const opened = async (page: Page) => {
    await page.goto(`/cases/${caseId}`);
    await page.getByRole('region', { name: 'Diễn biến' }).waitFor();
  };

  it('refuses a wrong password and says so', async () => {
    const page = await office.visitor('/');
    await page.getByLabel('Thư điện tử').fill('chuyenvien.skhdt@tuyenquang.example');
    await page.getByLabel('Mật khẩu').fill('not the password');
    expect(await graveViolations(page)).toEqual([]);
    await page.evaluate(`document.body.append(new Image())`);
    // The check itself can fail: a picture without a text is found.
    expect(await graveViolations(page)).toEqual([expect.stringContaining('image-alt')]);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    expect(await page.getByRole('alert').textContent()).toMatch(/mật khẩu/i);
  });

  it('lets the unit officer draft from a plan line and submit', async () => {
    const page = await office.as('chuyenvien.skhdt');
    await page.getByRole('link', { name: 'Kế hoạch năm' }).click();
    const line = page.getByRole('row').filter({ hasText: 'Hàn Quốc' });
    expect(await graveViolations(page)).toEqual([]);
    await line.getByRole('button', { name: 'Lập hồ sơ' }).click();
    await page.waitForURL(/\/cases\/[0-9a-f-]+$/);
    caseId = page.url().split('/').at(-1) ?? '';
    await page.getByText('Chưa thực hiện được').waitFor();
    await expectSoon(() => page.getByText('Hồ sơ còn thiếu tài liệu bắt buộc.').count(), 1);

    await page.getByRole('link', { name: 'Sửa' }).click();
    await page.getByLabel('Mục đích', { exact: true }).fill('Xúc tiến đầu tư tại Seoul');
    await page.getByLabel('Xóa Thành viên 1').click();
    await page.getByRole('button', { name: 'Thêm thành viên' }).click();
    await page.getByLabel('Họ và tên 1').focus();
    await paste(page, members);
    await expectSoon(() => page.getByLabel('Họ và tên 2').inputValue(), 'Tạ Thị Mẫu');
    await page.getByPlaceholder('Ngày bắt đầu').fill('10/04/2023');
    await page.getByPlaceholder('Ngày bắt đầu').press('Enter');
    await page.getByPlaceholder('Ngày kết thúc').fill('14/04/2023');
    await page.getByPlaceholder('Ngày kết thúc').press('Enter');
    await page.getByLabel('Tôi xác nhận nội dung không chứa bí mật nhà nước').check();
    await page
      .getByRole('status')
      .filter({ hasText: /^Đã lưu$/ })
      .waitFor();
    await page.getByText('Chưa cam đoan hồ sơ không chứa bí mật nhà nước.').waitFor({ state: 'detached' });
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Lưu và trở lại hồ sơ' }).first().click();

    for (const kind of dossier) {
      const form = new FormData();
      form.set('kind', kind);
      form.set('noStateSecrets', 'true');
      form.set('file', new Blob([`%PDF-1.4\n% ${kind}\n%%EOF\n`], { type: 'application/pdf' }), `${kind}.pdf`);
      await office.own.system.ask('chuyenvien.skhdt', `/cases/${caseId}/documents`, { form });
    }
    await opened(page);
    expect(await graveViolations(page)).toEqual([]);
    await act(page, 'Trình thủ trưởng đơn vị');
    await page.locator('.mark.on').getByText('Chờ thủ trưởng đơn vị ký trình').waitFor();
  });

  it('lets the unit head find, open by keyboard and sign; the reviewer sees it come without reloading', async () => {
    const reviewer = await office.as('thamdinh.sngv');
    await reviewer.getByText('Không còn việc nào chờ bạn.').waitFor();
    const page = await office.as('giamdoc.skhdt');
    await page.getByRole('list', { name: 'Việc cần làm' }).getByText('Ký trình hồ sơ').waitFor();
    await page.getByLabel('Tìm trong việc cần làm').fill('doan cong tac khong co that');
    await page.getByText('Không tìm thấy gì khớp').waitFor();
    await page.getByLabel('Tìm trong việc cần làm').fill('ky trinh tuyen quang');
    await page.getByRole('list', { name: 'Việc cần làm' }).getByText('Ký trình hồ sơ').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.getByLabel('Tìm trong việc cần làm').blur();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor();
    await page.keyboard.press('Escape');
    // Keys pressed while the dialog still closes belong to the dialog.
    await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor({ state: 'detached' });
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/cases/${caseId}`);
    await act(page, 'Ký trình', { 'Số, ký hiệu văn bản': '12/TTr-SKHĐT', 'Ngày văn bản': '13/01/2023' });
    await page.locator('.mark.on').getByText('Chờ cơ quan đầu mối tiếp nhận').waitFor();
    await page.getByRole('link', { name: 'Việc cần làm' }).click();
    await page.getByText('Không còn việc nào chờ bạn.').waitFor();
    const arrived = reviewer.getByRole('listitem').filter({ hasText: 'Tiếp nhận hồ sơ' });
    await arrived.getByText('mới', { exact: true }).waitFor({ timeout: 25_000 });
  });

  it('lets the reviewer ask for a supplement', async () => {
    const page = await office.as('thamdinh.sngv');
    await page.getByRole('list', { name: 'Việc cần làm' }).getByText('Tiếp nhận hồ sơ').click();
    await act(page, 'Tiếp nhận');
    await page.locator('.mark.on').getByText('Đang kiểm tra hồ sơ').waitFor();
    await page.getByRole('region', { name: 'Bạn có thể' }).getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
    await dialog(page).getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
    await dialog(page).getByText('Cần điền mục này').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await confirm(page, 'Yêu cầu bổ sung', { 'Danh mục cần bổ sung': 'Chương trình từng ngày\nThư mời bản gốc' });
    await page.locator('.mark.on').getByText('Chờ bổ sung, hoàn thiện hồ sơ').waitFor();
    await page.getByText('– Thư mời bản gốc').waitFor();
  });

  it('lets a leader decide on a telephone, one card, and take the case on', async () => {
    const send = (who: string, event: object) => office.own.system.ask(who, `/cases/${caseId}/events`, { body: event });
    await send('chuyenvien.skhdt', { type: 'RESUBMIT' });
    await send('thamdinh.sngv', { type: 'ACCEPT_DOSSIER' });
    await send('thamdinh.sngv', { type: 'FORWARD', document: { number: '5/BC-SNgV', date: '2023-01-13' } });

    const page = await office.as('giamdoc.sngv', { size: telephone });
    await page.getByRole('link', { name: 'Chờ duyệt' }).click();
    const card = page.getByRole('article');
    await card.getByText('Lưu Văn Mẫu, Giám đốc và 1 người').waitFor();
    expect(await card.textContent()).toContain('10/04/2023 – 14/04/2023');
    expect(await card.textContent()).toContain('Hàn Quốc');
    expect(await overflowPx(page)).toBe(0);
    expect(await graveViolations(page)).toEqual([]);
    await card.getByRole('button', { name: 'Đồng ý', exact: true }).click();
    await confirm(page, 'Đồng ý', { 'Số, ký hiệu văn bản': '6/TTr-SNgV', 'Ngày văn bản': '13/01/2023' });
    await page.getByText('Không còn hồ sơ nào chờ bạn quyết định.').waitFor();

    await opened(page);
    await page.getByRole('region', { name: 'Phê duyệt' }).getByText('6/TTr-SNgV').waitFor();
    expect(await overflowPx(page)).toBe(0);
    expect(await graveViolations(page)).toEqual([]);
  });

  it('shows the operator mails, timers and a sound log, and nobody else', async () => {
    const page = await office.as('quantri.sngv');
    await page.getByRole('link', { name: 'Vận hành' }).click();
    await page.getByRole('table', { name: 'Sổ thư' }).waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Hẹn giờ' }).click();
    await page.getByRole('table', { name: 'Hẹn giờ' }).waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Kiểm tra nhật ký' }).click();
    await page.getByRole('button', { name: 'Kiểm tra ngay' }).click();
    await page.getByText(/^Nguyên vẹn: \d+ hồ sơ, \d+ sự kiện\.$/).waitFor();
    expect(await graveViolations(page)).toEqual([]);

    const other = await office.as('chuyenvien.skhdt');
    expect(await other.getByRole('link', { name: 'Vận hành' }).count()).toBe(0);
    await other.goto('/operations');
    await other.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
  });

  it('speaks English where it is asked to, without a Vietnamese word of its own left', async () => {
    const page = await office.as('thamdinh.sngv', { size: telephone });
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Inbox' }).waitFor();
    await page.getByRole('link', { name: 'Delegations' }).click();
    await page.getByRole('heading', { name: 'Delegations' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await expectSoon(() => page.title(), 'Delegations · Thông Hành');
    await page.getByRole('link', { name: /^DR-/ }).first().waitFor();
    expect(await page.locator('main').textContent()).not.toMatch(/Trưởng đoàn|Hạn |Đơn vị|Bước/);
    expect(await overflowPx(page)).toBe(0);
    expect(await graveViolations(page)).toEqual([]);
  });

  it('overwrites nobody: other fields are taken over, the same field is shown as a difference', async () => {
    const { id } = await office.own.system.ask('chuyenvien.skhdt', '/proposals', {
      body: { proposal: { delegationName: 'Đoàn soạn ở hai nơi', outOfPlanJustification: 'Bạn mời gấp' } },
    });
    const saved = async () => (await office.own.system.ask('chuyenvien.skhdt', `/cases/${id}`)).proposal;
    const saveElsewhere = async (patch: object) => {
      const headers = { 'if-match': `"${(await saved()).revision}"` };
      await office.own.system.ask('chuyenvien.skhdt', `/cases/${id}/proposal`, {
        method: 'PATCH',
        body: patch,
        headers,
      });
    };
    const page = await office.as('chuyenvien.skhdt', { path: `/cases/${id}/proposal` });
    const purpose = page.getByLabel('Mục đích', { exact: true });
    const isSaved = () =>
      page
        .getByRole('status')
        .filter({ hasText: /^Đã lưu$/ })
        .waitFor();
    await purpose.waitFor();

    await saveElsewhere({ capacity: 'Đoàn của Sở' });
    await purpose.fill('Mục đích của tôi');
    await expectSoon(() => page.getByLabel('Danh nghĩa đoàn').inputValue(), 'Đoàn của Sở');
    await isSaved();
    expect(await saved()).toMatchObject({ capacity: 'Đoàn của Sở', purpose: 'Mục đích của tôi' });

    await saveElsewhere({ purpose: 'Mục đích viết ở máy khác' });
    await purpose.fill('Mục đích khác của tôi');
    const difference = page.getByRole('table', { name: /Có người khác vừa lưu/ });
    await difference.getByText('Mục đích viết ở máy khác').waitFor();
    expect((await saved()).purpose).toBe('Mục đích viết ở máy khác');
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Giữ của tôi' }).click();
    await difference.waitFor({ state: 'detached' });
    await isSaved();
    expect((await saved()).purpose).toBe('Mục đích khác của tôi');
  });

  it('fits a screen of 320 pixels wherever a unit or a reviewer goes', async () => {
    const small = { width: 320, height: 640 };
    const officer = await office.as('chuyenvien.skhdt', { size: small });
    const { id } = await office.own.system.ask('chuyenvien.skhdt', '/proposals', {
      body: { proposal: { delegationName: 'Đoàn ngoài kế hoạch', outOfPlanJustification: 'Bạn mời gấp' } },
    });
    const widths: Record<string, number> = {};
    for (const place of ['/', '/trips', '/plan', `/cases/${caseId}`, `/cases/${id}`, `/cases/${id}/proposal`]) {
      await officer.goto(place);
      await officer
        .locator('main')
        .getByText(/Đoàn|việc nào/)
        .first()
        .waitFor();
      widths[place] = await overflowPx(officer);
      expect(await graveViolations(officer)).toEqual([]);
    }
    expect(Object.entries(widths).filter(([, px]) => px > 0)).toEqual([]);
  });

  it('loads less than 150 kB of scripts before the inbox can be used', async () => {
    const page = await office.as('thamdinh.sngv');
    await page.reload();
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
    const scripts = await page.evaluate<[string, number][]>(
      `performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).map((one) => [one.name, one.encodedBodySize])`,
    );
    // A script that was preloaded may be listed twice.
    const bytes = [...new Map(scripts).values()].reduce((sum, one) => sum + one, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(150_000);
  });
});
