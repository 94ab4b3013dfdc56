import type { DocumentReference } from '#contracts/delegation-events.js';
import { AppError } from '#contracts/errors.js';
import type { ProposalContent } from '#contracts/proposal.js';
import type { SessionPrincipal } from '#libs/organisation';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { LockedInstance } from '#libs/runtime';
import type { DelegationContext } from '#workflows/outbound-delegation/context.js';
import { requireCase } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { contextOf } from './case-facts.js';
import { decisionContents } from './content-after.js';
import { findProposal, type StoredProposal } from './proposal.repository.js';

/** A case as the rooms above this one read it. */
export interface CaseRecord {
  readonly instance: LockedInstance;
  readonly context: DelegationContext;
  readonly proposal: StoredProposal;
  /** The content the decision in force covers; null before a decision. */
  readonly decided: ProposalContent | null;
  /** What that decision said when it was issued, before anything was confirmed on it. */
  readonly issued: ProposalContent | null;
  /** The reader travels with the delegation. */
  readonly isMember: boolean;
  readonly plan: PlanReference | null;
  /** What people wrote with the last event of each type: the items of a supplement request, the reason of a refusal. */
  readonly words: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  /** The document the last event of each type carried: the letter of SIGN_SUBMIT, the approval of a level. */
  readonly documents: ReadonlyMap<string, DocumentReference>;
}

export interface PlanReference {
  readonly itemNumber: string | null;
  readonly documentNumber: string | null;
  readonly documentDate: string | null;
  readonly year: number;
}

const planStatement: PreparedStatement = {
  name: 'delegation_record_plan',
  text: `select number as "itemNumber", document_number as "documentNumber", document_date::text as "documentDate", year
    from plan_items where id = $1`,
};

const wordsStatement: PreparedStatement = {
  name: 'delegation_record_words',
  text: `select distinct on (type) type, private from events
    where instance_id = $1 and private is not null order by type, seq desc`,
};

const documentsStatement: PreparedStatement = {
  name: 'delegation_record_documents',
  text: `select distinct on (type) type, payload->'document' as document from events
    where instance_id = $1 and payload->'document'->>'number' is not null order by type, seq desc`,
};

/** Throws NOT_FOUND for a case the reader may not see. */
export async function readCaseRecord(
  tx: Tx,
  given: { dependencies: CaseDependencies; principal: SessionPrincipal; caseId: string },
): Promise<CaseRecord> {
  const instance = await requireCase(tx, given);
  const { caseId, principal } = given;
  const proposal = await findProposal(tx, caseId);
  if (!proposal) throw new AppError('NOT_FOUND');
  const context = contextOf(instance);
  const { planItemId, content } = proposal;
  const [plan] = planItemId === null ? [] : await runPrepared<PlanReference>(tx, planStatement, [planItemId]);
  const words = await runPrepared<{ type: string; private: Record<string, unknown> }>(tx, wordsStatement, [caseId]);
  const documents = await runPrepared<{ type: string; document: DocumentReference }>(tx, documentsStatement, [caseId]);
  return {
    instance,
    context,
    proposal,
    ...(await decisionContents(tx, { context, instanceId: caseId })),
    isMember: content.members.some((member) => member.personId === principal.personId),
    plan: plan ?? null,
    words: new Map(words.map((row) => [row.type, row.private])),
    documents: new Map(documents.map((row) => [row.type, row.document])),
  };
}
