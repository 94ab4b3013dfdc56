import { afterAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { until } from '#test/support/until.js';
import { expectSoon, openOffice } from './office.js';
import { graveViolations, overflowPx, telephone } from './people.js';
import { prepareCases } from './prepared-cases.js';

describe('the pages about mail, in the browser', () => {
  // Before the office closes: its database goes with it.
  afterAll(() => office.prepared.end());
  const office = openOffice('2023-01-13', async ({ system, database: connectionString }) => {
    await prepareCases(system);
    const database = new Client({ connectionString });
    await database.connect();
    return database;
  });

  const sent = async () =>
    (await office.prepared.query(`select id, subject from mails where status = 'sent' order by created_at, id`)).rows;

  it('shows the administrator what failed and sends it again after saying what may happen', async () => {
    await until(async () => (await sent()).length > 3);
    const [mail] = (
      await office.prepared.query(
        `select m.id, m.subject from mails m join outbox_messages o on o.id = m.outbox_message_id
         join tasks t on t.instance_id = o.instance_id and t.key = o.task_key and t.closed_at is null
         where m.status = 'sent' and m.template = 'taskOpened' limit 1`,
      )
    ).rows;
    await office.prepared.query(
      `update mails set status = 'failed', last_response = '5.1.1 550 <recipient>: User unknown', bounced_at = now() where id = $1`,
      [mail.id],
    );
    const page = await office.as('quantri.sngv', { path: '/operations' });
    await page.getByRole('link', { name: /1 không gửi được/ }).click();
    const table = page.getByRole('table', { name: 'Sổ thư' });
    await table.getByText('User unknown').waitFor();
    await expectSoon(() => table.getByRole('row').count(), 2);
    expect(await graveViolations(page)).toEqual([]);
    await table.getByRole('button', { name: /Gửi lại/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Gửi lại thư này?' });
    await dialog.getByText('Nên xem câu trả lời và sửa nguyên nhân').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Gửi lại' }).click();
    await page.getByText('Không có thư lỗi').waitFor();
    await until(async () => (await sent()).some(({ id }) => id === mail.id));
  });

  it('says where delivery reports are read, and since when and why they cannot be', async () => {
    const page = await office.as('quantri.sngv', { path: '/operations', size: telephone });
    await page.getByText('chưa đặt nơi đọc').waitFor();
    await office.prepared.query(
      `insert into delivery_report_sources (kind, next_look_at, looked_at, fault, fault_since, set_aside) values
         ('folder', now(), '2023-01-13T01:00Z', null, null, 2),
         ('mailbox', now(), '2023-01-12T09:00Z', 'connect ECONNREFUSED 10.1.1.9:993', '2023-01-12T09:30Z', 0)`,
    );
    await page.reload();
    await page.getByText('không đọc được từ 16:30 12/01/2023: connect ECONNREFUSED').waitFor();
    await page.getByText('2 thư trong đó không phải báo cáo').waitFor();
    expect(await overflowPx(page)).toBe(0);
    expect(await graveViolations(page)).toEqual([]);
  });

  it('says whether anybody sends, whether the queue answers, and what to do when nobody does', async () => {
    const page = await office.as('quantri.sngv', { path: '/operations', size: telephone });
    await page.getByText(/^Gửi thư và nhắc hạn: 1 tiến trình đang chạy, hàng đợi (Redis|PostgreSQL)$/).waitFor();
    // What the worker of this house says itself every few seconds is said of one that stays away, and of one without a queue.
    const told = (workers: object[]) =>
      page.route('**/operations/mails/trouble', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, json: { ...(await answer.json()), workers } });
      });
    const worker = { id: '0', queue: 'redis', silentSeconds: 3, queueAwaySeconds: 400, isAtWork: true };
    await told([worker]);
    await page.reload();
    await page.getByText('hàng đợi Redis không trả lời, nhận biết từ 6 phút trước; việc vẫn chạy').waitFor();
    await told([{ ...worker, silentSeconds: 7300, isAtWork: false }]);
    await page.reload();
    await page.getByRole('alert').getByText('(lần cuối 2 giờ trước). Thư và hạn đang chờ, không mất').waitFor();
    expect(await overflowPx(page)).toBe(0);
    expect(await graveViolations(page)).toEqual([]);
  });

  it('narrows the ledger by kind, keeps that in the address, and fits a telephone', async () => {
    const page = await office.as('quantri.sngv', { path: '/operations?template=taskOpened', size: telephone });
    await page.getByRole('table', { name: 'Sổ thư' }).waitFor();
    expect(await overflowPx(page)).toBe(0);
    await page.getByLabel('Mã hồ sơ').fill('DR-1999-0001');
    await page.keyboard.press('Enter');
    await page.getByText('Không có thư nào như vậy.').waitFor();
    expect(new URL(page.url()).searchParams.get('caseCode')).toBe('DR-1999-0001');
    await page.getByRole('button', { name: 'Bỏ lọc' }).click();
    await page.getByRole('table', { name: 'Sổ thư' }).waitFor();
  });

  it('previews a mail about a real case in a frame without rights, in both languages', async () => {
    const page = await office.as('quantri.sngv', { path: '/operations/mail-preview' });
    const frame = page.frameLocator('iframe');
    await frame.getByText('Thư tự động của Thông Hành').waitFor();
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('');
    expect(await frame.locator('a').first().getAttribute('href')).toContain('/cases/');
    // The inline styles of the mail hold in the frame, too.
    const band = frame.locator('table table td').first();
    expect(await band.evaluate('(cell) => getComputedStyle(cell).backgroundColor')).not.toBe('rgba(0, 0, 0, 0)');
    await page.getByRole('radiogroup', { name: 'Ngôn ngữ của thư' }).getByText('English').click();
    await frame.getByText('Sent automatically by Thông Hành').waitFor();
    expect(await graveViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Tệp lịch' }).click();
    await page.getByText('BEGIN:VCALENDAR').waitFor();
    await page.setViewportSize(telephone);
    await page.getByRole('button', { name: 'Điện thoại' }).click();
    expect(await overflowPx(page)).toBe(0);
  });

  it('makes the private calendar of a person, tells its address once and closes it', async () => {
    const page = await office.as('thamdinh.sngv', { path: '/profile', size: telephone });
    await page.getByRole('button', { name: 'Tạo địa chỉ lịch' }).click();
    const address = await page.getByLabel('Địa chỉ lịch').inputValue();
    const read = () => fetch(address);
    expect(await (await read()).text()).toMatch(/BEGIN:VCALENDAR[\s\S]+Tiếp nhận/);
    expect(await graveViolations(page)).toEqual([]);
    expect(await overflowPx(page)).toBe(0);
    await page.reload();
    await page.getByText('Đang mở, từ').waitFor();
    expect(await page.getByLabel('Địa chỉ lịch').count()).toBe(0);
    await page.getByRole('button', { name: 'Đóng lịch' }).click();
    await page.getByRole('button', { name: 'Tạo địa chỉ lịch' }).waitFor();
    expect((await read()).status).toBe(404);
  });
});
