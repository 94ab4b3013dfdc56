import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type OwnSystem, startOwnSystem } from './own-system.js';
import { graveViolations, launchBrowser, overflowPx, signedIn, telephone } from './people.js';
import { prepareCases } from './prepared-cases.js';

describe('one’s own profile, in the browser', () => {
  let own: OwnSystem;
  let browser: Browser;
  let caseId: string;
  const open = new Set<Page>();

  beforeAll(async () => {
    own = await startOwnSystem({ day: '2023-01-13', time: '08:00' });
    browser = await launchBrowser();
    caseId = (await prepareCases(own.system)).atProvince;
  }, 240_000);

  afterEach(async () => {
    for (const page of open) await page.context().close();
    open.clear();
  });

  afterAll(async () => {
    await browser?.close();
    await own?.stop();
  }, 60_000);

  const as = async (mailbox: string, size?: typeof telephone) => {
    const page = await signedIn(browser, { ...own, mailbox, ...(size && { size }) });
    open.add(page);
    return page;
  };
  const sound = async (page: Page) => {
    expect(await graveViolations(page)).toEqual([]);
    expect(await overflowPx(page)).toBeLessThanOrEqual(0);
  };

  it('offers a traveller a substitute on the dossier, with exactly the days, named by keyboard alone', async () => {
    const page = await as('chutich.ubnd');
    await page.goto(`/cases/${caseId}`);
    await page.getByRole('link', { name: 'Cử người thay đúng những ngày này' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Người thay').waitFor();
    expect(await dialog.getByLabel('Ngày bắt đầu').inputValue()).toBe('06/03/2023');
    expect(await dialog.getByLabel('Ngày cuối').inputValue()).toBe('10/03/2023');
    await sound(page);
    await dialog.getByLabel('Người thay').focus();
    // Found without diacritics.
    await page.keyboard.type('luong thi');
    await page.getByText('Lương Thị Bích (mẫu), Phó Chủ tịch UBND tỉnh').waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Cử người thay' }).press('Enter');
    const row = page
      .getByRole('table', { name: 'Người thay tôi' })
      .getByRole('row')
      .filter({ hasText: 'Lương Thị Bích' });
    await row.getByText('06/03/2023 – 10/03/2023').waitFor();
    expect(await row.getByText('Sắp tới').count()).toBe(1);
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Cử người thay đúng những ngày này' }).count()).toBe(0);
    await sound(page);
    await row.getByRole('button', { name: 'Kết thúc' }).press('Enter');
    await page.getByRole('tooltip').getByRole('button', { name: 'Kết thúc' }).press('Enter');
    await row.getByText('Đã kết thúc sớm').waitFor();
  });

  it('shows the substitute whose work it is, and both names where it was decided', async () => {
    const people = await own.system.ask('thuongtruc.tinhuy', '/people?search=Đặng Quốc Việt');
    const command = { substituteId: people.items[0].id, firstDay: '2023-01-13', lastDay: '2023-01-13' };
    await own.system.ask('phochutich.ubnd', '/me/substitutions', { body: command });
    const page = await as('thamdinh.btctu');
    await page.goto(`/cases/${caseId}`);
    await page.getByRole('button', { name: 'Đồng ý', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('thay Lương Thị Bích (mẫu)').waitFor();
    await dialog.getByLabel('Số, ký hiệu văn bản').fill('101/TB-UBND');
    await dialog.getByLabel('Ngày văn bản').fill('13/01/2023');
    await dialog.getByLabel('Ngày văn bản').press('Enter');
    await dialog.getByRole('button', { name: 'Đồng ý', exact: true }).click();
    const names = 'Đặng Quốc Việt (mẫu) (thay Lương Thị Bích (mẫu))';
    await page.getByRole('region', { name: 'Diễn biến' }).getByText(names).waitFor();
    await page.getByRole('region', { name: 'Phê duyệt' }).getByText(names).waitFor();
  });

  it('on a telephone changes language and mail, ends another session and refuses a password that is not the same twice', async () => {
    await own.system.ask('giamdoc.stc', '/me');
    const page = await as('giamdoc.stc', telephone);
    await page.getByRole('link', { name: 'Hồ sơ cá nhân' }).click();
    await page.getByRole('heading', { name: 'Hồ sơ cá nhân' }).waitFor();
    await sound(page);
    await page.getByRole('button', { name: 'Đăng xuất phiên này' }).first().click();
    await page.getByRole('button', { name: 'Đăng xuất phiên này' }).waitFor({ state: 'detached' });
    expect((await own.system.as('giamdoc.stc', '/me')).status).toBe(401);
    const password = page.getByRole('region', { name: 'Mật khẩu', exact: true });
    await password.getByLabel('Mật khẩu hiện tại').fill(own.password);
    await password.getByLabel('Mật khẩu mới', { exact: true }).fill('một câu dài dễ nhớ');
    await page.getByLabel('Nhập lại mật khẩu mới').fill('một câu dài khó nhớ');
    await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    await page.getByText('Hai lần nhập không giống nhau.').waitFor();
    await page.getByLabel('Nhập lại mật khẩu mới').fill('một câu dài dễ nhớ');
    await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
    await page.getByText('Đã đổi mật khẩu.').waitFor();
    await page.getByRole('radiogroup', { name: 'Cách nhận thư' }).getByRole('radio').last().check();
    await page.getByLabel('English').check();
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    await sound(page);
    await page.reload();
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    expect(await page.getByRole('radiogroup', { name: 'How mails come' }).getByRole('radio').last().isChecked()).toBe(
      true,
    );
  });
});
