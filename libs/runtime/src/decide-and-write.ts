import type { BusinessCalendar } from '#libs/calendar';
import { type Accepted, decide, type Refused, type WorkflowDefinition, type WorkflowEvent } from '#libs/engine';
import type { Tx } from '#libs/persistence';
import { effectRows } from './effect-rows.js';
import { eventHash, genesisHash, sealPrivate } from './event-hash.js';
import { owedSteps } from './owed-steps.js';
import type { SharedContexts } from './shared-context.js';
import { storedForm } from './stored-form.js';
import type { Applied, Idempotency, LockedInstance, Principal, StartCommand, StoredAnswer } from './types.js';
import { type DecisionRows, writeDecision, writeStart } from './write-decision.js';

export interface Deciding {
  readonly definition: WorkflowDefinition;
  readonly calendar: BusinessCalendar;
  readonly now: Date;
  readonly contexts: SharedContexts;
}

interface Entering {
  readonly event: WorkflowEvent;
  readonly principal: Principal;
  readonly privatePayload?: Readonly<Record<string, unknown>>;
  readonly firedTimerId?: string;
  readonly idempotency?: Idempotency;
  readonly answer?: (applied: Applied) => StoredAnswer;
}

/** Type of the first event of every instance; its payload is what replaying needs to begin. */
export const startEventType = 'START';

/** The machine decides; when it accepts, everything that follows is written. A refusal writes nothing here. */
export async function decideAndWrite(
  tx: Tx,
  locked: LockedInstance,
  { definition, calendar, now, contexts, entering }: Deciding & { entering: Entering },
): Promise<Applied | Refused> {
  const event = storedForm(entering.event);
  const decision = decide(definition, locked.snapshot, event, now);
  if (decision.kind === 'refused') return decision;
  const applied = appliedOf({ instanceId: locked.id, version: locked.version + 1, seq: locked.lastSeq + 1, decision });
  const { type, at: _at, ...payload } = event;
  const rows = effectRows({
    effects: decision.effects,
    openTasks: locked.openTasks,
    status: decision.status,
    calendar,
    now,
    firedTimerId: entering.firedTimerId ?? null,
    owedSteps: await owedSteps(tx, { instanceId: locked.id, effects: decision.effects, now }),
  });
  const before = { digest: locked.sharedDigest };
  const stored = await contexts.split(tx, definition, { snapshot: decision.snapshot, before });
  await writeDecision(tx, locked.version, {
    ...entering,
    ...eventRow({
      instanceId: locked.id,
      seq: applied.seq,
      type,
      payload,
      at: now,
      prevHash: locked.lastHash,
      ...entering,
    }),
    provinceId: locked.provinceId,
    accepted: decision,
    stored,
    rows,
    firedTimerId: entering.firedTimerId ?? null,
    answer: storedAnswer(applied, entering),
  });
  return applied;
}

/** The first decision of a case: there is no row to lock yet. AppError DUPLICATE when the case code is taken. */
export async function startAndWrite(
  tx: Tx,
  command: StartCommand,
  { definition, calendar, now, contexts, accepted }: Deciding & { accepted: Accepted },
): Promise<Applied> {
  const applied = appliedOf({ instanceId: command.instanceId, version: 1, seq: 1, decision: accepted });
  const identity = { definitionId: definition.id, definitionVersion: definition.version, caseCode: command.caseCode };
  const payload = { ...identity, provinceId: command.provinceId, input: command.input ?? null };
  const rows = effectRows({ effects: accepted.effects, openTasks: [], status: accepted.status, calendar, now });
  const stored = await contexts.split(tx, definition, { snapshot: accepted.snapshot, before: null });
  await writeStart(tx, identity, {
    ...eventRow({
      instanceId: command.instanceId,
      seq: 1,
      type: startEventType,
      payload,
      at: now,
      prevHash: genesisHash,
      principal: command.principal,
    }),
    provinceId: command.provinceId,
    accepted,
    stored,
    rows,
    firedTimerId: null,
    answer: storedAnswer(applied, command),
  });
  return applied;
}

type EventRow = Pick<
  DecisionRows,
  'instanceId' | 'seq' | 'type' | 'payload' | 'at' | 'prevHash' | 'principal' | 'hash' | 'privatePart'
>;

function eventRow(
  event: Omit<EventRow, 'hash' | 'privatePart'> & { privatePayload?: Readonly<Record<string, unknown>> },
): EventRow {
  const { instanceId, seq, type, payload, at, prevHash, principal } = event;
  const privatePart = sealPrivate(event.privatePayload);
  const hash = eventHash(prevHash, {
    instanceId,
    seq,
    type,
    payload,
    principalId: principal.personId,
    onBehalfOfId: principal.onBehalfOfId ?? null,
    organisationVersionId: principal.organisationVersionId ?? null,
    requestId: principal.requestId ?? null,
    at,
    privateDigest: privatePart?.digest ?? null,
  });
  return { instanceId, seq, type, payload, at, prevHash, principal, hash, privatePart };
}

function appliedOf(input: { instanceId: string; version: number; seq: number; decision: Accepted }): Applied {
  const { instanceId, version, seq, decision } = input;
  const { states, status, snapshot } = decision;
  return { kind: 'applied', instanceId, version, seq, states, status, snapshot };
}

function storedAnswer(
  applied: Applied,
  request: { idempotency?: Idempotency; answer?: (applied: Applied) => StoredAnswer },
): (Idempotency & StoredAnswer) | null {
  if (!request.idempotency) return null;
  const answer = request.answer?.(applied) ?? { status: 200, body: applied };
  return { ...request.idempotency, ...answer };
}
