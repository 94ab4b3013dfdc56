import type { Me } from '#contracts/session.js';

/**
 * A session may end while a page is open: its hours are over, or somebody ended it elsewhere. What the page then asks for waits here
 * until the same person has signed in again, and is asked once more; nothing that was typed is lost.
 */
let here: string | null = null;
let waiting: { readonly again: Promise<void>; readonly resume: () => void } | null = null;
const followers = new Set<() => void>();
const tell = () => {
  for (const follower of followers) follower();
};

/** Before anybody was here, "sign in" is an answer for the sign-in page. */
export const somebodyIsHere = (): boolean => here !== null;

/** Settles when the person of this page is signed in again. */
export function signedInAgain(): Promise<void> {
  if (waiting === null) {
    let resume: (() => void) | undefined;
    const again = new Promise<void>((resolve) => {
      resume = resolve;
    });
    waiting = { again, resume: () => resume?.() };
    tell();
  }
  return waiting.again;
}

/**
 * Somebody is signed in, for the first time or again: what waited goes on. Not while a second factor is still owed. Somebody else than
 * before: nothing of the one before may stay, so the page begins anew.
 */
export function resumeAs({ personId, awaits }: Pick<Me, 'personId' | 'awaits'>): void {
  if (awaits !== null) return;
  if (here !== null && here !== personId) {
    window.location.assign('/');
    return;
  }
  here = personId;
  const before = waiting;
  waiting = null;
  before?.resume();
  if (before !== null) tell();
}

export const isSessionOver = (): boolean => waiting !== null;

export function followSessionEnd(changed: () => void): () => void {
  followers.add(changed);
  return () => {
    followers.delete(changed);
  };
}
