import { createHash, randomUUID } from 'node:crypto';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { AuditKind } from './audit-record.entity.js';
import { canonicalJson } from './canonical-json.js';

/** What goes into the log of people's acts besides the decisions on cases. Ids and names of fields only, nothing personal. */
export interface AuditNote {
  readonly kind: AuditKind;
  /** What was done, subject first: "person.created", "case.exported", "identity.shown". */
  readonly action: string;
  readonly at: Date;
  /** Absent: the whole installation. */
  readonly provinceId?: string | null;
  readonly subjectId?: string | null;
  readonly instanceId?: string | null;
  /** Absent: the operator at the command line, or the system. */
  readonly principalId?: string | null;
  readonly onBehalfOfId?: string | null;
  readonly requestId?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface AuditRow extends Required<AuditNote> {
  readonly id: string;
}

const insertRecord: PreparedStatement = {
  name: 'runtime_audit_record',
  text: `insert into audit_records
      (id, province_id, kind, action, subject_id, instance_id, principal_id, on_behalf_of_id, request_id, at, details, hash)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12)`,
};

/** Writes one record in the transaction of the act itself: both are kept, or neither. The next checkpoint seals it. */
export async function recordAudit(tx: Tx, note: AuditNote): Promise<void> {
  const row = rowOf(note);
  await runPrepared(tx, insertRecord, [
    row.id,
    row.provinceId,
    row.kind,
    row.action,
    row.subjectId,
    row.instanceId,
    row.principalId,
    row.onBehalfOfId,
    row.requestId,
    row.at,
    JSON.stringify(row.details),
    auditRecordHash(row),
  ]);
}

function rowOf(note: AuditNote): AuditRow {
  return {
    id: randomUUID(),
    kind: note.kind,
    action: note.action,
    at: note.at,
    provinceId: note.provinceId ?? null,
    subjectId: note.subjectId ?? null,
    instanceId: note.instanceId ?? null,
    principalId: note.principalId ?? null,
    onBehalfOfId: note.onBehalfOfId ?? null,
    requestId: note.requestId ?? null,
    details: note.details ?? {},
  };
}

/** Over every column but the hash and the number of the checkpoint. */
export function auditRecordHash(row: AuditRow): Buffer {
  const { id, kind, action, at, provinceId, subjectId, instanceId, principalId, onBehalfOfId, requestId, details } =
    row;
  const covered = {
    ...{ id, kind, action, at, provinceId, subjectId, instanceId, principalId, onBehalfOfId, requestId, details },
  };
  return createHash('sha256').update(canonicalJson(covered)).digest();
}
