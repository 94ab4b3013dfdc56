import { pino } from 'pino';
import { Worker, type WorkerSettings } from '#apps/worker/src/worker.js';
import type { MailTransport } from '#libs/mail';
import type { UnitOfWork } from '#libs/persistence';
import type { JobHandler } from '#libs/queue';
import type { Dice } from './dice.js';
import type { MailServer, SmtpAnswer } from './mail-server.js';
import type { Weather } from './plan.js';
import type { QueueServer } from './simulated-queue.js';
import type { Turns } from './turns.js';
import type { World } from './world.js';

export interface Surroundings {
  readonly world: World;
  readonly turns: Turns;
  readonly queue: QueueServer;
  readonly mailServer: MailServer;
  readonly dice: Dice;
  weather: Weather;
  isMailServerUp: boolean;
  readonly log: (line: string) => void;
  /** A worker that was built wrongly, to see that the checker notices. */
  readonly plant?: Plant | undefined;
}

/** What a wrong worker does otherwise than the right one, given the parts of the right one. */
export type Plant = (
  parts: Pick<WorkerSettings, 'unitOfWork' | 'transport' | 'ledger'> & { readonly world: World },
) => Partial<WorkerSettings>;

/** The real worker in a process that may end wherever it waits for the world outside. */
export interface FaultyWorker {
  readonly name: string;
  readonly handlers: ReadonlyMap<string, JobHandler>;
  readonly isAlive: boolean;
  start(): Promise<void>;
  kill(): void;
}

const silent = pino({ level: 'silent' });

export function createFaultyWorker(name: string, around: Surroundings): FaultyWorker {
  const { turns, queue, world } = around;
  const process = { name, isAlive: true };
  const kill = () => {
    process.isAlive = false;
    turns.forget(process);
    queue.giveBack(process);
    around.log(`${name} killed`);
  };
  const die = (where: string): Promise<never> => {
    process.isAlive = false;
    queue.giveBack(process);
    around.log(`${name} died ${where}`);
    return turns.vanish(process);
  };
  const own = { ...around, process, die };
  const { runtime, ledger } = world;
  const parts = { unitOfWork: faultyUnitOfWork(own), transport: faultyTransport(own), ledger };
  const connection = queue.connect(process);
  const worker = new Worker({
    ...parts,
    runtime,
    queues: connection,
    publicUrl: 'https://thong-hanh.example',
    concurrency: 2,
    // One mail a job: the turns know a job that waits at one point only.
    mailConnections: 2,
    recordRetryWaitsMs: [],
    intervalMs: 0,
    refreshClock: () => turns.wait(process, 'beat'),
    chores: [],
    beside: (work) => turns.later(process, 'lane', work),
    logger: silent,
    ...around.plant?.({ ...parts, world }),
  });
  return Object.assign(process, {
    handlers: connection.handlers,
    start: () => turns.begin(() => worker.start().then(() => new Promise<void>(() => undefined))),
    kill,
  });
}

interface Own extends Surroundings {
  readonly process: { readonly name: string; readonly isAlive: boolean };
  readonly die: (where: string) => Promise<never>;
}

class PlannedFault extends Error {}

/** Faults at both ends of a transaction: what was rolled back, and what was committed without anybody hearing of it. */
function faultyUnitOfWork(own: Own): UnitOfWork {
  const { world, turns, dice, process, die } = own;
  const rolledBack = (work: Parameters<UnitOfWork['run']>[0]) =>
    world.unitOfWork
      .run(async (tx) => {
        await work(tx);
        throw new PlannedFault();
      })
      .catch((error: unknown) => {
        if (!(error instanceof PlannedFault)) throw error;
      });
  return {
    async run(work) {
      await turns.wait(process, 'transaction');
      const { dies, databaseFails } = own.weather;
      if (dice.chance(dies)) {
        if (dice.chance(0.5)) {
          await rolledBack(work);
          return die('before a commit');
        }
        await world.unitOfWork.run(work);
        return die('after a commit');
      }
      if (dice.chance(databaseFails)) {
        if (dice.chance(0.5)) await rolledBack(work);
        else await world.unitOfWork.run(work);
        own.log(`${process.name} lost the database`);
        throw new PlannedFault('The connection to the database was lost.');
      }
      return world.unitOfWork.run(work);
    },
  };
}

function faultyTransport(own: Own): MailTransport {
  const { world, turns, dice, process, die, mailServer } = own;
  return {
    sender: 'th@tuyenquang.example',
    async send(mail) {
      await turns.wait(process, 'send', mail.messageId);
      if (dice.chance(own.weather.dies)) return die('before sending');
      const result = mailServer.receive(mail, world.clock.now(), answerOf(own));
      own.log(`${process.name} sent ${mail.messageId}: ${result.outcome}`);
      if (dice.chance(own.weather.dies)) return die('before hearing the answer');
      await turns.wait(process, dice.chance(own.weather.hangs) ? 'hanging' : 'answer', mail.messageId);
      return result;
    },
    isReachable: async () => own.isMailServerUp,
    close: async () => undefined,
  };
}

function answerOf({ weather, dice, isMailServerUp }: Own): SmtpAnswer {
  if (!isMailServerUp || dice.chance(weather.temporary)) return 'temporary';
  if (dice.chance(weather.permanent)) return 'permanent';
  if (dice.chance(weather.dropped)) return dice.chance(0.5) ? 'droppedTaken' : 'droppedLost';
  return 'accepted';
}
