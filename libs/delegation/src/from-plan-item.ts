import type { PlanItemView } from '#contracts/plan.js';
import type { ProposalContent } from '#contracts/proposal.js';
import { proposalContent } from '#contracts/proposal.js';
import { searchKey } from '#libs/organisation';

type PlanLine = Pick<
  PlanItemView,
  'name' | 'capacity' | 'head' | 'countries' | 'partners' | 'content' | 'days' | 'includesTravel' | 'funding'
>;

/**
 * A first content from a line of the annual plan. The plan names the leader by position, so the leader is a member without a
 * name until somebody fills it in; the dates stay open because a plan holds a month or a quarter only.
 */
export function contentFromPlanItem(item: PlanLine): ProposalContent {
  return proposalContent.parse({
    delegationName: item.name ?? 'Đoàn công tác',
    capacity: item.capacity ?? '',
    members: item.head ? [{ role: 'leader', position: item.head }] : [],
    countries: item.countries.map(({ code, name }) => ({ code, name })),
    dayCount: item.days,
    // DOMAIN 8: the footnote of Mẫu 04 says the total includes travel; a line that does not say follows the footnote.
    includesTravelDays: item.includesTravel ?? true,
    partners: item.partners ?? '',
    content: item.content ?? '',
    funding: item.funding ? fundingFrom(item.funding) : [],
  });
}

/** "Ngân sách tỉnh và xã hội hóa" → two lines. The printed words stay in the label; amounts are not in a plan. */
function fundingFrom(printed: string): ProposalContent['funding'] {
  const key = searchKey(printed);
  const sources = fundingWords.filter(({ words }) => words.some((word) => key.includes(word)));
  const found = sources.length > 0 ? sources : [{ source: 'other', paidBy: 'vietnam' } as const];
  return found.map(({ source, paidBy }) => ({ source, paidBy, label: printed, amount: null, currency: 'VND' }));
}

/** Words of plan documents 001–004 (DOMAIN 5, funding sources seen), as `searchKey` writes them. */
const fundingWords = [
  { source: 'stateBudget', paidBy: 'vietnam', words: ['ngan sach tinh', 'ngan sach nha nuoc', 'ngan sach thanh pho'] },
  { source: 'partyBudget', paidBy: 'vietnam', words: ['ngan sach dang'] },
  { source: 'socialised', paidBy: 'vietnam', words: ['xa hoi hoa'] },
  { source: 'partner', paidBy: 'partner', words: ['doi tac', 'phia ban', 'dai tho'] },
] as const;
