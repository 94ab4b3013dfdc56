/**
 * How much of two texts is worded alike, in per cent: pairs of neighbouring syllables they share (Sørensen–Dice). A Vietnamese word
 * is mostly two syllables, so pairs compare words without a dictionary. Texts of fewer than four pairs say too little: 0.
 */
export function commonWordingPercent(one: string, other: string): number {
  const [a, b] = [pairsOf(one), pairsOf(other)];
  if (a.size < fewestPairs || b.size < fewestPairs) return 0;
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return Math.round((200 * shared) / (a.size + b.size));
}

const fewestPairs = 4;

/** The same trips are compared with each new one, so their pairs are kept; about 10 kB a text. */
const known = new Map<string, ReadonlySet<string>>();
const knownSize = 500;

function pairsOf(text: string): ReadonlySet<string> {
  const kept = known.get(text);
  if (kept) return kept;
  if (known.size >= knownSize) known.clear();
  const pairs = readPairs(text);
  known.set(text, pairs);
  return pairs;
}

function readPairs(text: string): ReadonlySet<string> {
  const syllables =
    text
      .normalize('NFC')
      .toLocaleLowerCase('vi')
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(syllables.slice(1).map((syllable, index) => `${syllables[index]} ${syllable}`));
}
