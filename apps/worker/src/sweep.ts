import type { Logger } from 'pino';
import type { UnitOfWork } from '#libs/persistence';
import type { JobHandler, Queues } from '#libs/queue';
import { dueMailIds, type MailLedgerSettings, markStaleMails, type Runtime, relayOutbox } from '#libs/runtime';
import type { Pulse } from './pulse.js';

export const queueNames = ['timers', 'mails'] as const;
export type QueueName = (typeof queueNames)[number];

export interface SweepSettings {
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly ledger: MailLedgerSettings;
  readonly queues: Pick<Queues, 'add' | 'forgetFailures'>;
  readonly handlers: Readonly<Record<QueueName, JobHandler>>;
  /** Reads a clock set by hand; does nothing with the system's. */
  readonly refreshClock: () => Promise<void>;
  /** What is done now and then, besides what is due. */
  readonly chores: readonly Chore[];
  /** Hears of each beat that went through without a fault. */
  readonly pulse: Pick<Pulse, 'beaten'>;
  readonly logger: Logger;
}

export interface Chore {
  /** Beats between two times; the first is soon after the start. */
  readonly everyBeats: number;
  /** True: there is more to do. */
  readonly run: () => Promise<boolean>;
}

const batch = 500;
/** Reminders fire set by set, and what they put into the outbox is relayed the same way. */
const largeBatch = 2000;
/** Without the queue a beat works by itself, so it takes less. */
const directBatch = 100;
/** Beats after which a row that is still due is put into the queue again: the queue may have been emptied. */
const rearmBeats = 30;
/** Beats between two housekeepings, and beats a row that failed without the queue is left alone. */
const pauseBeats = 60;
const failuresKeptMs = 5 * 60_000;

/**
 * Looks for everything that is due and wakes somebody up for it. Ids go to the queue; when the queue does not answer, the
 * beat does the work itself: so a Redis that died delays a reminder by seconds, and one that was emptied loses none.
 * The claims in the database make it harmless when both happen.
 */
export function createSweep(settings: SweepSettings): () => Promise<boolean> {
  const { unitOfWork, runtime, ledger, queues, logger } = settings;
  const wakeUp = createWakeUp(settings);
  let beats = 0;
  const remind = async () =>
    (await unitOfWork.run((tx) => runtime.fireReminders(tx, { limit: largeBatch }))) === largeBatch;
  const wakeForTimers = async () => {
    const timers = await unitOfWork.run((tx) => runtime.dueTimerIds(tx, { limit: batch }));
    await wakeUp('timers', timers, beats);
    return false;
  };
  const relay = async () =>
    (await unitOfWork.run((tx) => relayOutbox(tx, ledger, { limit: largeBatch }))) === largeBatch;
  const wakeForMails = async () => {
    const mails = await unitOfWork.run((tx) => dueMailIds(tx, ledger, { limit: batch }));
    await wakeUp('mails', mails, beats);
    return false;
  };
  const keepHouse = async () => {
    const stale = await unitOfWork.run((tx) => markStaleMails(tx));
    if (stale.length > 0) logger.warn({ mails: stale }, 'mails whose sending was cut off are uncertain now');
    // The queue says by itself when it is away.
    await queues.forgetFailures(failuresKeptMs).catch(() => undefined);
    return false;
  };
  const work = async (): Promise<boolean> => {
    await settings.refreshClock();
    const today = [{ everyBeats: pauseBeats, run: keepHouse }, ...settings.chores].filter(
      (chore) => beats % chore.everyBeats === 0,
    );
    beats += 1;
    return eachOf([remind, wakeForTimers, relay, wakeForMails, ...today.map((chore) => chore.run)]);
  };
  return quietly(work, settings);
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
  work: () => Promise<boolean>,
  { logger, pulse }: Pick<SweepSettings, 'logger' | 'pulse'>,
): () => Promise<boolean> {
  let failing = false;
  return async () => {
    try {
      const more = await work();
      pulse.beaten();
      if (failing) logger.info('The sweep works again.');
      failing = false;
      return more;
    } catch (error) {
      if (!failing) logger.error({ error: (error as Error).message }, 'The sweep failed; it goes on every beat.');
      failing = true;
      return false;
    }
  };
}

function createWakeUp({ queues, handlers, logger }: SweepSettings) {
  /** Rows that failed while the queue was away, with the beat at which they may be tried again. */
  const restingUntil = new Map<string, number>();
  const workDirectly = async (name: QueueName, ids: readonly string[], beat: number) => {
    const ready = ids.filter((id) => (restingUntil.get(id) ?? 0) <= beat).slice(0, directBatch);
    for (const id of ready) {
      try {
        await handlers[name](id);
        restingUntil.delete(id);
      } catch (error) {
        restingUntil.set(id, beat + pauseBeats);
        logger.warn({ queue: name, id, error: (error as Error).message }, 'A due row failed.');
      }
    }
  };
  /** Rows that are due and in line already, with the beat at which they were put there. */
  const inLine: Record<QueueName, Map<string, number>> = { timers: new Map(), mails: new Map() };
  return async (name: QueueName, ids: readonly string[], beat: number): Promise<void> => {
    const known = inLine[name];
    const missing = ids.filter((id) => beat - (known.get(id) ?? beat - rearmBeats) >= rearmBeats);
    inLine[name] = new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? beat]] : [])));
    if (missing.length === 0) return;
    try {
      await queues.add(name, missing);
      for (const id of missing) inLine[name].set(id, beat);
    } catch {
      // Said once by the queue itself.
      await workDirectly(name, missing, beat);
    }
  };
}
