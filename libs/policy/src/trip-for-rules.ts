import type { Period } from '#contracts/plan.js';
import type { ProposalContent } from '#contracts/proposal.js';
import { memberRanks } from '#contracts/ranks.js';
import { rankFrom, type Trip, tripOf } from './trip.js';

export interface HeldRank {
  readonly personId: string;
  readonly rank: string;
  readonly organisationId: string;
}

/** The trip as the rules look at it; of two positions of a member the higher counts. */
export function tripForRules(input: {
  content: ProposalContent;
  planItemId: string | null;
  planPeriods: readonly Period[];
  caseCode: string | null;
  documentNumbers: readonly string[];
  ranks: readonly HeldRank[];
}): Trip {
  return tripOf({
    proposal: input.content,
    planItemId: input.planItemId,
    planPeriods: input.planPeriods,
    caseCode: input.caseCode,
    documentNumbers: input.documentNumbers,
    rankOf: (member) => {
      const held = input.ranks.filter((row) => row.personId === member.personId);
      const highest = held.toSorted((a, b) => rankOrder(a.rank) - rankOrder(b.rank))[0];
      return highest ? { rank: rankFrom(highest.rank), agency: highest.organisationId } : { rank: null };
    },
  });
}

function rankOrder(rank: string): number {
  const index = (memberRanks as readonly string[]).indexOf(rank);
  return index < 0 ? memberRanks.length : index;
}
