import { AppError } from '#contracts/errors.js';
import {
  roundTitle,
  type SavedRemarks,
  type SaveRemarks,
  type UnitReportEventInput,
  type UnitReportEventType,
  type UnitReportView,
  unitReportEvents,
} from '#contracts/report-round.js';
import { dayOf } from '#libs/calendar';
import { type CaseDependencies, type CommandMeta, tripScopeOf } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';
import { requireUnmarkedContent, requireUnmarkedEvent } from '#libs/regulation';
import type { Outcome, StoredAnswer } from '#libs/runtime';
import { readPeriodicReport } from './read-report.js';
import { applyReportEvent, offersOf, refuseReportEvent, reportAnswer } from './report-decision.js';
import { findUnitReport, type StoredRound, type StoredUnitReport, setUnitState } from './report-rounds.repository.js';
import { holdingFor } from './report-setup.js';

interface OfUnitReport {
  readonly principal: SessionPrincipal;
  readonly unitReportId: string;
  /** Read before the transaction: a second connection asked for within one may wait for ever. */
  readonly scope: { readonly organisationIds: readonly string[] | null };
}

const withUnit: readonly string[] = ['requested', 'returned'];
const handedIn = { vi: 'Báo cáo đã nộp, không sửa được nữa.', en: 'The report is handed in and cannot be changed.' };

/** The periodic report of one unit: filled from its own trips, handed in, examined by the focal agency. */
export class UnitReportService {
  constructor(private readonly dependencies: CaseDependencies) {}

  /** Throws NOT_FOUND for somebody who works neither in the unit nor in the focal agency and supervises nobody. */
  async show(principal: SessionPrincipal, unitReportId: string): Promise<UnitReportView> {
    const { dependencies } = this;
    const scope = await tripScopeOf(dependencies, principal);
    return dependencies.unitOfWork.run(async (tx) => {
      const { round, unit } = await this.find(tx, { principal, unitReportId, scope });
      const { runtime } = dependencies;
      const place = { unitId: unit.organisationId, focalId: unit.focalId };
      const types = (Object.keys(unitReportEvents) as UnitReportEventType[]).filter(
        (act) => holdingFor(act, principal, place) !== undefined,
      );
      const { organisationId: id, organisationName: name } = unit;
      return {
        id: unit.id,
        code: unit.code,
        roundId: round.id,
        title: roundTitle({ kind: round.kind, from: round.periodFrom, to: round.periodTo }),
        from: round.periodFrom,
        to: round.periodTo,
        dueOn: round.dueOn,
        dueSource: round.dueSource,
        organisation: { id, name },
        state: unit.state,
        overdue: unit.isOverdue && withUnit.includes(unit.state),
        remarks: unit.remarks ?? { achievements: '', difficulties: '', proposals: '' },
        remarksRevision: unit.remarksRevision,
        remarksSavedAt: unit.remarksSavedAt?.toISOString() ?? null,
        returnReason: unit.returnReason,
        submittedAt: unit.submittedAt?.toISOString() ?? null,
        report:
          withUnit.includes(unit.state) || unit.figures === null
            ? await this.figures(tx, { round, unit })
            : unit.figures,
        mayOpenRound: scope.organisationIds?.includes(unit.focalId) ?? true,
        offers: offersOf(runtime, await runtime.read(tx, unit.id), { types, principal }),
      };
    });
  }

  /** Throws NOT_FOUND, FORBIDDEN, VALIDATION_FAILED (classified words), EVENT_REFUSED, IDEMPOTENCY_KEY_REUSED. */
  async send(
    principal: SessionPrincipal,
    given: { unitReportId: string; event: UnitReportEventInput; meta: CommandMeta },
  ): Promise<StoredAnswer> {
    requireUnmarkedEvent(given.event, ['remarks', 'reason']);
    const { unitOfWork } = this.dependencies;
    const scope = await tripScopeOf(this.dependencies, principal);
    const outcome = await unitOfWork.run((tx) => this.decide(tx, { ...given, principal, scope }));
    if (!('kind' in outcome)) return outcome;
    return outcome.kind === 'refused' ? refuseReportEvent(outcome) : reportAnswer(outcome, given.event.type);
  }

  /**
   * Keeps what the unit is writing; only the unit and the office it was handed in to before see it. Throws NOT_FOUND, FORBIDDEN, VALIDATION_FAILED
   * (classified words), EVENT_REFUSED when it is handed in, VERSION_CONFLICT when somebody else saved meanwhile.
   */
  async saveRemarks(principal: SessionPrincipal, given: { unitReportId: string } & SaveRemarks): Promise<SavedRemarks> {
    const { unitReportId, remarks, revision } = given;
    requireUnmarkedContent({ ...remarks });
    const { unitOfWork, runtime, clock } = this.dependencies;
    const scope = await tripScopeOf(this.dependencies, principal);
    return unitOfWork.run(async (tx) => {
      await runtime.lock(tx, { instanceId: unitReportId });
      const { unit } = await this.find(tx, { principal, unitReportId, scope });
      const place = { unitId: unit.organisationId, focalId: unit.focalId };
      if (holdingFor('SUBMIT_UNIT_REPORT', principal, place) === undefined) throw new AppError('FORBIDDEN');
      if (!withUnit.includes(unit.state)) throw new AppError('EVENT_REFUSED', { text: handedIn, states: [unit.state] });
      if (unit.remarksRevision !== revision) throw new AppError('VERSION_CONFLICT', { revision: unit.remarksRevision });
      const savedAt = clock.now();
      await tx.query(
        `update unit_reports set remarks = $2::jsonb, remarks_revision = remarks_revision + 1, remarks_saved_at = $3 where id = $1`,
        [unit.id, JSON.stringify(remarks), savedAt],
      );
      return { revision: revision + 1, savedAt: savedAt.toISOString() };
    });
  }

  private async decide(
    tx: Tx,
    given: OfUnitReport & { event: UnitReportEventInput; meta: CommandMeta },
  ): Promise<Outcome | StoredAnswer> {
    const { runtime } = this.dependencies;
    const { principal, unitReportId, event, meta } = given;
    const { idempotency, requestId } = meta;
    const locked = await runtime.lock(tx, {
      instanceId: unitReportId,
      principal: { personId: principal.personId, requestId },
      ...(idempotency && { idempotency }),
    });
    const { round, unit } = await this.find(tx, given);
    if (locked.replay) return locked.replay;
    const held = holdingFor(event.type, principal, { unitId: unit.organisationId, focalId: unit.focalId });
    if (held === undefined) throw new AppError('FORBIDDEN');
    const { type, ...written } = event;
    const outcome = await applyReportEvent(tx, locked, { runtime, principal, held, meta, event: { type }, written });
    if (outcome.kind === 'refused') return outcome;
    await this.record(tx, { round, unit, event, personId: principal.personId });
    return outcome;
  }

  private async record(
    tx: Tx,
    given: { round: StoredRound; unit: StoredUnitReport; event: UnitReportEventInput; personId: string },
  ): Promise<void> {
    const { round, unit, event, personId } = given;
    const now = this.dependencies.clock.now();
    if (event.type === 'SUBMIT_UNIT_REPORT') {
      const figures = await this.figures(tx, { round, unit });
      await tx.query(
        `update unit_reports set state = 'submitted', remarks = $2::jsonb, remarks_revision = remarks_revision + 1, figures = $3::jsonb, submitted_at = $4,
           submitted_by_id = $5 where id = $1`,
        [unit.id, JSON.stringify(event.remarks), JSON.stringify(figures), now, personId],
      );
    } else if (event.type === 'RETURN_UNIT_REPORT') {
      await tx.query(`update unit_reports set state = 'returned', return_reason = $2 where id = $1`, [
        unit.id,
        event.reason,
      ]);
    } else {
      await setUnitState(tx, { id: unit.id, state: 'accepted' });
    }
  }

  /** The trips of the unit, and of the one it succeeded, counted as everywhere else. */
  private figures(tx: Tx, { round, unit }: { round: StoredRound; unit: StoredUnitReport }) {
    const { provinceId, periodFrom: from, periodTo: to } = round;
    const organisationIds = [...new Set([unit.organisationId, unit.askedOrganisationId])];
    return readPeriodicReport((...asked) => runPrepared(tx, ...asked), {
      scope: { provinceId, organisationIds },
      period: { from, to },
      now: this.dependencies.clock.now(),
    });
  }

  private async find(
    tx: Tx,
    { principal, unitReportId, scope }: OfUnitReport,
  ): Promise<{ round: StoredRound; unit: StoredUnitReport }> {
    const { provinceId } = principal;
    const today = dayOf(this.dependencies.clock.now());
    const found = await findUnitReport(tx, { unitReportId, provinceId, today });
    if (found === null) throw new AppError('NOT_FOUND');
    const { organisationIds } = scope;
    const { organisationId, focalId } = found.unit;
    if (organisationIds !== null && ![organisationId, focalId].some((id) => organisationIds.includes(id)))
      throw new AppError('NOT_FOUND');
    return found;
  }
}
