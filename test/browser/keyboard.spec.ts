import { describe, expect, it } from '@jest/globals';
import { until } from '#test/support/until.js';
import { expectSeen, Hand } from './hand.js';
import { expectSoon, expectSound, openOffice } from './office.js';
import { prepareCases } from './prepared-cases.js';

const members = [
  'STT\tHọ và tên\tChức vụ\tCơ quan\tVai trò',
  '1\tLưu Văn Mẫu\tGiám đốc\tSở Kế hoạch và Đầu tư\tTrưởng đoàn',
  '2\tTạ Thị Mẫu\tChuyên viên\tSở Kế hoạch và Đầu tư\tThư ký',
].join('\n');

describe('with a keyboard and no mouse', () => {
  const office = openOffice('2023-01-13', ({ system }) => prepareCases(system));
  const ask = (path: string) => office.own.system.ask('chuyenvien.skhdt', path);

  it('a proposal is written from end to end, and submitted', async () => {
    const page = await office.as('chuyenvien.skhdt', { path: '/trips' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const hand = new Hand(page);
    const field = (label: string) => page.getByLabel(label, { exact: true });
    const button = (name: string) => page.getByRole('button', { name, exact: true });

    await hand.press(button('Lập đoàn ngoài kế hoạch'));
    await hand.write(page.getByRole('dialog').getByLabel('Đoàn', { exact: true }), 'Đoàn viết bằng phím');
    await hand.write(
      page.getByRole('dialog').getByLabel('Lý do ngoài kế hoạch'),
      'Bạn mời gấp, không kịp đưa vào kế hoạch',
    );
    await hand.press(page.getByRole('dialog').getByRole('button', { name: 'Lập hồ sơ' }));
    await page.waitForURL(/\/proposal$/);
    const id = page.url().split('/').at(-2) ?? '';

    await hand.write(field('Danh nghĩa đoàn'), 'Đoàn của Sở Kế hoạch và Đầu tư');
    await hand.choose(field('Loại mục đích'), 'Xúc tiến');
    await hand.reach(page.getByPlaceholder('Ngày bắt đầu'));
    await hand.keys.type('10/04/2023');
    await hand.keys.press('Enter');
    await hand.keys.type('14/04/2023');
    await hand.keys.press('Enter');
    await hand.write(field('Số ngày'), '5');
    await hand.press(page.getByLabel('Số ngày bao gồm thời gian đi về'), 'Space');
    await hand.write(field('Mục đích'), 'Xúc tiến đầu tư tại Seoul');

    // Two from Excel, a third added and taken out again; the hand stays where the rows are.
    await hand.press(button('Thêm thành viên'));
    await hand.reach(field('Họ và tên 1'));
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(members)})`);
    await hand.keys.press('Control+V');
    await expectSoon(() => field('Họ và tên 2').inputValue(), 'Tạ Thị Mẫu');
    await hand.press(button('Thêm thành viên'));
    await expectSoon(() => hand.isAt(field('Họ và tên 3')), true);
    await hand.keys.type('Người thừa');
    await hand.keys.press('Escape');
    await hand.press(button('Xóa Thành viên 3'));
    await expectSoon(() => hand.isAt(button('Xóa Thành viên 2')), true);

    for (const [index, country] of ['Nhật Bản', 'Hàn Quốc', 'Lào'].entries()) {
      await hand.press(button('Thêm nước'));
      await hand.write(field(`Nước đi ${index + 1}`), country);
      await hand.keys.press('Escape');
    }
    await hand.press(button('Xóa Nước đi 3'));
    await hand.reach(button('Chuyển lên 2'), { back: true });
    await hand.keys.press('Enter');
    await expectSoon(() => field('Nước đi 1').inputValue(), 'Hàn Quốc');
    await hand.press(button('Xóa Nước đi 2'));

    await hand.write(field('Đối tác làm việc'), 'KOTRA');
    await hand.write(field('Nội dung hoạt động'), 'Gặp gỡ doanh nghiệp');
    await hand.press(button('Thêm nguồn kinh phí'));
    await hand.choose(field('Nguồn kinh phí 1'), 'Ngân sách nhà nước');
    await hand.write(field('Ghi rõ nguồn 1'), 'Ngân sách tỉnh');
    await hand.write(field('Số tiền 1'), '410000000');
    await hand.choose(field('Tiền tệ 1'), 'VND');
    await hand.choose(field('Bên chi 1'), 'Phía ta chi');
    await hand.write(field('Lý do gấp'), 'Thư mời đến muộn');
    await hand.press(button('Thêm giải trình'));
    await hand.choose(field('Giới hạn 1'), 'Nộp gấp');
    await hand.write(field('Giải trình 1'), 'Phía bạn ấn định ngày làm việc');
    await hand.press(page.getByLabel('Tôi xác nhận nội dung không chứa bí mật nhà nước'), 'Space');

    // What is saved may ask for more documents, so the list is looked at after it.
    const isSaved = () =>
      page
        .getByRole('status')
        .filter({ hasText: /^Đã lưu$/ })
        .waitFor();
    await isSaved();
    // The dossier: the declaration, then a file for each document that is missing.
    await hand.press(page.getByLabel('Tôi xác nhận các tệp tải lên không chứa bí mật nhà nước'), 'Space');
    const attach = page.getByRole('button', { name: /^Đính kèm: / });
    const file = { name: 'tài liệu.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };
    page.on('filechooser', (chooser) => void chooser.setFiles(file));
    for (let left = await attach.count(); left > 0; left = await attach.count()) {
      await hand.press(attach.first());
      await until(async () => (await attach.count()) < left);
    }
    await isSaved();
    await expectSound(page);
    await hand.press(button('Lưu và trở lại hồ sơ').last());
    await page.waitForURL(`**/cases/${id}`);
    expect((await ask(`/cases/${id}`)).proposal).toMatchObject({
      capacity: 'Đoàn của Sở Kế hoạch và Đầu tư',
      purposeKind: 'promotion',
      departureDate: '2023-04-10',
      returnDate: '2023-04-14',
      dayCount: 5,
      includesTravelDays: false,
      members: [{ fullName: 'Lưu Văn Mẫu', role: 'leader' }, { fullName: 'Tạ Thị Mẫu' }],
      countries: [{ name: 'Hàn Quốc' }],
      partners: 'KOTRA',
      funding: [{ source: 'stateBudget', label: 'Ngân sách tỉnh', amount: 410_000_000, paidBy: 'vietnam' }],
      exceptions: [{ rule: 'leadTime' }],
      noStateSecrets: true,
    });

    await hand.press(
      page.getByRole('region', { name: 'Bạn có thể' }).getByRole('button', { name: 'Trình thủ trưởng đơn vị' }),
    );
    await hand.press(page.getByRole('dialog').getByRole('button', { name: 'Trình thủ trưởng đơn vị' }));
    await page.locator('.mark.on').getByText('Chờ thủ trưởng đơn vị ký trình').waitFor();
    expectSeen(hand);
  });

  it('the inbox is worked through: found, filtered, opened, taken on, returned, several at once', async () => {
    const page = await office.as('thamdinh.sngv');
    const hand = new Hand(page);
    const rows = page.getByRole('list', { name: 'Việc cần làm' }).getByRole('listitem');
    const isRow = (count: number) => expectSoon(() => rows.count(), count);
    await isRow(3);

    await hand.keys.press('?');
    await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor();
    await hand.keys.press('Escape');
    await page.getByRole('dialog', { name: 'Phím tắt' }).waitFor({ state: 'detached' });

    await hand.keys.press('/');
    await hand.keys.type('khong co ai ten nay');
    await page.getByText('Không tìm thấy gì khớp').waitFor();
    await hand.keys.press('Control+A');
    await hand.keys.press('Delete');
    await isRow(3);
    const due = page.getByLabel('Thời hạn');
    await hand.reach(due);
    await hand.keys.press('ArrowDown');
    await until(async () => (await due.inputValue()) !== '');
    await hand.keys.press('Home');
    await expectSoon(() => due.inputValue(), '');
    await hand.press(page.getByRole('button', { name: /^Thẩm định hồ sơ/ }), 'Space');
    await isRow(1);

    // Opened and looked at, then back with the filter as it was.
    await hand.keys.press('j');
    await hand.keys.press('Enter');
    await page.getByRole('region', { name: 'Diễn biến' }).waitFor();
    await hand.keys.press('u');
    await isRow(1);
    await hand.keys.press('j');
    await hand.keys.press('r');
    const returning = page.getByRole('dialog', { name: 'Yêu cầu bổ sung' });
    await hand.write(returning.getByLabel('Danh mục cần bổ sung'), 'Thư mời bản gốc');
    await hand.press(returning.getByRole('button', { name: 'Yêu cầu bổ sung' }));
    await page.getByText('Không tìm thấy gì khớp').waitFor();
    await hand.press(page.getByRole('button', { name: 'Bỏ lọc' }));
    await isRow(2);

    await hand.keys.press('j');
    await hand.keys.press('x');
    await hand.press(page.getByRole('button', { name: 'Chọn tất cả loại này' }));
    await hand.press(
      page.getByRole('region', { name: 'Đã chọn 2 việc' }).getByRole('button', { name: 'Tiếp nhận' }),
      'Space',
    );
    const together = page.getByRole('dialog', { name: 'Tiếp nhận: 2 hồ sơ' });
    await expectSound(page);
    await hand.press(together.getByRole('button', { name: 'Tiếp nhận: 2 hồ sơ' }));
    await together.getByText('Đã ghi nhận 2, bị từ chối 0, trong 2 hồ sơ.').waitFor();
    await hand.press(together.getByRole('button', { name: 'Đóng' }));
    await page.getByRole('button', { name: /^Thẩm định hồ sơ \(2\)/ }).waitFor();

    // Taken on from the list: the dialog opens by itself on the dossier, and the list comes back after it.
    await hand.keys.press('j');
    await hand.keys.press('a');
    const forward = page.getByRole('dialog');
    await forward.waitFor();
    await hand.press(forward.getByRole('button').last());
    await expectSoon(async () => new URL(page.url()).pathname, '/');
    expectSeen(hand);
  });

  it('an approval with its document is recorded from the inbox', async () => {
    const page = await office.as('phochutich.ubnd');
    const hand = new Hand(page);
    await page.getByRole('list', { name: 'Việc cần làm' }).getByRole('listitem').first().waitFor();
    await hand.keys.press('j');
    await hand.keys.press('a');
    const dialog = page.getByRole('dialog', { name: 'Đồng ý' });
    await hand.write(dialog.getByLabel('Số, ký hiệu văn bản'), '88/UBND-NC');
    await hand.reach(dialog.getByLabel('Ngày văn bản'));
    await hand.keys.type('13/01/2023');
    await hand.keys.press('Enter');
    await hand.press(dialog.getByRole('button', { name: 'Đồng ý', exact: true }));
    await dialog.waitFor({ state: 'detached' });
    await expectSoon(async () => new URL(page.url()).pathname, '/');
    expectSeen(hand);
  });
});
