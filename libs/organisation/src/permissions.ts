import { AppError } from '#contracts/errors.js';
import type { Role } from '#contracts/roles.js';
import type { SessionAwaits } from '#contracts/session.js';

export interface RoleHeld {
  readonly role: Role;
  readonly organisationId: string;
  readonly organisationCode: string;
  /** The version of the organisation in force on the day of the request; null when it has none. Goes into the audit. */
  readonly organisationVersionId: string | null;
}

/** A role held today for somebody who is away; `onBehalfOfId`: that person, whose name stands beside the substitute's. */
export interface SubstitutedRole extends RoleHeld {
  readonly onBehalfOfId: string;
}

/** Who is signed in, without names: what a decision and its audit need. */
export interface SessionPrincipal {
  readonly sessionId: string;
  readonly personId: string;
  readonly provinceId: string;
  readonly language: 'vi' | 'en';
  /** What the session has to give first; absent or null: nothing. Every route but those for giving it refuses. */
  readonly awaits?: SessionAwaits | null;
  /** Held in the person's own right. Opening a case, the plan and the running of the system ask for these only. */
  readonly roles: readonly RoleHeld[];
  /** Held by substitution today: for the tasks of a case, and never passed on to a further substitute. */
  readonly substituting: readonly SubstitutedRole[];
}

/** Everything the person may work on a case with; what they hold in their own right comes first. */
export function holdingsOf(
  principal: Pick<SessionPrincipal, 'roles' | 'substituting'>,
): readonly (RoleHeld & { readonly onBehalfOfId?: string })[] {
  return [...principal.roles, ...principal.substituting];
}

export interface Requirement {
  readonly role: Role | readonly Role[];
  /** Absent: the role in any organisation of the province. */
  readonly organisationId?: string;
}

/** The one place that compares roles. Nothing matches unless a role held says so; an empty requirement matches nobody. */
export function roleFor(principal: Pick<SessionPrincipal, 'roles'>, required: Requirement): RoleHeld | null {
  const accepted = Array.isArray(required.role) ? required.role : [required.role];
  const match = principal.roles.find(
    (held) =>
      accepted.includes(held.role) &&
      (required.organisationId === undefined || held.organisationId === required.organisationId),
  );
  return match ?? null;
}

export function may(principal: Pick<SessionPrincipal, 'roles'>, required: Requirement): boolean {
  return roleFor(principal, required) !== null;
}

/** Throws FORBIDDEN. Returns the role that allows it, so that the audit can name the organisation acted for. */
export function requireRole(principal: Pick<SessionPrincipal, 'roles'>, required: Requirement): RoleHeld {
  const held = roleFor(principal, required);
  if (held === null) throw new AppError('FORBIDDEN');
  return held;
}
