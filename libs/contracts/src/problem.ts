import { z } from 'zod';

/** One field that is wrong; `path` as `members.0.fullName`, empty for the whole body. */
export const fieldProblem = z.object({ path: z.string(), detail: z.string(), detailEn: z.string() });

/**
 * `application/problem+json` (RFC 9457). `code` is a key of `errorCodes`; branch on it, never on a sentence.
 * Further members are details of the one refusal. `rules`, `states`, `version`: what an EVENT_REFUSED, TASK_ALREADY_DECIDED or VERSION_CONFLICT says about the case now.
 */
export const problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    detailEn: z.string(),
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(fieldProblem),
    rules: z
      .array(
        z.object({
          name: z.string(),
          text: z.object({ vi: z.string(), en: z.string() }),
          source: z.string().nullable(),
        }),
      )
      .optional(),
    /** Documents, fields and opinions a refused event waits for. */
    missing: z.array(z.object({ kind: z.string(), text: z.object({ vi: z.string(), en: z.string() }) })).optional(),
    states: z.array(z.string()).optional(),
    version: z.int().optional(),
    /** Beside `Retry-After`, when there is a limit to wait for. */
    retryAfterSeconds: z.int().optional(),
  })
  .meta({ id: 'Problem' });

export type FieldProblem = z.output<typeof fieldProblem>;
export type Problem = z.output<typeof problem>;
