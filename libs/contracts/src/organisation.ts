import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import { pageOf, pageQuery } from './page.js';

export const organisationKinds = ['peoplesCommittee', 'office', 'party', 'department', 'other'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

/** An organisation as it stands on one day; a rename or a merger starts another version. */
export const organisationView = z
  .object({
    id: z.uuid(),
    code: z.string(),
    kind: z.enum(organisationKinds),
    versionId: z.uuid(),
    name: z.string(),
    shortName: z.string(),
    parentId: z.uuid().nullable(),
    validFrom: z.iso.date(),
    /** First day on which it no longer holds; null while it does. */
    validTo: z.iso.date().nullable(),
  })
  .meta({ id: 'Organisation' });
export type OrganisationView = z.output<typeof organisationView>;

/** `on`: the day the list is for; absent means today. */
export const organisationQuery = z.object({ on: calendarDay.optional() });
export const organisationList = z.object({ on: z.iso.date(), items: z.array(organisationView) });

export const personView = z
  .object({
    id: z.uuid(),
    fullName: z.string(),
    positions: z.array(
      z.object({
        title: z.string(),
        rank: z.string(),
        organisationId: z.uuid(),
        organisationCode: z.string(),
        organisationName: z.string(),
      }),
    ),
  })
  .meta({ id: 'Person' });
export type PersonView = z.output<typeof personView>;

/** `search`: part of a name, with or without diacritics. `organisationId`: only people with a position there today. */
export const peopleQuery = pageQuery.extend({
  search: z.string().trim().max(100).optional(),
  organisationId: z.uuid().optional(),
});
export type PeopleQuery = z.output<typeof peopleQuery>;
export const peoplePage = pageOf(personView);
