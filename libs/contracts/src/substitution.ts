import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import type { Role } from './roles.js';

/**
 * Roles whose work a substitute can take over: those that tasks are addressed to. Keeping the system running and supervising it
 * are given to a person by the administrator, never lent.
 */
export const lendableRoles = [
  'unitOfficer',
  'unitHead',
  'reviewer',
  'leader',
  'clerk',
] as const satisfies readonly Role[];
export type LendableRole = (typeof lendableRoles)[number];

/** Longest period, in days, one substitution may be made for: giả định, no source. A longer absence is a change of office. */
export const substitutionMaxDays = 366;

/** Both null: all the person's own work. One of them: that role wherever it is held, or everything in that organisation. */
const scope = {
  role: z.enum(lendableRoles).nullable(),
  organisationId: z.uuid().nullable(),
};

export const createSubstitutionBody = z
  .object({
    substituteId: z.uuid(),
    role: scope.role.default(null),
    organisationId: scope.organisationId.default(null),
    /** Both days included. */
    firstDay: calendarDay,
    lastDay: calendarDay,
    /** The trip it was offered for. */
    caseId: z.uuid().nullable().default(null),
  })
  .meta({ id: 'CreateSubstitution' });
export type CreateSubstitution = z.output<typeof createSubstitutionBody>;

const person = z.object({ id: z.uuid(), fullName: z.string() });

export const substitutionStates = ['upcoming', 'running', 'over', 'revoked'] as const;

export const substitutionView = z
  .object({
    id: z.uuid(),
    person,
    substitute: person,
    role: scope.role,
    organisation: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    firstDay: z.iso.date(),
    lastDay: z.iso.date(),
    state: z.enum(substitutionStates),
    createdAt: z.iso.datetime(),
    revokedAt: z.iso.datetime().nullable(),
    /** Whether the reader may end it now. */
    endable: z.boolean(),
  })
  .meta({ id: 'Substitution' });
export type SubstitutionView = z.output<typeof substitutionView>;

/** `made`: somebody stands in for the reader. `received`: the reader stands in. Newest first; long past ones are left out. */
export const substitutionList = z.object({
  made: z.array(substitutionView),
  received: z.array(substitutionView),
});
export type SubstitutionList = z.output<typeof substitutionList>;

/** A trip of the reader during which somebody else should decide, with exactly its days. */
export const substitutionOffer = z
  .object({
    caseId: z.uuid(),
    caseCode: z.string(),
    delegationName: z.string(),
    firstDay: z.iso.date(),
    lastDay: z.iso.date(),
  })
  .meta({ id: 'SubstitutionOffer' });
export type SubstitutionOffer = z.output<typeof substitutionOffer>;
export const substitutionOffers = z.object({ items: z.array(substitutionOffer) });
