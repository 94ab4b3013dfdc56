import { AppError } from '#contracts/errors.js';
import { holdingsOf, may, type RoleHeld, type SessionPrincipal } from '#libs/organisation';
import type { PlanCycleContext } from '#workflows/annual-plan/cycle-context.js';
import { type PlanPermission, type PlanRelation, planRelationOf } from '#workflows/annual-plan/permissions.js';

export interface PlanAuthority {
  readonly relation: PlanRelation;
  readonly organisationVersionId: string | null;
  readonly onBehalfOfId: string | null;
}

/** The right under which somebody may do it; a role held in one's own right comes first. Null: none. */
export function planAuthority(
  permissions: readonly PlanPermission[],
  principal: SessionPrincipal,
  organisationIds: Parameters<typeof planRelationOf>[2],
): PlanAuthority | null {
  for (const held of holdingsOf(principal)) {
    const relation = planRelationOf(permissions, held, organisationIds);
    if (relation !== null)
      return {
        relation,
        organisationVersionId: held.organisationVersionId,
        onBehalfOfId: held.onBehalfOfId ?? null,
      };
  }
  return null;
}

/** Throws FORBIDDEN. */
export function requirePlanAuthority(...given: Parameters<typeof planAuthority>): PlanAuthority {
  const authority = planAuthority(...given);
  if (authority === null) throw new AppError('FORBIDDEN');
  return authority;
}

/**
 * Whose proposed lines a reader sees before they are in the plan: the focal agency, inspector and administrator all (null), anybody
 * else those of the organisations they work in.
 */
export function visibleUnits(principal: SessionPrincipal, focalId: string): readonly string[] | null {
  const held = holdingsOf(principal);
  if (may(principal, { role: ['inspector', 'administrator'] })) return null;
  if (held.some(({ organisationId }) => organisationId === focalId)) return null;
  return [...new Set(held.map(({ organisationId }) => organisationId))];
}

/**
 * Whose words in the making of a plan a reader sees: who reviews, decides or issues it, inspector and administrator all (null), anybody
 * else what the organisations they work in answered.
 */
export function ownPartOf(
  principal: SessionPrincipal,
  { organisations }: Pick<PlanCycleContext, 'organisations'>,
): readonly string[] | null {
  const own = visibleUnits(principal, organisations.focalId);
  return own?.some((id) => Object.values(organisations).includes(id)) ? null : own;
}

/** Units for which somebody may register lines. */
export function registeringUnits(principal: SessionPrincipal): readonly RoleHeld[] {
  const held = principal.roles.filter(({ role }) => role === 'unitOfficer' || role === 'unitHead');
  return [...new Map(held.map((one) => [one.organisationId, one])).values()];
}
