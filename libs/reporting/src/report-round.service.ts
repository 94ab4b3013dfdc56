import { AppError } from '#contracts/errors.js';
import {
  type OpenReportRound,
  type RoundEventInput,
  type RoundEventType,
  type RoundList,
  type RoundSummary,
  type RoundView,
  roundEvents,
  roundTitle,
} from '#contracts/report-round.js';
import { dayOf } from '#libs/calendar';
import { issuePaper } from '#libs/correspondence';
import { type CaseDependencies, type CommandMeta, tripScopeOf } from '#libs/delegation';
import { holdingsOf, type SessionPrincipal } from '#libs/organisation';
import { isUniqueViolation, type Tx } from '#libs/persistence';
import { requireUnmarkedEvent } from '#libs/regulation';
import type { LockedInstance, Outcome, StoredAnswer } from '#libs/runtime';
import type { RoundMove } from '#workflows/periodic-report/unit-report.js';
import { openRound } from './open-report-round.js';
import { applyReportEvent, type Deciding, offersOf, refuseReportEvent, reportAnswer } from './report-decision.js';
import {
  roundsOf,
  type StoredRound,
  type StoredUnitReport,
  setRoundState,
  setUnitState,
  unitsOfRounds,
} from './report-rounds.repository.js';
import { holdingFor, reportSetup } from './report-setup.js';
import {
  findWhole,
  focalOf,
  type OfRound,
  paperOf,
  papersOfRound,
  paperType,
  provinceFigures,
  requireWhole,
} from './round-paper.js';

/** The province's periodic report: asked of the units, consolidated, issued as an official document. */
export class ReportRoundService {
  constructor(private readonly dependencies: CaseDependencies) {}

  /** Requests newest first: all of them for the focal agency and who supervises, else those the reader's organisations were asked in. */
  async list(principal: SessionPrincipal): Promise<RoundList> {
    const { dependencies } = this;
    const { organisationIds } = await tripScopeOf(dependencies, principal);
    return dependencies.unitOfWork.run(async (tx) => {
      const { provinceId } = principal;
      const today = dayOf(dependencies.clock.now());
      const setup = await reportSetup(tx, dependencies, provinceId);
      const rounds = await roundsOf(tx, provinceId);
      const units = await unitsOfRounds(tx, { roundIds: rounds.map(({ id }) => id), today });
      const held = new Set(holdingsOf(principal).map(({ organisationId }) => organisationId));
      const items = rounds.map((round): RoundSummary => {
        const asked = units.filter(({ roundId }) => roundId === round.id);
        const own = asked.filter(({ organisationId }) => held.has(organisationId));
        const isFocal = asked.some(({ focalId }) => organisationIds?.includes(focalId));
        return { ...summaryOf(round, asked), own: own.map(briefOf), mayOpen: organisationIds === null || isFocal };
      });
      const mayRequest =
        setup !== null &&
        holdingFor('REQUEST_REPORTS', principal, { unitId: null, focalId: setup.focalId }) !== undefined;
      return { items: items.filter(({ own, mayOpen }) => mayOpen || own.length > 0), mayRequest };
    });
  }

  /**
   * Asks every unit for its report on a period; each gets its task and its reminders. Throws FORBIDDEN, VALIDATION_FAILED (day, unit),
   * DUPLICATE when the same is asked for already.
   */
  async open(principal: SessionPrincipal, command: OpenReportRound, meta: CommandMeta): Promise<StoredAnswer> {
    const { dependencies } = this;
    try {
      return await dependencies.unitOfWork.run((tx) => openRound(tx, { dependencies, principal, command, meta }));
    } catch (error) {
      if (isUniqueViolation(error, 'uq_report_rounds_period')) throw new AppError('DUPLICATE', {}, { cause: error });
      throw error;
    }
  }

  /** Who has reported and who has not, what they say, and the figures of the province. Throws NOT_FOUND. */
  async show({ principal, roundId }: OfRound): Promise<RoundView> {
    const { dependencies } = this;
    await requireWhole(dependencies, { principal, roundId });
    return dependencies.unitOfWork.run(async (tx) => {
      const { round, units } = await findWhole(tx, dependencies, { principal, roundId });
      const locked = await dependencies.runtime.read(tx, roundId);
      const report = round.figures ?? (await provinceFigures(tx, dependencies, round));
      const tripsNow = new Map(report.byUnit.map(({ key, trips }) => [key, trips]));
      const focalId = focalOf(locked);
      const types = (Object.keys(roundEvents) as RoundEventType[]).filter(
        (act) => holdingFor(act, principal, { unitId: null, focalId }) !== undefined,
      );
      return {
        ...summaryOf(round, units),
        consolidateBy: locked.openTasks.find(({ key }) => key === 'consolidateReports')?.dueAt?.toISOString() ?? null,
        units: units.map((unit) => ({
          ...briefOf(unit),
          submittedAt: unit.submittedAt?.toISOString() ?? null,
          trips: unit.figures?.total.trips ?? null,
          people: unit.figures?.total.people ?? null,
          tripsNow: tripsNow.get(unit.organisationId) ?? 0,
          // What a unit has not handed in, or takes back to revise, is still its own.
          remarks: shown.includes(unit.state) ? unit.remarks : null,
        })),
        report,
        consolidatedAt: round.consolidatedAt?.toISOString() ?? null,
        ...(await papersOfRound(tx, { round, principal, focalId })),
        offers: offersOf(dependencies.runtime, locked, { types, principal, facts: factsOf(units) }),
      };
    });
  }

  /** Throws NOT_FOUND, FORBIDDEN, VALIDATION_FAILED (signer, number), EVENT_REFUSED, IDEMPOTENCY_KEY_REUSED. */
  async send(given: OfRound & { event: RoundEventInput; meta: CommandMeta }): Promise<StoredAnswer> {
    requireUnmarkedEvent(given.event, ['reason']);
    await requireWhole(this.dependencies, given);
    const outcome = await this.dependencies.unitOfWork.run((tx) => this.decide(tx, given));
    if (!('kind' in outcome)) return outcome;
    return outcome.kind === 'refused' ? refuseReportEvent(outcome) : reportAnswer(outcome, given.event.type);
  }

  private async decide(
    tx: Tx,
    given: OfRound & { event: RoundEventInput; meta: CommandMeta },
  ): Promise<Outcome | StoredAnswer> {
    const { runtime } = this.dependencies;
    const { principal, roundId, event, meta } = given;
    const locked = await runtime.lock(tx, {
      instanceId: roundId,
      principal: { personId: principal.personId, requestId: meta.requestId },
      ...(meta.idempotency && { idempotency: meta.idempotency }),
    });
    const { round } = await findWhole(tx, this.dependencies, given);
    if (locked.replay) return locked.replay;
    const held = holdingFor(event.type, principal, { unitId: null, focalId: focalOf(locked) });
    if (held === undefined) throw new AppError('FORBIDDEN');
    const deciding: Deciding = { runtime, principal, held, meta };
    if (event.type === 'ISSUE_REPORT') return this.issue(tx, { ...deciding, locked, round, event });
    return this.close(tx, { ...deciding, locked, round, event });
  }

  /** Consolidated or cancelled: the units' reports end with it. All of them are locked before they are counted. */
  private async close(
    tx: Tx,
    given: Deciding & {
      locked: LockedInstance;
      round: StoredRound;
      event: Extract<RoundEventInput, { type: 'CONSOLIDATE_REPORTS' | 'CANCEL_ROUND' }>;
    },
  ): Promise<Outcome> {
    const { runtime, principal, held, meta, locked, round, event } = given;
    const { clock } = this.dependencies;
    const ids: { id: string }[] = await tx.query('select id from unit_reports where round_id = $1 order by id', [
      round.id,
    ]);
    const parts: LockedInstance[] = [];
    for (const { id } of ids) parts.push(await runtime.lock(tx, { instanceId: id }));
    const units = await unitsOfRounds(tx, { roundIds: [round.id], today: dayOf(clock.now()) });
    const { type, ...written } = event;
    const outcome = await applyReportEvent(tx, locked, {
      ...given,
      event: { type },
      facts: factsOf(units),
      written,
    });
    if (outcome.kind === 'refused') return outcome;
    const plain = { runtime, principal, held, meta: { requestId: meta.requestId } };
    for (const part of parts) {
      const move = moveOf(event.type, part.states);
      const moved = await applyReportEvent(tx, part, { ...plain, event: { type: move } });
      if (moved.kind === 'refused') throw new Error(`Unit report ${part.id} refused ${move}.`);
      await setUnitState(tx, { id: part.id, state: moved.states[0] as StoredUnitReport['state'] });
    }
    await setRoundState(tx, { id: round.id, state: outcome.states[0] as StoredRound['state'] });
    if (event.type === 'CONSOLIDATE_REPORTS')
      await tx.query('update report_rounds set figures = $2::jsonb, consolidated_at = $3 where id = $1', [
        round.id,
        JSON.stringify(await provinceFigures(tx, this.dependencies, round)),
        clock.now(),
      ]);
    return outcome;
  }

  /** Takes the number and issues in one decision, so that no number is taken for a report that is not issued. */
  private async issue(
    tx: Tx,
    given: Deciding & {
      locked: LockedInstance;
      round: StoredRound;
      event: Extract<RoundEventInput, { type: 'ISSUE_REPORT' }>;
    },
  ): Promise<Outcome> {
    const { locked, round, event, principal } = given;
    const { clock } = this.dependencies;
    const units = await unitsOfRounds(tx, { roundIds: [round.id], today: dayOf(clock.now()) });
    const { type, startAt, ...asked } = event;
    const document =
      round.state === 'consolidated'
        ? await issuePaper(tx, {
            paper: await paperOf(tx, this.dependencies, { round, units, asked }),
            type: paperType,
            instanceId: round.id,
            personId: principal.personId,
            at: clock.now(),
            ...(startAt !== undefined && { startAt }),
          })
        : undefined;
    const outcome = await applyReportEvent(tx, locked, {
      ...given,
      event: { type, ...(document && { document }) },
      facts: factsOf(units),
    });
    if (outcome.kind === 'applied') await setRoundState(tx, { id: round.id, state: 'issued' });
    return outcome;
  }
}

const shown: readonly StoredUnitReport['state'][] = ['submitted', 'accepted', 'consolidated'];

const factsOf = (units: readonly StoredUnitReport[]) => ({
  unexaminedReports: units.filter(({ state }) => state === 'submitted').length,
});

function moveOf(type: 'CONSOLIDATE_REPORTS' | 'CANCEL_ROUND', states: readonly string[]): RoundMove {
  if (type === 'CANCEL_ROUND') return 'CANCEL_UNIT_REPORT';
  return states.includes('accepted') ? 'CONSOLIDATE_UNIT_REPORT' : 'LEAVE_OUT_UNIT_REPORT';
}

function briefOf(unit: StoredUnitReport): RoundSummary['own'][number] {
  const { id, organisationId, organisationName: name, state, isOverdue } = unit;
  return {
    id,
    organisation: { id: organisationId, name },
    state,
    overdue: isOverdue && (state === 'requested' || state === 'returned'),
  };
}

function summaryOf(round: StoredRound, units: readonly StoredUnitReport[]): Omit<RoundSummary, 'own' | 'mayOpen'> {
  const { id, code, kind, periodFrom: from, periodTo: to, dueOn, dueSource, state, requestedAt } = round;
  const among = (...states: readonly StoredUnitReport['state'][]) =>
    units.filter((unit) => states.includes(unit.state)).length;
  return {
    id,
    code,
    kind,
    title: roundTitle({ kind, from, to }),
    from,
    to,
    dueOn,
    dueSource,
    state,
    requestedAt: requestedAt.toISOString(),
    progress: {
      asked: units.length,
      submitted: among('submitted', 'accepted', 'consolidated'),
      accepted: among('accepted', 'consolidated'),
      overdue: units.map(briefOf).filter(({ overdue }) => overdue).length,
    },
  };
}
