import { z } from 'zod';
import { planPeriod } from './plan.js';
import { ruleProfile } from './rule-profile.js';

const holiday = z.object({
  day: z.iso.date(),
  kind: z.enum(['publicHoliday', 'compensatory', 'swappedOff', 'swappedWorked']),
  name: z.object({ vi: z.string(), en: z.string() }),
  verified: z.boolean(),
  source: z.string(),
});

/**
 * What judging a proposal takes besides the proposal itself, so that a page can judge while somebody types. Other trips and the register
 * of bars are not in it: what they say is judged by the server alone.
 */
export const judgingBasis = z.object({
  profile: ruleProfile,
  calendar: z.object({
    country: z.string(),
    version: z.string(),
    firstYear: z.int(),
    lastYear: z.int(),
    days: z.array(holiday),
  }),
  /** Positions of the members as of today, for the approval route and the limits. */
  ranks: z.array(z.object({ personId: z.uuid(), rank: z.string(), organisationId: z.uuid() })),
  documentNumbers: z.array(z.string()),
  /** When the line of the annual plan is to take place; empty: it does not say, or there is no line. */
  planPeriods: z.array(planPeriod),
  now: z.iso.datetime(),
});
export type JudgingBasis = z.output<typeof judgingBasis>;
