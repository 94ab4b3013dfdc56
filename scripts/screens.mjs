// node scripts/screens.mjs: pictures of the screens for the documentation, on a system of its own, into docs/screens.
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
const { prepareCases } = await import('#test/browser/prepared-cases.js');
const { desk, launchBrowser, signedIn, telephone } = await import('#test/browser/people.js');

const out = path.join(root, 'docs/screens');
fs.mkdirSync(out, { recursive: true });
const own = await startOwnSystem({ day: '2023-01-13', time: '08:00' });
const browser = await launchBrowser();
try {
  const { atProvince } = await prepareCases(own.system);
  await own.system.setClock(new Date('2023-01-17T03:00:00Z'));
  await own.system.settle();
  const plan = path.join(root, 'libs/plan/plans/tuyen-quang-2020-doan-ra.xlsx');
  await picture('inbox', { mailbox: 'thamdinh.sngv', size: desk }, async (page) => {
    await page.getByRole('list', { name: 'Việc cần làm' }).waitFor();
    await page.keyboard.press('j');
  });
  await picture('dossier', { mailbox: 'phochutich.ubnd', size: desk }, async (page) => {
    await page.goto(`/cases/${atProvince}`);
    await page.getByRole('region', { name: 'Diễn biến' }).waitFor();
  });
  await picture('plan-import', { mailbox: 'thamdinh.sngv', size: desk }, async (page) => {
    await page.goto('/plan');
    await page.getByRole('button', { name: 'Nạp kế hoạch' }).click();
    await page.locator('input[type=file]').setInputFiles(plan);
    await page.getByRole('table', { name: 'Nạp kế hoạch' }).waitFor();
  });
  await picture('leader-phone', { mailbox: 'phochutich.ubnd', size: telephone }, async (page) => {
    await page.goto('/decide');
    await page.getByRole('article').getByRole('button', { name: 'Đồng ý', exact: true }).waitFor();
  });
  await picture('inbox-phone', { mailbox: 'thamdinh.sngv', size: telephone }, async (page) => {
    await page.getByRole('list', { name: 'Việc cần làm' }).waitFor();
  });
} finally {
  await browser.close();
  await own.stop();
}

async function picture(name, who, arrange) {
  const page = await signedIn(browser, { url: own.url, password: own.password, ...who });
  await arrange(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: path.join(out, `${name}.png`) });
  await page.context().close();
  process.stdout.write(`docs/screens/${name}.png\n`);
}
