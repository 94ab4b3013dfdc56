import { AppError } from '#contracts/errors.js';
import type { BusinessCalendar, Clock } from '#libs/calendar';
import {
  type AvailableEvent,
  availableEvents,
  type HandOver,
  start,
  type WorkflowDefinition,
  type WorkflowEvent,
} from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type Deciding, decideAndWrite, startAndWrite } from './decide-and-write.js';
import { createDefinitionCatalogue, type DefinitionCatalogue } from './definition-catalogue.js';
import { fireDueReminders, type Share } from './fire-reminders.js';
import { fireTimer } from './fire-timer.js';
import { type HandOverPart, handOverInstance, handOverPart } from './hand-over.js';
import { lockInstance, readInstance } from './lock-instance.js';
import type { MailLedgerSettings } from './mail-ledger-types.js';
import { type DecisionPreview, previewDecision } from './preview-decision.js';
import { idsWithOpenDeadlines, type RecountedDeadline, recomputeDeadlines, recountedDeadlines } from './recompute.js';
import { replayInstance } from './replay.js';
import { SharedContexts } from './shared-context.js';
import { findStoredAnswer } from './stored-answer.js';
import { storedForm } from './stored-form.js';
import type { TimerEntity } from './timer.entity.js';
import type {
  Applied,
  ApplyCommand,
  ChainReport,
  FireOutcome,
  Idempotency,
  LockedInstance,
  Outcome,
  Principal,
  ReplayReport,
  StartCommand,
  StoredAnswer,
} from './types.js';
import { type ChainFilter, verifyChains } from './verify-chains.js';
import { writeRefusal } from './write-refusal.js';

export interface RuntimeSettings {
  readonly clock: Clock;
  readonly definitions: readonly WorkflowDefinition[];
  readonly calendarFor: (provinceId: string) => BusinessCalendar;
}

type TimerKind = TimerEntity['kind'];
const timerKinds: readonly TimerKind[] = ['deadline', 'reminder'];

const taskExists: PreparedStatement = {
  name: 'runtime_task_exists',
  text: 'select 1 from tasks where id = $1 and instance_id = $2',
};

const nextVersion: PreparedStatement = {
  name: 'runtime_next_version',
  text: 'update instances set version = version + 1 where id = $1',
};

const selectDueTimers: PreparedStatement = {
  name: 'runtime_due_timers',
  text: `select id from timers where due_at <= $1 and fired_at is null and cancelled_at is null
      and kind = any($3)
    order by due_at, id limit $2`,
};

/**
 * Turns decisions into rows. Every method runs inside the caller's transaction; the caller commits. The instance row is
 * always locked before anything else.
 */
export class Runtime {
  readonly #clock: Clock;
  readonly #calendarFor: (provinceId: string) => BusinessCalendar;
  readonly #definitions: DefinitionCatalogue;
  readonly #contexts = new SharedContexts();

  constructor({ clock, definitions, calendarFor }: RuntimeSettings) {
    this.#clock = clock;
    this.#calendarFor = calendarFor;
    this.#definitions = createDefinitionCatalogue(definitions);
  }

  /** A new case on the newest version of its definition. AppError DUPLICATE, IDEMPOTENCY_KEY_REUSED, UNKNOWN_DEFINITION. */
  async start(tx: Tx, command: StartCommand): Promise<Applied> {
    const definition = this.#definitions.newest(command.definitionId);
    const now = this.#clock.now();
    const input = storedForm(command.input);
    const accepted = start(definition, input, now);
    const calendar = this.#calendarFor(command.provinceId);
    return startAndWrite(tx, { ...command, input }, { definition, calendar, now, contexts: this.#contexts, accepted });
  }

  /** When `replay` of the result is set, answer with it and apply nothing. AppError NOT_FOUND, IDEMPOTENCY_KEY_REUSED. */
  lock(tx: Tx, key: { instanceId: string; idempotency?: Idempotency; principal?: Principal }): Promise<LockedInstance> {
    return lockInstance(tx, key, this.#contexts);
  }

  /**
   * Something that others are deciding on was changed without an event: who sends the version read before (If-Match) is told.
   * `locked` comes from `lock` in the same transaction and is not to be applied after this.
   */
  async announceChange(tx: Tx, locked: LockedInstance): Promise<void> {
    await runPrepared(tx, nextVersion, [locked.id]);
  }

  /** For views: nothing is locked, so do not `apply` it. AppError NOT_FOUND. */
  read(tx: Tx, instanceId: string): Promise<LockedInstance> {
    return readInstance(tx, instanceId, this.#contexts);
  }

  /** The earlier answer to a request that has no instance to lock, see findStoredAnswer. */
  storedAnswer(tx: Tx, request: { principal: Principal; idempotency: Idempotency }): Promise<StoredAnswer | null> {
    return findStoredAnswer(tx, request);
  }

  /**
   * `locked` comes from `lock` in the same transaction. A refusal is returned, not thrown: commit it, then answer.
   * AppError TASK_ALREADY_DECIDED, VERSION_CONFLICT (both with `states` and `version`), NOT_FOUND (task), UNKNOWN_DEFINITION.
   */
  async apply(tx: Tx, locked: LockedInstance, command: ApplyCommand): Promise<Outcome> {
    await refuseClosedTask(tx, locked, command.taskId);
    if (command.expectedVersion !== undefined && command.expectedVersion !== locked.version) {
      throw new AppError('VERSION_CONFLICT', present(locked));
    }
    const deciding = this.#deciding(locked);
    const outcome = await decideAndWrite(tx, locked, { ...deciding, entering: command });
    if (outcome.kind === 'applied') return outcome;
    const { event, principal } = command;
    const refusal = { instanceId: locked.id, eventType: event.type, refused: outcome, principal, at: deciding.now };
    await writeRefusal(tx, refusal);
    return { kind: 'refused', refusal: outcome, states: locked.states, version: locked.version };
  }

  /** The candidates the present state handles, each judged as `apply` would judge it now. */
  available(locked: LockedInstance, candidates: readonly WorkflowEvent[]): readonly AvailableEvent[] {
    const { definition, now } = this.#deciding(locked);
    return availableEvents(definition, locked.snapshot, candidates, now);
  }

  /** What a case would be if it were started now, for views; nothing is written, so do not `apply` anything to it. */
  preview({
    definitionId,
    provinceId,
    input,
  }: Pick<StartCommand, 'definitionId' | 'provinceId' | 'input'>): LockedInstance {
    const definition = this.#definitions.newest(definitionId);
    const { states, status, snapshot } = start(definition, storedForm(input), this.#clock.now());
    const nothing = { id: '', version: 0, sharedDigest: null, lastSeq: 0, lastHash: Buffer.alloc(0), replay: null };
    const { version: definitionVersion } = definition;
    return { ...nothing, provinceId, definitionId, definitionVersion, states, status, snapshot, openTasks: [] };
  }

  /** 'notDue' and 'alreadyDone' change nothing. */
  fireTimer(tx: Tx, timerId: string): Promise<FireOutcome> {
    return fireTimer(tx, timerId, { contexts: this.#contexts, decidingFor: (locked) => this.#deciding(locked) });
  }

  /**
   * Due reminders of all cases in one batch: they change no state. Returns how many were taken; call again while it equals
   * `limit`. limit: 1..5,000. A reminder of a case that is being decided at this moment is left for the next call. With `ledger` the
   * mails are planned in the same transaction; without it the messages wait in the outbox.
   */
  fireReminders(
    tx: Tx,
    {
      limit,
      share,
      ledger,
    }: { readonly limit: number; readonly share?: Share | undefined; readonly ledger?: MailLedgerSettings },
  ): Promise<number> {
    return fireDueReminders(tx, { now: this.#clock.now(), limit, share, calendarFor: this.#calendarFor, ledger });
  }

  /** Oldest first. Takes no lock: fire each in a transaction of its own. limit: 1..10,000. */
  async dueTimerIds(
    tx: Tx,
    { limit, kinds = timerKinds }: { readonly limit: number; readonly kinds?: readonly TimerKind[] },
  ): Promise<string[]> {
    const rows = await runPrepared<{ id: string }>(tx, selectDueTimers, [this.#clock.now(), limit, kinds]);
    return rows.map((row) => row.id);
  }

  /** What `apply` of the event would do to the deadlines. Writes nothing, not even a refusal; `locked` may come from `read`. */
  previewEvent(tx: Tx, locked: LockedInstance, event: WorkflowEvent): Promise<DecisionPreview> {
    return previewDecision(tx, locked, { ...this.#deciding(locked), entering: { event } });
  }

  /** Ids of the running cases with an open deadline, in the order in which several may be locked. */
  casesWithOpenDeadlines(tx: Tx, { provinceId }: { provinceId: string | null }): Promise<string[]> {
    return idsWithOpenDeadlines(tx, provinceId);
  }

  /**
   * Open deadlines that a calendar puts on another day, or only their reminders: today's calendar, or one that is being thought of.
   * `locked` may come from `read`. Changes nothing.
   */
  recountedDeadlines(
    tx: Tx,
    locked: LockedInstance,
    calendar?: BusinessCalendar,
  ): Promise<readonly RecountedDeadline[]> {
    return recountedDeadlines(tx, locked, { ...this.#deciding(locked), ...(calendar && { calendar }) });
  }

  /** Moves them, as one entry of the log; see recomputeDeadlines. `locked` comes from `lock` in the same transaction. */
  recomputeDeadlines(
    tx: Tx,
    locked: LockedInstance,
    given: { principal: Principal; calendar?: BusinessCalendar },
  ): Promise<readonly RecountedDeadline[]> {
    const deciding = this.#deciding(locked);
    const { principal, calendar = deciding.calendar } = given;
    return recomputeDeadlines(tx, locked, { ...deciding, calendar, principal, calendarVersion: calendar.version });
  }

  /** What would move when one organisation takes over from another; null: nothing. `locked` may come from `read`. Changes nothing. */
  handOverPart(locked: LockedInstance, change: HandOver): HandOverPart | null {
    return handOverPart(this.#deciding(locked).definition, locked, change);
  }

  /** Moves it, as one entry of the log; see handOverInstance. `locked` comes from `lock` in the same transaction. */
  handOver(
    tx: Tx,
    locked: LockedInstance,
    given: { change: HandOver; validFrom: string; basis: string | null; principal: Principal },
  ): Promise<HandOverPart | null> {
    return handOverInstance(tx, locked, { ...this.#deciding(locked), ...given });
  }

  replay(tx: Tx, instanceId: string): Promise<ReplayReport> {
    return replayInstance(tx, instanceId, { definitions: this.#definitions, contexts: this.#contexts });
  }

  verifyChains(tx: Tx, filter?: ChainFilter): Promise<ChainReport> {
    return verifyChains(tx, filter);
  }

  #deciding(locked: LockedInstance): Deciding {
    return {
      definition: this.#definitions.exact(locked.definitionId, locked.definitionVersion),
      calendar: this.#calendarFor(locked.provinceId),
      now: this.#clock.now(),
      contexts: this.#contexts,
    };
  }
}

async function refuseClosedTask(tx: Tx, locked: LockedInstance, taskId: string | undefined): Promise<void> {
  if (taskId === undefined || locked.openTasks.some((task) => task.id === taskId)) return;
  const found = await runPrepared(tx, taskExists, [taskId, locked.id]);
  if (found.length === 0) throw new AppError('NOT_FOUND', { taskId });
  throw new AppError('TASK_ALREADY_DECIDED', { taskId, ...present(locked) });
}

/** What the answer to a conflict shows, so that the page can go on from the present state. */
function present(locked: LockedInstance): { states: readonly string[]; status: string; version: number } {
  return { states: locked.states, status: locked.status, version: locked.version };
}
