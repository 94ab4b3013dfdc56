import { describe, expect, it } from '@jest/globals';
import { TOTP, URI } from 'otpauth';
import type { Page } from 'playwright-core';
import { expectSoon, expectSound, openOffice } from './office.js';
import { desk, telephone } from './people.js';

describe('a second factor that a role must have, in the browser', () => {
  const office = openOffice('2023-01-13', undefined, { SECOND_FACTOR_FOR: 'clerk' });
  let secret = '';

  const signIn = async (page: Page) => {
    await page.getByLabel('Thư điện tử').fill('vanthu.sngv@tuyenquang.example');
    await page.getByLabel('Mật khẩu').fill(office.own.password);
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
  };
  const codeNow = () => {
    const application = URI.parse(`otpauth://totp/Th:x?secret=${secret}`);
    if (!(application instanceof TOTP)) throw new Error('not a clock code');
    return application.generate();
  };
  const soundAtBothSizes = async (page: Page) => {
    for (const size of [telephone, desk]) {
      await page.setViewportSize(size);
      await expectSound(page);
    }
  };

  it('is set up before anything else opens, and leads to the page that was asked for', async () => {
    const page = await office.visitor('/trips');
    await signIn(page);
    await page.getByRole('button', { name: 'Bật xác thực hai bước' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await soundAtBothSizes(page);
    await page.getByLabel('Mật khẩu hiện tại').fill(office.own.password);
    await page.getByRole('button', { name: 'Bật xác thực hai bước' }).click();
    secret = (await page.locator('code').first().textContent()) ?? '';
    await soundAtBothSizes(page);
    await page.getByLabel('Mã xác thực').fill(codeNow());
    await page.getByRole('button', { name: 'Xác nhận' }).click();
    await page.getByRole('listitem').first().waitFor();
    await soundAtBothSizes(page);
    await page.getByRole('button', { name: 'Tôi đã cất các mã này' }).click();
    await page.getByRole('heading', { name: 'Đoàn ra' }).waitFor();
  });

  it('that somebody comes to need under an open page is set up over it, and what was typed is saved', async () => {
    const { system } = office.own;
    const { id } = await system.ask('chuyenvien.stc', '/proposals', {
      body: { proposal: { delegationName: 'Đoàn thử' } },
    });
    const page = await office.as('chuyenvien.stc', { path: `/cases/${id}/proposal` });
    const purpose = page.getByLabel('Mục đích', { exact: true });
    await purpose.waitFor();
    const people = await system.ask('quantri.sngv', `/people?search=${encodeURIComponent('Hà Thị Nhung')}`);
    const organisations = await system.ask('quantri.sngv', '/organisations');
    const { id: organisationId } = organisations.items.find(({ code }: { code: string }) => code === 'STC');
    const role = { organisationId, role: 'clerk', from: '2023-01-13' };
    await system.ask('quantri.sngv', `/people/${people.items[0].id}/roles`, { body: role });
    await purpose.fill('Viết khi chưa có xác thực hai bước');
    const over = page.getByRole('dialog');
    await over.getByLabel('Mật khẩu hiện tại').fill(office.own.password);
    await soundAtBothSizes(page);
    await over.getByRole('button', { name: 'Bật xác thực hai bước' }).click();
    secret = (await over.locator('code').first().textContent()) ?? '';
    await over.getByLabel('Mã xác thực').fill(codeNow());
    await over.getByRole('button', { name: 'Xác nhận' }).click();
    await over.getByRole('listitem').first().waitFor();
    await soundAtBothSizes(page);
    await over.getByRole('button', { name: 'Tôi đã cất các mã này' }).click();
    await over.waitFor({ state: 'detached' });
    await page
      .getByRole('status')
      .filter({ hasText: /^Đã lưu$/ })
      .waitFor();
    await expectSoon(() => purpose.inputValue(), 'Viết khi chưa có xác thực hai bước');
    const { proposal } = await system.ask('chuyenvien.stc', `/cases/${id}`);
    expect(proposal.purpose).toBe('Viết khi chưa có xác thực hai bước');
  });
});
