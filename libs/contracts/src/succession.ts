import { z } from 'zod';
import { calendarDay } from './calendar-day.js';

/**
 * Sáp nhập, chia tách: from that day on another organisation does the work. `ends`: the first one is no more, and everything goes over;
 * else only the cases and people named here do.
 */
export const successionPlan = z
  .strictObject({
    successorId: z.uuid(),
    from: calendarDay,
    ends: z.boolean(),
    caseIds: z.array(z.uuid()).max(5000).default([]),
    personIds: z.array(z.uuid()).max(5000).default([]),
    /** The document that orders it. */
    basis: z.strictObject({ number: z.string().trim().min(1).max(100), date: calendarDay }),
  })
  .meta({ id: 'SuccessionPlan' });
export type SuccessionPlan = z.output<typeof successionPlan>;

/** `digest`: of the preview that was seen. */
export const applySuccession = z
  .strictObject({ plan: successionPlan, digest: z.string().length(64) })
  .meta({ id: 'ApplySuccession' });
export type ApplySuccession = z.output<typeof applySuccession>;

const named = z.object({ id: z.uuid(), name: z.string() });

export const successionPreview = z
  .object({
    digest: z.string(),
    organisation: named,
    successor: named,
    /** Running cases that wait for it or name it in what is still to be done; all of them, also when only some are to go over. */
    cases: z.array(
      z.object({
        id: z.uuid(),
        caseCode: z.string(),
        name: z.string(),
        kind: z.enum(['delegation', 'plan', 'planItem', 'followUp']),
        openTasks: z.int(),
        moves: z.boolean(),
      }),
    ),
    people: z.array(z.object({ id: z.uuid(), fullName: z.string(), holds: z.array(z.string()), moves: z.boolean() })),
    /** Organisations below it, which come under the successor when it ends. */
    below: z.array(named),
    /** It waits for its day; the worker carries it out then. */
    isLater: z.boolean(),
  })
  .meta({ id: 'SuccessionPreview' });
export type SuccessionPreview = z.output<typeof successionPreview>;

export const successionView = z
  .object({
    id: z.uuid(),
    organisation: named,
    successor: named,
    from: z.iso.date(),
    ends: z.boolean(),
    basis: z.object({ number: z.string(), date: z.iso.date() }),
    createdAt: z.iso.datetime(),
    /** Null: its day is still to come. */
    appliedAt: z.iso.datetime().nullable(),
    moved: z.object({ cases: z.int(), tasks: z.int(), people: z.int() }).nullable(),
  })
  .meta({ id: 'Succession' });
export type SuccessionView = z.output<typeof successionView>;
export const successionList = z.object({ items: z.array(successionView) }).meta({ id: 'SuccessionList' });
