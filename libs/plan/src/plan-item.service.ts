import { AppError } from '#contracts/errors.js';
import type { PlanItemView } from '#contracts/plan.js';
import type { PlanItemPatch, PlanItemProgress, PlanReceipt, RegisterPlanItem } from '#contracts/plan-cycle.js';
import {
  type PlanItemEventInput,
  type PlanItemPersonEventType,
  planItemPersonEventTypes,
  privatePlanFields,
} from '#contracts/plan-events.js';
import { includedPlanStates, type PlanItemState } from '#contracts/plan-states.js';
import { dayOf } from '#libs/calendar';
import { type SessionPrincipal, searchKey } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { classifiedMarkings } from '#libs/policy';
import { requireUnmarkedContent, requireUnmarkedEvent } from '#libs/regulation';
import type { LockedInstance, Outcome, StoredAnswer } from '#libs/runtime';
import type { PlanItemContext, PlanItemFacts, PlanItemInput } from '#workflows/annual-plan/item-context.js';
import { planItemEventNames, planItemStateNames } from '#workflows/annual-plan/names.js';
import { planItemPermissions } from '#workflows/annual-plan/permissions.js';
import { writeLineState } from './carry-lines.js';
import { findItem, findPlan, viewOfItem } from './plan.repository.js';
import { planAuthority, registeringUnits, requirePlanAuthority, visibleUnits } from './plan-authority.js';
import { takingStates } from './plan-cycle.service.js';
import type { PlanItemEntity } from './plan-item.entity.js';
import { insertLine, lineCode, missingLineFields, updateLine } from './plan-lines.js';
import {
  applyPlanEvent,
  type PlanMeta,
  planLog,
  planTasks,
  refusePlanEvent,
  requirePastDocument,
} from './plan-process.js';
import { itemDeadlines, type PlanRoom, type PlanSetup, planSetup } from './plan-setup.js';

export const planItemDefinitionId = 'plan-item';
const editable: readonly PlanItemState[] = ['draft', 'supplementRequested', 'consolidating'];

interface OfItem {
  readonly principal: SessionPrincipal;
  readonly planItemId: string;
}

/** The lines of the annual plan as units propose them and the levels decide on them. */
export class PlanItemService {
  constructor(private readonly room: PlanRoom) {}

  /** A new draft of a unit. Throws NOT_FOUND, FORBIDDEN, EVENT_REFUSED (the plan takes no lines now), VALIDATION_FAILED. */
  register(
    principal: SessionPrincipal,
    { planId, fields, meta }: { planId: string; fields: RegisterPlanItem; meta: PlanMeta },
  ): Promise<PlanItemView> {
    const { room } = this;
    requireUnmarkedContent(fields);
    return room.unitOfWork.run(async (tx) => {
      const { provinceId, personId } = principal;
      const plan = await findPlan(tx, { provinceId, planId });
      if (plan?.direction !== 'outbound') throw new AppError('NOT_FOUND');
      const unit = requireUnit(principal, fields.organisationId);
      await tx.query('select 1 from plans where id = $1 for update', [planId]);
      const states = await cycleStates(tx, planId);
      if (!states.some((state) => takingStates.includes(state))) throw takesNoLines(states);
      const setup = await planSetup(tx, room, provinceId);
      const name = setup.organisations.get(unit.organisationId)?.name ?? '';
      const item = await insertLine(tx, {
        plan,
        unit: { id: unit.organisationId, name },
        fields,
        at: room.clock.now(),
      });
      await this.start(tx, {
        item,
        setup,
        entry: 'draft',
        principal: { personId, organisationVersionId: unit.organisationVersionId, requestId: meta.requestId },
      });
      return viewOfItem(item);
    });
  }

  /** Throws NOT_FOUND, FORBIDDEN, EVENT_REFUSED (not to be edited now), VERSION_CONFLICT, VALIDATION_FAILED. */
  edit(
    { principal, planItemId }: OfItem,
    { patch, expectedRevision }: { patch: PlanItemPatch; expectedRevision: number },
  ): Promise<PlanItemView> {
    const { room } = this;
    requireUnmarkedContent(patch);
    return room.unitOfWork.run(async (tx) => {
      const { item, setup } = await this.find(tx, { principal, planItemId });
      // Whoever decides on the line decides on what it says: both wait for each other.
      if (await isManaged(tx, item.id)) await room.runtime.lock(tx, { instanceId: item.id });
      if (!mayEdit(item, { principal, setup })) throw new AppError('FORBIDDEN');
      if (!editable.includes(item.state)) throw notEditable(item.state);
      await updateLine(tx, { item, patch, expectedRevision });
      return viewOfItem((await findItem(tx, { provinceId: item.provinceId, planItemId }))!);
    });
  }

  /** Throws NOT_FOUND. */
  show({ principal, planItemId }: OfItem): Promise<PlanItemProgress> {
    const { room } = this;
    return room.unitOfWork.run(async (tx) => {
      const { item, setup } = await this.find(tx, { principal, planItemId });
      const managed = await isManaged(tx, item.id);
      const locked = managed ? await room.runtime.read(tx, item.id) : null;
      const unit = item.organisationId;
      const shared = {
        item: viewOfItem(item),
        unit: unit === null ? null : { id: unit, name: setup.organisations.get(unit)?.name ?? '' },
        state: { id: item.state, text: planItemStateNames[item.state] },
        states: [{ id: item.state, text: planItemStateNames[item.state] }],
        editable: editable.includes(item.state) && mayEdit(item, { principal, setup }),
        missingFields: missingLineFields(item),
        managed,
      };
      const { provinceId } = principal;
      return {
        ...shared,
        version: locked?.version ?? 0,
        status: locked?.status ?? 'active',
        mergedInto: locked === null ? null : contextOf(locked).mergedInto,
        availableEvents: await this.available(tx, { item, locked, setup, principal }),
        tasks: managed ? await planTasks(tx, { instanceId: item.id, setup, principal }) : [],
        log: managed ? await planLog(tx, { instanceId: item.id, provinceId, names: planItemEventNames }) : [],
      };
    });
  }

  /** One event of a person. Throws as `PlanCycleService.send`. */
  async send({ principal, planItemId }: OfItem, event: PlanItemEventInput, meta: PlanMeta): Promise<StoredAnswer> {
    const { room } = this;
    requireUnmarkedEvent(event, privatePlanFields);
    requirePastDocument(event, room.clock.now());
    const outcome = await room.unitOfWork.run((tx) => this.decide(tx, { principal, planItemId, event, meta }));
    if (!('kind' in outcome)) return outcome;
    if (outcome.kind === 'refused') return refusePlanEvent(outcome);
    const { instanceId: id, version, seq, states, status } = outcome;
    return { status: 200, body: { id, version, seq, states: [...states], status } satisfies PlanReceipt };
  }

  private async decide(
    tx: Tx,
    given: OfItem & { event: PlanItemEventInput; meta: PlanMeta },
  ): Promise<Outcome | StoredAnswer> {
    const { room } = this;
    const { principal, planItemId, event, meta } = given;
    const { item, setup } = await this.find(tx, { principal, planItemId });
    // A decision on the whole plan counts its lines: it waits for this one, or this one for it.
    await tx.query('select 1 from plans where id = $1 for share', [item.planId]);
    const authority = requirePlanAuthority(planItemPermissions[event.type], principal, relationsOf(item, setup));
    const { idempotency } = meta;
    const { personId } = principal;
    if (!(await isManaged(tx, item.id)))
      await this.start(tx, { item, setup, entry: entryOf(item), principal: { personId, requestId: meta.requestId } });
    const locked = await room.runtime.lock(tx, {
      instanceId: item.id,
      principal: { personId, requestId: meta.requestId },
      ...(idempotency && { idempotency }),
    });
    if (locked.replay) return locked.replay;
    // Read again under the lock: it may have been edited in between.
    const present = (await findItem(tx, { provinceId: item.provinceId, planItemId }))!;
    const facts = await this.factsOf(tx, { item: present, event, locked });
    const stage = authority.relation as PlanItemFacts['stage'];
    const outcome = await applyPlanEvent(tx, {
      room,
      locked,
      event,
      facts: { ...facts, stage },
      authority,
      principal,
      meta,
    });
    if (outcome.kind === 'applied') await writeLineState(tx, { id: item.id, states: outcome.states });
    return outcome;
  }

  private async factsOf(
    tx: Tx,
    {
      item,
      event,
      locked,
    }: { item: PlanItemEntity; event: { type: string; intoItemId?: string }; locked: LockedInstance | null },
  ): Promise<Omit<PlanItemFacts, 'principalId' | 'onBehalfOfId'>> {
    const states = await cycleStates(tx, item.planId);
    const wasSubmitted = (locked?.lastSeq ?? 0) > 1;
    const mayResubmit = wasSubmitted && states.some((state) => state === 'locked' || state === 'consolidating');
    return {
      takesLines: mayResubmit || states.some((state) => takingStates.includes(state)),
      isAdjusting: states.includes('adjusting.collecting'),
      missingFields: missingLineFields(item).map(({ field }) => field),
      hasClassifiedContent: classifiedMarkings(textsOf(item)).length > 0,
      needsCentral: item.leaderRank === 'politburo' || item.leaderRank === 'centralManaged',
      periodFrom: item.periodFrom,
      mergeTargetStands:
        event.intoItemId === undefined ? true : await standsBeside(tx, { item, other: event.intoItemId }),
      hasTrip: await this.room.hasTrip(tx, item.id),
    };
  }

  private async available(
    tx: Tx,
    given: { item: PlanItemEntity; locked: LockedInstance | null; setup: PlanSetup; principal: SessionPrincipal },
  ): Promise<PlanItemProgress['availableEvents']> {
    const { item, locked, setup, principal } = given;
    const document = { number: '…', date: dayOf(this.room.clock.now()) };
    const facts = await this.factsOf(tx, { item, event: { type: 'MERGE' }, locked });
    const candidates = planItemPersonEventTypes.flatMap((type) => {
      const authority = planAuthority(planItemPermissions[type], principal, relationsOf(item, setup));
      if (authority === null) return [];
      const stage = authority.relation;
      const who = { principalId: principal.personId, onBehalfOfId: authority.onBehalfOfId };
      return [{ type, document, facts: { ...facts, ...who, stage } }];
    });
    // An imported line has no machine yet: what it could do if it had one is asked of a line that stands where it stands.
    const asked = locked ?? standIn(item, { setup, room: this.room });
    return this.room.runtime.available(asked, candidates).map(({ type, allowed, rules }) => ({
      type,
      text: planItemEventNames[type as PlanItemPersonEventType],
      allowed,
      rules: rules.map(({ name, text, source }) => ({ name, text, source })),
      subject: null,
    }));
  }

  private async start(
    tx: Tx,
    given: {
      item: PlanItemEntity;
      setup: PlanSetup;
      entry: PlanItemInput['entry'];
      principal: { personId: string; organisationVersionId?: string | null; requestId: string | null };
    },
  ): Promise<void> {
    const { item, setup, entry, principal } = given;
    await this.room.runtime.start(tx, {
      instanceId: item.id,
      definitionId: planItemDefinitionId,
      provinceId: item.provinceId,
      caseCode: lineCode(item),
      input: inputOf(item, { setup, entry }),
      principal,
    });
  }

  /** A line the reader may see: in the plan, or proposed by their own unit. Throws NOT_FOUND. */
  private async find(tx: Tx, { principal, planItemId }: OfItem): Promise<{ item: PlanItemEntity; setup: PlanSetup }> {
    const { provinceId } = principal;
    const item = await findItem(tx, { provinceId, planItemId });
    if (item?.direction !== 'outbound') throw new AppError('NOT_FOUND');
    const setup = await planSetup(tx, this.room, provinceId);
    const units = visibleUnits(principal, setup.ids.focalId);
    const isOwn = units === null || (item.organisationId !== null && units.includes(item.organisationId));
    if (!isOwn && !includedPlanStates.includes(item.state)) throw new AppError('NOT_FOUND');
    return { item, setup };
  }
}

function inputOf(
  item: PlanItemEntity,
  { setup, entry }: { setup: PlanSetup; entry: PlanItemInput['entry'] },
): PlanItemInput {
  const { focalId, authorityId, partyId } = setup.ids;
  return {
    entry,
    organisations: { unitId: unitOf(item, setup), focalId, authorityId, partyId },
    deadlines: itemDeadlines(setup, item.periodFrom),
  };
}

/** The unit that proposed the line; of an imported one the unit its plan names in the host column, when the province has it. */
function unitOf(item: PlanItemEntity, { organisations }: PlanSetup): string | null {
  if (item.organisationId !== null) return item.organisationId;
  const host = searchKey(item.hostUnit ?? '');
  return host === '' ? null : ([...organisations.values()].find((row) => searchKey(row.name) === host)?.id ?? null);
}

function relationsOf(item: PlanItemEntity, setup: PlanSetup) {
  const { focalId, authorityId, partyId, decisionOfficeId } = setup.ids;
  return {
    unit: unitOf(item, setup),
    focal: focalId,
    authority: authorityId,
    party: partyId,
    decisionOffice: decisionOfficeId,
  };
}

function standIn(item: PlanItemEntity, { setup, room }: { setup: PlanSetup; room: PlanRoom }): LockedInstance {
  return room.runtime.preview({
    definitionId: planItemDefinitionId,
    provinceId: item.provinceId,
    input: inputOf(item, { setup, entry: entryOf(item) }),
  });
}

function entryOf(item: PlanItemEntity): PlanItemInput['entry'] {
  return item.state === 'approvedWithCondition' ? 'approvedWithCondition' : 'approved';
}

function contextOf({ snapshot }: LockedInstance): PlanItemContext {
  return snapshot.context as PlanItemContext;
}

function mayEdit(
  item: PlanItemEntity,
  { principal, setup }: { principal: SessionPrincipal; setup: PlanSetup },
): boolean {
  const permissions = item.state === 'consolidating' ? planItemPermissions.INCLUDE : planItemPermissions.RESUBMIT;
  return planAuthority(permissions, principal, relationsOf(item, setup)) !== null;
}

function requireUnit(principal: SessionPrincipal, organisationId: string | undefined) {
  const units = registeringUnits(principal);
  const chosen = organisationId === undefined ? units : units.filter((held) => held.organisationId === organisationId);
  if (chosen.length === 1) return chosen[0]!;
  if (chosen.length === 0) throw new AppError('FORBIDDEN');
  const text = { vi: 'Chọn đơn vị đề xuất.', en: 'Choose the proposing unit.' };
  throw new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'organisationId', text }] });
}

async function isManaged(tx: Tx, planItemId: string): Promise<boolean> {
  const found: unknown[] = await tx.query('select 1 from instances where id = $1', [planItemId]);
  return found.length > 0;
}

/** Of an imported plan that nobody put under the cycle: none. */
async function cycleStates(tx: Tx, planId: string): Promise<readonly string[]> {
  const [row]: { states: string[] }[] = await tx.query('select states from instances where id = $1', [planId]);
  return row?.states ?? [];
}

async function standsBeside(tx: Tx, { item, other }: { item: PlanItemEntity; other: string }): Promise<boolean> {
  const found: unknown[] = await tx.query(
    `select 1 from plan_items where id = $1 and id <> $2 and plan_id = $3
       and state not in ('notIncluded', 'merged', 'deferred', 'withdrawn', 'dropped', 'closed')`,
    [other, item.id, item.planId],
  );
  return found.length > 0;
}

function textsOf(item: PlanItemEntity): string[] {
  const { name, capacity, head, countriesLabel, partners, content, periodLabel, funding, hostUnit, note } = item;
  const texts = [name, capacity, head, countriesLabel, partners, content, periodLabel, funding, hostUnit, note];
  return texts.filter((text) => text !== null);
}

function takesNoLines(states: readonly string[]): AppError {
  const text = {
    vi: 'Kế hoạch không nhận đề xuất lúc này: chưa mở đăng ký, đã khóa, hoặc không trong đợt điều chỉnh.',
    en: 'The plan takes no lines now: registration is not open, is closed, or there is no adjustment.',
  };
  return new AppError('EVENT_REFUSED', { text, rules: [], states });
}

function notEditable(state: PlanItemState): AppError {
  const text = {
    vi: 'Dòng này không sửa được ở bước hiện tại.',
    en: 'This line cannot be edited at its present step.',
  };
  return new AppError('EVENT_REFUSED', { text, rules: [], states: [state] });
}
