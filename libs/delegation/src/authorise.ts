import type { DelegationEventInput } from '#contracts/delegation-events.js';
import { AppError } from '#contracts/errors.js';
import type { RoleHeld, SessionPrincipal } from '#libs/organisation';
import type { LockedInstance } from '#libs/runtime';
import type { DelegationContext } from '#workflows/outbound-delegation/context.js';
import { mayFire } from '#workflows/outbound-delegation/permissions.js';

export interface Authorisation {
  readonly context: DelegationContext;
  readonly principal: SessionPrincipal;
  readonly event: Pick<DelegationEventInput, 'type'> & { readonly organisationId?: string };
  readonly isMember: boolean;
}

/** Whether the reader may fire an event of this type at all; whether it is its turn is the machine's question. */
export function isAuthorised(given: Authorisation): boolean {
  return mayFire({ ...question(given), holdings: given.principal.roles });
}

/**
 * The role under which the event is done, for the audit; null for a member of the delegation without an office in the case.
 * Throws FORBIDDEN, or EVENT_REFUSED when it was, or will be, this person's level to decide but is not now.
 */
export function authorise(given: Authorisation & { readonly locked: LockedInstance }): RoleHeld | null {
  const { principal, context, locked } = given;
  const asked = question(given);
  const held = principal.roles.find((role) => mayFire({ ...asked, isMember: false, holdings: [role] }));
  if (held) return held;
  if (mayFire({ ...asked, holdings: [] })) return null;
  const isApprover = context.steps.some((step) =>
    principal.roles.some((role) => role.role === step.role && role.organisationId === step.organisationId),
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
  };
}
