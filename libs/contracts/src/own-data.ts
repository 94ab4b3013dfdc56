import { z } from 'zod';

const rows = z.array(z.record(z.string(), z.unknown()));

/** Everything the system keeps about one person, for that person: the right of access of Luật 91/2025/QH15. */
export const ownData = z
  .object({
    format: z.literal('thong-hanh-own-data-1'),
    madeAt: z.iso.datetime(),
    person: z.record(z.string(), z.unknown()),
    positions: rows,
    roles: rows,
    substitutions: rows,
    sessions: rows,
    signInPlaces: rows,
    /** Accounts of the province's own provider that open this one. */
    providerAccounts: rows,
    calendarFeeds: rows,
    savedInboxViews: rows,
    trips: rows,
    identityPapers: rows,
    proposals: rows,
    acts: rows,
    refusedActs: rows,
    files: rows,
    mails: rows,
    /** What they did besides deciding, and what others did with what is kept about them. */
    records: rows,
    /** What is not in here, and where to ask. */
    leftOut: z.array(z.object({ vi: z.string(), en: z.string() })),
  })
  .meta({ id: 'OwnData' });
export type OwnData = z.output<typeof ownData>;
