import type { CaseReceipt, EventPreview } from '#contracts/case.js';
import { type DelegationEventInput, privateEventFields } from '#contracts/delegation-events.js';
import { AppError } from '#contracts/errors.js';
import type { SessionPrincipal } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';
import { blocksOf, type Finding, findingView, type ProvinceProfile } from '#libs/policy';
import { requireUnmarkedEvent } from '#libs/regulation';
import type { Applied, LockedInstance, Outcome, Principal, StoredAnswer } from '#libs/runtime';
import { authorise, standing } from './authorise.js';
import { requireReadable } from './case-access.js';
import type { CaseDependencies, CommandMeta } from './case-dependencies.js';
import {
  contextOf,
  gatherFacts,
  type JudgedProposal,
  missingOf,
  type ReadForEvent,
  readForEvent,
} from './case-facts.js';
import { contentAfter } from './content-after.js';
import { deadlinesShown } from './deadlines-shown.js';
import { replaceContent } from './proposal.repository.js';
import { requireKnownReferences } from './references.js';
import { findingsOfEvent } from './request-lead.js';
import { wantedFor } from './still-wanted.js';
import { announceOffers } from './substitution-offers.js';
import { keepReport, requireSoundReport } from './trip-reports.js';

export interface SendEvent {
  readonly principal: SessionPrincipal;
  readonly caseId: string;
  readonly event: DelegationEventInput;
  readonly taskId?: string;
  readonly expectedVersion?: number;
  readonly meta: CommandMeta;
}

/**
 * One event of a person: lock, authorise, gather the facts, decide, write. Throws NOT_FOUND (also for another province's case),
 * FORBIDDEN, VALIDATION_FAILED (an id that is not of the case), TASK_ALREADY_DECIDED, VERSION_CONFLICT, EVENT_REFUSED with the rules that said no, IDEMPOTENCY_KEY_REUSED.
 */
export async function sendEvent(dependencies: CaseDependencies, command: SendEvent): Promise<StoredAnswer> {
  const result = await dependencies.unitOfWork.run((tx) => decideUnderLock(tx, dependencies, command));
  if (!('refused' in result)) return result;
  // The refusal is on record by now: it was committed with the transaction.
  const { refusal, states, version } = result.refused;
  const { rules, reason, text } = refusal;
  throw new AppError('EVENT_REFUSED', { rules, reason, text, states, version, ...result.because });
}

interface Explained {
  readonly refused: Extract<Outcome, { kind: 'refused' }>;
  readonly because: ReturnType<typeof explain>;
}

async function decideUnderLock(
  tx: Tx,
  dependencies: CaseDependencies,
  command: SendEvent,
): Promise<StoredAnswer | Explained> {
  const { principal, caseId, event, meta } = command;
  requireUnmarkedEvent(event, privateEventFields);
  const { runtime, clock } = dependencies;
  const idempotency = meta.idempotency;
  const acting: Principal = { personId: principal.personId, requestId: meta.requestId };
  // Both are sent at once; the second is answered after the lock is held. Of another province's case it may fail in ways that would
  // tell that there is one, so the province is looked at first.
  const locking = runtime.lock(tx, { instanceId: caseId, principal: acting, ...(idempotency && { idempotency }) });
  const reading = readForEvent(tx, { type: event.type, caseId, provinceId: principal.provinceId, dependencies });
  const [lock, found] = await Promise.allSettled([locking, reading]);
  if (lock.status === 'rejected') throw lock.reason;
  const locked = lock.value;
  if (locked.provinceId !== principal.provinceId) throw new AppError('NOT_FOUND');
  if (locked.replay) return locked.replay;
  if (found.status === 'rejected') throw found.reason;
  const read = found.value;
  if (!read) throw new AppError('NOT_FOUND');
  const { who, change, facts } = await readyToDecide(tx, dependencies, { command, locked, read, acting });
  const { open, closed } = splitPrivate(event);
  const outcome = await runtime.apply(tx, locked, {
    event: { ...open, facts },
    principal: who,
    ...(closed && { privatePayload: closed }),
    ...(command.taskId !== undefined && { taskId: command.taskId }),
    ...(command.expectedVersion !== undefined && { expectedVersion: command.expectedVersion }),
    ...(idempotency && { idempotency }),
    answer,
  });
  if (outcome.kind === 'refused')
    return { refused: outcome, because: explain({ refused: outcome, ...read, locked, event, dependencies }) };
  if (change) {
    const { proposal, content } = change;
    await replaceContent(tx, { proposal, content, editedById: principal.personId, at: clock.now() });
  }
  await keepReport(tx, { dependencies, locked, event, who, focalId: contextOf(locked).organisations.focalId });
  await announceOffers(tx, { caseId, type: event.type, clock });
  return answer(outcome);
}

interface Ready {
  readonly who: Principal;
  readonly change: Awaited<ReturnType<typeof contentAfter>>;
  readonly facts: Awaited<ReturnType<typeof gatherFacts>>;
}

/** The right to do it, the references in it and what the guards will ask: the same for a decision and for a look at it. */
async function readyToDecide(
  tx: Tx,
  dependencies: CaseDependencies,
  given: {
    command: SendEvent;
    locked: LockedInstance;
    read: ReadForEvent;
    acting: Principal;
  },
): Promise<Ready> {
  const { command, locked, read, acting } = given;
  const { principal, caseId, event } = command;
  const { brief } = read;
  const now = dependencies.clock.now();
  // Nobody decides on what they may not read.
  await requireReadable(tx, { principal, instance: locked, clock: dependencies.clock });
  await refuseClosedTask(tx, { locked, command });
  const authority = authorise({ locked, principal, event, context: contextOf(locked), ...standing(brief, principal) });
  await requireKnownReferences(tx, { event, caseId, provinceId: locked.provinceId, now });
  await requireSoundReport(tx, { event, caseId, provinceId: locked.provinceId, now });
  const who: Principal = { ...acting, ...authority };
  const change = await contentAfter(tx, { event, context: contextOf(locked), instanceId: caseId });
  const known = { locked, event, principal: who, ...read, dependencies, ...(change && { change }) };
  return { who, change, facts: await gatherFacts(tx, known) };
}

/**
 * What the event would do to the deadlines of the case, or which rules refuse it. Writes nothing. Throws like `sendEvent`, except
 * EVENT_REFUSED: a refusal is the answer.
 */
export function previewEvent(dependencies: CaseDependencies, command: SendEvent): Promise<EventPreview> {
  return dependencies.unitOfWork.run(async (tx) => {
    const { principal, caseId, event, meta } = command;
    requireUnmarkedEvent(event, privateEventFields);
    const { runtime, clock } = dependencies;
    const locked = await runtime.read(tx, caseId);
    if (locked.provinceId !== principal.provinceId) throw new AppError('NOT_FOUND');
    const read = await readForEvent(tx, { type: event.type, caseId, provinceId: principal.provinceId, dependencies });
    if (!read) throw new AppError('NOT_FOUND');
    const acting: Principal = { personId: principal.personId, requestId: meta.requestId };
    const { facts } = await readyToDecide(tx, dependencies, { command, locked, read, acting });
    const outcome = await runtime.previewEvent(tx, locked, { ...splitPrivate(event).open, facts });
    const findings = ofRequest({ locked, event, dependencies, profile: read.profile }).map(findingView);
    if (outcome.kind === 'refused') {
      const rules = outcome.rules.map(({ name, text }) => ({ name, text }));
      return { allowed: false, rules, findings, deadlines: [] };
    }
    const deadlines = await deadlinesShown(tx, { deadlines: outcome.deadlines, principal, at: clock.now() });
    return { allowed: true, rules: [], findings, deadlines };
  });
}

/** Behind a rule such as "a limit is exceeded": which limit, with its number; which documents, fields and opinions are missing. */
function explain(given: RequestMade & { refused: Explained['refused']; judged: JudgedProposal | null }): {
  findings?: readonly object[];
  missing?: readonly object[];
} {
  const { refused, judged, locked, event } = given;
  const wanted = refused.refusal.rules.flatMap(({ name }) =>
    wantedFor(name, { context: contextOf(locked), judgement: judged?.judgement ?? null }),
  );
  const blocks = (found: readonly Finding[]) =>
    blocksOf(found).map(({ rule, text, source }) => ({ rule, text, source }));
  if (judged === null) {
    const late = blocks(ofRequest(given));
    return { ...(late.length > 0 && { findings: late }), ...(wanted.length > 0 && { missing: wanted }) };
  }
  const { judgement } = judged;
  return {
    findings: blocks([...judgement.findings, ...ofRequest(given)]),
    missing: [...missingOf(judgement, event.type), ...wanted],
  };
}

interface RequestMade {
  readonly locked: LockedInstance;
  readonly event: DelegationEventInput;
  readonly dependencies: CaseDependencies;
  readonly profile: ProvinceProfile | null;
}

function ofRequest({ locked, event, dependencies, profile }: RequestMade): readonly Finding[] {
  if (profile === null) return [];
  const calendar = dependencies.calendarFor(locked.provinceId);
  return findingsOfEvent({ context: contextOf(locked), event, profile, calendar, now: dependencies.clock.now() });
}

const taskStatement = {
  name: 'delegation_task_exists',
  text: 'select 1 from tasks where id = $1 and instance_id = $2',
};

/** Before the right is looked at: after a decision the next level is asked, and the late one must hear that it is decided. */
async function refuseClosedTask(tx: Tx, given: { locked: LockedInstance; command: SendEvent }): Promise<void> {
  const { locked, command } = given;
  const { taskId } = command;
  if (taskId === undefined || locked.openTasks.some((task) => task.id === taskId)) return;
  const found = await runPrepared(tx, taskStatement, [taskId, locked.id]);
  if (found.length === 0) throw new AppError('NOT_FOUND', { taskId });
  const { states, status, version } = locked;
  throw new AppError('TASK_ALREADY_DECIDED', { taskId, states, status, version });
}

function answer({ instanceId, version, seq, states, status }: Applied): StoredAnswer {
  const body: CaseReceipt = { id: instanceId, version, seq, states: [...states], status };
  return { status: 200, body };
}

/** What people wrote in their own words stays out of the hashed payload. */
function splitPrivate(event: DelegationEventInput) {
  const isPrivate = (name: string) => (privateEventFields as readonly string[]).includes(name);
  const entries = Object.entries(event).filter(([, value]) => value !== undefined);
  const closed = entries.filter(([name]) => isPrivate(name));
  const open = Object.fromEntries(entries.filter(([name]) => !isPrivate(name)));
  return {
    open: { ...open, type: event.type },
    closed: closed.length > 0 ? Object.fromEntries(closed) : null,
  };
}
