import type { UnitRemarks } from '#contracts/report-round.js';

const parts = ['achievements', 'difficulties', 'proposals'] as const;

export const isSame = (one: UnitRemarks, other: UnitRemarks) => parts.every((part) => one[part] === other[part]);

/** Two people wrote over the same words: what one of them left alone is taken from the other, what both changed stands one under the other. */
export function joined(given: { base: UnitRemarks; mine: UnitRemarks; theirs: UnitRemarks }): UnitRemarks {
  const { base, mine, theirs } = given;
  const part = (name: (typeof parts)[number]) => {
    if (mine[name] === base[name] || mine[name] === theirs[name]) return theirs[name];
    return theirs[name] === base[name] ? mine[name] : `${theirs[name]}\n\n${mine[name]}`;
  };
  return { achievements: part('achievements'), difficulties: part('difficulties'), proposals: part('proposals') };
}
