import { z } from 'zod';

export const auditRecordKinds = ['administration', 'personalData', 'export', 'session'] as const;

export const auditListQuery = z.object({
  kind: z.enum(auditRecordKinds).optional(),
  caseId: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
});
export type AuditListQuery = z.output<typeof auditListQuery>;

/** Something a person did or looked at besides deciding on a case. Ids only: names are looked up by who may. */
export const auditRecordView = z
  .object({
    id: z.uuid(),
    kind: z.enum(auditRecordKinds),
    action: z.string(),
    at: z.iso.datetime(),
    personId: z.uuid().nullable(),
    onBehalfOfId: z.uuid().nullable(),
    subjectId: z.uuid().nullable(),
    caseId: z.uuid().nullable(),
    requestId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    /** Covered by a signed checkpoint. */
    sealed: z.boolean(),
  })
  .meta({ id: 'AuditRecord' });
export type AuditRecordView = z.output<typeof auditRecordView>;

export const auditRecordPage = z.object({ items: z.array(auditRecordView), nextCursor: z.string().nullable() });
export type AuditRecordPage = z.output<typeof auditRecordPage>;
