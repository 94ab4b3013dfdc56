import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type OwnSystem, startOwnSystem } from './own-system.js';
import { graveViolations, launchBrowser, overflowPx, signedIn, telephone } from './people.js';

describe('the annual plan, in the browser', () => {
  let own: OwnSystem;
  let browser: Browser;
  let reviewer: Page;
  let officer: Page;

  beforeAll(async () => {
    own = await startOwnSystem({ day: '2025-08-15', time: '08:00' });
    browser = await launchBrowser();
    reviewer = await signedIn(browser, { ...own, mailbox: 'thamdinh.sngv' });
    officer = await signedIn(browser, { ...own, mailbox: 'chuyenvien.skhdt', size: telephone });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await own?.stop();
  }, 60_000);

  it('is started by the focal agency, which opens the registration', async () => {
    await reviewer.goto('/plan');
    await reviewer.getByRole('button', { name: /^Lập kế hoạch năm/ }).click();
    await reviewer.getByText('Chưa mở đăng ký').waitFor();
    await reviewer.getByRole('button', { name: 'Mở đăng ký', exact: true }).click();
    await reviewer.getByRole('dialog').getByRole('button', { name: 'Mở đăng ký' }).click();
    await reviewer.getByText('Đang mở đăng ký').waitFor();
    expect(await graveViolations(reviewer)).toEqual([]);
  });

  it('is where the unit comes from its inbox, on a telephone, and proposes a line', async () => {
    await officer.goto('/');
    await officer.getByRole('link', { name: 'Đăng ký kế hoạch đoàn ra của đơn vị' }).click();
    await officer.getByRole('button', { name: 'Thêm đề xuất' }).click();
    const form = officer.getByRole('dialog', { name: 'Thêm đề xuất' });
    await form.getByLabel('Tên đoàn').fill('Đoàn xúc tiến đầu tư');
    await form.getByLabel('Trưởng đoàn (chức vụ)').fill('Giám đốc Sở');
    await form.getByLabel('Nước đi, theo hành trình').fill('Nhật Bản (tỉnh Oita)');
    await form.getByLabel('Thời gian thực hiện').fill('Quý II');
    await form.getByRole('checkbox', { name: /bí mật nhà nước/ }).check();
    await form.getByRole('button', { name: 'Lưu' }).click();
    await officer.getByRole('link', { name: 'Đoàn xúc tiến đầu tư' }).click();
    await officer.getByText(/^Còn thiếu: /).waitFor();
    expect(await graveViolations(officer)).toEqual([]);
    expect(await overflowPx(officer)).toBe(0);
    await officer.getByText('Chưa làm được').click();
    await officer.getByText('Đề xuất còn thiếu nội dung bắt buộc của Mẫu 04.').waitFor();
  });
});
