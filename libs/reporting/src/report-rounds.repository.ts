import type { PeriodicReport } from '#contracts/periodic-report.js';
import type { RoundState, UnitRemarks, UnitReportState } from '#contracts/report-round.js';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { ReportRoundEntity } from './report-round.entity.js';

export interface StoredRound extends Omit<ReportRoundEntity, 'figures'> {
  readonly code: string;
  readonly figures: PeriodicReport | null;
}

/** `organisationId`: who reports today; after a merger the successor of the one that was asked. */
export interface StoredUnitReport {
  readonly id: string;
  readonly roundId: string;
  readonly code: string;
  readonly organisationId: string;
  readonly askedOrganisationId: string;
  readonly organisationName: string;
  readonly focalId: string;
  readonly isOverdue: boolean;
  readonly state: UnitReportState;
  readonly remarks: UnitRemarks | null;
  readonly remarksRevision: number;
  readonly remarksSavedAt: Date | null;
  readonly figures: PeriodicReport | null;
  readonly submittedAt: Date | null;
  readonly returnReason: string | null;
}

const roundColumns = `r.id, r.province_id as "provinceId", r.kind, r.title, r.period_from::text as "periodFrom",
  r.period_to::text as "periodTo", r.due_on::text as "dueOn", r.due_source as "dueSource", r.state,
  r.requested_at as "requestedAt", r.requested_by_id as "requestedById", r.consolidated_at as "consolidatedAt",
  i.case_code as code`;

const roundStatement: PreparedStatement = {
  name: 'reporting_round',
  text: `select ${roundColumns}, r.figures from report_rounds r join instances i on i.id = r.id
    where r.id = $1 and r.province_id = $2`,
};

/** Whether a round was asked for by one of the organisations $3. */
export const roundOfFocalStatement: PreparedStatement = {
  name: 'reporting_round_of_focal',
  text: `select 1 from report_rounds r join instances i on i.id = r.id
    where r.id = $1 and r.province_id = $2 and i.snapshot->'context'->>'focalId' = any($3::text[])`,
};

/** At most so many rounds in a list: two a year and what is asked ad hoc. */
const roundLimit = 200;
const roundsStatement: PreparedStatement = {
  name: 'reporting_rounds',
  text: `select ${roundColumns}, null as figures from report_rounds r join instances i on i.id = r.id
    where r.province_id = $1 order by r.requested_at desc, r.id limit ${roundLimit}`,
};

/** $1 rounds, $2 the day names are of, $3 one report or null. */
const unitsStatement: PreparedStatement = {
  name: 'reporting_units_of_rounds',
  text: `select u.id, u.round_id as "roundId", i.case_code as code, o.id as "organisationId",
      u.organisation_id as "askedOrganisationId",
      coalesce((select v.name from organisation_versions v where v.organisation_id = o.id and v.valid_from <= $2::date
        order by v.valid_from desc limit 1), '') as "organisationName",
      i.snapshot->'context'->>'focalId' as "focalId", (i.snapshot->'context'->>'isOverdue')::boolean as "isOverdue",
      u.state, u.remarks, u.remarks_revision as "remarksRevision", u.remarks_saved_at as "remarksSavedAt", u.figures, u.submitted_at as "submittedAt", u.return_reason as "returnReason"
    from unit_reports u join instances i on i.id = u.id
      cross join lateral (select (i.snapshot->'context'->>'organisationId')::uuid as id) o
    where u.round_id = any($1::uuid[]) and ($3::uuid is null or u.id = $3)
    order by "organisationName", u.id`,
};

export async function findRound(
  tx: Tx,
  { roundId, provinceId }: { roundId: string; provinceId: string },
): Promise<StoredRound | null> {
  const [row] = await runPrepared<StoredRound>(tx, roundStatement, [roundId, provinceId]);
  return row ?? null;
}

export function roundsOf(tx: Tx, provinceId: string): Promise<StoredRound[]> {
  return runPrepared(tx, roundsStatement, [provinceId]);
}

/** By the name of the unit. */
export function unitsOfRounds(
  tx: Tx,
  { roundIds, today }: { roundIds: readonly string[]; today: string },
): Promise<StoredUnitReport[]> {
  return runPrepared(tx, unitsStatement, [roundIds, today, null]);
}

export async function findUnitReport(
  tx: Tx,
  { unitReportId, provinceId, today }: { unitReportId: string; provinceId: string; today: string },
): Promise<{ round: StoredRound; unit: StoredUnitReport } | null> {
  const [found]: { roundId: string }[] = await tx.query(
    'select round_id as "roundId" from unit_reports where id = $1 and province_id = $2',
    [unitReportId, provinceId],
  );
  if (found === undefined) return null;
  const round = await findRound(tx, { roundId: found.roundId, provinceId });
  const [unit] = await runPrepared<StoredUnitReport>(tx, unitsStatement, [[found.roundId], today, unitReportId]);
  return round === null || unit === undefined ? null : { round, unit };
}

/** The next number of the year's requests of the province, which waits for another request being opened. */
export async function nextRoundNumber(
  tx: Tx,
  { provinceId, year }: { provinceId: string; year: number },
): Promise<number> {
  await tx.query('select from provinces where id = $1 for no key update', [provinceId]);
  const [row]: { number: number }[] = await tx.query(
    `select count(*)::int + 1 as number from report_rounds r join instances i on i.id = r.id
     where r.province_id = $1 and i.case_code like $2`,
    [provinceId, `BC-${year}-%`],
  );
  return row!.number;
}

const draftersStatement: PreparedStatement = {
  name: 'reporting_units_that_report',
  text: `select distinct r.organisation_id as id from role_assignments r
    join organisations o on o.id = r.organisation_id join people p on p.id = r.person_id and p.active
    where o.province_id = $1 and r.role = 'unitOfficer' and r.valid_from <= $2::date
      and (r.valid_to is null or r.valid_to > $2::date) order by 1`,
};

/** Organisations of the day that have somebody who drafts trips: those that report on them. */
export async function unitsThatReport(
  tx: Tx,
  { provinceId, today }: { provinceId: string; today: string },
): Promise<readonly string[]> {
  const rows = await runPrepared<{ id: string }>(tx, draftersStatement, [provinceId, today]);
  return rows.map(({ id }) => id);
}

export async function setUnitState(tx: Tx, { id, state }: { id: string; state: UnitReportState }): Promise<void> {
  await tx.query('update unit_reports set state = $2 where id = $1', [id, state]);
}

export async function setRoundState(tx: Tx, { id, state }: { id: string; state: RoundState }): Promise<void> {
  await tx.query('update report_rounds set state = $2 where id = $1', [id, state]);
}
