import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import { organisationKinds } from './organisation.js';
import { memberRanks } from './ranks.js';
import { roles } from './roles.js';

const name = z.string().trim().min(2).max(200);
const organisation = z.object({ id: z.uuid(), code: z.string(), name: z.string() });

/** One name of an organisation, from a day up to, not including, another. */
export const organisationVersionView = z.object({
  id: z.uuid(),
  name: z.string(),
  shortName: z.string(),
  parentId: z.uuid().nullable(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable(),
});
export type OrganisationVersionView = z.output<typeof organisationVersionView>;
export const organisationVersions = z.object({ items: z.array(organisationVersionView) });

export const newOrganisation = z.strictObject({
  code: z
    .string()
    .trim()
    .min(2)
    .max(40)
    .regex(/^[A-Z0-9_-]+$/),
  kind: z.enum(organisationKinds),
  name,
  shortName: name,
  parentId: z.uuid().nullable(),
  from: calendarDay,
});
export type NewOrganisationBody = z.output<typeof newOrganisation>;

/** Another name or another superior from a day on. */
export const organisationChange = z.strictObject({
  name,
  shortName: name,
  parentId: z.uuid().nullable(),
  from: calendarDay,
});
export type OrganisationChange = z.output<typeof organisationChange>;

/** `from`: the first day on which it no longer holds. */
export const ending = z.strictObject({ from: calendarDay });
export type Ending = z.output<typeof ending>;

const held = { id: z.uuid(), organisation, validFrom: z.iso.date(), validTo: z.iso.date().nullable() };
export const heldPosition = z.object({ ...held, title: z.string(), rank: z.string() });
export type HeldPosition = z.output<typeof heldPosition>;
export const heldRole = z.object({ ...held, role: z.enum(roles) });
export type HeldRole = z.output<typeof heldRole>;

/** Everything an administrator keeps of a person: what they are and were, and whether they can sign in. */
export const personRecord = z.object({
  id: z.uuid(),
  fullName: z.string(),
  email: z.string(),
  language: z.enum(['vi', 'en']),
  active: z.boolean(),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  /** Signs in through the identity provider with an account that is known here. */
  hasProviderAccount: z.boolean(),
  positions: z.array(heldPosition),
  roles: z.array(heldRole),
});
export type PersonRecord = z.output<typeof personRecord>;

export const newPerson = z.strictObject({
  fullName: name,
  email: z.string().trim().max(254),
  language: z.enum(['vi', 'en']).default('vi'),
});
export type NewPersonBody = z.output<typeof newPerson>;

/** `active` false: signs in no more and is offered nowhere; what they did stays theirs. */
export const personPatch = z.strictObject({
  fullName: name.optional(),
  email: z.string().trim().max(254).optional(),
  active: z.boolean().optional(),
});
export type PersonPatch = z.output<typeof personPatch>;

export const newPosition = z.strictObject({
  organisationId: z.uuid(),
  title: name,
  rank: z.enum(memberRanks),
  from: calendarDay,
});
export type NewPosition = z.output<typeof newPosition>;

export const newRole = z.strictObject({ organisationId: z.uuid(), role: z.enum(roles), from: calendarDay });
export type NewRole = z.output<typeof newRole>;
