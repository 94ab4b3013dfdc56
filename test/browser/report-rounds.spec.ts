import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type OwnSystem, startOwnSystem } from './own-system.js';
import { graveViolations, launchBrowser, overflowPx, signedIn, telephone } from './people.js';
import { prepareCases } from './prepared-cases.js';

/** Where to leave pictures when somebody wants to look at them; null else. */
const keepIn: string | null = null;

describe('the periodic reports of the units, in the browser', () => {
  let own: OwnSystem;
  let browser: Browser;
  const open: Page[] = [];

  beforeAll(async () => {
    own = await startOwnSystem({ day: '2023-01-13', time: '08:00' });
    browser = await launchBrowser();
    await prepareCases(own.system);
  }, 240_000);
  afterAll(async () => {
    for (const page of open) await page.context().close();
    await browser?.close();
    await own?.stop();
  }, 60_000);

  const at = async (mailbox: string, path: string, size?: typeof telephone) => {
    const page = await signedIn(browser, { ...own, mailbox, ...(size && { size }) });
    open.push(page);
    await page.goto(path);
    return page;
  };
  const picture = async (page: Page, name: string) => {
    if (keepIn !== null) await page.screenshot({ path: `${keepIn}/${name}.png`, fullPage: true });
  };
  const sound = async (page: Page, name: string) => {
    await picture(page, name);
    expect(await graveViolations(page)).toEqual([]);
    expect(await overflowPx(page)).toBe(0);
  };

  it('are asked, written, returned, accepted, consolidated and issued, each by whose it is', async () => {
    const reviewer = await at('thamdinh.sngv', '/report-rounds');
    await reviewer.getByText('Chưa có đợt báo cáo nào.').waitFor();
    await reviewer.getByRole('button', { name: 'Yêu cầu báo cáo' }).click();
    const dialog = reviewer.getByRole('dialog');
    await picture(reviewer, 'request');
    await dialog.getByRole('button', { name: 'Yêu cầu báo cáo' }).click();
    await reviewer.getByText('0/4 đơn vị').waitFor();
    await sound(reviewer, 'rounds');
    // The unit comes from its inbox, on a telephone.
    const unit = await at('chuyenvien.skhdt', '/?kind=fileUnitReport', telephone);
    await unit.getByText('Báo cáo đoàn ra 6 tháng đầu năm 2023').first().waitFor();
    await unit.getByRole('link', { name: /Nộp báo cáo đoàn ra định kỳ/ }).click();
    await unit.getByLabel('Kết quả nổi bật').fill('Ký bản ghi nhớ với tỉnh Gunma.');
    await sound(unit, 'unit-phone');
    await unit.getByRole('button', { name: /Nộp báo cáo/ }).click();
    await unit
      .getByRole('dialog')
      .getByRole('button', { name: /Nộp báo cáo/ })
      .click();
    await unit.getByText('Đã nộp, chờ xem').waitFor();
    await reviewer.reload();
    await reviewer.getByRole('link', { name: /Báo cáo đoàn ra 6 tháng/ }).click();
    await reviewer.getByText('Ký bản ghi nhớ với tỉnh Gunma.').waitFor();
    expect(await reviewer.getByRole('button', { name: 'Tổng hợp' }).isDisabled()).toBe(true);
    await sound(reviewer, 'round');
    await reviewer.getByRole('link', { name: 'Sở Kế hoạch và Đầu tư' }).first().click();
    await sound(reviewer, 'unit');
    await reviewer.getByRole('button', { name: 'Chấp nhận' }).click();
    await reviewer.getByRole('dialog').getByRole('button', { name: 'Chấp nhận' }).click();
    await reviewer.getByText('Đã chấp nhận').waitFor();
    await reviewer.getByRole('link', { name: 'Đã nộp' }).click();
    await reviewer.getByRole('button', { name: 'Tổng hợp' }).click();
    await reviewer.getByText('Còn 3 đơn vị chưa nộp').waitFor();
    await reviewer.getByRole('dialog').getByRole('button', { name: 'Tổng hợp' }).click();
    await reviewer.getByText('Đã tổng hợp, chờ cấp số').waitFor();
    const clerk = await at('vanthu.sngv', reviewer.url());
    await clerk.getByRole('button', { name: 'Cấp số, ban hành' }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Cấp số, ban hành' }).click();
    await clerk.getByRole('link', { name: /Tải báo cáo số 01\/BC-SNgV/ }).waitFor();
    await sound(clerk, 'issued');
  }, 180_000);

  it('open the trips behind a figure of one unit', async () => {
    const page = await at('chuyenvien.skhdt', '/report-rounds');
    await page.getByRole('link', { name: 'Sở Kế hoạch và Đầu tư' }).click();
    const table = page.getByRole('table', { name: /Bảng 4/ });
    await table
      .getByRole('button', { name: /Số đoàn: \d+/ })
      .first()
      .click();
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /^DR-2023-/ })
      .first()
      .waitFor();
    await sound(page, 'trips');
  }, 60_000);
});
