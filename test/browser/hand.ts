import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';

/** Far more than any page has: a hand that has gone this far is going round in circles. */
const patience = 160;

/** Where the focus is: its name, and whether somebody who looks can see it. */
const whereIsFocus = `(() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return { name: 'nowhere', seen: true };
  const colourless = (colour) => colour === 'transparent' || /, 0\\)$/.test(colour);
  const shows = (element) => {
    const style = getComputedStyle(element);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && !colourless(style.outlineColor);
    return outlined || style.boxShadow !== 'none';
  };
  // A field of the component library shows its focus on the frame around it, a tick on the box beside it.
  const around = [at, at.parentElement, at.parentElement?.parentElement, at.nextElementSibling];
  const box = at.closest('.ant-select, .ant-picker, .ant-input-number, .ant-input-affix-wrapper');
  return {
    name: at.getAttribute('aria-label') || at.labels?.[0]?.textContent || at.textContent || at.tagName,
    seen: [...around, box].some((one) => one instanceof Element && shows(one)),
  };
})()`;

/** Somebody who has a keyboard and no mouse. */
export class Hand {
  /** Where the focus was and could not be seen. */
  readonly blind: string[] = [];

  constructor(readonly page: Page) {}

  get keys() {
    return this.page.keyboard;
  }

  /** Tab after Tab until the focus is there; `back`: the other way. */
  async reach(target: Locator, { back = false } = {}): Promise<void> {
    await target.first().waitFor();
    const passed: string[] = [];
    for (let steps = 0; steps < patience; steps += 1) {
      if (await this.isAt(target)) return;
      await this.keys.press(back ? 'Shift+Tab' : 'Tab');
      const { name, seen } = (await this.page.evaluate(whereIsFocus)) as { name: string; seen: boolean };
      passed.push(name.trim().slice(0, 40));
      if (!seen) this.blind.push(passed.at(-1) ?? '');
    }
    throw new Error(`Tab does not lead there: ${target}. It passed ${passed.join(' | ')}`);
  }

  async write(target: Locator, text: string): Promise<void> {
    await this.reach(target);
    await this.keys.press('Control+A');
    await this.keys.type(text);
  }

  async press(target: Locator, key = 'Enter'): Promise<void> {
    await this.reach(target);
    await this.keys.press(key);
  }

  /** The option with these words of a list that opens. */
  async choose(target: Locator, option: string): Promise<void> {
    await this.reach(target);
    await this.keys.press('ArrowDown');
    const active = this.page.locator(
      '.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option-active',
    );
    for (let steps = 0; steps < 30; steps += 1) {
      await active.waitFor();
      if (((await active.textContent()) ?? '').includes(option)) {
        await this.keys.press('Enter');
        return;
      }
      await this.keys.press('ArrowDown');
    }
    throw new Error(`No option ${option}.`);
  }

  async isAt(target: Locator): Promise<boolean> {
    return (await target.first().and(this.page.locator(':focus')).count()) > 0;
  }
}

/** Wherever the hand went, the focus was to be seen. */
export function expectSeen(hand: Hand): void {
  expect(hand.blind).toEqual([]);
}
