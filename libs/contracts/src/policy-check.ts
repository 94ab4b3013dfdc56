import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import { proposalContent, proposalMember } from './proposal.js';
import { documentKinds } from './proposal-kinds.js';
import { memberRanks } from './ranks.js';
import { restrictionKinds } from './restriction-kinds.js';

const outcome = z.enum([
  'planned',
  'abroad',
  'travelled',
  'rejected',
  'withdrawn',
  'cancelledBefore',
  'cancelledAfter',
]);

/** A trip on its own, to be judged by a rule profile without the system: the proposal and what is known around it. */
export const policyCheckFile = z.strictObject({
  caseCode: z.string().max(40).nullable().default(null),
  inPlan: z.boolean(),
  /** When it is, or would be, submitted; absent: now. */
  submittedAt: z.iso.datetime({ offset: true }).optional(),
  proposal: proposalContent.extend({
    members: z
      .array(
        proposalMember.extend({
          /** Any name that tells people of this file apart; an account is not needed here. */
          personId: z.string().max(100).nullable().default(null),
          rank: z.enum(memberRanks).nullable().default(null),
        }),
      )
      .max(200)
      .default([]),
  }),
  documents: z
    .array(z.object({ kind: z.enum(documentKinds), number: z.string().max(60).nullable().default(null) }))
    .default([]),
  /** Other trips of the members, and of key leaders. */
  history: z
    .array(
      z.strictObject({
        personId: z.string(),
        caseId: z.string(),
        departureDate: calendarDay,
        returnDate: calendarDay,
        outcome,
        rank: z.enum(memberRanks).nullable().default(null),
        agency: z.string().default(''),
        owes: z.array(z.enum(['report', 'passports', 'settlement'])).optional(),
      }),
    )
    .default([]),
  restrictions: z.array(z.strictObject({ personId: z.string(), kind: z.enum(restrictionKinds) })).default([]),
  /** Other delegations, for the search for duplicates. */
  others: z
    .array(
      z.strictObject({
        caseId: z.string(),
        caseCode: z.string(),
        countries: z.array(z.string()),
        departureDate: calendarDay,
        subject: z.string(),
        outcome,
      }),
    )
    .default([]),
});
