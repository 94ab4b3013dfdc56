import type { Logger } from 'pino';
import type { UnitOfWork } from '#libs/persistence';
import type { JobHandler, Queues } from '#libs/queue';
import {
  type DueWork,
  dueMessageIds,
  dueWork,
  type MailLedgerSettings,
  markStaleMails,
  planDigests,
  queueDueMails,
  type Runtime,
  relayOutbox,
  type Share,
  setMessageAside,
} from '#libs/runtime';
import type { Lanes } from './lanes.js';
import type { Pulse } from './pulse.js';

export const queueNames = ['timers', 'mails'] as const;
export type QueueName = (typeof queueNames)[number];

export interface SweepSettings {
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly ledger: MailLedgerSettings;
  readonly queues: Pick<Queues, 'add' | 'forgetFailures'>;
  readonly fireTimer: JobHandler;
  /** Sends what is due when the queue is away, beside the beat: a mail server may hang for half a minute. */
  readonly sending: Pick<Lanes, 'wake'>;
  /** Reads a clock set by hand; does nothing with the system's. */
  readonly refreshClock: () => Promise<void>;
  /** What is done now and then, besides what is due. */
  readonly chores: readonly Chore[];
  /** Hears of each beat that went through without a fault. */
  readonly pulse: Pick<Pulse, 'beaten'>;
  /** Real milliseconds between two beats. */
  readonly intervalMs: number;
  /** Mails claimed together. */
  readonly mailGroup: number;
  readonly logger: Logger;
}

export interface Chore {
  /** Beats between two times; the first is soon after the start. */
  readonly everyBeats: number;
  /** True: there is more to do. */
  readonly run: () => Promise<boolean>;
  /** Waits for what it does beside the beat, and begins no more. */
  readonly stop?: () => Promise<void>;
}

const batch = 500;
/** In line at most; the rest waits in the ledger, where an operator sees it. */
const queuedMails = 500;
/** Jobs a beat puts into line for them, so that a mail that hangs holds up none behind it, and each worker finds some. */
const mailJobs = 10;
/** Reminders fire set by set, and the outbox is relayed the same way. Their cases are locked meanwhile, about a fifth of a second. */
const largeBatch = 1000;
/** From so many on, batches go side by side: one is written down while the other is thought out. Fewer are one transaction. */
const many = 100;
const relayLanes = 2;
/** Each with cases of its own: no lane has to step over what the others have locked. */
const reminderLanes = 3;
/** Batches of a lane in one beat, so that a beat ends. */
const mostBatches = 20;
/** Without the queue a beat fires timers by itself, so it takes less. */
const directBatch = 100;
/** Beats after which a row that is still due is put into the queue again: the queue may have been emptied. */
const rearmBeats = 30;
/** Beats between two housekeepings, and beats a row that failed without the queue is left alone. */
const pauseBeats = 60;
/** A clock set by hand may stand still just before something is due. */
const shortestRestMs = 50;
const failuresKeptMs = 5 * 60_000;
const asideMs = 10 * 60_000;

/**
 * Looks for everything that is due and wakes somebody up for it. Ids go to the queue; when the queue does not answer, the
 * beat fires timers itself and has mails sent beside it: a Redis that died delays a reminder by seconds, one that was emptied loses none.
 * The claims in the database make it harmless when both happen.
 */
export function createSweep(settings: SweepSettings): () => Promise<number> {
  const { unitOfWork, runtime, ledger, queues, logger } = settings;
  const wakeUp = createWakeUp(settings);
  let beats = 0;
  const reminding = createReminding(settings);
  const wakeForTimers = async (due: DueWork) => {
    // A reminder that broke its batch goes by itself.
    const kinds = reminding.hasFailed() ? (['deadline', 'reminder'] as const) : (['deadline'] as const);
    const isDue = due.deadlines || reminding.hasFailed();
    const timers = isDue ? await unitOfWork.run((tx) => runtime.dueTimerIds(tx, { limit: batch, kinds })) : [];
    await wakeUp.forTimers(timers, beats);
    return false;
  };
  const relay = createRelay(settings);
  const digests = async () => {
    await unitOfWork.run((tx) => planDigests(tx, ledger));
    return false;
  };
  const againAfterMs = rearmBeats * settings.intervalMs;
  const wakeForMails = async () => {
    const mails = await unitOfWork.run((tx) => queueDueMails(tx, ledger, { limit: queuedMails, againAfterMs }));
    // A job has the id of one mail, but takes whatever is due then.
    const mailsPerJob = Math.max(settings.mailGroup, Math.ceil(mails.length / mailJobs));
    const ids = mails.filter((_, at) => at % mailsPerJob === 0);
    await wakeUp.forMails(ids, beats);
    return false;
  };
  const keepHouse = async () => {
    const stale = await unitOfWork.run((tx) => markStaleMails(tx));
    if (stale.length > 0) logger.warn({ mails: stale }, 'mails whose sending was cut off are uncertain now');
    // The queue says by itself when it is away.
    await queues.forgetFailures(failuresKeptMs).catch(() => undefined);
    return false;
  };
  const work = async (): Promise<number> => {
    await settings.refreshClock();
    const today = [{ everyBeats: pauseBeats, run: keepHouse }, ...settings.chores].filter(
      (chore) => beats % chore.everyBeats === 0,
    );
    beats += 1;
    const seen: DueWork[] = [];
    // A chore may put something into the outbox, which the digest of the morning is to tell too.
    const more = await eachOf([...today.map((chore) => chore.run), () => doWhatIsDue(seen)]);
    const [due] = seen;
    return more || due === undefined ? 0 : restMs(due, settings);
  };
  const doWhatIsDue = async (seen: DueWork[]): Promise<boolean> => {
    const due = await unitOfWork.run((tx) => dueWork(tx, { ...ledger, countTo: many }));
    seen.push(due);
    const { reminders, messages } = due;
    const newMessages = reminders > 0 || messages > 0;
    // The ledger is filled before anything of it is sent.
    return eachOf([
      ...(reminders > 0 ? [() => reminding.remind(reminders)] : []),
      () => wakeForTimers(due),
      ...(newMessages ? [() => relay(messages)] : []),
      ...(due.digests ? [digests] : []),
      ...(due.mails || newMessages || due.digests ? [wakeForMails] : []),
    ]);
  };
  return quietly(work, settings);
}

/** Until the next timer is due, so that it is not late by a part of a beat; at most a beat. */
function restMs({ nextTimerAt }: DueWork, { ledger, intervalMs }: SweepSettings): number {
  if (nextTimerAt === null) return intervalMs;
  const untilDueMs = nextTimerAt.getTime() - ledger.clock.now().getTime() + 1;
  return Math.min(intervalMs, Math.max(shortestRestMs, untilDueMs));
}

/** True: there is more than one beat takes. */
async function inBatches(
  { due, lanes }: { readonly due: number; readonly lanes: number },
  take: (limit: number, share?: Share) => Promise<number>,
): Promise<boolean> {
  if (due < many) return (await take(largeBatch)) === largeBatch;
  const lane = async (index: number) => {
    for (let batches = 0; batches < mostBatches; batches += 1)
      if ((await take(largeBatch, { index, of: lanes })) < largeBatch) return false;
    return true;
  };
  const unfinished = await Promise.all(Array.from({ length: lanes }, (_, index) => lane(index)));
  return unfinished.includes(true);
}

/** Reminders become mails in one step; those that do not become messages of the outbox, where the broken one is found. */
function createReminding({ unitOfWork, runtime, ledger, logger }: SweepSettings) {
  let failed = false;
  const fire = (given: { limit: number; share: Share | undefined; ledger?: MailLedgerSettings }) =>
    unitOfWork.run((tx) => runtime.fireReminders(tx, given));
  const remind = async (due: number) => {
    failed = true;
    const more = await inBatches({ due, lanes: reminderLanes }, (limit, share) =>
      fire({ limit, share, ledger }).catch((error: Error) => {
        logger.warn({ error: error.message }, 'A batch of reminders cannot be planned; it goes over the outbox.');
        return fire({ limit, share });
      }),
    );
    failed = false;
    return more;
  };
  return { remind, hasFailed: () => failed };
}

/** A message that breaks its batch is found by going one by one, and put aside so that the others go on. */
function createRelay({ unitOfWork, ledger, logger }: SweepSettings): (due: number) => Promise<boolean> {
  const take = (limit: number) => unitOfWork.run((tx) => relayOutbox(tx, ledger, { limit }));
  return async (due) => {
    try {
      return await inBatches({ due, lanes: relayLanes }, take);
    } catch (error) {
      logger.warn({ error: (error as Error).message }, 'A batch of the outbox cannot be relayed; going one by one.');
    }
    const now = ledger.clock.now();
    const until = new Date(now.getTime() + asideMs);
    const ids = await unitOfWork.run((tx) => dueMessageIds(tx, { now, limit: directBatch }));
    for (const only of ids) {
      try {
        await unitOfWork.run((tx) => relayOutbox(tx, ledger, { limit: 1, only }));
      } catch (error) {
        logger.error({ message: only, error: (error as Error).message }, 'message put aside');
        await unitOfWork.run((tx) => setMessageAside(tx, { id: only, until }));
      }
    }
    return ids.length === directBatch;
  };
}

/**
 * One part that fails does not keep the others from their work: a reminder that breaks its batch comes again by itself among the due
 * timers. True when a part has more to do. Throws the first fault after all parts had their turn.
 */
async function eachOf(parts: readonly (() => Promise<boolean>)[]): Promise<boolean> {
  const faults: unknown[] = [];
  let more = false;
  for (const part of parts) {
    try {
      more = (await part()) || more;
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
  return more;
}

/** One line when the beat begins to fail and one when it works again; a beat never ends the worker. */
function quietly(
  work: () => Promise<number>,
  { logger, pulse, intervalMs }: Pick<SweepSettings, 'logger' | 'pulse' | 'intervalMs'>,
): () => Promise<number> {
  let failing = false;
  return async () => {
    try {
      const rest = await work();
      pulse.beaten();
      if (failing) logger.info('The sweep works again.');
      failing = false;
      return rest;
    } catch (error) {
      if (!failing) logger.error({ error: (error as Error).message }, 'The sweep failed; it goes on every beat.');
      failing = true;
      return intervalMs;
    }
  };
}

function createWakeUp({ queues, fireTimer, sending, logger }: SweepSettings) {
  /** Timers that failed while the queue was away, with the beat at which they may be tried again. */
  const restingUntil = new Map<string, number>();
  const fireDirectly = async (ids: readonly string[], beat: number) => {
    const ready = ids.filter((id) => (restingUntil.get(id) ?? 0) <= beat).slice(0, directBatch);
    for (const id of ready) {
      try {
        await fireTimer(id);
        restingUntil.delete(id);
      } catch (error) {
        restingUntil.set(id, beat + pauseBeats);
        logger.warn({ timer: id, error: (error as Error).message }, 'A due timer failed.');
      }
    }
  };
  /** False: the queue is away, which it says by itself, once. */
  const enqueue = (name: QueueName, ids: readonly string[]): Promise<boolean> =>
    queues.add(name, ids).then(
      () => true,
      () => false,
    );
  /** A job only wakes somebody up. Each has its own id: one that hangs or has failed keeps no later one out of the line. */
  const forMails = async (ids: readonly string[], beat: number): Promise<void> => {
    if (ids.length === 0) return;
    const jobs = ids.map((id) => `${id}.${beat}`);
    if (!(await enqueue('mails', jobs))) for (const _ of jobs) sending.wake();
  };
  /** Timers that are due and in line already, with the beat at which they were put there. */
  const inLine = new Map<string, number>();
  const forTimers = async (ids: readonly string[], beat: number): Promise<void> => {
    const missing = ids.filter((id) => beat - (inLine.get(id) ?? beat - rearmBeats) >= rearmBeats);
    const due = new Set(ids);
    for (const id of inLine.keys()) if (!due.has(id)) inLine.delete(id);
    if (missing.length > 0 && !(await enqueue('timers', missing))) await fireDirectly(missing, beat);
    for (const id of missing) inLine.set(id, beat);
  };
  return { forMails, forTimers };
}
