import { randomUUID } from 'node:crypto';
import type { CaseReceipt } from '#contracts/case.js';
import { AppError } from '#contracts/errors.js';
import type { CreateProposal, ProposalContent } from '#contracts/proposal.js';
import { dayOf } from '#libs/calendar';
import { type RoleHeld, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { getPlanItem } from '#libs/plan';
import { tripForRules } from '#libs/policy';
import { requireUnmarkedContent } from '#libs/regulation';
import type { CaseDependencies, CommandMeta } from './case-dependencies.js';
import { contentFromPlanItem } from './from-plan-item.js';
import { insertProposal, nextCaseNumber } from './proposal.repository.js';
import { applyPatch, emptyContent, formatCaseCode } from './proposal-content.js';
import { delegationInput, rulesFrom } from './province-rules.js';
import { requireKnownMembers } from './references.js';
import { surroundingsBefore } from './surroundings.js';

export const delegationDefinitionId = 'outbound-delegation';

/** Opens a case and its proposal in one transaction. Throws FORBIDDEN, NOT_FOUND (plan item), VALIDATION_FAILED. */
export async function openCase(
  tx: Tx,
  input: { principal: SessionPrincipal; command: CreateProposal; meta: CommandMeta; dependencies: CaseDependencies },
): Promise<CaseReceipt> {
  const { principal, command, meta, dependencies } = input;
  const unit = proposingUnit(principal, command.organisationId);
  requireUnmarkedContent(command.proposal, 'proposal');
  const { members } = command.proposal;
  await requireKnownMembers(tx, { members, provinceId: principal.provinceId, path: 'proposal.members' });
  const content = await firstContent(tx, input);
  const now = dependencies.clock.now();
  const day = dayOf(now);
  const { provinceId } = principal;
  const planItemId = command.planItemId ?? null;
  const personIds = content.members.map((member) => member.personId).filter((id) => id !== null);
  const { ranks, ...province } = await surroundingsBefore(tx, { provinceId, day, personIds });
  const profile = await dependencies.profiles.resolve(tx, province.rulesId, { provinceId, day, at: now });
  const rules = rulesFrom({ ...province, day, profile });
  // The road of approval does not ask when the plan wanted the trip.
  const trip = tripForRules({ content, planItemId, planPeriods: [], caseCode: null, documentNumbers: [], ranks });
  const year = Number(day.slice(0, 4));
  const caseCode = formatCaseCode({ year, number: await nextCaseNumber(tx, { provinceId, year }) });
  const instanceId = randomUUID();
  const organisationId = unit.organisationId;
  const proposerId = principal.personId;
  const started = delegationInput({ rules, trip, content, unitId: organisationId, proposerId });
  const applied = await dependencies.runtime.start(tx, {
    instanceId,
    definitionId: delegationDefinitionId,
    provinceId,
    caseCode,
    input: started,
    principal: { personId: proposerId, organisationVersionId: unit.organisationVersionId, requestId: meta.requestId },
    ...(meta.idempotency && { idempotency: meta.idempotency }),
    answer: ({ version, seq, states, status }) => ({
      status: 201,
      body: { id: instanceId, caseCode, version, seq, states, status },
    }),
  });
  const { focalId, authorityId } = started.organisations;
  const place = { provinceId, organisationId, focalId, authorityId };
  const identity = { id: instanceId, ...place, proposerId, caseCode, planItemId };
  await insertProposal(tx, { identity, content, at: now });
  const { version, seq, states, status } = applied;
  return { id: instanceId, caseCode, version, seq, states: [...states], status };
}

/** Whoever drafts is an officer of the unit. Of more than one: the command names which. */
function proposingUnit(principal: SessionPrincipal, organisationId: string | undefined): RoleHeld {
  const units = principal.roles.filter((held) => held.role === 'unitOfficer');
  const chosen = organisationId === undefined ? units : units.filter((held) => held.organisationId === organisationId);
  if (chosen.length === 1) return chosen[0]!;
  if (units.length === 0 || organisationId !== undefined) throw new AppError('FORBIDDEN');
  const text = { vi: 'Chọn đơn vị đề nghị cử đoàn.', en: 'Choose the proposing unit.' };
  throw new AppError('VALIDATION_FAILED', { fields: [{ path: 'organisationId', text }] });
}

async function firstContent(tx: Tx, { principal, command }: Parameters<typeof openCase>[1]): Promise<ProposalContent> {
  if (command.planItemId === undefined)
    return applyPatch(emptyContent(command.proposal.delegationName ?? ''), command.proposal);
  const item = await getPlanItem(tx, { provinceId: principal.provinceId, planItemId: command.planItemId });
  if (item.direction !== 'outbound') throw new AppError('NOT_FOUND');
  if (item.state !== 'approved' && item.state !== 'approvedWithCondition') {
    const text = {
      vi: 'Dòng kế hoạch chưa được duyệt, hoặc không còn trong kế hoạch.',
      en: 'The line of the plan is not approved, or is no longer in the plan.',
    };
    throw new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'planItemId', text }] });
  }
  return applyPatch(contentFromPlanItem(item), command.proposal);
}
