import type { Queue, Worker } from 'bullmq';
import { AwaitedQueues } from './awaited-queues.js';
import { type Backend, openBackend } from './backend.js';
import { Handlers } from './handlers.js';
import { withinTime } from './time-limit.js';
import type { JobCounts, JobHandler, QueueOptions, Queues } from './types.js';

/** Attempts of one job before it is set aside; the row it stands for stays, and the sweep brings it back later. */
const attempts = 3;

/** A queue that is away at boot is said so, once, and waited for; meanwhile what is asked of it fails. Throws for names that are none. */
export async function openQueues(options: QueueOptions): Promise<Queues> {
  refuseBadNames(options);
  const health = watchHealth(options);
  const handlers = new Handlers(options.names);
  const open = () => connect(options, { health, handlers });
  try {
    return await open();
  } catch (error) {
    options.log.warn({ error: (error as Error).message }, 'The queue is not there yet. It is tried again until it is.');
    return new AwaitedQueues(options, { handlers, connect: open });
  }
}

interface Parts {
  readonly health: Health;
  readonly handlers: Handlers;
}

async function connect(options: QueueOptions, parts: Parts): Promise<BullQueues> {
  const { health } = parts;
  const backend = await openBackend(options, health.failed);
  const queues = new Map<string, Queue>();
  for (const name of options.names) {
    const queue = backend.createQueue(name, {
      attempts,
      backoff: { type: 'exponential', delay: options.backoffMs ?? 2000 },
      removeOnComplete: true,
    });
    queue.on('error', health.failed);
    queues.set(name, queue);
  }
  return new BullQueues(backend, queues, { ...parts, options });
}

function refuseBadNames({ names, prefix }: QueueOptions): void {
  for (const name of [...names, prefix]) {
    if (!/^[a-z][a-z0-9-]*$/i.test(name)) {
      throw new Error(`"${name}" is no queue name: letters, digits and hyphens, beginning with a letter.`);
    }
  }
  if (new Set(names).size !== names.length) throw new Error(`A job name is declared twice: ${names.join(', ')}.`);
}

interface Health {
  readonly isDown: boolean;
  failed(error: Error): void;
  worked(): void;
}

/** One line when the queue goes away and one when it is back: a dead Redis would otherwise fill the log. */
function watchHealth({ log }: QueueOptions): Health {
  let down = false;
  return {
    get isDown() {
      return down;
    },
    failed: (error) => {
      if (down) return;
      down = true;
      log.warn({ error: error.message || error.name }, 'The queue does not answer. Due rows are handled by the sweep.');
    },
    worked: () => {
      if (!down) return;
      down = false;
      log.info({}, 'The queue answers again.');
    },
  };
}

class BullQueues implements Queues {
  readonly backend: 'redis' | 'postgres';
  private readonly workers: Worker[] = [];
  private readonly inHand = new Set<Promise<void>>();
  private closing: Promise<void> | undefined;

  private readonly options: QueueOptions;
  private readonly health: Health;
  private readonly handlers: Handlers;

  constructor(
    private readonly connection: Backend,
    private readonly queues: ReadonlyMap<string, Queue>,
    given: Parts & { readonly options: QueueOptions },
  ) {
    this.backend = connection.kind;
    this.options = given.options;
    this.health = given.health;
    this.handlers = given.handlers;
  }

  get isAway(): boolean {
    return this.health.isDown;
  }

  async add(name: string, ids: readonly string[]): Promise<void> {
    const queue = this.queue(name);
    for (const id of ids)
      if (id === '' || id.includes(':')) throw new Error(`"${id}" is no job id: it may not be empty or contain ":".`);
    if (ids.length === 0) return;
    const add = (data: object) =>
      this.answered(queue.addBulk(ids.map((id) => ({ name, data, opts: { jobId: id } }))), `adding to ${name}`);
    const { trace } = this.options;
    await (trace === undefined ? add({}) : trace.produce(name, add));
  }

  consume(name: string, handler: JobHandler, { concurrency }: { readonly concurrency: number }): void {
    this.handlers.declare(name, { handler, concurrency });
  }

  async start(): Promise<void> {
    const consumers = this.handlers.complete();
    const lockMs = this.options.lockMs ?? 15_000;
    for (const [name, { handler, concurrency }] of consumers) {
      const worker = this.connection.createWorker(
        name,
        (job) => this.handle(this.traced(name, job, handler), String(job.id)),
        {
          concurrency,
          lockDuration: lockMs,
          stalledInterval: lockMs,
          maxStalledCount: attempts,
          runRetryDelay: 1000,
        },
      );
      worker.on('error', this.health.failed);
      worker.on('failed', (job, error) => {
        this.options.log.warn(
          { queue: name, id: job?.id, attempt: job?.attemptsMade, error: error.message },
          'A job failed.',
        );
      });
      this.workers.push(worker);
    }
    await Promise.all(this.workers.map((worker) => this.answered(worker.waitUntilReady(), 'starting a worker')));
    // `run` settles only when the worker closes; what goes wrong on the way comes as 'error'.
    for (const worker of this.workers) worker.run().catch(this.health.failed);
  }

  async counts(): Promise<Readonly<Record<string, JobCounts>>> {
    const entries = [...this.queues].map(async ([name, queue]) => {
      const counts = await this.answered(
        queue.getJobCounts('waiting', 'prioritized', 'delayed', 'active', 'failed'),
        `counting ${name}`,
      );
      const waiting = (counts.waiting ?? 0) + (counts.prioritized ?? 0) + (counts.delayed ?? 0);
      return [name, { waiting, active: counts.active ?? 0, failed: counts.failed ?? 0 }] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  async forgetFailures(olderThanMs: number): Promise<number> {
    const cleaned = await Promise.all(
      [...this.queues.values()].map((queue) =>
        this.answered(queue.clean(olderThanMs, 1000, 'failed'), 'forgetting failures'),
      ),
    );
    return cleaned.reduce((sum, ids) => sum + ids.length, 0);
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    const resting = Promise.allSettled(this.workers.map((worker) => worker.pause()));
    // A worker whose queue is away at this moment waits for ever: the jobs in hand are waited for here, by themselves.
    await withinTime(Promise.allSettled(this.inHand), 30_000, 'finishing the jobs in hand').catch(this.health.failed);
    const isAway = await withinTime(resting, 3000, 'letting the workers rest').then(
      () => false,
      () => true,
    );
    // By force it ends its timers without asking the queue; a job it could not report is taken over when its lock ends.
    const closed = Promise.allSettled(this.workers.map((worker) => worker.close(isAway)));
    await withinTime(closed, 3000, 'closing the workers').catch(this.health.failed);
    const queues = Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    await withinTime(queues, 2000, 'closing the queues').catch(this.health.failed);
    await withinTime(this.connection.close(), 2000, 'letting go of the connections').catch(this.health.failed);
  }

  private traced(name: string, job: { readonly data?: unknown }, handler: JobHandler): JobHandler {
    const { trace } = this.options;
    if (trace === undefined) return handler;
    const carried = typeof job.data === 'object' && job.data !== null ? job.data : {};
    return (id) => trace.consume({ name, id, carried }, () => handler(id));
  }

  private async handle(handler: JobHandler, id: string): Promise<void> {
    const work = handler(id);
    this.inHand.add(work);
    try {
      await work;
    } finally {
      this.inHand.delete(work);
    }
  }

  private queue(name: string): Queue {
    this.handlers.mustKnow(name);
    return this.queues.get(name)!;
  }

  private async answered<T>(work: Promise<T>, what: string): Promise<T> {
    try {
      const result = await withinTime(work, this.options.timeoutMs ?? 5000, what);
      this.health.worked();
      return result;
    } catch (error) {
      this.health.failed(error as Error);
      throw error;
    }
  }
}
