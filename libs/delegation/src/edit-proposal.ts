import type { ProposalReceipt } from '#contracts/case.js';
import { AppError } from '#contracts/errors.js';
import type { ProposalPatch } from '#contracts/proposal.js';
import { holdingsOf, requireRole, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { requireUnmarkedContent } from '#libs/regulation';
import type { LockedInstance } from '#libs/runtime';
import { openAmendment } from '#workflows/outbound-delegation/context.js';
import { requireReadable } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { contextOf } from './case-facts.js';
import { findProposal, forgetContents, replaceContent } from './proposal.repository.js';
import { applyPatch, digestOf } from './proposal-content.js';
import { requireKnownMembers } from './references.js';

/** States in which the unit writes. Everywhere else the content is what somebody is judging or has judged. */
const writingStates: readonly string[] = [
  'proposal.draft',
  'appraisal.supplementRequested',
  'approval.returnedForClarification',
  'notification.postponed',
];

export function isEditable(instance: Pick<LockedInstance, 'states' | 'status' | 'snapshot'>): boolean {
  if (instance.status !== 'active') return false;
  return (
    instance.states.some((state) => writingStates.includes(state)) || openAmendment(contextOf(instance)) !== undefined
  );
}

/**
 * The next revision of a proposal. `expectedRevision`: If-Match. Throws NOT_FOUND, FORBIDDEN (not an officer of the unit),
 * EVENT_REFUSED (the state does not let anybody write), VERSION_CONFLICT with the present revision.
 */
export async function editProposal(
  tx: Tx,
  input: {
    principal: SessionPrincipal;
    caseId: string;
    expectedRevision: number;
    patch: ProposalPatch;
    dependencies: CaseDependencies;
  },
): Promise<ProposalReceipt> {
  const { principal, caseId, dependencies } = input;
  const locked = await dependencies.runtime.lock(tx, { instanceId: caseId });
  const context = contextOf(locked);
  await requireReadable(tx, { principal, instance: locked, clock: dependencies.clock });
  const { unitId: organisationId } = context.organisations;
  requireRole({ roles: holdingsOf(principal) }, { role: 'unitOfficer', organisationId });
  if (!isEditable(locked)) throw notEditable(locked.states);
  const proposal = await findProposal(tx, caseId);
  if (!proposal) throw new AppError('NOT_FOUND');
  if (proposal.revision !== input.expectedRevision)
    throw new AppError('VERSION_CONFLICT', { revision: proposal.revision, digest: proposal.digest });
  await requireKnownMembers(tx, { members: input.patch.members, provinceId: proposal.provinceId, path: 'members' });
  requireUnmarkedContent(input.patch);
  const content = applyPatch(proposal.content, input.patch);
  requireDatesInOrder(content);
  const approvalsVoided = context.approvals.some(
    (approval) => approval.voidedAt === null && approval.digest !== digestOf(content),
  );
  if (digestOf(content) === proposal.digest)
    return { id: caseId, revision: proposal.revision, digest: proposal.digest, approvalsVoided };
  const at = dependencies.clock.now();
  const goesOutside = content.handledOutside && !proposal.content.handledOutside;
  if (goesOutside) await requireNoFiles(tx, { caseId, states: locked.states });
  const written = await replaceContent(tx, { proposal, content, editedById: principal.personId, at });
  if (goesOutside) await forgetContents(tx, caseId, content);
  if (openAmendment(context) !== undefined) await dependencies.runtime.announceChange(tx, locked);
  return { id: caseId, ...written, approvalsVoided };
}

/** Files of a case stay what they are, so a case that has some cannot be declared free of content. Throws EVENT_REFUSED. */
async function requireNoFiles(tx: Tx, given: { caseId: string; states: readonly string[] }): Promise<void> {
  const found: unknown[] = await tx.query(
    'select 1 from dossier_documents where instance_id = $1 and file_id is not null limit 1',
    [given.caseId],
  );
  if (found.length === 0) return;
  throw new AppError('EVENT_REFUSED', {
    states: given.states,
    rules: [],
    text: {
      vi: 'Hồ sơ đã có tệp đính kèm nên không chuyển sang xử lý ngoài hệ thống được. Rút hồ sơ này và lập hồ sơ mới.',
      en: 'The case has files, so it cannot be moved outside the system. Withdraw it and open another.',
    },
  });
}

function requireDatesInOrder({
  departureDate,
  returnDate,
}: {
  departureDate: string | null;
  returnDate: string | null;
}): void {
  if (departureDate === null || returnDate === null || departureDate <= returnDate) return;
  const text = { vi: 'Ngày về trước ngày đi.', en: 'The return is before the departure.' };
  throw new AppError('VALIDATION_FAILED', { fields: [{ path: 'returnDate', text }] });
}

function notEditable(states: readonly string[]): AppError {
  return new AppError('EVENT_REFUSED', {
    states,
    rules: [],
    text: {
      vi: 'Hồ sơ đang ở bước không sửa được. Chờ yêu cầu bổ sung, hoặc đề nghị điều chỉnh sau khi có quyết định.',
      en: 'The proposal cannot be edited at this step. Wait for a supplement request, or ask for an amendment after the decision.',
    },
  });
}
