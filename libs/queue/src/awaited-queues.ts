import { setTimeout as pause } from 'node:timers/promises';
import type { Handlers } from './handlers.js';
import type { JobCounts, JobHandler, QueueOptions, Queues } from './types.js';

const pauseMs = 2000;

/**
 * What stands in for a queue that was away at boot: whatever is asked of it fails at once, as with a queue that went away later, and the
 * sweep does the work. Once started it is tried again until it is there, and then takes over.
 */
export class AwaitedQueues implements Queues {
  readonly backend: 'redis' | 'postgres';
  readonly #handlers: Handlers;
  readonly #connect: () => Promise<Queues>;
  readonly #leaving = new AbortController();
  #found: Queues | undefined;
  #looking: Promise<void> = Promise.resolve();

  /** `connect`: gives a queue with these handlers. */
  constructor(
    options: Pick<QueueOptions, 'redisUrl'>,
    given: { readonly handlers: Handlers; readonly connect: () => Promise<Queues> },
  ) {
    this.backend = options.redisUrl ? 'redis' : 'postgres';
    this.#handlers = given.handlers;
    this.#connect = given.connect;
  }

  get isAway(): boolean {
    return this.#found === undefined || this.#found.isAway;
  }

  async add(name: string, ids: readonly string[]): Promise<void> {
    await this.#there().add(name, ids);
  }

  consume(name: string, handler: JobHandler, { concurrency }: { readonly concurrency: number }): void {
    this.#handlers.declare(name, { handler, concurrency });
  }

  async start(): Promise<void> {
    this.#handlers.complete();
    this.#looking = this.#look();
  }

  async counts(): Promise<Readonly<Record<string, JobCounts>>> {
    return await this.#there().counts();
  }

  async forgetFailures(olderThanMs: number): Promise<number> {
    return await this.#there().forgetFailures(olderThanMs);
  }

  async close(): Promise<void> {
    this.#leaving.abort();
    await this.#looking;
    await this.#found?.close();
  }

  #there(): Queues {
    if (this.#found === undefined) throw new Error('The queue is not there yet.');
    return this.#found;
  }

  async #look(): Promise<void> {
    while (!this.#leaving.signal.aborted) {
      const found = await this.#connect().catch(() => undefined);
      if (found && (await this.#takeOver(found))) return;
      // Cut short when the process leaves.
      await pause(pauseMs, undefined, { signal: this.#leaving.signal }).catch(() => undefined);
    }
  }

  /** False when it went away again meanwhile. */
  async #takeOver(found: Queues): Promise<boolean> {
    try {
      await found.start();
      this.#found = found;
      return true;
    } catch {
      await found.close();
      return false;
    }
  }
}
