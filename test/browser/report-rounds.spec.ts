import { describe, it } from '@jest/globals';
import { expectSoon, expectSound, openOffice } from './office.js';
import { telephone } from './people.js';
import { prepareCases } from './prepared-cases.js';

describe('the periodic reports of the units, in the browser', () => {
  const office = openOffice('2023-01-13', ({ system }) => prepareCases(system));

  it('are asked, written, returned, accepted, consolidated and issued, each by whose it is', async () => {
    const reviewer = await office.as('thamdinh.sngv', { path: '/report-rounds' });
    await reviewer.getByText('Chưa có đợt báo cáo nào.').waitFor();
    await reviewer.getByRole('button', { name: 'Yêu cầu báo cáo' }).click();
    const dialog = reviewer.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Yêu cầu báo cáo' }).click();
    await reviewer.getByText('0/4 đơn vị').waitFor();
    await expectSound(reviewer);
    // The unit comes from its inbox, on a telephone.
    const unit = await office.as('chuyenvien.skhdt', { path: '/?kind=fileUnitReport', size: telephone });
    await unit.getByText('Báo cáo đoàn ra 6 tháng đầu năm 2023').first().waitFor();
    await unit.getByRole('link', { name: /Nộp báo cáo đoàn ra định kỳ/ }).click();
    await unit.getByLabel('Kết quả nổi bật').fill('Ký bản ghi nhớ với tỉnh Gunma.');
    // Kept while it is written: nothing is lost with the page.
    await unit.getByText('Đã lưu').waitFor();
    await unit.reload();
    await expectSoon(() => unit.getByLabel('Kết quả nổi bật').inputValue(), 'Ký bản ghi nhớ với tỉnh Gunma.');
    await expectSound(unit);
    await unit.getByRole('button', { name: /Nộp báo cáo/ }).click();
    await unit
      .getByRole('dialog')
      .getByRole('button', { name: /Nộp báo cáo/ })
      .click();
    await unit.getByText('Đã nộp, chờ xem').waitFor();
    await reviewer.reload();
    await reviewer.getByRole('link', { name: /Báo cáo đoàn ra 6 tháng/ }).click();
    await reviewer.getByText('Ký bản ghi nhớ với tỉnh Gunma.').waitFor();
    await expectSoon(() => reviewer.getByRole('button', { name: 'Tổng hợp' }).isDisabled(), true);
    await expectSound(reviewer);
    await reviewer.getByRole('link', { name: 'Sở Kế hoạch và Đầu tư' }).first().click();
    await expectSound(reviewer);
    await reviewer.getByRole('button', { name: 'Chấp nhận' }).click();
    await reviewer.getByRole('dialog').getByRole('button', { name: 'Chấp nhận' }).click();
    await reviewer.getByText('Đã chấp nhận').waitFor();
    await reviewer.getByRole('link', { name: 'Đã nộp' }).click();
    await reviewer.getByRole('button', { name: 'Tổng hợp' }).click();
    await reviewer.getByText('Còn 3 đơn vị chưa nộp').waitFor();
    await reviewer.getByRole('dialog').getByRole('button', { name: 'Tổng hợp' }).click();
    await reviewer.getByText('Đã tổng hợp, chờ cấp số').waitFor();
    const clerk = await office.as('vanthu.sngv', { path: reviewer.url() });
    await clerk.getByRole('button', { name: 'Cấp số, ban hành' }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Cấp số, ban hành' }).click();
    await clerk.getByRole('link', { name: /Tải báo cáo số 01\/BC-SNgV/ }).waitFor();
    await clerk
      .locator('input[type=file]')
      .setInputFiles({ name: 'bc-01-ky.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') });
    await clerk.getByRole('dialog').getByRole('button', { name: 'Xác nhận và nạp' }).click();
    await clerk.getByRole('link', { name: 'Bản ký: bc-01-ky.pdf' }).waitFor();
    await expectSound(clerk);
    await clerk.getByRole('button', { name: 'Hủy số' }).click();
    const voiding = clerk.getByRole('dialog');
    await voiding.getByLabel('Lý do').fill('Ghi nhầm số');
    await voiding.getByRole('button', { name: 'Hủy số' }).click();
    await clerk.getByText('Số 01/BC-SNgV đã hủy: Ghi nhầm số').waitFor();
    await clerk.getByRole('button', { name: 'Cấp số khác' }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Cấp số khác' }).click();
    await clerk.getByRole('link', { name: /Tải báo cáo số 02\/BC-SNgV/ }).waitFor();
    await expectSound(clerk);
  }, 180_000);

  it('open the trips behind a figure of one unit', async () => {
    const page = await office.as('chuyenvien.skhdt', { path: '/report-rounds' });
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
    await expectSound(page);
  });
});
