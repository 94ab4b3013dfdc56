import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { expectSoon, expectSound, openOffice } from './office.js';
import { telephone } from './people.js';
import { bringHome } from './prepared-cases.js';

const today = '17/04/2023';

describe('what a delegation brings home, in the browser', () => {
  const office = openOffice('2023-01-13', ({ system }) => bringHome(system));
  const path = () => `/cases/${office.prepared}`;
  const dialog = (page: Page) => page.getByRole('dialog');
  const act = async (page: Page, action: string) => {
    await page.getByRole('region', { name: 'Bạn có thể' }).getByRole('button', { name: action, exact: true }).click();
  };
  const day = async (field: Locator, value: string) => {
    await field.fill(value);
    await field.press('Enter');
  };

  it('is written by the unit: results, meetings, an agreement and what is to be done by whom', async () => {
    const page = await office.as('chuyenvien.skhdt', { path: path() });
    await act(page, 'Nộp báo cáo');
    const report = dialog(page);
    const add = (what: string) => report.getByRole('button', { name: `Thêm: ${what}` }).click();
    await report.getByLabel('Số, ký hiệu văn bản').fill('41/BC-SKHĐT');
    await day(report.getByLabel('Ngày văn bản'), today);
    await report.getByLabel('Tóm tắt kết quả chuyến đi').fill('Hai bên thống nhất lập khu công nghiệp sinh thái.');
    await report.getByLabel('Số người đi thực tế').fill('2');
    await report.getByLabel('Số ngày thực tế').fill('5');
    await add('chi thực tế');
    await report.getByLabel('Nguồn', { exact: true }).press('Enter');
    await page.getByTitle('Ngân sách nhà nước').click();
    await report.getByLabel('Số tiền').fill('395000000');
    await add('các cuộc làm việc');
    const meetings = report.getByRole('group', { name: 'Các cuộc làm việc' });
    await day(meetings.getByLabel('Ngày', { exact: true }), '11/04/2023');
    await meetings.getByLabel('Đối tác').fill('Phòng Thương mại Đức');
    await report.getByLabel('Nội dung, kết quả').fill('Giới thiệu khu công nghiệp Long Bình An.');
    await add('thỏa thuận đã ký');
    await report.getByLabel('Tên văn bản').fill('Bản ghi nhớ hợp tác đào tạo nghề');
    await report.getByRole('group', { name: 'Thỏa thuận đã ký' }).getByLabel('Đối tác').fill('Bang Thüringen');
    await add('việc sau chuyến đi');
    await report.getByLabel('Việc', { exact: true }).fill('Trình kế hoạch đào tạo nghề theo bản ghi nhớ');
    await report.getByLabel('Cơ quan chủ trì').fill('ke hoach');
    await report.getByLabel('Cơ quan chủ trì').press('Enter');
    await day(report.getByLabel('Hạn', { exact: true }), '31/05/2023');
    await report.getByLabel('Kinh nghiệm cho đoàn sau').fill('Gửi tài liệu trước hai tuần.');
    await expectSound(page);
    await report.getByRole('button', { name: 'Nộp báo cáo' }).click();
    await report.waitFor({ state: 'detached' });
    await page.locator('.mark.on').getByText('Đã nộp báo cáo').waitFor();
  });

  it('is returned with a reason, and accepted after it came again', async () => {
    const reviewer = await office.as('thamdinh.sngv', { path: path() });
    await act(reviewer, 'Trả lại báo cáo');
    await dialog(reviewer).getByLabel('Lý do').fill('Nêu rõ kinh phí đã chi');
    await dialog(reviewer).getByRole('button', { name: 'Trả lại báo cáo' }).click();
    await dialog(reviewer).waitFor({ state: 'detached' });
    await office.own.system.ask('chuyenvien.skhdt', `${path()}/events`, { body: await againFrom(office.prepared) });
    await reviewer.reload();
    await act(reviewer, 'Nghiệm thu báo cáo');
    await dialog(reviewer).getByRole('button', { name: 'Nghiệm thu báo cáo' }).click();
    await dialog(reviewer).waitFor({ state: 'detached' });
  });

  /** The report that was written by hand, sent again. */
  const againFrom = async (id: string) => {
    const { summary, report } = await office.own.system.ask('thamdinh.sngv', `/trip-reports/${id}`);
    const document = { number: '42/BC-SKHĐT', date: '2023-04-17' };
    return { type: 'SUBMIT_REPORT', document, summary, report };
  };

  it('is found in the library by a colleague, without diacritics, and read on a telephone', async () => {
    const page = await office.as('chuyenvien.skhdt', { path: '/trip-reports', size: telephone });
    await page.getByLabel('Tìm trong báo cáo').fill('thuringen dao tao');
    await page.getByText('Hai bên thống nhất lập khu công nghiệp sinh thái.').waitFor();
    await expectSound(page);
    await page.getByLabel('Tìm trong báo cáo').fill('khong co tu nay');
    await page.getByText('Không có báo cáo nào khớp.').waitFor();
    await page.getByLabel('Tìm trong báo cáo').fill('khu cong nghiep');
    await page.getByRole('link', { name: 'Xem thêm' }).click();
    await page.getByText('Gửi tài liệu trước hai tuần.').waitFor();
    await page.getByText('Giới thiệu khu công nghiệp Long Bình An.').waitFor();
    await expectSound(page);
  });

  it('is offered to who prepares a trip to the same country', async () => {
    const { system } = office.own;
    const { proposal: before } = await system.ask('chuyenvien.skhdt', path());
    const { id } = await system.ask('chuyenvien.skhdt', '/proposals', { body: { planItemId: before.planItemId } });
    const { proposal } = await system.ask('chuyenvien.skhdt', `/cases/${id}`);
    expect(proposal.countries).toEqual(before.countries);
    const page = await office.as('chuyenvien.skhdt', { path: `/cases/${id}` });
    const earlier = page.getByRole('region', { name: 'Báo cáo của các đoàn trước đến đây' });
    await earlier.waitFor();
    await expectSound(page);
    await earlier.getByRole('link').first().click();
    await page.getByText('Gửi tài liệu trước hai tuần.').waitFor();
  });

  it('leaves a task that its owner closes with the result', async () => {
    const page = await office.as('giamdoc.skhdt', { path: '/trip-reports/follow-ups' });
    const row = page.getByRole('row').filter({ hasText: 'Trình kế hoạch đào tạo nghề' });
    await expectSound(page);
    await row.getByRole('button', { name: 'Ghi kết quả, đóng việc' }).click();
    await dialog(page).getByLabel('Kết quả thực hiện').fill('UBND tỉnh đã phê duyệt kế hoạch.');
    await expectSound(page);
    await dialog(page).getByRole('button', { name: 'Ghi kết quả, đóng việc' }).click();
    await row.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Tất cả' }).click();
    await row.getByText('Đã xong').waitFor();
    await expectSoon(() => row.getByText('UBND tỉnh đã phê duyệt kế hoạch.').count(), 1);
  });
});
