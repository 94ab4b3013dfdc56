import { AppError } from '#contracts/errors.js';
import type { IssueReport, RoundView } from '#contracts/report-round.js';
import { dayOf } from '#libs/calendar';
import { issuedPapers, type OfficePaper } from '#libs/correspondence';
import { type CaseDependencies, tripScopeOf } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';
import type { LockedInstance } from '#libs/runtime';
import type { ReportRoundInput } from '#workflows/periodic-report/report-round.js';
import { periodicReportForm } from './periodic-report-form.js';
import { readPeriodicReport } from './read-report.js';
import {
  findRound,
  roundOfFocalStatement,
  type StoredRound,
  type StoredUnitReport,
  unitsOfRounds,
} from './report-rounds.repository.js';
import { holdingFor, reportSetup } from './report-setup.js';

export const paperType = 'periodicReport';

export interface OfRound {
  readonly principal: SessionPrincipal;
  readonly roundId: string;
}

/** The whole request is for the focal agency, its own and that of today, and who supervises. Not within a transaction. Throws NOT_FOUND. */
export async function requireWhole(dependencies: CaseDependencies, { principal, roundId }: OfRound): Promise<void> {
  const { organisationIds } = await tripScopeOf(dependencies, principal);
  if (organisationIds === null) return;
  const asked = [roundId, principal.provinceId, organisationIds];
  const found = await dependencies.reader.read(roundOfFocalStatement, asked);
  if (found.length === 0) throw new AppError('NOT_FOUND');
}

/** Throws NOT_FOUND. */
export async function findWhole(
  tx: Tx,
  { clock }: CaseDependencies,
  { principal, roundId }: OfRound,
): Promise<{ round: StoredRound; units: StoredUnitReport[] }> {
  const round = await findRound(tx, { roundId, provinceId: principal.provinceId });
  if (round === null) throw new AppError('NOT_FOUND');
  return { round, units: await unitsOfRounds(tx, { roundIds: [roundId], today: dayOf(clock.now()) }) };
}

export function focalOf({ snapshot }: Pick<LockedInstance, 'snapshot'>): string {
  return (snapshot.context as ReportRoundInput).focalId;
}

export function provinceFigures(
  tx: Tx,
  { clock }: CaseDependencies,
  { provinceId, periodFrom: from, periodTo: to }: StoredRound,
) {
  const scope = { provinceId, organisationIds: null };
  return readPeriodicReport((...asked) => runPrepared(tx, ...asked), { scope, period: { from, to }, now: clock.now() });
}

/** The report of the province as it is printed today: its figures of the consolidation, of now before it. */
export async function paperOf(
  tx: Tx,
  dependencies: CaseDependencies,
  given: {
    round: StoredRound;
    units: readonly StoredUnitReport[];
    asked: Pick<IssueReport, 'signerId' | 'authority'>;
  },
): Promise<OfficePaper> {
  const { round, units, asked } = given;
  const { provinceId } = round;
  const setup = await reportSetup(tx, dependencies, provinceId);
  if (setup === null) throw new AppError('NOT_FOUND');
  const report = round.figures ?? (await provinceFigures(tx, dependencies, round));
  const { organisations, focalId, profile, today } = setup;
  const authority = [...organisations.values()].find(({ code }) => code === profile.authorityOrganisationCode);
  return {
    provinceId,
    organisationId: focalId,
    today,
    asked,
    form: periodicReportForm({ round, units, report, authorityName: authority?.name ?? 'Ủy ban nhân dân tỉnh' }),
  };
}

/** The numbers the report has and had, and what the reader may do with them: who issues it also looks after its paper. */
export async function papersOfRound(
  tx: Tx,
  { round, principal, focalId }: { round: StoredRound; principal: SessionPrincipal; focalId: string },
): Promise<Pick<RoundView, 'document' | 'voidedDocuments' | 'mayPaper'>> {
  const { inForce, voided } = await issuedPapers(tx, { instanceId: round.id, type: paperType });
  const may = holdingFor('ISSUE_REPORT', principal, { unitId: null, focalId }) !== undefined;
  return {
    document: inForce,
    voidedDocuments: [...voided],
    mayPaper: {
      attachSigned: may && inForce !== null && inForce.signedCopy === null,
      void: may && inForce !== null,
      // The first number is taken in the decision that issues.
      number: may && round.state === 'issued' && inForce === null,
    },
  };
}
