import fs from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { chromiumPath } from '#test/support/chromium.js';

/** How long a page may take to show something. */
export const patienceMs = 15_000;

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export const desk = { width: 1440, height: 900 };
export const telephone = { width: 375, height: 812 };

/** Somebody in front of a screen of their own, with a session of their own, at `path` or the inbox. */
export async function signedIn(
  browser: Browser,
  who: {
    readonly url: string;
    readonly mailbox: string;
    readonly password: string;
    readonly size?: typeof desk | undefined;
    readonly path?: string | undefined;
  },
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    viewport: who.size ?? desk,
    baseURL: who.url,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patienceMs);
  const account = { email: `${who.mailbox}@tuyenquang.example`, password: who.password };
  const answer = await context.request.post('/api/v1/session', { data: account });
  if (answer.status() !== 201) throw new Error(`Sign-in of ${who.mailbox} answered ${answer.status()}.`);
  const page = await context.newPage();
  await page.goto(who.path ?? '/');
  await page.locator('main h1').first().waitFor();
  return page;
}

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** What axe calls serious or critical on the page as it stands; empty is what a test expects. */
export async function graveViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const violations = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then((result) => JSON.parse(JSON.stringify(result.violations)))`,
  )) as Violation[];
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target} ${node.failureSummary}`));
}

/** Pixels by which the page is wider than the screen. */
export function overflowPx(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth') as Promise<number>;
}

/** What Ctrl-V does in the field that has the focus. */
export function paste(page: Page, text: string): Promise<void> {
  return page.evaluate(`{
    const data = new DataTransfer();
    data.setData('text/plain', ${JSON.stringify(text)});
    document.activeElement.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }`);
}
