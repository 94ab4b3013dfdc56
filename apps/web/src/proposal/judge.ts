import type { CaseView, FindingView } from '#contracts/case.js';
import type { JudgingBasis } from '#contracts/judging.js';
import type { PersonView } from '#contracts/organisation.js';
import { createBusinessCalendar } from '#libs/calendar';
import { findingView, type HeldRank, judgeTrip, rulesOfRegisters, tripForRules } from '#libs/policy';
import type { ProposalFields } from './values';

/**
 * What the rules say of the proposal as it stands in the form, by the very code that judges it on the server. What depends on other trips
 * or on the register of bars is taken from the server's last judgement.
 */
export function judgeForm(given: {
  readonly view: CaseView;
  readonly content: ProposalFields;
  readonly basis: JudgingBasis;
  /** People known to the form, with their positions of today. */
  readonly people: readonly PersonView[];
}): readonly FindingView[] {
  const { view, content, basis, people } = given;
  const { profile, calendar, documentNumbers, planPeriods, now } = basis;
  const trip = tripForRules({
    content: { ...view.proposal, ...content },
    planItemId: view.proposal.planItemId,
    planPeriods,
    caseCode: view.caseCode,
    documentNumbers,
    ranks: ranksOf(basis, people),
  });
  const found = judgeTrip({
    trip,
    profile,
    calendar: createBusinessCalendar(calendar),
    history: [],
    now: new Date(now),
  });
  const ofServer = new Map(view.findings.map((finding) => [finding.rule, finding]));
  return found.flatMap((finding) =>
    rulesOfRegisters.includes(finding.rule) ? (ofServer.get(finding.rule) ?? []) : findingView(finding),
  );
}

function ranksOf({ ranks }: JudgingBasis, people: readonly PersonView[]): readonly HeldRank[] {
  const known = new Set(ranks.map(({ personId }) => personId));
  return [
    ...ranks,
    ...people
      .filter(({ id }) => !known.has(id))
      .flatMap(({ id, positions }) =>
        positions.map(({ rank, organisationId }) => ({ personId: id, rank, organisationId })),
      ),
  ];
}
