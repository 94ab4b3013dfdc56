import { describe, expect, it } from '@jest/globals';
import { TOTP, URI } from 'otpauth';
import { expectSoon, openOffice } from './office.js';
import { graveViolations, overflowPx, telephone } from './people.js';
import { prepareCases } from './prepared-cases.js';

describe('rules, people and accounts, in the browser', () => {
  const office = openOffice('2023-01-13', ({ system }) => prepareCases(system));
  it('judges the proposal while it is typed, before anything is saved', async () => {
    const page = await office.as('chuyenvien.skhdt', { path: `/cases/${office.prepared.draft}/proposal` });
    await page.getByText('Chưa có ngày đi và ngày về.').first().waitFor();
    // Nothing reaches the server any more, so what is said now is said by the page.
    await page.context().setOffline(true);
    await page.getByLabel('Số ngày', { exact: true }).fill('30');
    await page.getByLabel('Mục đích', { exact: true }).fill('Nội dung TỐI MẬT');
    await page.getByText('Nội dung mang dấu TỐI MẬT', { exact: false }).first().waitFor();
    await page.getByText('Đoàn có 30 ngày, quá mức 10 ngày.').first().waitFor();
    await page.getByText('Kế hoạch ngày 29/12/2014 của Hà Nội').first().waitFor();
    expect(await graveViolations(page)).toEqual([]);
  });

  it('lets an administrator say how an office writes, look at it first, and keeps who may not sign so', async () => {
    const page = await office.as('quantri.sngv', { path: '/operations/organisations' });
    await page.getByRole('button', { name: 'Sửa: Sở Ngoại vụ' }).click();
    const form = page.getByRole('form', { name: 'Tiêu đề, ký hiệu và chữ ký trên văn bản: Chính cơ quan' });
    await form.getByText('Chưa sửa: đang dùng mẫu').waitFor();
    await form.getByLabel('Ký hiệu cơ quan').fill('12/SNgV');
    await form.getByRole('button', { name: 'Xem trước' }).click();
    await form.getByText('Ký hiệu chỉ gồm chữ, số và dấu gạch nối').waitFor();
    await form.getByLabel('Ký hiệu cơ quan').fill('SNgVTQ');
    await form.getByLabel('Dòng quyền hạn KT.').fill('KT. GIÁM ĐỐC SỞ');
    await form.getByLabel('Được ký Q.').uncheck();
    await form.getByRole('button', { name: 'Xem trước' }).click();
    const printed = form.getByRole('region', { name: 'Xem trước' });
    await printed.getByText('Số: 01/QĐ-SNgVTQ').waitFor();
    await printed.getByText('KT. GIÁM ĐỐC SỞ').waitFor();
    await expectSoon(() => printed.getByText('Q. GIÁM ĐỐC', { exact: true }).count(), 0);
    await form.getByRole('button', { name: 'Lưu mẫu' }).click();
    await form.getByText('SNgVTQ').last().waitFor();
    await form.getByText('đang áp dụng').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.setViewportSize(telephone);
    expect(await overflowPx(page)).toBe(0);
  });

  it('keeps what was typed when a page fails, and the next page works', async () => {
    const page = await office.as('chuyenvien.skhdt', { path: `/cases/${office.prepared.draft}/proposal` });
    const partners = page.getByLabel('Đối tác làm việc');
    await partners.fill('Trường đại học chưa kịp lưu');
    await page.evaluate(`{
      window.whole = Array.prototype.flatMap;
      Array.prototype.flatMap = () => { throw new Error('broken on purpose'); };
    }`);
    // The state of the saving is drawn next, and that fails.
    const kept = page.getByRole('region', { name: 'Những gì bạn đang ghi' });
    await kept.getByText('Trường đại học chưa kịp lưu').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.evaluate('Array.prototype.flatMap = window.whole');
    await page.getByRole('link', { name: 'Việc cần làm' }).click();
    await page.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
  });

  it('shows everybody the rules with sources; an administrator drafts, sees who is affected, and publishes', async () => {
    const reader = await office.as('chuyenvien.skhdt', { path: '/rules', size: telephone });
    await reader.getByText('không quá 10', { exact: false }).first().waitFor();
    expect(await reader.getByRole('button', { name: 'Soạn phiên bản mới' }).count()).toBe(0);
    expect(await overflowPx(reader)).toBe(0);

    const page = await office.as('quantri.sngv', { path: '/rules' });
    await page.getByRole('button', { name: 'Soạn phiên bản mới' }).click();
    await page.getByRole('button', { name: 'Giới hạn' }).click();
    await page.locator('.tree details > summary').first().click();
    const most = page.getByLabel('Mức', { exact: true }).first();
    await most.fill('');
    await page.getByText('Phải sửa trước khi áp dụng: 1').waitFor();
    await expectSoon(() => page.getByRole('button', { name: 'Xem ảnh hưởng' }).isDisabled(), true);
    await most.fill('1');
    await page.getByRole('button', { name: 'Xem ảnh hưởng' }).click();
    await page
      .getByText(/hồ sơ đang xử lý sẽ được xét khác đi$/)
      .first()
      .waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.getByLabel('Có hiệu lực từ').fill('01/02/2023');
    await page.getByLabel('Căn cứ thay đổi').fill('Quyết định thử nghiệm');
    await page.getByRole('button', { name: 'Áp dụng' }).click();
    await page.getByText('Đã ban hành phiên bản 2.').waitFor();
  });

  it('keeps the register of bars at the focal agency', async () => {
    const page = await office.as('thamdinh.sngv', { path: '/rules' });
    await page.getByRole('link', { name: 'Sổ người tạm thời chưa được đi' }).click();
    await page.getByText('Không có ai trong sổ.').waitFor();
    await page.getByRole('button', { name: 'Ghi một người' }).click();
    await page.getByLabel('Tìm tên rồi chọn').fill('ha thi nhung');
    await page.getByLabel('Họ và tên').selectOption({ label: 'Hà Thị Nhung (mẫu), Chuyên viên' });
    await page.getByRole('button', { name: 'Ghi vào sổ' }).click();
    await page.getByRole('cell', { name: 'Hà Thị Nhung (mẫu)', exact: true }).waitFor();
    expect(await graveViolations(page)).toEqual([]);
    page.once('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Bỏ: Hà Thị Nhung (mẫu)' }).click();
    await page.getByText('Không có ai trong sổ.').waitFor();
  });

  it('takes somebody new in: position, role, a link to set the password, and the first sign-in with a second factor', async () => {
    const page = await office.as('quantri.sngv', { path: '/operations/people' });
    await page.getByRole('button', { name: 'Thêm người' }).click();
    await page.getByLabel('Họ và tên').fill('Trịnh Văn Mới');
    await page.getByLabel('Thư điện tử').fill('moi.skhdt@tuyenquang.example');
    await page.getByRole('button', { name: 'Ghi nhận' }).click();
    await page.getByRole('button', { name: 'Mở: Trịnh Văn Mới' }).click();
    await page.getByRole('button', { name: 'Thêm vai trò' }).click();
    await page.getByLabel('Cơ quan').selectOption({ label: 'Sở Kế hoạch và Đầu tư' });
    await page.getByRole('button', { name: 'Ghi nhận' }).click();
    await page.getByText('Chuyên viên lập hồ sơ, Sở Kế hoạch và Đầu tư').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Tạo liên kết để trao tay' }).click();
    const link = new URL((await page.locator('code').textContent()) ?? '');

    const phone = await office.visitor(`${link.pathname}${link.hash}`);
    const password = 'một câu dài để vào hệ thống';
    await phone.getByLabel('Mật khẩu mới', { exact: true }).fill(password);
    await phone.getByLabel('Nhập lại mật khẩu mới').fill(password);
    expect([new URL(phone.url()).hash, await graveViolations(phone)]).toEqual(['', []]);
    await phone.getByRole('button', { name: 'Đặt mật khẩu' }).click();
    await phone.getByRole('link', { name: 'Đến trang đăng nhập' }).click();
    const enter = async () => {
      await phone.getByLabel('Thư điện tử').fill('moi.skhdt@tuyenquang.example');
      await phone.getByLabel('Mật khẩu').fill(password);
      await phone.getByRole('button', { name: 'Đăng nhập' }).click();
    };
    await enter();
    await phone.getByRole('heading', { name: 'Việc cần làm' }).waitFor();

    await phone.goto('/profile');
    const panel = phone.getByRole('region', { name: 'Xác thực hai bước' });
    await panel.getByLabel('Mật khẩu hiện tại').fill(password);
    await panel.getByRole('button', { name: 'Bật xác thực hai bước' }).click();
    const secret = (await panel.locator('code').textContent()) ?? '';
    const application = URI.parse(`otpauth://totp/Th:x?secret=${secret}`);
    if (!(application instanceof TOTP)) throw new Error('not a clock code');
    await panel.getByLabel('Mã xác thực').fill(application.generate());
    expect(await graveViolations(phone)).toEqual([]);
    await panel.getByRole('button', { name: 'Xác nhận' }).click();
    const recovery = (await panel.locator('li code').first().textContent()) ?? '';
    await panel.getByRole('button', { name: 'Tôi đã cất các mã này' }).click();
    await panel.getByText(/Đang bật/).waitFor();
    await phone.getByRole('button', { name: 'Đăng xuất', exact: true }).click();
    await phone.getByRole('button', { name: 'Đăng nhập' }).waitFor();
    await enter();
    await phone.getByLabel('Mã xác thực (hoặc mã dự phòng)').fill(recovery);
    expect(await graveViolations(phone)).toEqual([]);
    await phone.getByRole('button', { name: 'Đăng nhập' }).click();
    await phone.getByRole('heading', { name: 'Việc cần làm' }).waitFor();
  });

  it('renames an organisation from a day on and refuses to end one where people are', async () => {
    const page = await office.as('quantri.sngv', { path: '/operations/organisations' });
    await page.getByRole('button', { name: 'Sửa: Sở Tài chính' }).click();
    const rename = page.getByRole('form', { name: 'Đổi tên, chuyển trực thuộc' });
    await rename.getByLabel('Tên đầy đủ').fill('Sở Tài chính mới');
    await rename.getByLabel('Từ ngày').fill('01/07/2023');
    await rename.getByRole('button', { name: 'Ghi nhận' }).click();
    await rename.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Sửa: Sở Tài chính' }).click();
    await page.getByText('Sở Tài chính mới').waitFor();
    const ending = page.getByRole('form', { name: 'Kết thúc hoạt động' });
    await ending.getByLabel('Thôi từ ngày').fill('01/01/2024');
    await ending.getByRole('button', { name: 'Ghi nhận' }).click();
    await ending.getByText(/^Còn \d+ người/).waitFor();
    expect(await graveViolations(page)).toEqual([]);
  });

  it('opens the trips behind a figure of the report and gives it as a file', async () => {
    const page = await office.as('thamdinh.sngv', { path: '/report?from=2023-01-01&to=2023-12-31' });
    await page
      .getByRole('table', { name: 'Bảng 2. Theo nước đến' })
      .getByRole('button', { name: 'Nhật Bản, Số đoàn: 1' })
      .click();
    await page.getByRole('dialog').getByRole('link', { name: 'DR-2023-0001' }).waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Tải XLSX' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    const printed = await page.pdf({ preferCSSPageSize: true });
    // A sheet of paper is no telephone: A4, and tables stay tables.
    expect(printed.toString('latin1')).toContain('/MediaBox [0 0 594.95996 841.91998]');
  });

  it('shows at 200 % everything that it shows at 100 %', async () => {
    const page = await office.as('phochutich.ubnd', { size: { width: 720, height: 450 } });
    for (const place of ['/', '/decide', '/trips', '/abroad', '/dashboard', '/rules', '/profile', '/plan']) {
      await page.goto(place);
      await page.locator('main h1').first().waitFor();
      expect([place, await overflowPx(page)]).toEqual([place, 0]);
    }
  });
});
