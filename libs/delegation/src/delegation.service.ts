import type { Readable } from 'node:stream';
import type { BackwardPlanView } from '#contracts/backward-plan.js';
import type {
  CaseListQuery,
  CasePage,
  CaseReceipt,
  CaseView,
  EventListQuery,
  EventPage,
  EventPreview,
  ProposalReceipt,
  TimerView,
} from '#contracts/case.js';
import type { TimerListQuery } from '#contracts/inbox.js';
import type { JudgingBasis } from '#contracts/judging.js';
import type {
  AttachDocument,
  CreateProposal,
  DossierDocument,
  OutsideDocument,
  ProposalPatch,
} from '#contracts/proposal.js';
import type { ProfileDraft, ProfilePreview } from '#contracts/regulation.js';
import type { SubstitutionOffer } from '#contracts/substitution.js';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import type { ChainReport, StoredAnswer } from '#libs/runtime';
import { requireCase } from './case-access.js';
import type { CaseDependencies, CommandMeta } from './case-dependencies.js';
import { listCases } from './case-list.js';
import { eventsOf, getBackwardPlan, getCase, timersOf } from './case-view.js';
import { directoryOf } from './directory.js';
import { attachDocument, openFile, recordOutsideDocument } from './dossier.js';
import { editProposal } from './edit-proposal.js';
import { getJudgingBasis } from './judging-basis.js';
import { openCase } from './open-case.js';
import { listTimers, type OpenTimer } from './operations.js';
import { previewProfile } from './profile-impact.js';
import { previewEvent, type SendEvent, sendEvent } from './send-event.js';
import { substitutionOffers } from './substitution-offers.js';

/** The use cases of the delegation room, each one transaction. What each throws is said where it is written. */
export class DelegationService {
  constructor(private readonly dependencies: CaseDependencies) {}

  /** The answer of an earlier request with the same idempotency key, when there is one; else opens the case. */
  createProposal(principal: SessionPrincipal, command: CreateProposal, meta: CommandMeta): Promise<CaseReceipt> {
    const { unitOfWork, runtime } = this.dependencies;
    return unitOfWork.run(async (tx) => {
      const { idempotency } = meta;
      const known = idempotency && (await runtime.storedAnswer(tx, { principal, idempotency }));
      if (known) return known.body as CaseReceipt;
      return openCase(tx, { principal, command, meta, dependencies: this.dependencies });
    });
  }

  updateProposal(
    principal: SessionPrincipal,
    command: { caseId: string; expectedRevision: number; patch: ProposalPatch },
  ): Promise<ProposalReceipt> {
    const { dependencies } = this;
    return dependencies.unitOfWork.run((tx) => editProposal(tx, { principal, ...command, dependencies }));
  }

  attachDocument(
    principal: SessionPrincipal,
    command: { caseId: string; document: AttachDocument; fileName: string; source: AsyncIterable<Uint8Array> },
  ): Promise<DossierDocument> {
    return attachDocument(this.dependencies, { principal, ...command });
  }

  recordOutsideDocument(
    principal: SessionPrincipal,
    command: { caseId: string; document: OutsideDocument },
  ): Promise<DossierDocument> {
    return recordOutsideDocument(this.dependencies, { principal, ...command });
  }

  openFile(
    principal: SessionPrincipal,
    fileId: string,
  ): Promise<{ stream: Readable; headers: Readonly<Record<string, string>> }> {
    return openFile(this.dependencies, { principal, fileId });
  }

  sendEvent(command: SendEvent): Promise<StoredAnswer> {
    return sendEvent(this.dependencies, command);
  }

  /** What the event would do to the deadlines. Throws what `sendEvent` throws, except that a refusal is an answer. */
  previewEvent(command: SendEvent): Promise<EventPreview> {
    return previewEvent(this.dependencies, command);
  }

  getCase(principal: SessionPrincipal, caseId: string): Promise<CaseView> {
    return getCase(this.dependencies, { principal, caseId });
  }

  listCases(principal: SessionPrincipal, query: CaseListQuery): Promise<CasePage> {
    return listCases(this.dependencies, principal, query);
  }

  listEvents(principal: SessionPrincipal, query: EventListQuery & { caseId: string }): Promise<EventPage> {
    const { dependencies } = this;
    const { caseId, afterSeq, limit } = query;
    return dependencies.unitOfWork.run(async (tx) => {
      const { provinceId } = await requireCase(tx, { dependencies, principal, caseId });
      const directory = await directoryOf(tx, { caseId, provinceId, clock: dependencies.clock });
      const found = await eventsOf(tx, { caseId, directory, afterSeq, limit: limit + 1 });
      const items = found.slice(0, limit);
      return { items, nextAfterSeq: found.length > limit ? (items.at(-1)?.seq ?? null) : null };
    });
  }

  backwardPlan(
    principal: SessionPrincipal,
    query: { caseId: string; departureDate: string | undefined },
  ): Promise<BackwardPlanView> {
    return getBackwardPlan(this.dependencies, { principal, ...query });
  }

  judgingBasis(principal: SessionPrincipal, caseId: string): Promise<JudgingBasis> {
    return getJudgingBasis(this.dependencies, { principal, caseId });
  }

  listCaseTimers(principal: SessionPrincipal, caseId: string): Promise<{ items: TimerView[] }> {
    const { dependencies } = this;
    return dependencies.unitOfWork.run(async (tx) => {
      await requireCase(tx, { dependencies, principal, caseId });
      return { items: await timersOf(tx, caseId) };
    });
  }

  /** Trips of the signed-in person for which nobody stands in yet, with exactly their days. */
  substitutionOffers(principal: SessionPrincipal): Promise<SubstitutionOffer[]> {
    const { unitOfWork, clock } = this.dependencies;
    return unitOfWork.run((tx) => substitutionOffers(tx, { principal, clock }));
  }

  listTimers(
    principal: SessionPrincipal,
    query: TimerListQuery,
  ): Promise<{ items: OpenTimer[]; nextCursor: string | null }> {
    return listTimers(this.dependencies, principal, query);
  }

  /** What a changed rule profile would do to the running cases. Throws FORBIDDEN. */
  previewProfile(principal: SessionPrincipal, draft: ProfileDraft): Promise<ProfilePreview> {
    return previewProfile(this.dependencies, principal, draft);
  }

  /** Every hash chain of the province. Throws FORBIDDEN. */
  verifyAudit(principal: SessionPrincipal): Promise<ChainReport> {
    requireRole(principal, { role: ['administrator', 'inspector'] });
    const { unitOfWork, runtime } = this.dependencies;
    return unitOfWork.run((tx) => runtime.verifyChains(tx, { provinceId: principal.provinceId }));
  }
}
