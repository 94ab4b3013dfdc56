// node scripts/screens.mjs [name …]: pictures of the screens for the documentation, on a system of its own, into docs/screens.
import fs from 'node:fs';
import path from 'node:path';
import { buildAll } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
process.env.CHROMIUM_PATH = findChromium() ?? '';
if (process.env.CHROMIUM_PATH === '') {
  process.stderr.write('Không có Chromium; đặt CHROMIUM_PATH (no Chromium; set CHROMIUM_PATH).\n');
  process.exit(2);
}
await buildAll({ say: () => undefined });
const { compileFolder } = await import('./compile-folder.mjs');
for (const folder of ['test/support', 'test/e2e/journey', 'test/browser']) await compileFolder(folder);
const { startOwnSystem } = await import('#test/browser/own-system.js');
const { askReports, beginPlan, bringHome, prepareCases, tellTrip } = await import('#test/browser/prepared-cases.js');
const { desk, launchBrowser, signedIn, telephone } = await import('#test/browser/people.js');

/** Names, or beginnings of names, of the pictures to take; none: all. */
const wanted = process.argv.slice(2);
let taken = 0;
const out = path.join(root, 'docs/screens');
fs.mkdirSync(out, { recursive: true });
const own = await startOwnSystem({ day: '2023-01-13', time: '08:00' });
const browser = await launchBrowser();
try {
  const { atProvince, draft } = await prepareCases(own.system);
  await own.system.setClock(new Date('2023-01-17T03:00:00Z'));
  await own.system.settle();
  const planFile = path.join(root, 'libs/plan/plans/tuyen-quang-2020-doan-ra.xlsx');
  const settled = (page) => page.locator('main h1').first().waitFor();
  const at = (place, name) => async (page) => {
    await page.goto(place);
    await (name === undefined ? settled(page) : page.getByText(name).first().waitFor());
  };
  const press = (place, button) => async (page) => {
    await page.goto(place);
    await page.getByRole('button', { name: button, exact: true }).click();
  };
  const newHoliday = async (page) => {
    await page.goto('/calendar');
    await page.getByRole('button', { name: 'Thêm thay đổi' }).click();
    await page.getByLabel('Ngày', { exact: true }).fill('18/01/2023');
    await page.getByLabel('Tên ngày (tiếng Việt)').fill('Nghỉ thêm trước Tết');
    await page.getByLabel('Tên ngày (tiếng Anh)').fill('A day more before Tết');
    await page.getByLabel('Số, ký hiệu văn bản').fill('15/TB-UBND');
    await page.getByLabel('Ngày văn bản').fill('17/01/2023');
    await page.getByLabel('Lý do').fill('Theo thông báo của UBND tỉnh');
    await page.getByRole('button', { name: 'Xem ai bị ảnh hưởng' }).click();
    await page.getByRole('button', { name: 'Áp dụng và tính lại' }).waitFor();
  };
  /** Too long, too soon and marked secret, said while it is typed. */
  const judged = async (page) => {
    await page.goto(`/cases/${draft}/proposal`);
    await page.getByLabel('Số ngày', { exact: true }).fill('30');
    await page.getByText('Đoàn có 30 ngày, quá mức 10 ngày.').first().scrollIntoViewIfNeeded();
  };
  const month = async (page) => {
    await press('/abroad', 'Lịch tháng')(page);
    for (const _ of ['02', '03']) await page.getByRole('button', { name: 'Kỳ sau' }).click();
    await page.getByRole('link', { name: /^DR-/ }).first().waitFor();
  };
  const behind = async (page) => {
    await page.goto('/report');
    await page.getByRole('button', { name: 'Nhật Bản, Số đoàn: 1' }).click();
    await page.getByRole('dialog').getByRole('link').first().waitFor();
  };
  const otherRules = async (page) => {
    await press('/rules', 'Soạn phiên bản mới')(page);
    await page.getByRole('button', { name: 'Giới hạn' }).click();
    await page.locator('.tree details > summary').first().click();
    await page.getByLabel('Mức', { exact: true }).first().fill('1');
    await page.getByRole('button', { name: 'Xem ảnh hưởng' }).click();
    await page.getByText('sẽ được xét khác đi').first().waitFor();
  };
  const sessionOver = async (page) => {
    await page.goto(`/cases/${draft}/proposal`);
    await page.getByLabel('Mục đích', { exact: true }).waitFor();
    await page.request.delete('/api/v1/session');
    await page.getByLabel('Mục đích', { exact: true }).fill('Xúc tiến đầu tư, lao động');
    await page.getByRole('dialog', { name: 'Phiên làm việc đã kết thúc' }).waitFor();
  };
  /** Name, who looks, what is arranged. Each is taken on a desk and on a telephone. */
  const screens = [
    ['inbox', 'thamdinh.sngv', async (page) => page.keyboard.press('j')],
    ['dossier', 'phochutich.ubnd', at(`/cases/${atProvince}`, 'Diễn biến')],
    ['trips', 'thamdinh.sngv', at('/trips', 'DR-2023-0001')],
    ['board', 'thamdinh.sngv', press('/trips', 'Bảng theo giai đoạn')],
    ['proposal', 'chuyenvien.skhdt', at(`/cases/${draft}/proposal`, 'Đã lưu')],
    ['abroad', 'thamdinh.sngv', press('/abroad', 'Năm')],
    ['statistics', 'thamdinh.sngv', at('/dashboard', 'Theo nước đến')],
    ['plan', 'thamdinh.sngv', at('/plan', 'Quý I/2023')],
    ['plan-actual', 'thamdinh.sngv', press('/plan', 'Kế hoạch và thực hiện')],
    ['plan-quarters', 'thamdinh.sngv', press('/plan', 'Theo quý')],
    ['decide', 'phochutich.ubnd', at('/decide', 'Xem toàn bộ hồ sơ')],
    ['profile', 'phochutich.ubnd', at('/profile')],
    ['mails', 'quantri.sngv', at('/operations')],
    ['mail-preview', 'quantri.sngv', at('/operations/mail-preview')],
    ['audit', 'quantri.sngv', at('/operations/audit')],
    ['timers', 'quantri.sngv', at('/operations/timers')],
    ['queue', 'quantri.sngv', at('/operations/house', 'mới nhất')],
    ['proposal-rules', 'chuyenvien.skhdt', judged],
    ['abroad-month', 'thamdinh.sngv', month],
    ['report', 'thamdinh.sngv', at('/report', 'Bảng 7')],
    ['report-trips', 'thamdinh.sngv', behind],
    ['rules', 'chuyenvien.skhdt', at('/rules', 'Tuyến phê duyệt')],
    ['rules-impact', 'quantri.sngv', otherRules],
    ['restrictions', 'thamdinh.sngv', press('/restrictions', 'Ghi một người')],
    ['person', 'quantri.sngv', press('/operations/people', 'Mở: Hà Thị Nhung (mẫu)')],
    ['calendar', 'quantri.sngv', at('/calendar', 'Các thay đổi đã ghi')],
    ['calendar-impact', 'quantri.sngv', newHoliday],
    ['organisations', 'quantri.sngv', at('/operations/organisations', 'Sở Kế hoạch và Đầu tư')],
    ['mergers', 'quantri.sngv', at('/operations/successions', 'Chưa có lần chuyển nào')],
    ['privacy', 'quantri.sngv', at('/operations/retention', 'Các lần đã xóa')],
    ['tokens', 'quantri.sngv', at('/operations/tokens', 'Chưa cấp mã nào')],
    ['session-over', 'chuyenvien.skhdt', sessionOver],
  ];
  const both = async ([name, mailbox, arrange]) => {
    await picture(name, { mailbox, size: desk }, arrange);
    await picture(`${name}-phone`, { mailbox, size: telephone }, arrange);
  };
  for (const screen of screens) await both(screen);
  await picture(
    'decide-small',
    { mailbox: 'phochutich.ubnd', size: { width: 320, height: 640 } },
    at('/decide', 'Xem toàn bộ hồ sơ'),
  );
  await picture('plan-import', { mailbox: 'thamdinh.sngv', size: desk }, async (page) => {
    await page.goto('/plan');
    await page.getByRole('button', { name: 'Nạp kế hoạch' }).click();
    await page.getByLabel('Tôi xác nhận các tệp tải lên không chứa bí mật nhà nước').check();
    await page.locator('input[type=file]').setInputFiles(planFile);
    await page.getByRole('table', { name: 'Nạp kế hoạch' }).waitFor();
  });
  await picture('dossier-dark', { mailbox: 'phochutich.ubnd', size: desk }, async (page) => {
    await page.evaluate(`localStorage.setItem('thong-hanh.display', 'dark compact')`);
    await at(`/cases/${atProvince}`, 'Diễn biến')(page);
  });
  await both(['sign-in', undefined, async (page) => page.getByLabel('Mật khẩu').waitFor()]);
  // Three months later: one delegation is home and has told, and the next year is being planned.
  const home = await bringHome(own.system);
  await tellTrip(own.system, home);
  const { plan: nextPlan, line } = await beginPlan(own.system);
  const { round, unitReport } = await askReports(own.system);
  await own.system.settle();
  for (const screen of [
    ['report-rounds', 'thamdinh.sngv', at('/report-rounds', '1/4 đơn vị')],
    ['report-round', 'thamdinh.sngv', at(`/report-rounds/${round}`, 'Bảng 7')],
    ['unit-report', 'chuyenvien.skhdt', at(`/unit-reports/${unitReport}`, 'Bảng 7')],
    ['trip-reports', 'chuyenvien.skhdt', at('/trip-reports', 'Xem thêm')],
    ['trip-report', 'chuyenvien.skhdt', at(`/trip-reports/${home}`, 'Kinh nghiệm cho đoàn sau')],
    ['follow-ups', 'giamdoc.skhdt', at('/trip-reports/follow-ups', 'Ghi kết quả')],
    ['plan-making', 'thamdinh.sngv', at(`/plan/${nextPlan}`, 'Đang mở đăng ký')],
    ['plan-line', 'chuyenvien.skhdt', at(`/plan/lines/${line}`, 'Diễn biến')],
  ])
    await both(screen);
  if (taken === 0) {
    process.stderr.write(`✗ Không có ảnh nào tên như vậy: ${wanted.join(', ')}. (no picture has such a name)\n`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await own.stop();
}

async function visitor(viewport) {
  const page = await (await browser.newContext({ locale: 'vi-VN', viewport, baseURL: own.url })).newPage();
  await page.goto('/');
  return page;
}

async function picture(name, who, arrange) {
  if (wanted.length > 0 && !wanted.some((one) => name.startsWith(one))) return;
  const page = who.mailbox
    ? await signedIn(browser, { url: own.url, password: own.password, ...who })
    : await visitor(who.size);
  await arrange(page);
  // The stream of news keeps the network busy, so what is waited for is that nothing is being loaded.
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.waitForTimeout(500);
  await page.screenshot({ path: path.join(out, `${name}.png`) });
  await page.context().close();
  process.stdout.write(`docs/screens/${name}.png\n`);
  taken += 1;
}
