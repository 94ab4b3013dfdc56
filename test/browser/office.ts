import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type OwnSystem, startOwnSystem } from './own-system.js';
import { type desk, graveViolations, launchBrowser, overflowPx, patienceMs, signedIn } from './people.js';

type Size = typeof desk;

/** The product and a browser, while the tests of one file run. */
export interface Office<Prepared> {
  readonly own: OwnSystem;
  readonly browser: Browser;
  /** What was made ready before the first test. */
  readonly prepared: Prepared;
  /** Somebody's own screen, closed after the test: signed in, at `path` or the inbox. */
  as(mailbox: string, where?: { readonly path?: string; readonly size?: Size }): Promise<Page>;
  /** A screen nobody has signed in at. */
  visitor(path: string): Promise<Page>;
}

/** For one spec file: the whole product with its clock at 08:00 of `day`, or running as in a trial, and a Chromium. */
export function openOffice<Prepared = void>(
  day: string | 'trial',
  prepare: (own: OwnSystem) => Promise<Prepared> = async () => undefined as Prepared,
  settings: Readonly<Record<string, string>> = {},
): Office<Prepared> {
  let open: { own: OwnSystem; browser: Browser; prepared: Prepared } | undefined;
  const pages = new Set<Page>();
  const opened = () => {
    if (open === undefined) throw new Error('The office opens before the first test; ask it inside of one.');
    return open;
  };

  beforeAll(async () => {
    const own = await startOwnSystem(day === 'trial' ? day : { day, time: '08:00' }, settings);
    open = { own, browser: await launchBrowser(), prepared: await prepare(own) };
  }, 240_000);
  afterEach(async () => {
    for (const page of pages) await page.context().close();
    pages.clear();
  });
  afterAll(async () => {
    await open?.browser.close();
    await open?.own.stop();
  });

  const kept = (page: Page) => {
    pages.add(page);
    return page;
  };
  return {
    get own() {
      return opened().own;
    },
    get browser() {
      return opened().browser;
    },
    get prepared() {
      return opened().prepared;
    },
    as: async (mailbox, where = {}) => kept(await signedIn(opened().browser, { ...opened().own, mailbox, ...where })),
    visitor: async (path) => {
      const { browser, own } = opened();
      const page = kept(await (await browser.newContext({ baseURL: own.url, locale: 'vi-VN' })).newPage());
      await page.goto(path);
      return page;
    },
  };
}

/** What the page will say once it has caught up: asked until it is `wanted`, for as long as a test waits for anything. */
export async function expectSoon<Value>(read: () => Promise<Value>, wanted: Value): Promise<void> {
  let seen = await read();
  for (const began = performance.now(); seen !== wanted && performance.now() - began < patienceMs; seen = await read())
    await pause(50);
  expect(seen).toBe(wanted);
}

/** Nothing grave for people who cannot see or use a mouse, and nothing beside the screen. */
export async function expectSound(page: Page): Promise<void> {
  expect(await graveViolations(page)).toEqual([]);
  expect(await overflowPx(page)).toBeLessThanOrEqual(0);
}
