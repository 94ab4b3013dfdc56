import type { DelegationEventInput } from '#contracts/delegation-events.js';
import type { ProposalContent } from '#contracts/proposal.js';
import type { Tx } from '#libs/persistence';
import { type DelegationContext, decisionInForce, openAmendment } from '#workflows/outbound-delegation/context.js';
import { findProposal, findRevisions, type StoredProposal } from './proposal.repository.js';
import { applyPatch, digestOf } from './proposal-content.js';

export interface ContentChange {
  readonly proposal: StoredProposal;
  readonly content: ProposalContent;
  readonly digest: string;
}

/**
 * The content an event itself brings about: new dates, a granted extension, or, when an amendment is rejected or the delegation comes
 * home before it is decided, what the decision in force covers. Null when the event leaves the content alone, without asking the database.
 */
export async function contentAfter(
  tx: Tx,
  { event, context, instanceId }: { event: DelegationEventInput; context: DelegationContext; instanceId: string },
): Promise<ContentChange | null> {
  const lapses = event.type === 'RETURN_HOME' && openAmendment(context) !== undefined;
  if (!lapses && !['RESCHEDULE', 'EXTENSION_GRANTED', 'AMENDMENT_REJECTED'].includes(event.type)) return null;
  const proposal = await findProposal(tx, instanceId);
  const content = proposal && (await changed(tx, { event, context, proposal }));
  if (!content) return null;
  const digest = digestOf(content);
  return digest === proposal.digest ? null : { proposal, content, digest };
}

async function changed(
  tx: Tx,
  { event, context, proposal }: { event: DelegationEventInput; context: DelegationContext; proposal: StoredProposal },
): Promise<ProposalContent | null> {
  switch (event.type) {
    case 'RESCHEDULE': {
      const { departureDate, returnDate } = event;
      return applyPatch(proposal.content, { departureDate, returnDate });
    }
    case 'EXTENSION_GRANTED':
      return context.extension && applyPatch(proposal.content, { returnDate: context.extension.newReturnDate });
    default:
      return decidedContent(tx, { context, instanceId: proposal.id });
  }
}

/** The content the decision in force covers; null before a decision. */
export async function decidedContent(
  tx: Tx,
  { context, instanceId }: { context: DelegationContext; instanceId: string },
): Promise<ProposalContent | null> {
  return (await decisionContents(tx, { context, instanceId })).decided;
}

/** What the decision in force covers with its amendments, and what it said when it was issued; both null before a decision. */
export async function decisionContents(
  tx: Tx,
  { context, instanceId }: { context: DelegationContext; instanceId: string },
): Promise<{ decided: ProposalContent | null; issued: ProposalContent | null }> {
  const decision = decisionInForce(context);
  if (!decision) return { decided: null, issued: null };
  const revisions = await findRevisions(tx, instanceId);
  const of = (digest: string) => revisions.findLast((revision) => revision.digest === digest)?.content ?? null;
  const decided = of(decision.digest);
  return { decided, issued: of(decision.issuedDigest ?? decision.digest) ?? decided };
}
