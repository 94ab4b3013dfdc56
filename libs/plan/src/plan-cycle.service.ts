import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import { planCode } from '#contracts/plan-codes.js';
import type { OpenPlan, PlanCycleView, PlanReceipt } from '#contracts/plan-cycle.js';
import {
  type PlanCycleEventInput,
  type PlanCycleEventType,
  planCycleEventTypes,
  privatePlanFields,
} from '#contracts/plan-events.js';
import {
  type PlanItemState,
  planItemStates,
  standingPlanStates,
  undecidedPlanStates,
  unsettledPlanStates,
} from '#contracts/plan-states.js';
import { dayOf } from '#libs/calendar';
import { type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { requireUnmarkedEvent } from '#libs/regulation';
import type { LockedInstance, Outcome, StoredAnswer } from '#libs/runtime';
import {
  outstandingPlanOpinions,
  outstandingUnits,
  type PlanCycleContext,
  type PlanCycleFacts,
  type PlanCycleInput,
} from '#workflows/annual-plan/cycle-context.js';
import { planCycleEventNames, planCycleStateNames, planItemStateNames } from '#workflows/annual-plan/names.js';
import { openPlanPermissions, planCyclePermissions } from '#workflows/annual-plan/permissions.js';
import { carryLines, lineIdsOf } from './carry-lines.js';
import { PlanEntity } from './plan.entity.js';
import { findPlan } from './plan.repository.js';
import { ownPartOf, planAuthority, registeringUnits, requirePlanAuthority } from './plan-authority.js';
import {
  applyPlanEvent,
  type PlanMeta,
  planLog,
  planTasks,
  refusePlanEvent,
  requirePastDocument,
} from './plan-process.js';
import { cycleDeadlines, type PlanRoom, type PlanSetup, planSetup } from './plan-setup.js';

export const annualPlanDefinitionId = 'annual-plan';

interface OfPlan {
  readonly principal: SessionPrincipal;
  readonly planId: string;
}

/** The annual plan of outbound delegations as it is made: registration, consolidation, decision, issue, adjustment, close of the year. */
export class PlanCycleService {
  constructor(private readonly room: PlanRoom) {}

  /**
   * Opens the plan of a year; of a year whose plan was imported, puts it under the cycle as already issued. Asked again: the same.
   * Throws FORBIDDEN, DUPLICATE never: the plan of a year is one.
   */
  open(principal: SessionPrincipal, { year }: OpenPlan, meta: PlanMeta): Promise<PlanReceipt> {
    const { room } = this;
    const { provinceId } = principal;
    return room.unitOfWork.run(async (tx) => {
      const setup = await planSetup(tx, room, provinceId);
      const authority = requirePlanAuthority(openPlanPermissions, principal, relationsOf(setup));
      const { plan, isNew } = await lockPlanOfYear(tx, {
        provinceId,
        year,
        at: room.clock.now(),
        personId: principal.personId,
      });
      const [running] = await tx.query('select 1 from instances where id = $1', [plan.id]);
      if (running) return receiptOf(await room.runtime.read(tx, plan.id));
      const input: PlanCycleInput = {
        year,
        entry: isNew ? 'notOpened' : 'issued',
        organisations: setup.ids,
        settings: { ministryLetter: setup.profile.annualPlan.ministryLetter.value },
        deadlines: cycleDeadlines(setup, year),
      };
      const applied = await room.runtime.start(tx, {
        instanceId: plan.id,
        definitionId: annualPlanDefinitionId,
        provinceId,
        caseCode: planCode(year),
        input,
        principal: {
          personId: principal.personId,
          onBehalfOfId: authority.onBehalfOfId,
          organisationVersionId: authority.organisationVersionId,
          requestId: meta.requestId,
        },
      });
      const { version, seq, states, status } = applied;
      return { id: plan.id, version, seq, states: [...states], status };
    });
  }

  /** Throws NOT_FOUND. */
  show({ principal, planId }: OfPlan): Promise<PlanCycleView> {
    const { room } = this;
    return room.unitOfWork.run(async (tx) => {
      const { provinceId } = principal;
      const plan = await findPlan(tx, { provinceId, planId });
      if (plan?.direction !== 'outbound') throw new AppError('NOT_FOUND');
      const setup = await planSetup(tx, room, provinceId);
      const lines = await lineCounts(tx, planId);
      const shared = { planId, year: plan.year, lines };
      const [running] = await tx.query('select 1 from instances where id = $1', [planId]);
      const mayManage = planAuthority(openPlanPermissions, principal, relationsOf(setup)) !== null;
      if (!running) return { ...shared, ...unmanaged, mayManage };
      const locked = await room.runtime.read(tx, planId);
      return { ...shared, ...(await this.runningView(tx, { locked, setup, principal })), mayManage: false };
    });
  }

  /**
   * One event of a person, and what it does to the lines, in one transaction: the plan is locked first, then its lines. Throws NOT_FOUND,
   * FORBIDDEN, VALIDATION_FAILED, EVENT_REFUSED with the rules that said no, VERSION_CONFLICT, TASK_ALREADY_DECIDED.
   */
  async send({ principal, planId }: OfPlan, event: PlanCycleEventInput, meta: PlanMeta): Promise<StoredAnswer> {
    const { room } = this;
    requireUnmarkedEvent(event, privatePlanFields);
    requirePastDocument(event, room.clock.now());
    const outcome = await room.unitOfWork.run((tx) => this.decide(tx, { principal, planId, event, meta }));
    if ('kind' in outcome) return outcome.kind === 'refused' ? refusePlanEvent(outcome) : answerOf(outcome);
    return outcome;
  }

  private async decide(
    tx: Tx,
    given: OfPlan & { event: PlanCycleEventInput; meta: PlanMeta },
  ): Promise<Outcome | StoredAnswer> {
    const { room } = this;
    const { principal, planId, event, meta } = given;
    const { personId, provinceId } = principal;
    const { idempotency } = meta;
    const locked = await room.runtime.lock(tx, {
      instanceId: planId,
      principal: { personId, requestId: meta.requestId },
      ...(idempotency && { idempotency }),
    });
    if (locked.provinceId !== provinceId || locked.definitionId !== annualPlanDefinitionId)
      throw new AppError('NOT_FOUND');
    if (locked.replay) return locked.replay;
    // Lines that are being sent in wait for this decision, or this decision for them.
    await tx.query('select 1 from plans where id = $1 for update', [planId]);
    const setup = await planSetup(tx, room, provinceId);
    const context = contextOf(locked);
    const authority = requirePlanAuthority(
      planCyclePermissions[event.type],
      principal,
      relationsOf({ ...setup, ids: context.organisations }, subjectOf(event)),
    );
    requireOwnTurn(event, { relation: authority.relation, states: locked.states });
    const lineIds = await lineIdsOf(tx, planId);
    requireKnownLines(event, lineIds);
    await requireKnownAgencies(event, setup);
    const facts = await factsOf(tx, { planId, event, setup });
    const outcome = await applyPlanEvent(tx, { room, locked, event, facts, authority, principal, meta });
    if (outcome.kind === 'refused') return outcome;
    await carryLines(tx, { room, planId, event, authority, principal, meta });
    if (event.type === 'ISSUE_PLAN') await recordIssue(tx, { planId, event, setup });
    return outcome;
  }

  private async runningView(
    tx: Tx,
    { locked, setup, principal }: { locked: LockedInstance; setup: PlanSetup; principal: SessionPrincipal },
  ): Promise<Omit<PlanCycleView, 'planId' | 'year' | 'lines' | 'mayManage'>> {
    const { provinceId } = principal;
    const context = contextOf(locked);
    const nameOf = (id: string) => ({ id, name: setup.organisations.get(id)?.name ?? '' });
    const registered = new Set(context.registered.map(({ organisationId }) => organisationId));
    const act = ({ at, document }: PlanCycleContext['issues'][number]) => ({ at, document });
    const seen = ownPartOf(principal, context);
    const log = await planLog(tx, { instanceId: locked.id, provinceId, names: planCycleEventNames });
    const takesLines = locked.states.some((state) => takingStates.includes(state));
    return {
      managed: true,
      version: locked.version,
      status: locked.status,
      states: named(planCycleStateNames, locked.states),
      availableEvents: await this.available(tx, { locked, setup, principal }),
      tasks: await planTasks(tx, { instanceId: locked.id, setup, principal }),
      // A unit sees what was done; what the offices wrote to each other is theirs.
      log: seen === null ? log : log.map((entry) => ({ ...entry, words: [] })),
      mayRegister: takesLines ? registeringUnits(principal).map((held) => nameOf(held.organisationId)) : [],
      units: context.units.map((id) => ({ ...nameOf(id), registered: registered.has(id) })),
      opinions: context.opinions
        .filter(({ organisationId }) => seen === null || seen.includes(organisationId))
        .map(({ organisationId, answer }) => ({ organisation: nameOf(organisationId), answer })),
      approvals: context.approvals.map(({ level, ...one }) => ({ ...act(one), level })),
      ministryLetter: context.ministryLetter && act(context.ministryLetter),
      issues: context.issues.map(act),
    };
  }

  private async available(
    tx: Tx,
    { locked, setup, principal }: { locked: LockedInstance; setup: PlanSetup; principal: SessionPrincipal },
  ): Promise<PlanCycleView['availableEvents']> {
    if (locked.status !== 'active') return [];
    const context = contextOf(locked);
    const document = { number: '…', date: dayOf(this.room.clock.now()) };
    const candidates = planCycleEventTypes.flatMap((type): { type: PlanCycleEventType; organisationId?: string }[] => {
      if (type === 'UNIT_REGISTERED')
        return outstandingUnits(context).map((organisationId) => ({ type, organisationId }));
      if (type === 'OPINION_RECEIVED')
        return outstandingPlanOpinions(context).map((organisationId) => ({ type, organisationId }));
      return [{ type }];
    });
    const facts = await factsOf(tx, { planId: locked.id, event: { type: 'SUBMIT_PLAN' }, setup });
    const asked = candidates.flatMap((one) => {
      const relations = relationsOf({ ...setup, ids: context.organisations }, one.organisationId);
      const authority = planAuthority(planCyclePermissions[one.type], principal, relations);
      if (authority === null || !isOwnTurn(one, { relation: authority.relation, states: locked.states })) return [];
      const payload = { document, organisationIds: [nobody], opinion: 'agree' };
      return [{ ...payload, ...one, facts: { ...facts, principalId: principal.personId, onBehalfOfId: null } }];
    });
    return this.room.runtime.available(locked, asked).map(({ type, candidate, allowed, rules }) => {
      const subject = typeof candidate.organisationId === 'string' ? candidate.organisationId : null;
      return {
        type,
        text: planCycleEventNames[type as PlanCycleEventType],
        allowed,
        rules: rules.map(({ name, text, source }) => ({ name, text, source })),
        subject: subject === null ? null : { id: subject, name: setup.organisations.get(subject)?.name ?? '' },
      };
    });
  }
}

const nobody = '00000000-0000-4000-8000-000000000000';
/** States of the cycle in which units may send in new lines. */
export const takingStates: readonly string[] = ['open', 'reopened', 'adjusting.collecting'];

const unmanaged: Omit<PlanCycleView, 'planId' | 'year' | 'lines' | 'mayManage'> = {
  managed: false,
  version: 0,
  status: 'active',
  states: [],
  availableEvents: [],
  tasks: [],
  log: [],
  mayRegister: [],
  units: [],
  opinions: [],
  approvals: [],
  ministryLetter: null,
  issues: [],
};

function contextOf({ snapshot }: LockedInstance): PlanCycleContext {
  return snapshot.context as PlanCycleContext;
}

function named(names: Readonly<Record<string, { vi: string; en: string }>>, states: readonly string[]) {
  return states.map((id) => ({ id, text: names[id] ?? { vi: id, en: id } }));
}

function relationsOf({ ids }: Pick<PlanSetup, 'ids'>, subject?: string) {
  const { focalId, decisionOfficeId, authorityId, partyId } = ids;
  return {
    focal: focalId,
    decisionOffice: decisionOfficeId,
    authority: authorityId,
    party: partyId,
    unit: subject,
    consulted: subject,
  };
}

function subjectOf(event: PlanCycleEventInput): string | undefined {
  return 'organisationId' in event ? event.organisationId : undefined;
}

/** Both levels may return the plan, each when it has it. */
function isOwnTurn(
  event: { readonly type: string },
  { relation, states }: { relation: string; states: readonly string[] },
): boolean {
  if (event.type !== 'RETURN_PLAN') return true;
  const level = states.some((state) => state.endsWith('.party')) ? 'party' : 'authority';
  return relation === level;
}

function requireOwnTurn(...given: Parameters<typeof isOwnTurn>): void {
  if (!isOwnTurn(...given)) throw new AppError('FORBIDDEN');
}

async function factsOf(
  tx: Tx,
  { planId, event, setup }: { planId: string; event: { type: string }; setup: PlanSetup },
): Promise<Omit<PlanCycleFacts, 'principalId' | 'onBehalfOfId'>> {
  const counts = new Map((await lineCounts(tx, planId)).map(({ state, count }) => [state.id, count]));
  const sum = (states: readonly PlanItemState[]) => states.reduce((all, state) => all + (counts.get(state) ?? 0), 0);
  const facts = {
    unsettledLines: sum(unsettledPlanStates),
    undecidedLines: sum(undecidedPlanStates),
    includedLines: sum([...undecidedPlanStates, ...standingPlanStates]),
  };
  if (event.type !== 'OPEN_REGISTRATION' && event.type !== 'SUBMIT_PLAN') return facts;
  return { ...facts, unitIds: await unitsThatRegister(tx, setup) };
}

/** Organisations of today that have somebody who drafts. */
async function unitsThatRegister(tx: Tx, { organisations }: PlanSetup): Promise<readonly string[]> {
  const rows: { id: string }[] = await tx.query(
    `select distinct organisation_id as id from role_assignments r join people p on p.id = r.person_id and p.active
     where r.organisation_id = any($1::uuid[]) and r.role = 'unitOfficer' and r.valid_to is null order by 1`,
    [[...organisations.keys()]],
  );
  return rows.map(({ id }) => id);
}

async function lineCounts(tx: Tx, planId: string): Promise<PlanCycleView['lines']> {
  const rows: { state: PlanItemState; count: number }[] = await tx.query(
    'select state, count(*)::int as count from plan_items where plan_id = $1 group by state',
    [planId],
  );
  return rows
    .toSorted((one, other) => planItemStates.indexOf(one.state) - planItemStates.indexOf(other.state))
    .map(({ state, count }) => ({ state: { id: state, text: planItemStateNames[state] }, count }));
}

/** Throws VALIDATION_FAILED for a line that is not of the plan, or named twice. */
function requireKnownLines(event: PlanCycleEventInput, known: ReadonlySet<string>): void {
  const lists = ['excluded', 'conditions'] as const;
  const seen = new Set<string>();
  const wrong = lists.flatMap((list) =>
    (list in event ? (event as Record<typeof list, readonly { planItemId: string }[]>)[list] : []).flatMap(
      ({ planItemId }, index) => {
        const isWrong = !known.has(planItemId) || seen.has(planItemId);
        seen.add(planItemId);
        return isWrong ? [`${list}.${index}.planItemId`] : [];
      },
    ),
  );
  const text = { vi: 'Kế hoạch không có dòng này, hoặc nêu hai lần.', en: 'Not a line of this plan, or named twice.' };
  if (wrong.length > 0) throw new AppError('VALIDATION_FAILED', { fields: wrong.map((path) => ({ path, text })) });
}

async function requireKnownAgencies(event: PlanCycleEventInput, { organisations }: PlanSetup): Promise<void> {
  if (event.type !== 'REQUEST_OPINION') return;
  const text = { vi: 'Tỉnh không có cơ quan này.', en: 'The province has no such organisation.' };
  const fields = event.organisationIds.flatMap((id, index) =>
    organisations.has(id) ? [] : [{ path: `organisationIds.${index}`, text }],
  );
  if (fields.length > 0) throw new AppError('VALIDATION_FAILED', { fields });
}

async function recordIssue(
  tx: Tx,
  given: { planId: string; event: Extract<PlanCycleEventInput, { type: 'ISSUE_PLAN' }>; setup: PlanSetup },
): Promise<void> {
  const { planId, event, setup } = given;
  const issuer = setup.organisations.get(setup.ids.authorityId)?.name ?? null;
  // An adjustment has a number of its own and stays in the log; the plan keeps the number it was issued under.
  await tx.query(
    `update plans set document_number = $2, document_date = $3, document_issuer = $4
     where id = $1 and document_number is null`,
    [planId, event.document.number, event.document.date, issuer],
  );
}

async function lockPlanOfYear(
  tx: Tx,
  given: { provinceId: string; year: number; at: Date; personId: string },
): Promise<{ plan: PlanEntity; isNew: boolean }> {
  const { provinceId, year, at, personId } = given;
  const key = { provinceId, year, direction: 'outbound' as const };
  const id = randomUUID();
  const plan: PlanEntity = {
    ...key,
    id,
    title: `Kế hoạch đoàn ra năm ${year}`,
    documentNumber: null,
    documentDate: null,
    documentIssuer: null,
    importedById: personId,
    importedAt: at,
  };
  await tx.createQueryBuilder().insert().into(PlanEntity).values(plan).orIgnore().execute();
  const found = await tx.findOneOrFail(PlanEntity, { where: key, lock: { mode: 'pessimistic_write' } });
  return { plan: found, isNew: found.id === id };
}

function receiptOf({ id, version, lastSeq, states, status }: LockedInstance): PlanReceipt {
  return { id, version, seq: lastSeq, states: [...states], status };
}

function answerOf({ instanceId, version, seq, states, status }: Extract<Outcome, { kind: 'applied' }>): StoredAnswer {
  return { status: 200, body: { id: instanceId, version, seq, states: [...states], status } satisfies PlanReceipt };
}
