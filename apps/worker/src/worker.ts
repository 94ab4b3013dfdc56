import type { Logger } from 'pino';
import type { MailTransport } from '#libs/mail';
import type { UnitOfWork } from '#libs/persistence';
import type { Queues } from '#libs/queue';
import type { ClaimedMail, MailLedgerSettings, Runtime } from '#libs/runtime';
import { createHeartbeat, type Heartbeat } from './heartbeat.js';
import { type Begin, createLanes, type Lanes } from './lanes.js';
import { createMailHandler } from './mail.handler.js';
import { createPulse, type HealthServer, openHealthServer } from './pulse.js';
import { type Chore, createSweep } from './sweep.js';
import { createTimerHandler } from './timer.handler.js';

export interface WorkerSettings {
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly ledger: MailLedgerSettings;
  readonly queues: Queues;
  readonly transport: MailTransport;
  readonly publicUrl: string;
  readonly accountLink?: (mail: ClaimedMail) => Promise<string | null>;
  /** Jobs of one name at the same time. */
  readonly concurrency: number;
  readonly intervalMs: number;
  /** Mails sent at the same time, over as many connections. */
  readonly mailConnections: number;
  /** Waits before the outcome of a mail is written once more, when the database does not answer. */
  readonly recordRetryWaitsMs?: readonly number[];
  readonly refreshClock: () => Promise<void>;
  readonly chores: readonly Chore[];
  /** How work beside the beat is set going; by itself unless somebody decides about turns. */
  readonly beside?: Begin;
  /** On the loopback, for whoever supervises this process; undefined: nobody does. */
  readonly healthPort?: number | undefined;
  readonly logger: Logger;
}

/** While one group is being sent, the other is claimed and recorded. */
const mostMailLanes = 2;

/** The job edge of the house: a heartbeat that finds what is due, and the two handlers that do it. */
export class Worker {
  readonly #settings: WorkerSettings;
  readonly #heartbeat: Heartbeat;
  readonly #pulse = createPulse();
  /** When the queue is away. */
  readonly #sending: Lanes;
  #health: HealthServer | undefined;
  #isStopping = false;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
    const { queues, concurrency } = settings;
    const mailLanes = Math.min(mostMailLanes, settings.mailConnections);
    const mailGroup = Math.ceil(settings.mailConnections / mailLanes);
    const sending = { ...settings, mailGroup, isStopping: () => this.#isStopping };
    const fireTimer = createTimerHandler(settings);
    const sendMails = createMailHandler(sending);
    queues.consume('timers', fireTimer, { concurrency });
    queues.consume('mails', sendMails, { concurrency: mailLanes });
    const work = () => sendMails().catch((error: Error) => this.#say(error));
    this.#sending = createLanes({ most: mailLanes, work, begin: settings.beside });
    const beat = createSweep({ ...settings, mailGroup, fireTimer, sending: this.#sending, pulse: this.#pulse });
    this.#heartbeat = createHeartbeat({ beat });
  }

  async start(): Promise<void> {
    const { queues, logger, healthPort } = this.#settings;
    await queues.start();
    if (healthPort !== undefined) this.#health = await openHealthServer(healthPort, this.#pulse);
    this.#heartbeat.start();
    logger.info({ queue: queues.backend }, 'The worker is ready.');
  }

  #say(error: Error): void {
    this.#settings.logger.warn({ error: error.message }, 'Mails cannot be sent without the queue; they come again.');
  }

  /** Finishes the beat and the jobs in hand, then lets go of the queue and the mail server. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#health?.close();
    await this.#heartbeat.stop();
    await this.#sending.stop();
    await Promise.all(this.#settings.chores.map((chore) => chore.stop?.()));
    await this.#settings.queues.close();
    await this.#settings.transport.close();
  }
}
