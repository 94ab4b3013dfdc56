import { describe, expect, it } from '@jest/globals';
import { openOffice } from './office.js';
import { graveViolations, overflowPx, telephone } from './people.js';

describe('the annual plan, in the browser', () => {
  const office = openOffice('2025-08-15');
  it('is started by the focal agency, which opens the registration', async () => {
    const reviewer = await office.as('thamdinh.sngv', { path: '/plan' });
    await reviewer.getByRole('button', { name: /^Lập kế hoạch năm/ }).click();
    await reviewer.getByText('Chưa mở đăng ký').waitFor();
    await reviewer.getByRole('button', { name: 'Mở đăng ký', exact: true }).click();
    await reviewer.getByRole('dialog').getByRole('button', { name: 'Mở đăng ký' }).click();
    await reviewer.getByText('Đang mở đăng ký').waitFor();
    expect(await graveViolations(reviewer)).toEqual([]);
  });

  it('is where the unit comes from its inbox, on a telephone, and proposes a line', async () => {
    const officer = await office.as('chuyenvien.skhdt', { size: telephone });
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
