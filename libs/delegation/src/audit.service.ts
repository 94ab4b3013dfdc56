import type { AuditListQuery, AuditRecordPage, AuditRecordView } from '#contracts/audit.js';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import type { PreparedReader, PreparedStatement } from '#libs/persistence';
import { requireCase } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { type CaseBundle, type ExportDependencies, exportCase } from './export-case.js';

const supervisors = ['administrator', 'inspector'] as const;

const listStatement: PreparedStatement = {
  name: 'delegation_list_audit_records',
  text: `select id, kind, action, at, principal_id as "personId", on_behalf_of_id as "onBehalfOfId", subject_id as "subjectId",
      instance_id as "caseId", request_id as "requestId", details, checkpoint_number is not null as sealed
    from audit_records
    where province_id = $1 and ($2::text is null or kind = $2) and ($3::uuid is null or instance_id = $3)
      and (at, id) < ($4::timestamptz, $5::uuid)
    order by at desc, id desc limit $6`,
};
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

type Row = Omit<AuditRecordView, 'at'> & { at: Date };

/** For the inspector and the administrator of a province. */
export class AuditService {
  constructor(
    private readonly room: CaseDependencies & { readonly reader: PreparedReader; readonly exports: ExportDependencies },
  ) {}

  /** Newest first. Throws FORBIDDEN. */
  async records(principal: SessionPrincipal, query: AuditListQuery): Promise<AuditRecordPage> {
    requireRole(principal, { role: supervisors });
    const { kind, caseId, limit, cursor } = query;
    const before = cursor === undefined ? { at: 'infinity', id: lastId } : decodeCursor(cursor);
    const values = [principal.provinceId, kind ?? null, caseId ?? null, before.at, before.id, limit + 1];
    const rows = await this.room.reader.read<Row>(listStatement, values);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map((row) => ({ ...row, at: row.at.toISOString() })),
      nextCursor: last ? encodeCursor({ at: last.at, id: last.id }) : null,
    };
  }

  /** One case with its documents, signed. Throws NOT_FOUND, FORBIDDEN, UNAVAILABLE. */
  exportCase(
    principal: SessionPrincipal,
    { caseId, requestId }: { caseId: string; requestId: string },
  ): Promise<CaseBundle> {
    return exportCase(this.room.exports, {
      ...{ caseId, requestId, principalId: principal.personId },
      authorise: async (tx) => {
        await requireCase(tx, { dependencies: this.room, principal, caseId });
        requireRole(principal, { role: supervisors });
      },
    });
  }
}
