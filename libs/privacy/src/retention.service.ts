import {
  type RetentionClass,
  type RetentionReport,
  type RetentionRule,
  type RetentionRun,
  retentionClasses,
} from '#contracts/retention.js';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { applyRetention, countDue, keptDays, type RetentionHouse } from './retention.js';
import { retentionClassRules } from './retention-classes.js';

const dayMs = 86_400_000;
const shownRuns = 30;

/** How long what is kept. The inspector reads, the administrator sets. */
export class RetentionService {
  constructor(private readonly house: RetentionHouse) {}

  /** Changes nothing: the rules, what the next run would erase, and what the last ones did. Throws FORBIDDEN. */
  report(principal: SessionPrincipal): Promise<RetentionReport> {
    requireRole(principal, { role: ['administrator', 'inspector'] });
    return retentionReport(this.house, principal.provinceId);
  }

  /** Throws FORBIDDEN. */
  set(
    principal: SessionPrincipal,
    given: { readonly dataClass: RetentionClass; readonly keepDays: number; readonly requestId: string },
  ): Promise<void> {
    requireRole(principal, { role: 'administrator' });
    const { dataClass, keepDays, requestId } = given;
    const { provinceId, personId } = principal;
    const at = this.house.clock.now();
    return this.house.unitOfWork.run(async (tx) => {
      const before = (await keptDays(tx, provinceId))[dataClass];
      await tx.query(
        `insert into retention_rules (province_id, data_class, keep_days, changed_at, changed_by_id) values ($1, $2, $3, $4, $5)
         on conflict (province_id, data_class) do update set keep_days = excluded.keep_days,
           changed_at = excluded.changed_at, changed_by_id = excluded.changed_by_id`,
        [provinceId, dataClass, keepDays, at, personId],
      );
      await recordAudit(tx, {
        ...{ kind: 'administration', action: 'retention.changed', at, provinceId, principalId: personId, requestId },
        details: { dataClass, before, keepDays },
      });
    });
  }

  /** Now instead of tonight. Throws FORBIDDEN. */
  apply(principal: SessionPrincipal, requestId: string): Promise<RetentionRun> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId, personId } = principal;
    return applyRetention(this.house, { provinceId, personId, requestId });
  }
}

export function retentionReport({ unitOfWork, clock }: RetentionHouse, provinceId: string): Promise<RetentionReport> {
  const now = clock.now();
  return unitOfWork.run(async (tx) => {
    const days = await keptDays(tx, provinceId);
    const changes = await changesOf(tx, provinceId);
    const rules: RetentionRule[] = [];
    for (const dataClass of retentionClasses) {
      const keepDays = days[dataClass];
      const change = changes.get(dataClass);
      rules.push({
        ...{ dataClass, keepDays, defaultDays: retentionClassRules[dataClass].defaultDays },
        due: await countDue(tx, { provinceId, dataClass, before: new Date(now.getTime() - keepDays * dayMs) }),
        changedAt: change?.changedAt.toISOString() ?? null,
        changedById: change?.changedById ?? null,
      });
    }
    return { rules, runs: await runsOf(tx, provinceId) };
  });
}

interface Change {
  readonly dataClass: RetentionClass;
  readonly changedAt: Date;
  readonly changedById: string;
}

async function changesOf(tx: Tx, provinceId: string): Promise<ReadonlyMap<RetentionClass, Change>> {
  const rows: Change[] = await tx.query(
    `select data_class as "dataClass", changed_at as "changedAt", changed_by_id as "changedById"
     from retention_rules where province_id = $1`,
    [provinceId],
  );
  return new Map(rows.map((row) => [row.dataClass, row]));
}

async function runsOf(tx: Tx, provinceId: string): Promise<RetentionRun[]> {
  const rows: (Omit<RetentionRun, 'at'> & { at: Date })[] = await tx.query(
    `select id, at, person_id as "personId", erased from retention_runs where province_id = $1
     order by at desc, id limit ${shownRuns}`,
    [provinceId],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
