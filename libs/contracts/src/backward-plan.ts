import { z } from 'zod';

const text = z.object({ vi: z.string(), en: z.string() });

/** late: the last safe day has passed; tight: little is left, or a step before it is late. */
export const planColour = z.enum(['safe', 'tight', 'late']);
export type PlanColourName = z.output<typeof planColour>;

export const backwardPlanStep = z.object({
  step: z.string(),
  text,
  /** Done by 17:00 of this working day, every later step still has its whole period. */
  lastDay: z.iso.date(),
  /** Working days from today; negative once the day has passed. */
  daysLeft: z.int(),
  colour: planColour,
  explanation: text,
});

/** The steps that remain, in order; none once the delegation has left. Null: no departure day yet. */
export const backwardPlanView = z.object({
  departureDate: z.iso.date().nullable(),
  steps: z.array(backwardPlanStep),
});
export type BackwardPlanView = z.output<typeof backwardPlanView>;

/** `departureDate`: as if the delegation left on that day; otherwise the day of the proposal. */
export const backwardPlanQuery = z.object({ departureDate: z.iso.date().optional() });
export type BackwardPlanQuery = z.output<typeof backwardPlanQuery>;

/** Beside a task: the last safe day of its step. */
export const safeDay = z.object({ lastDay: z.iso.date(), colour: planColour, explanation: text }).nullable();
export type SafeDay = z.output<typeof safeDay>;
