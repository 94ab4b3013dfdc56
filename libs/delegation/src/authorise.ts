import type { DelegationEventInput } from '#contracts/delegation-events.js';
import { AppError } from '#contracts/errors.js';
import { holdingsOf, type RoleHeld, type SessionPrincipal } from '#libs/organisation';
import type { LockedInstance } from '#libs/runtime';
import type { DelegationContext } from '#workflows/outbound-delegation/context.js';
import { mayFire } from '#workflows/outbound-delegation/permissions.js';

export interface Authorisation {
  readonly context: DelegationContext;
  readonly principal: SessionPrincipal;
  readonly event: Pick<DelegationEventInput, 'type'> & { readonly organisationId?: string; readonly stepId?: string };
  readonly isMember: boolean;
  /** The proposer and the members known as people: whose own matter it is. */
  readonly partyIds: readonly string[];
}

/** What the person is to the trip itself, whatever their office. */
export function standing(
  brief: { readonly proposerId: string; readonly memberIds: readonly string[] },
  { personId }: SessionPrincipal,
): Pick<Authorisation, 'isMember' | 'partyIds'> {
  return { isMember: brief.memberIds.includes(personId), partyIds: [brief.proposerId, ...brief.memberIds] };
}

/** What an event is done with. `onBehalfOfId` null: in the person's own right; organisation null: a member of the delegation without an office in the case. */
export interface Authority {
  readonly organisationVersionId: string | null;
  readonly onBehalfOfId: string | null;
}

/**
 * The right under which the reader may fire an event of this type at all, null for none; whether it is its turn is the machine's
 * question. A role held in one's own right comes before one held for somebody else, and of several absent people the one who is no
 * party to the trip: the machine refuses a decision in the place of a traveller, so that is not the right to choose.
 */
export function authorityFor(given: Authorisation): Authority | null {
  const asked = question(given);
  const rights = holdingsOf(given.principal).filter((held) => mayFire({ ...asked, isMember: false, holdings: [held] }));
  const isPartys = ({ onBehalfOfId }: { onBehalfOfId?: string }) =>
    onBehalfOfId !== undefined && given.partyIds.includes(onBehalfOfId);
  const held = rights.find((right) => !isPartys(right)) ?? rights[0];
  if (held) return { organisationVersionId: held.organisationVersionId, onBehalfOfId: held.onBehalfOfId ?? null };
  return mayFire({ ...asked, holdings: [] }) ? { organisationVersionId: null, onBehalfOfId: null } : null;
}

/** Throws FORBIDDEN, or EVENT_REFUSED when it was, or will be, this person's level to decide but is not now. */
export function authorise(given: Authorisation & { readonly locked: LockedInstance }): Authority {
  const { principal, context, locked } = given;
  const authority = authorityFor(given);
  if (authority) return authority;
  const holdings: readonly RoleHeld[] = holdingsOf(principal);
  const isApprover = context.steps.some((step) =>
    holdings.some((held) => held.role === step.role && held.organisationId === step.organisationId),
  );
  if (!isApprover || !approverEvents.includes(given.event.type)) throw new AppError('FORBIDDEN');
  throw new AppError('EVENT_REFUSED', {
    states: locked.states,
    status: locked.status,
    version: locked.version,
    rules: [],
    text: { vi: 'Chưa đến lượt, hoặc cấp của bạn đã quyết định.', en: 'It is not, or no longer, your level’s turn.' },
  });
}

const approverEvents: readonly string[] = ['APPROVE', 'APPROVE_WITH_CONDITION', 'RETURN', 'REJECT'];

function question({ event, context, isMember }: Authorisation) {
  return {
    type: event.type,
    context,
    isMember,
    ...(event.organisationId !== undefined && { opinionOf: event.organisationId }),
    ...(event.stepId !== undefined && { stepId: event.stepId }),
  };
}
