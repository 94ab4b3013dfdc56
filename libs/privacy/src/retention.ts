import { randomUUID } from 'node:crypto';
import { type RetentionClass, type RetentionRun, retentionClasses } from '#contracts/retention.js';
import type { Clock } from '#libs/calendar';
import type { Tx, UnitOfWork } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { retentionClassRules } from './retention-classes.js';
import { memberKeyOf } from './stored-papers.js';

export interface RetentionHouse {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

const dayMs = 86_400_000;
/** Rows one transaction erases; the next one follows at once. */
const batch = 2000;

/** Days each class is kept in this province. */
export async function keptDays(tx: Tx, provinceId: string): Promise<Record<RetentionClass, number>> {
  const own: { dataClass: RetentionClass; keepDays: number }[] = await tx.query(
    'select data_class as "dataClass", keep_days as "keepDays" from retention_rules where province_id = $1',
    [provinceId],
  );
  const days = retentionClasses.map((dataClass) => {
    const rule = own.find((one) => one.dataClass === dataClass);
    return [dataClass, rule?.keepDays ?? retentionClassRules[dataClass].defaultDays] as const;
  });
  return Object.fromEntries(days) as Record<RetentionClass, number>;
}

interface Due {
  readonly provinceId: string;
  readonly dataClass: RetentionClass;
  readonly before: Date;
}

/** The dry run: how many rows of the class the next run would erase. */
export async function countDue(tx: Tx, due: Due): Promise<number> {
  const { table, due: condition } = retentionClassRules[due.dataClass];
  const rows: { count: number }[] = await tx.query(
    `select count(*)::integer as count from ${table} x where ${condition}`,
    await valuesOf(tx, due),
  );
  return rows[0]?.count ?? 0;
}

async function eraseBatch(tx: Tx, due: Due): Promise<number> {
  const { table, due: condition, blank } = retentionClassRules[due.dataClass];
  const chosen = `select x.ctid from ${table} x where ${condition} limit ${batch} for update`;
  const act = blank === undefined ? `delete from ${table}` : `update ${table} set ${blank}`;
  const rows: unknown = await tx.query(
    `with gone as (${act} where ctid = any(array(${chosen})) returning 1) select count(*)::integer as count from gone`,
    await valuesOf(tx, due),
  );
  return (rows as { count: number }[])[0]?.count ?? 0;
}

async function valuesOf(tx: Tx, { provinceId, dataClass, before }: Due): Promise<unknown[]> {
  if (dataClass !== 'formerMembersPapers') return [provinceId, before];
  const former = await formerMembers(tx, provinceId);
  return [provinceId, before, former.map((one) => one.instanceId), former.map((one) => one.memberKey)];
}

/** Papers whose member is not in the list of the delegation any more. */
async function formerMembers(tx: Tx, provinceId: string): Promise<{ instanceId: string; memberKey: string }[]> {
  const rows: { instanceId: string; memberKey: string; members: { personId: string | null; fullName: string }[] }[] =
    await tx.query(
      `select i.instance_id as "instanceId", i.member_key as "memberKey", coalesce((select json_agg(json_build_object(
         'personId', m.person_id, 'fullName', m.full_name)) from proposal_members m where m.instance_id = i.instance_id), '[]'::json)
         as members
       from identity_papers i where i.province_id = $1`,
      [provinceId],
    );
  return rows.filter((row) => !row.members.some((member) => memberKeyOf(member) === row.memberKey));
}

/**
 * Erases what is kept longer than the province wants, class by class in small transactions, and puts the run on record. The chains stay
 * valid: of an event only the private part goes (ADR 0004). May be cut off; the next run goes on.
 */
export async function applyRetention(
  { unitOfWork, clock }: RetentionHouse,
  given: { readonly provinceId: string; readonly personId: string | null; readonly requestId: string | null },
): Promise<RetentionRun> {
  const { provinceId, personId, requestId } = given;
  const at = clock.now();
  const days = await unitOfWork.run((tx) => keptDays(tx, provinceId));
  const erased: Partial<Record<RetentionClass, number>> = {};
  for (const dataClass of retentionClasses) {
    const before = new Date(at.getTime() - days[dataClass] * dayMs);
    let count = 0;
    for (let last = batch; last === batch; count += last)
      last = await unitOfWork.run((tx) => eraseBatch(tx, { provinceId, dataClass, before }));
    if (count > 0) erased[dataClass] = count;
  }
  const id = randomUUID();
  await unitOfWork.run(async (tx) => {
    await tx.query('insert into retention_runs (id, province_id, at, person_id, erased) values ($1, $2, $3, $4, $5)', [
      ...[id, provinceId, at, personId, JSON.stringify(erased)],
    ]);
    await recordAudit(tx, {
      ...{ kind: 'administration', action: 'retention.applied', at, provinceId, principalId: personId, requestId },
      details: { run: id, erased },
    });
  });
  return { id, at: at.toISOString(), personId, erased };
}

/** For the worker, at any time: applies it where the last run is a day old. Two workers at once erase nothing twice. */
export async function applyDailyRetention(house: RetentionHouse): Promise<RetentionRun[]> {
  const since = new Date(house.clock.now().getTime() - dayMs);
  const due = await house.unitOfWork.run<{ id: string }[]>((tx) =>
    tx.query(
      `select p.id from provinces p
       where not exists (select from retention_runs r where r.province_id = p.id and r.at > $1) order by p.code`,
      [since],
    ),
  );
  const runs: RetentionRun[] = [];
  for (const { id } of due) runs.push(await applyRetention(house, { provinceId: id, personId: null, requestId: null }));
  return runs;
}
