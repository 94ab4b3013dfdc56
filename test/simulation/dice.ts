/** All chance of a run comes from here: the same seed throws the same dice. */
export interface Dice {
  /** 0 inclusive to 1 exclusive. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number, both ends included. */
  between(from: number, to: number): number;
  pick<Value>(values: readonly Value[]): Value;
  /** Dice of their own for one part of the run, so that another part may throw more often without changing this one. */
  fork(): Dice;
}

/** splitmix32: small, and good enough to choose faults. */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    chance: (probability) => next() < probability,
    between,
    pick: (values) => values[between(0, values.length - 1)]!,
    fork: () => createDice(between(0, 2 ** 32 - 1)),
  };
}
