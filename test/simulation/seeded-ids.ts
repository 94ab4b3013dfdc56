import type { Dice } from './dice.js';

/**
 * Rows are taken in the order of their ids when nothing else orders them, so a run repeats only when its ids do. The
 * product takes them from node:crypto; here that function draws from the dice while a run is on. Call `install` before the
 * product is imported: an import keeps the function it found.
 */
interface Crypto {
  randomUUID(options?: unknown): string;
  /** Kept here and not in this module: test files of one process share node:crypto, but not their modules. */
  idDice?: Dice | null;
}

const crypto = process.getBuiltinModule('node:crypto') as unknown as Crypto;

export function installSeededIds(): void {
  if (crypto.idDice !== undefined) return;
  const real = crypto.randomUUID.bind(crypto);
  crypto.idDice = null;
  crypto.randomUUID = (options) => (crypto.idDice ? uuidFrom(crypto.idDice) : real(options));
  process.getBuiltinModule('node:module').syncBuiltinESMExports();
}

/** Null: the real ones again. */
export function drawIdsFrom(dice: Dice | null): void {
  crypto.idDice = dice;
}

function uuidFrom(dice: Dice): string {
  const hex = Array.from({ length: 4 }, () =>
    dice
      .between(0, 2 ** 32 - 1)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}
