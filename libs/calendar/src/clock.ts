import type { Clock } from './types.js';

/** The machine's own clock; with the manual one the only place that creates "now". */
export const systemClock: Clock = { now: () => new Date() };

export interface ManualClock extends Clock {
  set(at: Date): void;
}

/** A clock that stands still until it is set: tests, the walk-through, the test clock of a demo. It may go backwards. */
export function createManualClock(start: Date): ManualClock {
  let current = start.getTime();
  return {
    now: () => new Date(current),
    set: (at) => {
      current = at.getTime();
    },
  };
}
