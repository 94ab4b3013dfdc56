import { describe, expect, it } from '@jest/globals';
import { deadlineNames } from '#contracts/deadline-names.js';
import { eventText } from './state-texts.js';

describe('the log of a case in words', () => {
  it.each(deadlineNames)('tells that %s came, and shows no id', (name) => {
    const { vi, en } = eventText(`xstate.after.${name}.outbound-delegation.proposal.draft`);
    expect(vi).toMatch(/^Tới mốc: /);
    expect(`${vi} ${en}`).not.toContain(name);
  });
});
