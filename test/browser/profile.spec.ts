import { describe, expect, it } from '@jest/globals';
import { expectSoon, expectSound, openOffice } from './office.js';
import { telephone } from './people.js';
import { prepareCases } from './prepared-cases.js';

describe('one’s own profile, in the browser', () => {
  const office = openOffice('2023-01-13', ({ system }) => prepareCases(system));
  it('offers a traveller a substitute on the dossier, with exactly the days, named by keyboard alone', async () => {
    const page = await office.as('chutich.ubnd', { path: `/cases/${office.prepared.atProvince}` });
    await page.getByRole('link', { name: 'Cử người thay đúng những ngày này' }).press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Người thay').waitFor();
    await expectSoon(() => dialog.getByLabel('Ngày bắt đầu').inputValue(), '06/03/2023');
    await expectSoon(() => dialog.getByLabel('Ngày cuối').inputValue(), '10/03/2023');
    await expectSound(page);
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
    await expectSoon(() => row.getByText('Sắp tới').count(), 1);
    await dialog.waitFor({ state: 'detached' });
    await expectSoon(() => page.getByRole('button', { name: 'Cử người thay đúng những ngày này' }).count(), 0);
    await expectSound(page);
    await row.getByRole('button', { name: 'Kết thúc' }).press('Enter');
    await page.getByRole('tooltip').getByRole('button', { name: 'Kết thúc' }).press('Enter');
    await row.getByText('Đã kết thúc sớm').waitFor();
  });

  it('shows the substitute whose work it is, and both names where it was decided', async () => {
    const people = await office.own.system.ask('thuongtruc.tinhuy', '/people?search=Đặng Quốc Việt');
    const command = { substituteId: people.items[0].id, firstDay: '2023-01-13', lastDay: '2023-01-13' };
    await office.own.system.ask('phochutich.ubnd', '/me/substitutions', { body: command });
    const page = await office.as('thamdinh.btctu', { path: `/cases/${office.prepared.atProvince}` });
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
    await office.own.system.ask('giamdoc.stc', '/me');
    const page = await office.as('giamdoc.stc', { size: telephone });
    await page.getByRole('link', { name: 'Hồ sơ cá nhân' }).click();
    await page.getByRole('heading', { name: 'Hồ sơ cá nhân' }).waitFor();
    await expectSound(page);
    const sessions = page.getByRole('region', { name: 'Phiên đăng nhập' });
    await sessions.getByRole('button', { name: 'Đăng xuất phiên này' }).first().click();
    await sessions.getByLabel('Mật khẩu hiện tại').fill(office.own.password);
    await expectSound(page);
    await sessions.getByRole('button', { name: 'Đăng xuất phiên này' }).click();
    await sessions.getByRole('button', { name: 'Đăng xuất phiên này' }).waitFor({ state: 'detached' });
    expect((await office.own.system.as('giamdoc.stc', '/me')).status).toBe(401);
    const password = page.getByRole('region', { name: 'Mật khẩu', exact: true });
    await password.getByLabel('Mật khẩu hiện tại').fill(office.own.password);
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
    await expectSound(page);
    await page.reload();
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    await expectSoon(
      () => page.getByRole('radiogroup', { name: 'How mails come' }).getByRole('radio').last().isChecked(),
      true,
    );
  });

  it('keeps what was typed when the session ends under the page, and goes on after signing in', async () => {
    const page = await office.as('chuyenvien.skhdt', { path: `/cases/${office.prepared.draft}/proposal` });
    const purpose = page.getByLabel('Mục đích', { exact: true });
    await purpose.waitFor();
    expect((await page.request.delete('/api/v1/session')).status()).toBe(204);
    await purpose.fill('Viết khi phiên đã hết');
    const over = page.getByRole('dialog', { name: 'Phiên làm việc đã kết thúc' });
    await over.getByLabel('Mật khẩu').fill('not the password');
    await over.getByRole('button', { name: 'Đăng nhập' }).click();
    await over.getByRole('alert').waitFor();
    await expectSound(page);
    await over.getByLabel('Mật khẩu').fill(office.own.password);
    await over.getByRole('button', { name: 'Đăng nhập' }).click();
    await over.waitFor({ state: 'detached' });
    await page
      .getByRole('status')
      .filter({ hasText: /^Đã lưu$/ })
      .waitFor();
    expect(await purpose.inputValue()).toBe('Viết khi phiên đã hết');
    const { proposal } = await office.own.system.ask('chuyenvien.skhdt', `/cases/${office.prepared.draft}`);
    expect(proposal.purpose).toBe('Viết khi phiên đã hết');
  });

  it('sends a decision that met the end of the session once somebody has signed in on another page', async () => {
    const page = await office.as('giamdoc.skhdt', { path: `/cases/${office.prepared.atProvince}` });
    await page.getByRole('region', { name: 'Bạn có thể' }).getByRole('button', { name: 'Rút hồ sơ' }).click();
    const withdrawing = page.getByRole('dialog', { name: 'Rút hồ sơ' });
    await withdrawing.getByLabel('Lý do').fill('Bạn hoãn vô thời hạn');
    await page.request.delete('/api/v1/session');
    await withdrawing.getByRole('button', { name: 'Rút hồ sơ' }).click();
    const over = page.getByRole('dialog', { name: 'Phiên làm việc đã kết thúc' });
    await over.waitFor();
    await page.keyboard.type('a');
    // The dialog below does not take the keys of the one above.
    expect(await over.getByLabel('Mật khẩu').inputValue()).toBe('a');
    const data = { email: 'giamdoc.skhdt@tuyenquang.example', password: office.own.password };
    await page.request.post('/api/v1/session', { data });
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    await over.waitFor({ state: 'detached' });
    await withdrawing.waitFor({ state: 'detached' });
    await page.locator('.mark').getByText('Đơn vị rút hồ sơ').first().waitFor();
    await expectSoon(() => page.getByText('Cần đăng nhập').count(), 0);
  });
});
